// What atomic() and retry() do around the callable, without its type: one level of a transaction, its end and
// what on_commit() left to do. Part of query/atomic.hpp and query/retry.hpp.
#pragma once

#include <asynchrormous/postgres/transaction.hpp>
#include <asynchrormous/runtime/context.hpp>

#include <exception>
#include <optional>

namespace orm::inline v0::query_detail {

// The innermost open transaction, of that database if one is given; null: none.
ORM_EXPORT transaction* open_transaction() noexcept;
ORM_EXPORT transaction* open_transaction(const std::optional<database>& where) noexcept;

class after_commit;

// Plain code's callable without its type.
struct plain_body {
    void (*call)(void*);
    void* what;

    void operator()() const { call(what); }
};

// Left without a word, by a destroyed coroutine, it rolls back: nothing ever commits in a destructor.
class ORM_EXPORT atomic_block {
public:
    // Throws: transaction_management_error for options that cannot apply here; error when the transaction
    // around it has ended; connect_error.
    explicit atomic_block(const transaction_options& options);
    ~atomic_block();
    atomic_block(const atomic_block&) = delete;
    atomic_block& operator=(const atomic_block&) = delete;

    // For the callable to run in.
    intrusive_ptr<context> inside() const { return intrusive_ptr<context>(level_); }

    lazy<void> commit();
    lazy<void> roll_back(const std::exception_ptr& why);
    // What on_commit() registered, one after the other; started by commit(), whoever still waits for it.
    lazy<void> hooks() const;

    // The same for plain code, and with its own errors. The hooks run outside of the loop, so they may block.
    void run(plain_body body);
    void run_hooks();

private:
    bool own_level_ = true;  // false: a part of the level around it
    bool done_ = false;
    intrusive_ptr<transaction> level_{};
    intrusive_ptr<after_commit> after_{};
};

ORM_EXPORT void run_atomic(const transaction_options& options, plain_body body);

}  // namespace orm::inline v0::query_detail
