// A scripted server for pipeline_machine: what it would send becomes a line of letters, answers are words.
//
//   sent:     B BEGIN  P Parse  E Execute  Q unnamed  C COMMIT  R ROLLBACK  V savepoint control  D close
//             N DISCARD ALL  T sentinel  I isolation?  S Sync  x give up
//   answers:  level (of the session: read committed)  ok  rows  sync  idle (a Sync outside of transactions)
//   aborted  copy  tag:BEGIN
//             !23505 (an error)  !0A000/RevalidateCachedQuery  gone (26000 for our name)  FATAL
//             EOF (what libpq says itself when the connection breaks)
#pragma once

#include "postgres/pipeline_machine.hpp"

#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/postgres/operation.hpp>

#include <deque>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace orm::testing {

using postgres::access;
using postgres::control_kind;

class probe final : public postgres::operation {
public:
    explicit probe(std::string sql, access kind = access::read) : text(std::move(sql)), how(kind) {}
    probe(control_kind control, std::string sql)
        : operation(control), text(std::move(sql)), how(access::write) {}

    postgres::request request() const noexcept override { return {text, parameters, how, plain}; }
    void on_result(const postgres::result_view&) override { finish("done"); }
    void on_error(std::exception_ptr why) noexcept override {
        error = why;
        finish(summary(why));
    }
    operation_state& state() noexcept override { std::terminate(); }

    // "42601", "aborted by 42601", "lost: not_run", or the text of an error of our own.
    static std::string summary(const std::exception_ptr& why);

    std::string text;
    access how;
    bool plain = false;
    std::vector<sql::parameter> parameters{};
    std::string outcome{};
    std::exception_ptr error{};
    int completions = 0;

private:
    void finish(std::string how_it_went) {
        ++completions;
        outcome = std::move(how_it_went);
    }
};

class conversation {
public:
    explicit conversation(postgres::machine_options options = {}) : machine(with_nonce(options)) {}

    probe& submit(std::string sql, access kind = access::read);
    probe& submit_plain(std::string sql);
    probe& control(control_kind kind, std::string sql);

    // Sends what may be sent now, completes what is done. Returns: the letters.
    std::string send();
    std::string send_tick();  // the same, at the end of a tick
    // Gives answers one by one and sends in between. Returns: the letters.
    std::string answer(std::string_view words);
    void cut() { machine.on_lost("reset by peer"), send(); }
    // The next send fails in libpq with this text.
    void refuse_next_send(std::string why) { refusal_ = std::move(why); }

    postgres::pipeline_machine machine;
    std::deque<probe> probes{};
    std::vector<std::string> names{};  // of the statements in P, E and D
    std::string closed_because{};

private:
    static postgres::machine_options with_nonce(postgres::machine_options options) {
        options.nonce = 0xfeed;
        return options;
    }
    char perform(postgres::machine_action& action);
    void answer_one(std::string_view word);

    std::string refusal_{};
};

}  // namespace orm::testing
