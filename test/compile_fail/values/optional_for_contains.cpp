// expect: NULL is taken by exact, iexact
// expect: "title__contains"
#include "library.hpp"

template void lookup<Book, "title__contains", std::optional<std::string>>();
