// The two ways a QuerySet's terminals answer. Every terminal is written once, as the lazy one:
// `deferred` hands the lazy out, `blocking` reads it at once.
#pragma once

#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/lazy.hpp>

namespace orm::inline v0 {

// Throws synchronous_only_operation inside the loop and on a borrowed one, before anything is sent.
ORM_EXPORT void require_blocking_allowed(const event_loop& loop);

// Awaiting a blocking QuerySet from any coroutine is one error that says what to write.
template <class Queryset>
struct awaited_without_async {
    static constexpr bool value = false;
};

namespace evaluation {

struct blocking {
    using must_add_async = void;  // known to task

    template <class T>
    using result = T;

    static void enter(const event_loop& loop) { require_blocking_allowed(loop); }

    template <class T>
    static T finish(lazy<T> answer) {
        return std::move(answer).get();
    }
};

struct deferred {
    template <class T>
    using result = lazy<T>;

    static void enter(const event_loop&) {}

    template <class T>
    static lazy<T> finish(lazy<T> answer) {
        return answer;
    }
};

}  // namespace evaluation

}  // namespace orm::inline v0
