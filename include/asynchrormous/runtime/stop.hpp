// std::stop_token as a reason to cancel: co_await with_stop(query, token).
#pragma once

#include <asynchrormous/runtime/lazy.hpp>

#include <stop_token>

namespace orm::inline v0 {

namespace runtime_detail {

// Cancels the operation when a stop is requested, from whatever thread.
ORM_EXPORT void cancel_on_stop(intrusive_ptr<operation_state> what, std::stop_token token);

}  // namespace runtime_detail

template <class Awaitable>
auto with_stop(Awaitable what, std::stop_token token) {
    auto result = as_lazy(event_loop::current(), std::move(what));
    runtime_detail::cancel_on_stop(result.state(), std::move(token));
    return result;
}

}  // namespace orm::inline v0
