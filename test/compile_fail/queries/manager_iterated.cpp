// expect: iterate a QuerySet, not the manager
#include "shop.hpp"

void ask() {
    for (const Book& book : Book::objects) static_cast<void>(book);
}
