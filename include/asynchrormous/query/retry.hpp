// Transactions that may have to run more than once: under serializable the server ends one of two that cannot
// be put in an order, and of a deadlock one. Then the whole closure runs again.
#pragma once

#include <asynchrormous/query/atomic.hpp>

#if ORM_HAS_COROUTINES
#include <asynchrormous/runtime/sleep.hpp>
#endif

#include <chrono>

namespace orm::inline v0 {

struct retry_options {
    std::optional<database> using_{};
    orm::isolation isolation = isolation::session_default;
    bool read_only = false;
    bool deferrable = false;
    int attempts = 5;                                // all together
    std::chrono::milliseconds pause{10};             // before the second; doubled each time, by chance less
    std::chrono::milliseconds longest_pause{1'000};  // at most
};

namespace query_detail {

class ORM_EXPORT retry_plan {
public:
    // Throws: transaction_management_error inside of a transaction.
    explicit retry_plan(const retry_options& options);

    const transaction_options& transaction() const noexcept { return transaction_; }
    // The server asks for another attempt, and there is one left.
    bool again(const std::exception_ptr& failure) noexcept;
    std::chrono::nanoseconds pause() noexcept;

private:
    transaction_options transaction_;
    std::chrono::milliseconds pause_;
    std::chrono::milliseconds longest_;
    int left_;
};

ORM_EXPORT void run_retry(const retry_options& options, plain_body body);

}  // namespace query_detail

// atomic(), run again from its beginning after a serialization failure (40001) or a deadlock (40P01), also
// one of the commit. What the callable does besides queries happens each time; on_commit() callbacks run
// once.
// Throws: what the callable throws; after the last attempt the serialization_failure or deadlock_detected;
// transaction_management_error inside of a transaction, which alone could be repeated as a whole.
template <query_detail::plain_callable F>
auto retry(const retry_options& options, F&& body) {
    return query_detail::result_of_running(
        body, [&](query_detail::plain_body erased) { query_detail::run_retry(options, erased); });
}
template <query_detail::plain_callable F>
auto retry(F&& body) {
    return retry(retry_options{}, body);
}

#if ORM_HAS_COROUTINES

template <query_detail::task_callable F>
query_detail::body_result<F> retry(retry_options options, F body) {
    query_detail::retry_plan plan(options);
    for (;;) {
        query_detail::atomic_block block(plan.transaction());
        query_detail::kept_result<typename query_detail::body_result<F>::value_type> result;
        std::exception_ptr failure;
        try {
            co_await query_detail::run_in(block, body, result);
        } catch (...) {
            failure = std::current_exception();
        }
        if (!failure) {
            co_await block.hooks();
            co_return result.take();
        }
        if (!plan.again(failure)) std::rethrow_exception(failure);
        co_await sleep_for(plan.pause());
    }
}
template <query_detail::task_callable F>
query_detail::body_result<F> retry(F body) {
    return retry(retry_options{}, std::move(body));
}

#endif

}  // namespace orm::inline v0
