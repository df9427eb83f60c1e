// expect: no such field
// expect: Book
// expect: "author__nam__icontains"
// expect: "nam"
// expect: "name"
// expect: "Author"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.filter("author__nam__icontains"_k = "le guin")); }
