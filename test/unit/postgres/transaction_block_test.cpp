// Rules 17 to 21: what a transaction sends, and what is held back.
#include "conversation.hpp"

#include <doctest/doctest.h>

namespace orm::testing {

using namespace postgres;

namespace {

// A transaction that has begun, with statement "a" prepared and nothing under way.
void open_block(conversation& talk) {
    talk.machine.begin("BEGIN");
    talk.submit("a");
    CHECK(talk.send_tick() == "BPES");
    talk.answer("tag:BEGIN ok rows sync");
}

}  // namespace

TEST_SUITE("transaction block") {
    TEST_CASE("rule 17: BEGIN leaves with the first statements, nothing goes behind it before its tag") {
        conversation talk;
        talk.machine.begin("BEGIN");
        CHECK(talk.send_tick() == "");
        talk.submit("a", access::write);
        talk.submit("a", access::write);
        CHECK(talk.send_tick() == "BPEES");
        probe& late = talk.submit("a", access::write);
        CHECK(talk.send_tick() == "");
        CHECK(talk.answer("tag:BEGIN") == "E");
        CHECK(talk.send_tick() == "S");
        talk.answer("ok ok ok sync ok sync");
        CHECK(late.outcome == "done");
    }

    TEST_CASE("rule 17: after a failed BEGIN nothing runs in autocommit") {
        conversation talk;
        talk.machine.begin("BEGIN");
        probe& first = talk.submit("a", access::write);
        CHECK(talk.send_tick() == "BPES");
        probe& held = talk.submit("a", access::write);
        talk.send_tick();
        CHECK(talk.answer("!57014 aborted aborted sync") == "");
        probe& commit = talk.control(control_kind::commit, "COMMIT");
        CHECK(talk.send_tick() == "");
        CHECK(first.outcome == "aborted by 57014");
        CHECK(held.outcome == "aborted by 57014");
        CHECK(commit.outcome == "aborted by 57014");
        CHECK_FALSE(talk.machine.in_transaction());
    }

    TEST_CASE("a transaction that sent nothing ends without the server") {
        for (const auto kind : {control_kind::commit, control_kind::rollback}) {
            conversation talk;
            talk.machine.begin("BEGIN");
            probe& end = talk.control(kind, "COMMIT");
            CHECK(talk.send_tick() == "");
            CHECK(end.outcome == "done");
            CHECK_FALSE(talk.machine.in_transaction());
            talk.submit("a");
            CHECK(talk.send() == "PSES");
        }
    }

    TEST_CASE("rule 18: statements of one tick share a Sync, the first error is the cause of the others") {
        conversation talk;
        open_block(talk);
        probe& ran = talk.submit("a", access::write);
        probe& failed = talk.submit("a", access::write);
        probe& skipped = talk.submit("a", access::write);
        CHECK(talk.send_tick() == "EEES");
        talk.answer("ok !23505 aborted sync");
        probe& refused = talk.submit("a", access::write);
        CHECK(talk.send_tick() == "ES");
        CHECK(talk.answer("!25P02 sync") == "");
        CHECK(ran.outcome == "done");
        CHECK(failed.outcome == "23505");
        CHECK(skipped.outcome == "aborted by 23505");
        CHECK(refused.outcome == "aborted by 23505");
    }

    TEST_CASE("rule 19: COMMIT and ROLLBACK start a segment, so that an error in front cannot skip them") {
        for (const auto& [kind, text, letter, tag] :
             {std::tuple(control_kind::commit, "COMMIT", "C", "tag:COMMIT"),
              std::tuple(control_kind::rollback, "ROLLBACK", "R", "tag:ROLLBACK")}) {
            conversation talk;
            open_block(talk);
            talk.submit("a");
            probe& end = talk.control(kind, text);
            CHECK(talk.send_tick() == "ES" + std::string(letter) + "S");
            talk.answer("rows sync " + std::string(tag) + " sync");
            CHECK(end.outcome == "done");
            CHECK_FALSE(talk.machine.in_transaction());
        }
    }

    TEST_CASE("rule 19: COMMIT with the tag ROLLBACK is an error with the first error as cause") {
        conversation talk;
        open_block(talk);
        talk.submit("a");
        probe& commit = talk.control(control_kind::commit, "COMMIT");
        talk.send_tick();
        talk.answer("!22012 sync tag:ROLLBACK sync");
        CHECK(commit.outcome == "aborted by 22012");
    }

    TEST_CASE("a deferred constraint fails COMMIT with its own error") {
        conversation talk;
        open_block(talk);
        probe& commit = talk.control(control_kind::commit, "COMMIT");
        talk.send_tick();
        talk.answer("!23503 sync");
        CHECK(commit.outcome == "23503");
        CHECK_FALSE(talk.machine.in_transaction());
    }

    TEST_CASE("rule 19: ROLLBACK TO starts a segment and clears the error") {
        conversation talk;
        open_block(talk);
        talk.control(control_kind::savepoint, "SAVEPOINT s1");
        talk.submit("a");
        probe& back = talk.control(control_kind::rollback_to, "ROLLBACK TO SAVEPOINT s1");
        probe& again = talk.submit("a");
        CHECK(talk.send_tick() == "VESVES");
        talk.answer("tag:SAVEPOINT !23505 sync tag:ROLLBACK rows sync");
        CHECK(back.outcome == "done");
        CHECK(again.outcome == "done");
        probe& commit = talk.control(control_kind::commit, "COMMIT");
        talk.send_tick();
        talk.answer("tag:ROLLBACK sync");
        CHECK(commit.outcome == "aborted by ?");
    }

    TEST_CASE("what comes behind COMMIT waits until it is answered") {
        conversation talk;
        open_block(talk);
        talk.control(control_kind::commit, "COMMIT");
        talk.submit("a", access::write);
        CHECK(talk.send_tick() == "CS");
        CHECK(talk.answer("tag:COMMIT sync") == "ES");
    }

    TEST_CASE("raw SQL in a transaction has its Sync at once") {
        conversation talk;
        open_block(talk);
        talk.submit("set local x = 1", access::raw);
        CHECK(talk.send() == "QS");
    }

    TEST_CASE("rule 21: raw SQL that ends the transaction lets nothing run in autocommit") {
        conversation talk;
        open_block(talk);
        talk.submit("a");
        talk.submit("commit", access::raw);
        probe& behind = talk.submit("a", access::write);
        CHECK(talk.send_tick() == "ESQS");
        CHECK(talk.answer("rows sync tag:COMMIT idle") == "");
        probe& commit = talk.control(control_kind::commit, "COMMIT");
        CHECK(talk.send_tick() == "");
        CHECK(behind.outcome.starts_with("raw SQL has ended the transaction"));
        CHECK(commit.outcome.starts_with("raw SQL has ended the transaction"));
        CHECK_FALSE(talk.machine.in_transaction());
    }

    TEST_CASE("the caps do not leave a transaction's segment without its Sync") {
        conversation talk({.max_in_flight = 2});
        open_block(talk);
        for (int i = 0; i < 3; ++i) talk.submit("a");
        CHECK(talk.send_tick() == "EES");
        talk.answer("rows rows sync");
        CHECK(talk.send_tick() == "S");
        talk.answer("rows sync");
        CHECK(talk.machine.drained());
    }
}

}  // namespace orm::testing
