// expect: the field before this segment is no relation
// expect: "title__gt"
#include "library.hpp"

template void field<Book, "title__gt">();
