// Transactions as closures: return commits, an exception rolls back, nesting is a savepoint.
// The transaction is ambient: each query started inside goes to it, and a coroutine takes it along across
// its suspensions. Nothing ever commits in a destructor: an abandoned coroutine rolls back.
#pragma once

#include <asynchrormous/query/atomic_block.hpp>
#include <asynchrormous/query/on_commit.hpp>
#include <asynchrormous/runtime/coroutine_support.hpp>

#if ORM_HAS_COROUTINES
#include <asynchrormous/runtime/task.hpp>
#endif

#include <optional>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

namespace query_detail {

template <class F>
using body_result = std::invoke_result_t<F&>;

template <class F>
concept plain_callable = std::is_invocable_v<F&> && !is_task<body_result<F>>;
template <class F>
concept task_callable = std::is_invocable_v<F&> && is_task<body_result<F>>;

// Runs the body by `run`, which takes a plain_body, and gives what it returned last.
template <class F, class Run>
auto result_of_running(F& body, Run run) {
    using result = std::decay_t<body_result<F>>;
    if constexpr (std::is_void_v<result>) {
        F* of = &body;
        run(plain_body{[](void* what) { (**static_cast<F**>(what))(); }, &of});
    } else {
        struct {
            F* body;
            std::optional<result> value;
        } both{&body, std::nullopt};
        using call = decltype(both);
        run(plain_body{[](void* what) {
                           auto& into = *static_cast<call*>(what);
                           into.value.emplace((*into.body)());
                       },
                       &both});
        return std::move(*both.value);
    }
}

#if ORM_HAS_COROUTINES

template <class T>
struct kept_result {
    std::optional<T> value{};
    T take() { return std::move(*value); }
};
template <>
struct kept_result<void> {
    void take() const noexcept {}
};

// Runs the body and commits, or rolls back and throws.
template <class F, class T>
task<> run_in(atomic_block& block, F& body, kept_result<T>& result) {
    std::exception_ptr failure;
    try {
        const context_scope inside{block.inside()};
        if constexpr (std::is_void_v<T>)
            co_await body();
        else
            result.value.emplace(co_await body());
    } catch (...) {
        failure = std::current_exception();
    }
    if (!failure) {
        co_await block.commit();
        co_return;
    }
    try {
        co_await block.roll_back(failure);
    } catch (const error&) {  // the connection is gone, and the transaction with it
    }
    std::rethrow_exception(failure);
}

#endif

}  // namespace query_detail

// Runs the callable in a transaction and gives what it returns. Options of a nested one must be those of the
// transaction around it, else it is an error; with `using_` of another database it is not nested.
// Throws: what the callable throws, after rolling back; a database_error when the commit fails; what a
// callback of on_commit() throws, committed; transaction_management_error; synchronous_only_operation inside
// the loop (there, give it a callable that returns a task).
template <query_detail::plain_callable F>
auto atomic(const transaction_options& options, F&& body) {
    return query_detail::result_of_running(
        body, [&](query_detail::plain_body erased) { query_detail::run_atomic(options, erased); });
}
template <query_detail::plain_callable F>
auto atomic(F&& body) {
    return atomic(transaction_options{}, body);
}
// On this database, whatever the thread's default is: queries inside go to it.
template <query_detail::plain_callable F>
auto atomic(const database& where, F&& body) {
    return atomic(transaction_options{.using_ = where}, body);
}

#if ORM_HAS_COROUTINES

// The same, awaited: co_await orm::atomic([&]() -> orm::task<> { … }). The callable lives until it is done.
template <query_detail::task_callable F>
query_detail::body_result<F> atomic(transaction_options options, F body) {
    query_detail::atomic_block block(options);
    query_detail::kept_result<typename query_detail::body_result<F>::value_type> result;
    co_await query_detail::run_in(block, body, result);
    co_await block.hooks();
    co_return result.take();
}
template <query_detail::task_callable F>
query_detail::body_result<F> atomic(F body) {
    return atomic(transaction_options{}, std::move(body));
}
template <query_detail::task_callable F>
query_detail::body_result<F> atomic(const database& where, F body) {
    return atomic(transaction_options{.using_ = where}, std::move(body));
}

#endif

// Whether queries started here belong to an atomic() (of that database).
ORM_EXPORT bool in_atomic_block() noexcept;
ORM_EXPORT bool in_atomic_block(const database& where) noexcept;

// The innermost block is rolled back at its end, without an error: for a trial run. Its queries still run.
// Throws: transaction_management_error outside of atomic().
ORM_EXPORT void set_rollback(bool wanted = true);
// Whether it will be rolled back: by set_rollback() or since a query failed.
// Throws: transaction_management_error outside of atomic().
ORM_EXPORT bool get_rollback();

}  // namespace orm::inline v0
