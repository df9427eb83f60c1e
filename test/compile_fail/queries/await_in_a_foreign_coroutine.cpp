// expect clang: this QuerySet blocks; add .async() to it
#include "shop.hpp"

#include <coroutine>

struct foreign_task {
    struct promise_type {
        foreign_task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() {}
    };
};

foreign_task ask() { co_await Book::objects.filter("pages__gt"_k = 300); }
