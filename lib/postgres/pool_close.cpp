// The end of a pool: in order, at once, or with its loop.
#include "database_registry.hpp"
#include "fork_count.hpp"
#include "pool.hpp"

#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/runtime/error.hpp>

#include <utility>

namespace orm::inline v0::postgres {
namespace {

std::exception_ptr closed_error() {
    return std::make_exception_ptr(
        database_error("the database was closed: connect again with orm::connect()"));
}

}  // namespace

void pool::close(intrusive_ptr<lazy_state<void>> closed, bool with_deadline) noexcept {
    if (closed && (finished_ || forks_ != fork_count())) return closed->succeed();
    if (closed) closing_.push_back(std::move(closed));
    closed_ = true;
    forget_database(*this);
    if (with_deadline && !deadline_.running()) {
        deadline_.start(options_.close_timeout, [this] { force_closed(closed_error()); });
    }
    settle();
}

void pool::check_closed() noexcept {
    if (finished_ || policy_.waiting() > 0) return;
    for (const auto& one : connections_) {
        if (one->who_ || !one->link().drained()) return;
    }
    finish();
}

// What still waits fails with `why`, what is under way with connection_lost.
void pool::force_closed(const std::exception_ptr& why) noexcept {
    const intrusive_ptr<pool> self(this);
    refuse_all(why);
    finish();
}

void pool::refuse_all(const std::exception_ptr& why) noexcept {
    closed_ = true;
    settling_ = true;
    while (auto* const who = policy_.first_waiter()) {
        policy_.remove(*who);
        refuse(*who, why);
    }
    settling_ = false;
    last_error_ = why;
}

void pool::finish() noexcept {
    if (std::exchange(finished_, true)) return;
    const intrusive_ptr<pool> self(this);
    forget_database(*this);
    wake_.stop();
    deadline_.stop();
    for (const auto& attempt : std::exchange(connectors_, {})) attempt->abandon();
    const auto why = last_error_ ? last_error_ : closed_error();
    while (!connections_.empty()) connections_.back()->link().close(why);
    for (const auto& one : std::exchange(closing_, {})) one->succeed();
    loop_.defer(cleaner_);
}

void pool::sweep() noexcept {
    const intrusive_ptr<pool> self(this);
    if (loop_.closed()) finish();
    gone_.clear();
    if (finished_) self_ = nullptr;
}

// The loop tells every operation that it is closed; only then, at the end of its last tick, the connections
// go.
void pool::on_loop_shutdown() noexcept {
    const auto why = std::make_exception_ptr(loop_closed("the event loop was shut down"));
    if (auto opening = std::move(opening_)) opening(why);
    refuse_all(why);
    loop_.defer(cleaner_);
}

std::exception_ptr pool::refusal() const {
    if (forks_ != fork_count()) {
        return std::make_exception_ptr(
            database_error("this database was connected before fork(): a child process must connect for "
                           "itself with orm::connect()"));
    }
    if (!closed_) return nullptr;
    return loop_.closed() ? std::make_exception_ptr(loop_closed("the event loop was shut down"))
                          : closed_error();
}

}  // namespace orm::inline v0::postgres
