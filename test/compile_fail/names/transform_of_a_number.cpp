// expect: this lookup does not exist for columns of this type
// expect: "pages__lower"
#include "library.hpp"

template void lookup<Book, "pages__lower", std::string>();
