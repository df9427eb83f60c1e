// Rule 3: every conversation is cut after each answer. Every operation is completed exactly once, and what it
// is told is true: not_sent and not_run are promises that repeating it is safe.
#include "conversation.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <vector>

namespace orm::testing {

using namespace postgres;

namespace {

struct script {
    std::string name;
    void (*start)(conversation&);
    const char* answers;
    std::vector<std::string> expected;  // outcomes of all probes, cut before the first answer, after it, ...
    std::size_t max_in_flight = 256;
};

std::string shortened(const std::string& outcome) {
    return outcome.starts_with("lost: ") ? outcome.substr(6) : outcome;
}

std::string outcomes_when_cut_after(const script& of, int count) {
    conversation talk({.max_in_flight = of.max_in_flight});
    of.start(talk);
    std::istringstream words(of.answers);
    std::string word;
    for (int i = 0; i < count && words >> word; ++i) talk.answer(word);
    talk.cut();
    std::string all;
    for (const probe& one : talk.probes) {
        CHECK(one.completions == 1);
        all += (all.empty() ? "" : ", ") + shortened(one.outcome);
    }
    CHECK(talk.machine.drained());
    return all;
}

void first_time(conversation& talk) {
    talk.submit("a", access::write);
    talk.send();
}

void two_known(conversation& talk) {
    talk.submit("a");
    talk.send();
    talk.answer("ok sync rows sync");
    talk.submit("a", access::write);
    talk.submit("a", access::write);
    talk.send();
}

void two_new(conversation& talk) {
    talk.submit("a", access::write);
    talk.submit("a", access::write);
    talk.send();
}

void block_with_commit(conversation& talk) {
    talk.machine.begin("BEGIN");
    talk.submit("a", access::write);
    talk.send_tick();
    talk.control(control_kind::commit, "COMMIT");
    talk.send_tick();
}

void block_without_commit(conversation& talk) {
    talk.machine.begin("BEGIN");
    talk.submit("a", access::write);
    talk.submit("a", access::write);
    talk.send_tick();
}

void raw(conversation& talk) {
    talk.submit("call p()", access::raw);
    talk.send();
}

const std::vector<script> scripts{
    {"first time",
     first_time,
     "ok sync ok sync",
     {"may_have_run", "may_have_run", "may_have_run", "may_have_run", "done"}},
    {"two statements",
     two_known,
     "ok sync !23505 sync",
     {"done, may_have_run, may_have_run", "done, may_have_run, may_have_run", "done, done, may_have_run",
      "done, done, 23505", "done, done, 23505"}},
    {"server shut down before the first answer",
     two_known,
     "FATAL",
     {"done, may_have_run, may_have_run", "done, not_run, not_run"}},
    {"server shut down between result and Sync",
     two_known,
     "ok FATAL",
     {"done, may_have_run, may_have_run", "done, may_have_run, may_have_run", "done, may_have_run, not_run"}},
    {"libpq's own words are no answer",
     two_known,
     "EOF EOF",
     {"done, may_have_run, may_have_run", "done, may_have_run, may_have_run",
      "done, may_have_run, may_have_run"}},
    {"several FATAL",
     two_known,
     "FATAL FATAL",
     {"done, may_have_run, may_have_run", "done, not_run, not_run", "done, not_run, not_run"}},
    {"a queue behind the cap",
     two_new,
     "ok sync ok sync",
     {"may_have_run, not_sent", "may_have_run, not_sent", "may_have_run, not_sent", "may_have_run, not_sent",
      "done, may_have_run"},
     1},
    {"a vanished statement that would be repeated",
     two_known,
     "gone sync",
     {"done, may_have_run, may_have_run", "done, not_run, may_have_run", "done, may_have_run, may_have_run"}},
    {"transaction, COMMIT on its way",
     block_with_commit,
     "tag:BEGIN ok ok sync tag:COMMIT sync",
     {"not_run, not_sent", "may_have_run, may_have_run", "may_have_run, may_have_run",
      "may_have_run, may_have_run", "done, may_have_run", "done, may_have_run", "done, done"}},
    {"transaction, shut down before COMMIT ran",
     block_with_commit,
     "tag:BEGIN ok FATAL",
     {"not_run, not_sent", "may_have_run, may_have_run", "may_have_run, may_have_run", "not_run, not_run"}},
    {"transaction without COMMIT",
     block_without_commit,
     "tag:BEGIN ok !23505 aborted sync",
     {"not_run, not_run", "not_run, not_run", "not_run, not_run", "23505, not_run", "23505, aborted by 23505",
      "23505, aborted by 23505"}},
    {"raw SQL may commit in the middle", raw, "FATAL", {"may_have_run", "may_have_run"}},
};

}  // namespace

TEST_SUITE("lost connection") {
    TEST_CASE("cut after every answer, each operation is completed once and truly") {
        for (const script& one : scripts) {
            for (std::size_t count = 0; count < one.expected.size(); ++count) {
                CAPTURE(one.name);
                CAPTURE(count);
                CHECK(outcomes_when_cut_after(one, static_cast<int>(count)) == one.expected[count]);
            }
        }
    }

    TEST_CASE("what is submitted to a dead connection was not sent") {
        conversation talk;
        talk.cut();
        probe& late = talk.submit("a");
        CHECK(talk.send() == "");
        CHECK(late.outcome == "lost: not_sent");
    }

    TEST_CASE("the error names what the server said last, and what to do") {
        conversation talk;
        probe& read = talk.submit("select 1");
        talk.send();
        talk.answer("FATAL");
        talk.cut();
        try {
            std::rethrow_exception(read.error);
        } catch (const connection_lost& error) {
            CHECK(std::string_view(error.what()) ==
                  "the connection was lost: terminating connection; the statement was not run or was rolled "
                  "back, so it can be repeated\nSQL: select 1");
        }
    }
}

}  // namespace orm::testing
