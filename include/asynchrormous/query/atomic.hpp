// Transactions as closures: return commits, an exception rolls back, nesting is a savepoint.
// The transaction is ambient: each query started inside goes to it, and a coroutine takes it along across
// its suspensions. Nothing ever commits in a destructor: an abandoned coroutine rolls back.
#pragma once

#include <asynchrormous/postgres/transaction.hpp>
#include <asynchrormous/query/evaluation.hpp>
#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/coroutine_support.hpp>

#if ORM_HAS_COROUTINES
#include <asynchrormous/runtime/when_all.hpp>
#endif

#include <type_traits>
#include <utility>

namespace orm::inline v0 {

namespace query_detail {

// A level of the ambient transaction, or a new one on the thread's default database.
ORM_EXPORT intrusive_ptr<transaction> open_transaction();

// Rolls an unfinished transaction back when its block is left without a word: a destroyed coroutine.
class abandon_guard {
public:
    explicit abandon_guard(transaction& open) : open_(&open) {}
    ~abandon_guard() {
        if (open_) open_->abandon();
    }
    abandon_guard(const abandon_guard&) = delete;
    abandon_guard& operator=(const abandon_guard&) = delete;

    void dismiss() { open_ = nullptr; }

private:
    transaction* open_;
};

template <class T>
inline constexpr bool is_task = false;
#if ORM_HAS_COROUTINES
template <class T>
inline constexpr bool is_task<task<T>> = true;
#endif

// Rolls back, whatever becomes of that: the error that led here is the one the caller sees.
ORM_EXPORT void roll_back(transaction& open) noexcept;
#if ORM_HAS_COROUTINES
inline task<> rolled_back(transaction& open) {
    try {
        co_await open.rollback();
    } catch (const error&) {  // the connection is gone, and the transaction with it
    }
}
#endif

}  // namespace query_detail

// Runs the callable in a transaction and gives what it returns.
// Throws: what the callable throws, after rolling back; a database_error when the commit fails;
// synchronous_only_operation inside the loop (there, give it a callable that returns a task).
template <class F>
    requires(!query_detail::is_task<std::invoke_result_t<F&>>)
auto atomic(F&& body) {
    using result = std::invoke_result_t<F&>;
    require_blocking_allowed(event_loop::current());
    const intrusive_ptr<transaction> open = query_detail::open_transaction();
    query_detail::abandon_guard guard(*open);
    const auto run = [&]() -> result {
        const context_scope inside{intrusive_ptr<context>(open)};
        try {
            return body();
        } catch (...) {
            guard.dismiss();
            query_detail::roll_back(*open);
            throw;
        }
    };
    if constexpr (std::is_void_v<result>) {
        run();
        guard.dismiss();
        open->commit().get();
    } else {
        result value = run();
        guard.dismiss();
        open->commit().get();
        return value;
    }
}

#if ORM_HAS_COROUTINES

// The same, awaited: co_await orm::atomic([&]() -> orm::task<> { … }). The callable lives until it is done.
template <class F>
    requires query_detail::is_task<std::invoke_result_t<F&>>
std::invoke_result_t<F&> atomic(F body) {
    using result = typename std::invoke_result_t<F&>::value_type;
    const intrusive_ptr<transaction> open = query_detail::open_transaction();
    query_detail::abandon_guard guard(*open);
    std::exception_ptr failure;
    std::optional<runtime_detail::whole_t<result>> value;
    try {
        const context_scope inside{intrusive_ptr<context>(open)};
        if constexpr (std::is_void_v<result>)
            co_await body();
        else
            value.emplace(co_await body());
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) {
        co_await query_detail::rolled_back(*open);
        guard.dismiss();
        std::rethrow_exception(failure);
    }
    co_await open->commit();
    guard.dismiss();
    if constexpr (!std::is_void_v<result>) co_return std::move(*value);
}

#endif

}  // namespace orm::inline v0
