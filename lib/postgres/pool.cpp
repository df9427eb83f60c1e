// Who comes and what is done for him. How connections are got back is in pool_reclaim.cpp, how it all ends in
// pool_close.cpp.
#include "pool.hpp"

#include "error_text.hpp"
#include "fork_count.hpp"
#include "raw_tenant.hpp"

#include <asynchrormous/postgres/error.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <utility>

namespace orm::inline v0::postgres {
namespace {

using clock = pool_policy::time_point::clock;

std::uint32_t seed() { return std::random_device()(); }

pool_limits limits_of(const connect_options& options) {
    pool_limits limits;
    limits.max_connections = std::max(1, options.max_connections);
    return limits;
}

}  // namespace

pooled::pooled(pool& owner, pg_handle handle)
    : owner_(owner),
      link_(make_intrusive<connection>(
          owner.loop_, std::move(handle),
          connection_options{.statement_cache_size = owner.options_.statement_cache_size,
                             .prepare = owner.options_.prepare,
                             .share_sync = owner.info_.share_sync.value_or(owner.options_.share_sync),
                             .audience = owner.audience_},
          *this)),
      grace_(owner.loop_) {}

void pooled::on_progress(connection&) noexcept { owner_.progressed(*this); }

void pooled::on_closed(connection&, std::exception_ptr why) noexcept { owner_.lost(*this, why); }

bool pooled::on_unsent(connection&, operation& statement) noexcept {
    if (who_ && !who_->may_move()) return false;
    state = pool_policy::slot_state::leaving;
    owner_.submit(statement);
    statement.state().release();
    return true;
}

pool::pool(event_loop& loop, conninfo info, const connect_options& options)
    : shutdown_listener(loop),
      loop_(loop),
      info_(std::move(info)),
      options_(options),
      audience_(make_intrusive<const postgres::audience>(info_, options.alias, options.observers)),
      forks_(fork_count()),
      policy_(limits_of(options), seed()),
      canceller_(make_intrusive<canceller>(loop, options_.cancel_timeout)),
      wake_(loop),
      deadline_(loop),
      cleaner_(*this) {}

pool::~pool() { loop_.forget(cleaner_); }

void pool::open(callback<std::exception_ptr> first_connection) noexcept {
    self_ = intrusive_ptr<pool>(this);
    opening_ = std::move(first_connection);
    settle();
}

void pool::submit(operation& statement) noexcept {
    if (auto why = refusal()) {
        statement_watch::submitted(statement, audience_);
        statement_watch::failed(statement, why);
        return statement.on_error(std::move(why));
    }
    catch_up();
    if (statement.request().access == access::raw) return claim(*new raw_tenant(*this, statement));
    if (auto* const slot = policy_.place()) {
        static_cast<pooled*>(slot)->link().submit(statement);
    } else {
        statement_watch::submitted(statement, audience_);
        auto* const waiting = new waiting_statement(statement);
        waiting->deadline = clock::now() + options_.acquire_timeout;
        policy_.enqueue(*waiting);
    }
    settle();
}

void pool::claim(tenant& who) noexcept {
    if (auto why = refusal()) return who.on_refused(std::move(why));
    catch_up();
    who.deadline = clock::now() + options_.acquire_timeout;
    policy_.enqueue(who);
    settle();
}

// A blocking program may have computed for long since the loop last ran: an idle connection that the server
// has ended in the meantime is found before something is sent on it, not after.
void pool::catch_up() noexcept {
    constexpr std::chrono::milliseconds long_ago{5};
    if (loop_.inside() || clock::now() - settled_at_ < long_ago) return;
    for (std::size_t i = connections_.size(); i-- > 0;) {
        if (connections_[i]->link().drained()) connections_[i]->link().catch_up();
    }
}

// Everything that happens ends here: performs what the policy wants until it wants nothing more.
void pool::settle() noexcept {
    if (settling_ || finished_) return;
    settling_ = true;
    settled_at_ = clock::now();
    while (!closed_ || policy_.waiting() > 0) {
        const auto action = policy_.next(settled_at_);
        if (action.step == pool_policy::step::none) break;
        perform(action);
    }
    settling_ = false;
    if (closed_) {
        check_closed();
    } else {
        arm_timer();
    }
}

void pool::perform(const pool_policy::action& action) noexcept {
    switch (action.step) {
        case pool_policy::step::none:
            return;
        case pool_policy::step::connect:
            return connect();
        case pool_policy::step::hand_over:
            return hand_over(*action.to, static_cast<pooled&>(*action.connection));
        case pool_policy::step::expire:
            return refuse(*action.to, too_long());
        case pool_policy::step::refuse:
            return refuse(*action.to, last_error_);
    }
}

void pool::connect() noexcept {
    connector::listener& self = *this;
    auto attempt = make_intrusive<connector>(loop_, info_, options_.connect_timeout, self, seed());
    connectors_.push_back(attempt);
    attempt->start();
}

void pool::hand_over(pool_policy::waiter& to, pooled& where) noexcept {
    if (to.kind == pool_policy::use::exclusive) {
        where.who_ = static_cast<tenant*>(&to);
        where.who_->on_granted(where);
        return;
    }
    const std::unique_ptr<waiting_statement> waiting(static_cast<waiting_statement*>(&to));
    where.link().submit(waiting->statement);
}

void pool::refuse(pool_policy::waiter& who, const std::exception_ptr& why) noexcept {
    if (who.kind == pool_policy::use::exclusive) return static_cast<tenant&>(who).on_refused(why);
    const std::unique_ptr<waiting_statement> waiting(static_cast<waiting_statement*>(&who));
    statement_watch::failed(waiting->statement, why);
    waiting->statement.on_error(why);
}

void pool::arm_timer() noexcept {
    const auto wake = policy_.wake_time();
    if (!wake) return wake_.stop();
    if (wake_.running() && wake_at_ == *wake) return;
    wake_at_ = *wake;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*wake - clock::now());
    wake_.start(std::max(left, std::chrono::milliseconds(1)), [this] { settle(); });
}

