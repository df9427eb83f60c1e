// expect clang: co_await needs a task, a lazy or another awaitable; this value is there already
#include <asynchrormous/runtime/task.hpp>

orm::task<int> answer() { co_return co_await 42; }
