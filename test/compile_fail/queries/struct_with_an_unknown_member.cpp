// expect: found no column for this member
// expect: "titel"
#include "shop.hpp"

struct Row {
    int pages;
    std::string titel;
};
void ask() { static_cast<void>(Book::objects.to<Row>()); }
