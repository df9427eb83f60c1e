// What is known of a statement on its way while somebody observes it, and who is told. An operation holds its
// watch; without one, every function here is one branch.
#pragma once

#include <asynchrormous/postgres/observer.hpp>
#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace orm::inline v0::postgres {

struct conninfo;

// Of this process. While there are none, whether to tell anybody is this one question.
extern std::atomic<int> observers_alive;
inline bool nobody_observes() noexcept { return observers_alive.load(std::memory_order_relaxed) == 0; }

// The observers of one database, and what they are told about it.
class audience final : public ref_counted {
public:
    audience(const conninfo& info, std::string alias, std::vector<std::shared_ptr<observer>> all);

    const observed_database& database() const noexcept { return database_; }
    const std::vector<std::shared_ptr<observer>>& own() const noexcept { return own_; }

private:
    observed_database database_;
    std::vector<std::shared_ptr<observer>> own_;
};

using audience_ptr = intrusive_ptr<const audience>;

// Where a connection is when it sends.
struct wire_position {
    int server_process = 0;
    std::uint64_t sync = 0;
    std::uint64_t round_trip = 0;
};

class statement_watch {
public:
    using time_point = statement_event::time_point;

    static bool wanted(const audience_ptr& of) noexcept {
        return !nobody_observes() && of && (!of->own().empty() || observing::first());
    }
    // Where the statement is handed over. What is watched already goes on.
    static void submitted(operation& what, const audience_ptr& of) noexcept {
        if (wanted(of) && !what.watch_) begin(what, of);
    }
    static void acquired(operation& what, const audience_ptr& of) noexcept {
        submitted(what, of);
        if (what.watch_) what.watch_->on_acquired(what);
    }
    static void sent(operation* what, const request& as, const wire_position& at,
                     const audience_ptr& of) noexcept {
        if (what ? what->watch_ != nullptr : wanted(of)) on_sent(what, as, at, of);
    }
    // Its answer is here, and does not count yet. `before`: when the one in front of it was.
    static void answered(operation& what, time_point at, time_point before) noexcept {
        if (what.watch_) what.watch_->on_answered(what, at, before);
    }
    static void done(operation& what, const result_view& result) noexcept {
        if (what.watch_) on_done(what, result);
    }
    static void failed(operation& what, const std::exception_ptr& why) noexcept {
        if (what.watch_) on_failed(what, why);
    }
    static void abandoned(operation& what) noexcept {
        if (what.watch_) on_abandoned(what);
    }
    // `to` stands for `from` on its way.
    static void move(operation& from, operation& to) noexcept {
        to.watch_ = std::exchange(from.watch_, nullptr);
    }

private:
    statement_watch(operation& what, audience_ptr of);

    static void begin(operation& what, const audience_ptr& of) noexcept;
    static void on_sent(operation* what, const request& as, const wire_position& at,
                        const audience_ptr& of) noexcept;
    static void on_done(operation& what, const result_view& result) noexcept;
    static void on_failed(operation& what, const std::exception_ptr& why) noexcept;
    static void on_abandoned(operation& what) noexcept;
    void on_acquired(const operation& what) noexcept;
    void on_answered(const operation& what, time_point at, time_point before) noexcept;

    using told = void (observer::*)(const statement_event&);
    void tell(told how, const operation* what) noexcept;

    audience_ptr of_;
    std::string text_;
    std::source_location where_{};
    std::string error_type_{};
    std::string sqlstate_{};
    statement_event event_{};
};

void tell_connected(const audience_ptr& of, int server_process, std::chrono::nanoseconds took,
                    std::exception_ptr error) noexcept;
void tell_disconnected(const audience_ptr& of, int server_process, std::exception_ptr why) noexcept;

}  // namespace orm::inline v0::postgres
