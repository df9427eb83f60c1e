// expect: no such field
// expect: Book
// expect: "author__nam__icontains"
// expect: "nam"
// expect: "name"
// expect: "Author"
#include "library.hpp"

template void lookup<Book, "author__nam__icontains", std::string>();
