// expect: no unique constraint says that two rows cannot be alike in these fields
// expect: "title"
#include "shop.hpp"

void create() { static_cast<void>(Book::objects.on_conflict<"title">().do_nothing()); }
