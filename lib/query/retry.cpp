#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/query/evaluation.hpp>
#include <asynchrormous/query/retry.hpp>
#include <asynchrormous/runtime/sleep.hpp>

#include <algorithm>
#include <random>
#include <utility>

namespace orm::inline v0::query_detail {

namespace {

// Also where it made other queries of the transaction fail, and one of those was what left the callable.
bool asks_for_another(const std::exception_ptr& failure) noexcept {
    try {
        std::rethrow_exception(failure);
    } catch (const serialization_failure&) {
        return true;
    } catch (const deadlock_detected&) {
        return true;
    } catch (const transaction_aborted& aborted) {
        return aborted.cause() && asks_for_another(aborted.cause());
    } catch (...) {
        return false;
    }
}

std::minstd_rand& chance() {
    thread_local std::minstd_rand generator(std::random_device{}());
    return generator;
}

transaction_options transaction_of(const retry_options& options) {
    return {.using_ = options.using_,
            .isolation = options.isolation,
            .read_only = options.read_only,
            .deferrable = options.deferrable};
}

}  // namespace

retry_plan::retry_plan(const retry_options& options)
    : transaction_(transaction_of(options)),
      pause_(std::max(options.pause, std::chrono::milliseconds(0))),
      longest_(options.longest_pause),
      left_(options.attempts) {
    if (open_transaction(options.using_))
        throw transaction_management_error(
            "retry() was called inside a transaction, which would have to be repeated as a whole: call it "
            "outside, or write atomic() for a part of that transaction");
}

bool retry_plan::again(const std::exception_ptr& failure) noexcept {
    return --left_ > 0 && asks_for_another(failure);
}

// Between half of it and all of it: those who met once do not meet again.
std::chrono::nanoseconds retry_plan::pause() noexcept {
    const std::chrono::nanoseconds now = std::min(pause_, longest_);
    pause_ = std::min(pause_ * 2, longest_);
    return std::chrono::nanoseconds(
        std::uniform_int_distribution<std::int64_t>(now.count() / 2, now.count())(chance()));
}

void run_retry(const retry_options& options, plain_body body) {
    require_blocking_allowed(event_loop::current());
    retry_plan plan(options);
    for (;;) {
        atomic_block block(plan.transaction());
        try {
            block.run(body);
        } catch (const error&) {
            if (!plan.again(std::current_exception())) throw;
            sleep_for(plan.pause()).wait();
            continue;
        }
        return block.run_hooks();
    }
}

}  // namespace orm::inline v0::query_detail