void pool::on_connected(connector& from, pg_handle handle) noexcept {
    std::unique_ptr<pooled> fresh;
    try {
        fresh = std::make_unique<pooled>(*this, std::move(handle));
    } catch (const std::exception&) {
        return on_connect_failed(from, std::current_exception(), false);
    }
    ++counters_.connected;
    tell_connected(audience_, fresh->link().backend_pid(), clock::now() - from.started(), nullptr);
    policy_.connected(*fresh);
    connections_.push_back(std::move(fresh));
    forget(from);
    if (auto opening = std::move(opening_)) opening(nullptr);
    settle();
}

void pool::on_connect_failed(connector& from, std::exception_ptr why, bool permanent) noexcept {
    ++counters_.connect_failures;
    tell_connected(audience_, 0, clock::now() - from.started(), why);
    last_error_ = why;
    policy_.connect_failed(clock::now(), permanent);
    forget(from);
    if (auto opening = std::move(opening_)) {
        force_closed(why);
        opening(why);
    }
    settle();
}

void pool::forget(const connector& which) noexcept {
    std::erase_if(connectors_, [&](const auto& one) { return one.get() == &which; });
}

void pool::progressed(pooled& where) noexcept {
    look_after(where);
    if (where.state == pool_policy::slot_state::leaving && where.link().drained())
        where.state = pool_policy::slot_state::shared;
    where.load = where.who_ || where.cleaning_ ? 1 : static_cast<int>(where.link().load());
    if (where.cleaning_) {
        clean(where);
    } else if (where.who_) {
        where.who_->on_progress();
    }
    settle();
}

void pool::lost(pooled& where, const std::exception_ptr& why) noexcept {
    if (!finished_) ++counters_.lost;
    if (!closed_) last_error_ = why;
    tell_disconnected(audience_, where.link().backend_pid(), why);
    policy_.lost(where);
    const auto at = std::find_if(connections_.begin(), connections_.end(),
                                 [&](const auto& one) { return one.get() == &where; });
    gone_.push_back(std::move(*at));
    connections_.erase(at);
    where.grace_.stop();
    loop_.defer(cleaner_);
    if (auto* const who = std::exchange(where.who_, nullptr)) who->on_closed(why);
    settle();
}

std::exception_ptr pool::too_long() const {
    const auto now = statistics();
    std::string text = "no connection became free within " +
                       std::to_string(options_.acquire_timeout.count()) + " ms (" + std::to_string(now.open) +
                       " open of at most " + std::to_string(options_.max_connections) + ", " +
                       std::to_string(now.owned) + " in transactions or raw SQL, " +
                       std::to_string(now.connecting) + " connecting). ";
    if (now.open == 0 && last_error_) {
        text += "The last attempt to connect failed: " + text_of(last_error_);
    } else {
        text +=
            "Raise max_connections or acquire_timeout, or do not wait for a second connection while holding "
            "one";
    }
    return std::make_exception_ptr(timeout_error(text));
}

pool_statistics pool::statistics() const noexcept {
    pool_statistics now = counters_;
    now.open = policy_.open();
    now.connecting = policy_.connecting();
    now.waiting = policy_.waiting();
    for (const auto& one : connections_) {
        now.in_flight += static_cast<int>(one->link().load());
        if (one->state == pool_policy::slot_state::owned) ++now.owned;
        if (one->state == pool_policy::slot_state::shared && one->load == 0) ++now.idle;
    }
    return now;
}

}  // namespace orm::inline v0::postgres
