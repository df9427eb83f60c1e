// expect: dates<…>() are those of a date, timestamp or timestamptz
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.dates<"title">(orm::date_part::month)); }
