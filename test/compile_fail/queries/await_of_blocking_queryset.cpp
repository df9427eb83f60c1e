// expect clang: this QuerySet blocks; add .async() to it
#include "shop.hpp"

#include <asynchrormous/runtime/task.hpp>

orm::task<> ask() { co_await Book::objects.filter("pages__gt"_k = 300); }
