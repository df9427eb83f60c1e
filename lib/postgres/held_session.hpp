// A connection that somebody keeps to himself between statements, for what belongs to the session: advisory
// locks. Given back, it has none of them any more. Lives until that is done, whoever still has a handle.
#pragma once

#include "pool.hpp"

#include <asynchrormous/runtime/callback.hpp>

#include <exception>
#include <vector>

namespace orm::inline v0::postgres {

class held_session final : public ref_counted, private tenant {
public:
    using ended = callback<std::exception_ptr>;  // null: in order

    explicit held_session(intrusive_ptr<pool> where) noexcept : pool_(std::move(where)) {}

    // Claims a connection and runs its first statement on it; without one, that statement fails.
    void open(operation& first) noexcept;
    // The caller of the first statement left.
    void cancel(operation& first) noexcept;
    // Unlocks, then the connection is anybody's. Only the first call counts.
    void close(ended told = {}) noexcept;

    bool alive() const noexcept { return where_ && !closing_; }
    event_loop& loop() const noexcept { return pool_->loop(); }

private:
    void on_granted(pooled& where) noexcept override;
    void on_refused(std::exception_ptr why) noexcept override;
    void on_progress() noexcept override;
    void on_closed(std::exception_ptr why) noexcept override;
    bool holds(const operation& statement) const noexcept override { return &statement == first_; }
    void withdraw(operation& statement) noexcept override { cancel(statement); }
    bool may_move() const noexcept override { return false; }
    void forget_first() noexcept;

    intrusive_ptr<pool> pool_;
    pooled* where_ = nullptr;
    operation* first_ = nullptr;  // until it is on its way
    bool closing_ = false;
    intrusive_ptr<held_session> self_{};
};

}  // namespace orm::inline v0::postgres
