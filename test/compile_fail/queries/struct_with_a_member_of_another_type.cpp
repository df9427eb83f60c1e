// expect: this member has another type than the column
// expect: "pages"
#include "shop.hpp"

struct Row {
    std::string title;
    std::string pages;
};
void ask() { static_cast<void>(Book::objects.to<Row>()); }
