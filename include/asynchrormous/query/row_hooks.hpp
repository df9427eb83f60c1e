// Functions of yours around save(), create() and delete_() of one row, plain ones or coroutines:
//     static constexpr auto hooks = orm::hooks(orm::before_save<&normalise>, orm::after_save<&announce>);
// or static member functions of the model with these names. They are called in this order, and take
//     before_save(M& row)                      may change what will be written
//     after_save(const M& row, bool created)   created: inserted, and not updated; it may be left out
//     before_delete(const M& row), after_delete(const M& row)
// What one throws is thrown by the call; before the statement, nothing is written then. Hooks and statement
// are one transaction only inside atomic(). Statements about many rows (bulk_create, QuerySet.update, …) call
// none.
#pragma once

#include <asynchrormous/query/on_commit.hpp>
#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/operation_state.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

namespace query_detail {

enum class hook_point : std::uint8_t { before_save, after_save, before_delete, after_delete };

template <hook_point At, auto Function>
struct hook_at {};

template <class... Hooks>
struct hook_list {};

}  // namespace query_detail

template <auto Function>
inline constexpr query_detail::hook_at<query_detail::hook_point::before_save, Function> before_save{};
template <auto Function>
inline constexpr query_detail::hook_at<query_detail::hook_point::after_save, Function> after_save{};
template <auto Function>
inline constexpr query_detail::hook_at<query_detail::hook_point::before_delete, Function> before_delete{};
template <auto Function>
inline constexpr query_detail::hook_at<query_detail::hook_point::after_delete, Function> after_delete{};

template <query_detail::hook_point... At, auto... Functions>
constexpr auto hooks(query_detail::hook_at<At, Functions>...) {
    return query_detail::hook_list<query_detail::hook_at<At, Functions>...>();
}

// What the error about a hook spells. False.
template <class Model, class Function>
struct hook_of_another_type {
    static constexpr bool value = false;
};

namespace query_detail {

// Starts it. Returns: what is to be waited for, null when it is done. `keep` lives as long as its coroutine.
template <class M>
using hook = intrusive_ptr<operation_state> (*)(M& row, bool created, intrusive_ptr<ref_counted> keep);

#if ORM_HAS_COROUTINES
inline task<> run_and_keep(task<> what, intrusive_ptr<ref_counted>) { co_await std::move(what); }
#endif

template <class Call>
intrusive_ptr<operation_state> started_hook(const Call& call, intrusive_ptr<ref_counted> keep) {
#if ORM_HAS_COROUTINES
    if constexpr (is_task<decltype(call())>) return start(run_and_keep(call(), std::move(keep))).state();
#endif
    if constexpr (!is_task<decltype(call())>) static_cast<void>(call());
    static_cast<void>(keep);
    return nullptr;
}

template <class M, class F>
intrusive_ptr<operation_state> call_hook(const F& function, M& row, bool created,
                                         intrusive_ptr<ref_counted> keep) {
    if constexpr (std::is_invocable_v<const F&, M&, bool>) {
        return started_hook([&] { return function(row, created); }, std::move(keep));
    } else if constexpr (std::is_invocable_v<const F&, M&>) {
        return started_hook([&] { return function(row); }, std::move(keep));
    } else {
        static_assert(hook_of_another_type<M, F>::value,
                      "asynchrormous: a hook takes a row of its model, and after_save() may take a bool: "
                      "void after_save(const Book& book, bool created)");
        return nullptr;
    }
}

template <class M, auto Function>
intrusive_ptr<operation_state> listed_hook(M& row, bool created, intrusive_ptr<ref_counted> keep) {
    return call_hook(Function, row, created, std::move(keep));
}

template <class M, hook_point At>
intrusive_ptr<operation_state> member_hook(M& row, bool created, intrusive_ptr<ref_counted> keep) {
    // clang-format off
    if constexpr (At == hook_point::before_save)
        return call_hook([](M& of) { return M::before_save(of); }, row, created, std::move(keep));
    else if constexpr (At == hook_point::before_delete)
        return call_hook([](M& of) { return M::before_delete(of); }, row, created, std::move(keep));
    else if constexpr (At == hook_point::after_delete)
        return call_hook([](M& of) { return M::after_delete(of); }, row, created, std::move(keep));
    else if constexpr (requires { M::after_save(row, created); })
        return call_hook([](M& of, bool is_new) { return M::after_save(of, is_new); }, row, created, std::move(keep));
    else
        return call_hook([](M& of) { return M::after_save(of); }, row, created, std::move(keep));
    // clang-format on
}

template <class M, hook_point At>
constexpr bool has_member_hook() {
    if constexpr (At == hook_point::before_save)
        return requires(M& row) { M::before_save(row); };
    else if constexpr (At == hook_point::after_save)
        return requires(M& row) { M::after_save(row, true); } || requires(M& row) { M::after_save(row); };
    else if constexpr (At == hook_point::before_delete)
        return requires(M& row) { M::before_delete(row); };
    else
        return requires(M& row) { M::after_delete(row); };
}

template <class M, hook_point At, hook_point Listed, auto Function>
constexpr void add_hook(hook<M>*& out, std::size_t& size, hook_at<Listed, Function>) {
    if constexpr (At == Listed) {
        if (out) *out++ = &listed_hook<M, Function>;
        ++size;
    }
}
template <class M, hook_point At, class... Hooks>
constexpr std::size_t add_hooks(hook<M>* out, hook_list<Hooks...>) {
    std::size_t size = 0;
    (add_hook<M, At>(out, size, Hooks()), ...);
    return size;
}
template <class M, hook_point At>
constexpr std::size_t collect_hooks(hook<M>* out) {
    std::size_t size = 0;
    if constexpr (has_member_hook<M, At>()) {
        if (out) *out++ = &member_hook<M, At>;
        ++size;
    }
    if constexpr (requires { M::hooks; }) size += add_hooks<M, At>(out, M::hooks);
    return size;
}

template <class M, hook_point At>
inline constexpr std::size_t hook_count = collect_hooks<M, At>(nullptr);

template <class M, hook_point At>
struct hook_array {
    hook<M> at[hook_count<M, At> + 1]{};
};
template <class M, hook_point At>
inline constexpr auto hook_table = [] {
    hook_array<M, At> result{};
    collect_hooks<M, At>(result.at);
    return result;
}();
template <class M, hook_point At>
constexpr std::span<const hook<M>> hooks_of() {
    return {hook_table<M, At>.at, hook_count<M, At>};
}

template <class M>
inline constexpr bool has_save_hooks =
    hook_count<M, hook_point::before_save> + hook_count<M, hook_point::after_save> > 0;
template <class M>
inline constexpr bool has_delete_hooks =
    hook_count<M, hook_point::before_delete> + hook_count<M, hook_point::after_delete> > 0;

// In blocking code: where the caller stands, each until it is done.
template <class M>
void run_hooks(std::span<const hook<M>> all, M& row, bool created) {
    for (const hook<M> each : all) {
        const intrusive_ptr<operation_state> done = each(row, created, nullptr);
        if (!done) continue;
        done->wait();
        done->rethrow_if_failed();
    }
}

}  // namespace query_detail

}  // namespace orm::inline v0
