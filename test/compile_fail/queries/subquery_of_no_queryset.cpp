// expect: a sub-query is made of a QuerySet
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

void ask() { orm::Exists(3); }
