// Time as a lazy: sleep_for(1s), and with_timeout(query, 200ms), which cancels what is not there by then.
#pragma once

#include <asynchrormous/runtime/lazy.hpp>

#include <chrono>

namespace orm::inline v0 {

namespace runtime_detail {

// Cancels the operation with timeout_error unless it is ready by then.
ORM_EXPORT void set_deadline(intrusive_ptr<operation_state> what, std::chrono::nanoseconds after);

}  // namespace runtime_detail

[[nodiscard]] ORM_EXPORT lazy<void> sleep_for(std::chrono::nanoseconds time,
                                              event_loop& loop = event_loop::current());

// The same lazy, or of a task the lazy of its start. Everyone who shares it gets the timeout_error; the task,
// where one was given, is abandoned at the point where it waits.
template <class Awaitable>
auto with_timeout(Awaitable what, std::chrono::nanoseconds time) {
    auto result = as_lazy(event_loop::current(), std::move(what));
    runtime_detail::set_deadline(result.state(), time);
    return result;
}

}  // namespace orm::inline v0
