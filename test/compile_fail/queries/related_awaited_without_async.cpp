// expect clang: add .async() to it
#include "related.hpp"

orm::task<> wrong(const Author& author) { co_await author.books.all(); }
