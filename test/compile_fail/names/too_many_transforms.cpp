// expect: this path has more than 8 transforms
#include "library.hpp"

template void
lookup<Book, "title__lower__upper__lower__upper__lower__upper__lower__upper__lower", std::string>();
