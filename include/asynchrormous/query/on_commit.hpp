// Callbacks for after the commit: e-mails, messages, caches; nothing that a rollback would have to take back.
#pragma once

#include <asynchrormous/postgres/commit_hook.hpp>
#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/runtime/coroutine_support.hpp>
#include <asynchrormous/runtime/hooks.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#if ORM_HAS_COROUTINES
#include <asynchrormous/runtime/task.hpp>
#endif

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

struct on_commit_options {
    std::optional<database> using_{};  // of which database the transaction is; none: the innermost one
    bool robust = false;  // what it throws goes to the hook for unobserved errors, the others still run
};

namespace query_detail {

template <class T>
inline constexpr bool is_task = false;
#if ORM_HAS_COROUTINES
template <class T>
inline constexpr bool is_task<task<T>> = true;
#endif

template <class F>
class commit_callback final : public commit_hook {
public:
    commit_callback(F call, bool robust) : commit_hook(robust), call_(std::move(call)) {}

    intrusive_ptr<operation_state> run() override {
#if ORM_HAS_COROUTINES
        if constexpr (is_task<std::invoke_result_t<F&>>) {
            static_assert(std::is_same_v<std::invoke_result_t<F&>, task<>>,
                          "asynchrormous: a callback of on_commit() returns nothing: make it a task<>");
            return start(run_kept(intrusive_ptr<commit_callback>(this))).state();
        }
#endif
        if constexpr (!is_task<std::invoke_result_t<F&>>) static_cast<void>(call_());
        return nullptr;
    }

private:
#if ORM_HAS_COROUTINES
    // The callable outlives its coroutine, which reads what it captured.
    static task<> run_kept(intrusive_ptr<commit_callback> self) {
        std::exception_ptr failure;
        try {
            co_await self->call_();
        } catch (...) {
            failure = std::current_exception();
        }
        if (failure && !self->robust()) std::rethrow_exception(failure);
        if (failure) tell_unobserved_error(failure);
    }
#endif

    F call_;
};

// Registers it, or runs it where no transaction is open. Returns: what that started.
ORM_EXPORT intrusive_ptr<operation_state> do_on_commit(intrusive_ptr<commit_hook> hook,
                                                       const std::optional<database>& where);
ORM_EXPORT lazy<void> done_when(intrusive_ptr<operation_state> started);

}  // namespace query_detail

// Calls it once the outermost atomic() around is committed, in the order of registration, outside of the
// transaction; at once where there is none. Dropped when its block, or one around it, is rolled back. What it
// throws comes out of that atomic(), and those behind it are dropped, unless it is robust.
// Throws: error when the transaction has ended; outside of one what the callback throws.
template <class F>
    requires(!query_detail::is_task<std::invoke_result_t<F&>>)
void on_commit(F callback, const on_commit_options& options = {}) {
    query_detail::do_on_commit(
        make_intrusive<query_detail::commit_callback<F>>(std::move(callback), options.robust),
        options.using_);
}

#if ORM_HAS_COROUTINES

// A coroutine: the outermost atomic() awaits it. The lazy is ready at once inside of a transaction, outside
// of one when the coroutine is done.
template <class F>
    requires query_detail::is_task<std::invoke_result_t<F&>>
lazy<void> on_commit(F callback, const on_commit_options& options = {}) {
    return query_detail::done_when(query_detail::do_on_commit(
        make_intrusive<query_detail::commit_callback<F>>(std::move(callback), options.robust),
        options.using_));
}

#endif

}  // namespace orm::inline v0
