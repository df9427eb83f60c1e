// expect clang: a task returns a value; return a pointer instead of a reference
#include <asynchrormous/runtime/task.hpp>

orm::task<int&> reference();

void use() { static_cast<void>(reference()); }
