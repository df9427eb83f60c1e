// expect: fills plain structs: no constructors, no private members
#include "shop.hpp"

struct Row {
    explicit Row(int n) : pages(n) {}
    int pages;
};
void ask() { static_cast<void>(Book::objects.to<Row>()); }
