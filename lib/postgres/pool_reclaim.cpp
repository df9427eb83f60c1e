// Getting connections back: from tenants who are done, and from callers who left (rule 23).
#include "errand.hpp"
#include "pool.hpp"

#include <asynchrormous/postgres/error.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace orm::inline v0::postgres {
namespace {

using clock = pool_policy::time_point::clock;

}  // namespace

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
        statement_watch::abandoned(statement);
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

}  // namespace orm::inline v0::postgres
