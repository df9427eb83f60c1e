// Statements that took long, and those that failed when asked for: one line each, values left out.
//     auto slow = std::make_shared<orm::slow_query_log>(orm::slow_query_options{.threshold = 50ms});
//     orm::database db = orm::connect(url, {.observers = {slow}});
// Threads: one log may be given to databases of several threads; its sink is called by one at a time.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/postgres/observer.hpp>
#include <asynchrormous/runtime/callback.hpp>

#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

namespace orm::inline v0 {

struct slow_query_options {
    std::chrono::nanoseconds threshold = std::chrono::milliseconds(100);  // of the whole time, waits included
    bool failed = true;       // and statements that failed, however quickly: SQLSTATE and class, no message
    bool parameters = false;  // values too: only where the log may hold what the database holds
};

class ORM_EXPORT slow_query_log final : public observer {
public:
    // No sink: stderr. A line has no line feed of its own at its end, and none within.
    explicit slow_query_log(const slow_query_options& options = {}, callback<std::string_view> sink = {});
    ~slow_query_log() override;

    void on_done(const statement_event& done) override;
    void on_error(const statement_event& failed) override;
    bool wants_parameters() const noexcept override { return options_.parameters; }

private:
    void write(const statement_event& what);

    const slow_query_options options_;
    std::mutex one_at_a_time_{};
    callback<std::string_view> sink_;
};

// The line that stands in the log: durations in milliseconds, rows, bytes, place, text.
ORM_EXPORT std::string log_line(const statement_event& statement);

}  // namespace orm::inline v0
