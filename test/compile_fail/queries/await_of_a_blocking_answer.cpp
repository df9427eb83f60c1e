// expect clang: add .async() before what gives it
#include "shop.hpp"

#include <asynchrormous/runtime/task.hpp>

orm::task<> ask() { co_await Book::objects.count(); }
