// expect: QuerySets that are combined need the same rows
#include "shop.hpp"

void ask() {
    static_cast<void>(Book::objects.values_list<"title">().union_(Book::objects.values_list<"pages">()));
}
