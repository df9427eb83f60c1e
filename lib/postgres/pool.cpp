#include "pool.hpp"

#include "database_registry.hpp"
#include "errand.hpp"
#include "raw_tenant.hpp"

#include <asynchrormous/postgres/error.hpp>

#include <pthread.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>

namespace orm::inline v0::postgres {
namespace {

using clock = pool_policy::time_point::clock;

struct waiting_statement final : pool_policy::waiter {
    explicit waiting_statement(operation& what) noexcept : statement(what) { statement.state().add_ref(); }
    ~waiting_statement() { statement.state().release(); }
    operation& statement;
};

// How often this process is a child. Asking for its id instead is a system call for each query.
int forks() noexcept {
    static int count = 0;
    static const int registered = ::pthread_atfork(nullptr, nullptr, [] { ++count; });
    static_cast<void>(registered);
    return count;
}

std::uint32_t seed() { return std::random_device()(); }

std::string text_of(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& known) {
        return known.what();
    } catch (...) {
        return "unknown error";
    }
}

std::exception_ptr closed_error() {
    return std::make_exception_ptr(
        database_error("the database was closed: connect again with orm::connect()"));
}

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
                             .prepare = owner.options_.prepare},
          *this)),
      grace_(owner.loop_) {}

void pooled::on_progress(connection&) noexcept { owner_.progressed(*this); }

void pooled::on_closed(connection&, std::exception_ptr why) noexcept { owner_.lost(*this, why); }

bool pooled::on_unsent(connection&, operation& statement) noexcept {
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
      forks_(forks()),
      policy_(limits_of(options), seed()),
      canceller_(make_intrusive<canceller>(loop)),
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
    if (auto why = refusal()) return statement.on_error(std::move(why));
    catch_up();
    if (statement.request().access == access::raw) return claim(*new raw_tenant(*this, statement));
    if (auto* const slot = policy_.place()) {
        static_cast<pooled*>(slot)->link().submit(statement);
    } else {
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
    policy_.connected(*fresh);
    connections_.push_back(std::move(fresh));
    forget(from);
    if (auto opening = std::move(opening_)) opening(nullptr);
    settle();
}

void pool::on_connect_failed(connector& from, std::exception_ptr why, bool permanent) noexcept {
    ++counters_.connect_failures;
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

void pool::give_back(pooled& where) noexcept {
    where.who_ = nullptr;
    where.cleaning_ = true;
    where.grace_.start(options_.cancel_timeout,
                       [this, &where] { cut_off(where, "it did not become clean in time"); });
    clean(where);
    settle();
}

// Whatever the server still runs there is of no use to anybody.
void pool::cut_off(pooled& where, const char* why) noexcept {
    canceller_->request(*where.link().native(), [] {});
    where.link().close(std::make_exception_ptr(
        operational_error(std::string("the connection was closed by this side: ") + why)));
}

// Rule 21: only what is drained, idle and without traces of raw SQL is anybody's again.
void pool::clean(pooled& where) noexcept {
    connection& link = where.link();
    if (!link.alive() || !link.drained()) return;
    if (link.dirty() && !where.soiled_) {
        if (std::exchange(where.discarding_, true)) return;
        link.submit(
            *new errand(loop_, control_kind::discard, "DISCARD ALL", [&where](std::exception_ptr why) {
                where.soiled_ = why != nullptr;
                where.discarding_ = false;
            }));
        return;
    }
    where.cleaning_ = false;
    where.grace_.stop();
    if (link.idle() && !where.soiled_) {
        policy_.give_back(where);
    } else {
        link.close(std::make_exception_ptr(database_error("the session could not be cleaned")));
    }
}

void pool::cancel(operation& statement) noexcept {
    if (cancel_waiting(statement)) return settle();
    for (const auto& one : connections_) {
        if (one->who_) {
            if (!one->who_->holds(statement)) continue;
            return one->who_->withdraw(statement);
        }
        const withdrawal was = one->link().withdraw(statement);
        if (was.unsent) one->load = static_cast<int>(one->link().load());
        if (!was.known) continue;
        look_after(*one);
        return settle();
    }
}

bool pool::cancel_waiting(operation& statement) noexcept {
    for (auto* who = policy_.first_waiter(); who; who = who->next) {
        if (who->kind == pool_policy::use::exclusive) {
            auto& one = static_cast<tenant&>(*who);
            if (!one.holds(statement)) continue;
            one.withdraw(statement);
            return true;
        }
        auto* const waiting = static_cast<waiting_statement*>(who);
        if (&waiting->statement != &statement) continue;
        policy_.remove(*who);
        delete waiting;
        return true;
    }
    return false;
}

void pool::look_after(pooled& where) noexcept {
    if (!where.link().serves_nobody()) {
        if (std::exchange(where.watched_, false) && !where.cleaning_) where.grace_.stop();
        return;
    }
    cancel_running(where);
    if (where.watched_ || where.cleaning_) return;
    where.watched_ = true;
    where.watched_since_ = clock::now();
    if (!where.who_) policy_.leave(where);
    watch(where);
}

// A cancel request that comes a moment too early hits nothing: it is repeated.
void pool::watch(pooled& where) noexcept {
    constexpr std::chrono::milliseconds interval{200};
    const auto look = std::min(interval, options_.cancel_timeout);
    where.grace_.start(look, [this, &where] {
        if (clock::now() - where.watched_since_ >= options_.cancel_timeout)
            return cut_off(where, "a cancelled statement did not end in time");
        cancel_running(where);
        watch(where);
    });
}

void pool::cancel_running(pooled& where) noexcept {
    if (where.cancel_sent_ || !where.link().cancel_is_safe()) return;
    where.cancel_sent_ = true;
    ++counters_.cancels;
    where.link().cancel_started();
    const intrusive_ptr<connection> link(&where.link());
    canceller_->request(*link->native(), [link, &where] {
        if (!link->alive()) return;  // nor is what it belonged to
        where.cancel_sent_ = false;
        link->cancel_returned();
    });
}

void pool::close(intrusive_ptr<lazy_state<void>> closed, bool with_deadline) noexcept {
    if (closed && (finished_ || forks_ != forks())) return closed->succeed();
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
    if (forks_ != forks()) {
        return std::make_exception_ptr(
            database_error("this database was connected before fork(): a child process must connect for "
                           "itself with orm::connect()"));
    }
    if (!closed_) return nullptr;
    return loop_.closed() ? std::make_exception_ptr(loop_closed("the event loop was shut down"))
                          : closed_error();
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
