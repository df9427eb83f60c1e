// expect clang: a task is awaited once and then gone: co_await std::move(it)
#include <asynchrormous/runtime/task.hpp>

orm::task<int> twice(orm::task<int> what) { co_return co_await what; }
