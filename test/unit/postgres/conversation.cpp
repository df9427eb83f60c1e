#include "conversation.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace orm::testing {

using namespace postgres;

std::string probe::summary(const std::exception_ptr& why) {
    try {
        std::rethrow_exception(why);
    } catch (const connection_lost& lost) {
        switch (lost.outcome()) {
            case orm::outcome::not_sent:
                return "lost: not_sent";
            case orm::outcome::not_run:
                return "lost: not_run";
            default:
                return "lost: may_have_run";
        }
    } catch (const transaction_aborted& follows) {
        return "aborted by " + (follows.cause() ? summary(follows.cause()) : "?");
    } catch (const database_error& other) {
        return other.from_server() ? other.sqlstate() : other.what();
    }
}

probe& conversation::submit(std::string sql, access kind) {
    probe& made = probes.emplace_back(std::move(sql), kind);
    machine.submit(made);
    return made;
}

probe& conversation::submit_plain(std::string sql) {
    probe& made = submit(std::move(sql));
    made.plain = true;
    return made;
}

probe& conversation::control(control_kind kind, std::string sql) {
    probe& made = probes.emplace_back(kind, std::move(sql));
    machine.submit(made);
    return made;
}

std::string conversation::send() {
    std::string letters;
    for (;;) {
        machine_action action = machine.next();
        if (action.step == machine_step::idle) return letters;
        const char letter = perform(action);
        if (letter == '.') continue;
        if (letters.size() > 10'000) FAIL("the machine does not come to rest");
        if (!refusal_.empty() && letter != 'x') {
            machine.send_failed(std::exchange(refusal_, {}));
            letters += '-';
            continue;
        }
        letters += letter;
        if (letter == 'x') return letters;
    }
}

std::string conversation::send_tick() {
    std::string letters = send();
    machine.end_of_tick();
    return letters + send();
}

char conversation::perform(machine_action& action) {
    if (action.statement) names.push_back(action.statement->name);
    switch (action.step) {
        case machine_step::send_prepare:
            return 'P';
        case machine_step::send_execute:
            return 'E';
        case machine_step::send_close:
            return 'D';
        case machine_step::send_sync:
            return 'S';
        case machine_step::send_query: {
            const std::string_view text = action.request.text;
            if (text.starts_with("BEGIN")) return 'B';
            if (text == "COMMIT") return 'C';
            if (text == "ROLLBACK") return 'R';
            if (text == "DISCARD ALL") return 'N';
            if (text.starts_with("SHOW")) return 'I';
            if (!action.op) return 'T';
            return text.find("SAVEPOINT") != std::string_view::npos ? 'V' : 'Q';
        }
        case machine_step::complete:
            action.op->on_result({});
            return '.';
        case machine_step::fail:
            action.op->on_error(action.error);
            return '.';
        default:
            closed_because = probe::summary(action.error);
            return 'x';
    }
}

std::string conversation::answer(std::string_view words) {
    std::string letters;
    while (!words.empty()) {
        const auto end = std::min(words.find(' '), words.size());
        answer_one(words.substr(0, end));
        letters += send();
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return letters;
}

void conversation::answer_one(std::string_view word) {
    server_report report{.severity = "ERROR", .message = "something went wrong"};
    machine_event event;
    event.tag = "SELECT 1";
    if (word == "ok") event.answer = answer::command_ok;
    if (word == "rows") event.answer = answer::tuples_ok;
    if (word == "level") {
        event.answer = answer::tuples_ok;
        event.value = "read committed";
    }
    if (word == "aborted") event.answer = answer::aborted;
    if (word == "copy") event.answer = answer::copy;
    if (word == "sync" || word == "idle") event.answer = answer::sync;
    if (word == "idle") event.session = session_status::idle;
    if (word.starts_with("tag:")) {
        event.answer = answer::command_ok;
        event.tag = word.substr(4);
    }
    if (word.starts_with('!')) {
        event.answer = answer::failed;
        report.sqlstate = word.substr(1, 5);
        if (word.size() > 7) report.routine = word.substr(7);
    }
    if (word == "gone") {
        event.answer = answer::failed;
        report.sqlstate = "26000";
        for (const std::string& name : names) report.message += " " + name;
    }
    if (word == "EOF") {
        event.answer = answer::failed;
        event.made_by_libpq = true;
        report = {.message = "server closed the connection unexpectedly"};
    }
    if (word == "FATAL") {
        event.answer = answer::failed;
        report = {.severity = "FATAL", .sqlstate = "57P01", .message = "terminating connection"};
    }
    if (event.answer == answer::failed) event.report = &report;
    machine.on_event(std::move(event));
}

}  // namespace orm::testing
