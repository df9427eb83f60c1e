// expect: no such lookup
// expect: "title__lowr__startswith"
// expect: "lowr"
// expect: "lower"
#include "library.hpp"

template void lookup<Book, "title__lowr__startswith", std::string>();
