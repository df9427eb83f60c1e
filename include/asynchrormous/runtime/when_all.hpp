// Several at once: co_await when_all(a, b) gives a tuple, co_await when_all(range) a vector. All have
// finished when it returns or throws; it throws the first error in the order of the arguments, the others
// count as not looked at. References stand in them as pointers. Tasks start here, with the context of the
// caller, and are given up when it is given up.
#pragma once

#include <asynchrormous/runtime/coroutine_support.hpp>
#include <asynchrormous/runtime/task.hpp>

#if ORM_HAS_COROUTINES

#include <array>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace orm::inline v0 {

namespace runtime_detail {

// Waits for an operation without looking at its result.
struct settled_awaiter final : state_awaiter {
    explicit settled_awaiter(operation_state& state)
        : state_awaiter(intrusive_ptr<operation_state>(&state)) {}
    void await_resume() const noexcept {}
};

template <class Awaitable>
concept startable =
    requires(event_loop& loop, Awaitable what) { as_lazy(loop, static_cast<Awaitable&&>(what)).state(); };

template <startable Awaitable>
using awaited_t =
    typename decltype(as_lazy(std::declval<event_loop&>(), std::declval<Awaitable>()))::value_type;

// What stands for a result in a tuple or vector: nothing for void, a pointer for a reference.
template <class T>
struct whole {
    using type = T;
};
template <>
struct whole<void> {
    using type = std::monostate;
};
template <class T>
struct whole<T&> {
    using type = T*;
};
template <class T>
using whole_t = typename whole<T>::type;

template <class Range>
using element_t = std::remove_cvref_t<decltype(*std::declval<Range&>().begin())>;

// One of those waited for. Tasks were started for this: unfinished, they go with it. A lazy is its owner's.
template <startable Awaitable>
class joined {
public:
    joined(event_loop& loop, Awaitable what) : what_(as_lazy(loop, std::move(what))) {}
    joined(joined&&) = default;
    ~joined() {
        if (is_task<Awaitable> && what_.state()) what_.cancel();
    }

    operation_state* state() const noexcept { return what_.state().get(); }
    whole_t<awaited_t<Awaitable>> take() {
        if constexpr (std::is_void_v<awaited_t<Awaitable>>)
            return std::move(what_).get(), std::monostate();
        else if constexpr (std::is_reference_v<awaited_t<Awaitable>>)
            return &std::move(what_).get();
        else
            return std::move(what_).get();
    }

private:
    lazy<awaited_t<Awaitable>> what_;
};

}  // namespace runtime_detail

// Of tasks and lazies; void stands in the tuple as std::monostate.
template <runtime_detail::startable... Awaitables>
task<std::tuple<runtime_detail::whole_t<runtime_detail::awaited_t<Awaitables>>...>> when_all(
    Awaitables... what) {
    using results = std::tuple<runtime_detail::whole_t<runtime_detail::awaited_t<Awaitables>>...>;
    event_loop& loop = event_loop::current();
    // Braces: from left to right.
    std::tuple<runtime_detail::joined<Awaitables>...> all{
        runtime_detail::joined<Awaitables>(loop, std::move(what))...};
    const auto states = std::apply(
        [](auto&... each) { return std::array<operation_state*, sizeof...(each)>{each.state()...}; }, all);
    for (operation_state* each : states) co_await runtime_detail::settled_awaiter(*each);
    co_return std::apply([](auto&... each) { return results{each.take()...}; }, all);
}

// Of a range of tasks or lazies, which is taken by value; of void ones, nothing.
template <class Range>
    requires runtime_detail::startable<runtime_detail::element_t<Range>>
auto when_all(Range what) -> task<std::conditional_t<
    std::is_void_v<runtime_detail::awaited_t<runtime_detail::element_t<Range>>>, void,
    std::vector<runtime_detail::whole_t<runtime_detail::awaited_t<runtime_detail::element_t<Range>>>>>> {
    using awaitable = runtime_detail::element_t<Range>;
    using value = runtime_detail::awaited_t<awaitable>;
    event_loop& loop = event_loop::current();
    std::vector<runtime_detail::joined<awaitable>> all;
    for (auto&& each : what) all.emplace_back(loop, static_cast<awaitable&&>(each));
    for (auto& each : all) co_await runtime_detail::settled_awaiter(*each.state());
    if constexpr (std::is_void_v<value>) {
        for (auto& each : all) each.take();
    } else {
        std::vector<value> results;
        results.reserve(all.size());
        for (auto& each : all) results.push_back(each.take());
        co_return results;
    }
}

}  // namespace orm::inline v0

#endif
