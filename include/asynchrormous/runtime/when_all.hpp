// Several at once: co_await when_all(a, b) gives a tuple, co_await when_all(vector) a vector. All have
// finished when it returns or throws; it throws the first error in the order of the arguments.
// Tasks start here, with the context of the caller. Given up, it cancels what it waits for.
#pragma once

#include <asynchrormous/runtime/task.hpp>

#include <tuple>
#include <variant>
#include <vector>

namespace orm::inline v0 {

namespace runtime_detail {

// Waits for an operation without looking at its result.
struct settled_awaiter final : state_awaiter {
    explicit settled_awaiter(intrusive_ptr<operation_state> state) : state_awaiter(std::move(state)) {}
    void await_resume() const noexcept {}
};

template <class T>
class cancel_unless_ready {
public:
    explicit cancel_unless_ready(lazy<T> what) : what_(std::move(what)) {}
    cancel_unless_ready(cancel_unless_ready&&) = default;
    ~cancel_unless_ready() {
        if (what_.state()) what_.cancel();
    }

    settled_awaiter settled() const { return settled_awaiter(what_.state()); }
    auto take() {
        if constexpr (std::is_void_v<T>) {
            std::move(what_).get();
            return std::monostate();
        } else {
            return std::move(what_).get();
        }
    }

private:
    lazy<T> what_;
};

template <class T>
cancel_unless_ready(lazy<T>) -> cancel_unless_ready<T>;

template <class Awaitable>
using lazy_value_t =
    typename decltype(as_lazy(std::declval<event_loop&>(), std::declval<Awaitable>()))::value_type;

template <class T>
using whole_t = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

}  // namespace runtime_detail

// Of tasks and lazies; void stands in the tuple as std::monostate.
template <class... Awaitables>
task<std::tuple<runtime_detail::whole_t<runtime_detail::lazy_value_t<Awaitables>>...>> when_all(
    Awaitables... what) {
    using results = std::tuple<runtime_detail::whole_t<runtime_detail::lazy_value_t<Awaitables>>...>;
    event_loop& loop = event_loop::current();
    std::tuple started{runtime_detail::cancel_unless_ready(as_lazy(loop, std::move(what)))...};
    co_await std::apply([](auto&... each) -> task<> { (co_await each.settled(), ...); }, started);
    // Braces: the first error in the order of the arguments is the one thrown.
    co_return std::apply([](auto&... each) { return results{each.take()...}; }, started);
}

template <class Awaitable>
task<std::conditional_t<std::is_void_v<runtime_detail::lazy_value_t<Awaitable>>, void,
                        std::vector<runtime_detail::whole_t<runtime_detail::lazy_value_t<Awaitable>>>>>
when_all(std::vector<Awaitable> what) {
    using value = runtime_detail::lazy_value_t<Awaitable>;
    event_loop& loop = event_loop::current();
    std::vector<runtime_detail::cancel_unless_ready<value>> started;
    started.reserve(what.size());
    for (Awaitable& each : what) started.emplace_back(as_lazy(loop, std::move(each)));
    for (auto& each : started) co_await each.settled();
    if constexpr (std::is_void_v<value>) {
        for (auto& each : started) each.take();
    } else {
        std::vector<value> results;
        results.reserve(started.size());
        for (auto& each : started) results.push_back(each.take());
        co_return results;
    }
}

}  // namespace orm::inline v0
