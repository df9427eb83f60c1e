// Rule 23: the caller is free at once, the server only when that can hit no stranger.
#include "conversation.hpp"

#include <doctest/doctest.h>

namespace orm::testing {

using namespace postgres;

TEST_SUITE("withdrawing operations") {
    TEST_CASE("what was not sent is removed") {
        conversation talk({.max_in_flight = 1});
        talk.submit("a");
        probe& waiting = talk.submit("a");
        probe& behind = talk.submit("a");
        talk.send();
        CHECK(talk.machine.withdraw(waiting).unsent);
        CHECK(talk.answer("ok sync rows sync") == "ES");
        talk.answer("rows sync");
        CHECK(waiting.completions == 0);
        CHECK(behind.outcome == "done");
        CHECK(talk.machine.drained());
    }

    TEST_CASE("the slot of what was sent stays and swallows the answer") {
        conversation talk;
        probe& left = talk.submit("a");
        probe& behind = talk.submit("a");
        talk.send();
        CHECK_FALSE(talk.machine.withdraw(left).unsent);
        talk.answer("ok sync rows sync rows sync");
        CHECK(left.completions == 0);
        CHECK(behind.outcome == "done");
        CHECK(talk.machine.load() == 0);
    }

    TEST_CASE("what was completed is not known any more") {
        conversation talk;
        probe& done = talk.submit("a");
        talk.send();
        talk.answer("ok sync rows sync");
        CHECK_FALSE(talk.machine.withdraw(done).known);
    }

    TEST_CASE(
        "a cancel is safe alone or in front of reads, never with a stranger in front or a write behind") {
        const auto safe = [](std::initializer_list<access> kinds, std::size_t victim) {
            conversation talk;
            for (const access kind : kinds) talk.submit("a", kind);
            talk.send();
            talk.answer("ok sync");
            talk.machine.withdraw(talk.probes[victim]);
            return talk.machine.cancel_is_safe();
        };
        CHECK(safe({access::read}, 0));
        CHECK(safe({access::write}, 0));
        CHECK(safe({access::read, access::read}, 0));
        CHECK_FALSE(safe({access::read, access::write}, 0));
        CHECK_FALSE(safe({access::read, access::read}, 1));
    }

    TEST_CASE("a cancel becomes safe when the stranger in front is done, and needless with the answer") {
        conversation talk;
        talk.submit("a");
        probe& victim = talk.submit("a", access::write);
        talk.send();
        talk.answer("ok sync");
        talk.machine.withdraw(victim);
        CHECK_FALSE(talk.machine.serves_nobody());
        talk.answer("rows sync");
        CHECK(talk.machine.cancel_is_safe());
        talk.answer("ok sync");
        CHECK_FALSE(talk.machine.serves_nobody());
        CHECK(talk.machine.drained());
    }

    TEST_CASE("a cancel is not safe once the answer is there, or when a COMMIT is on its way") {
        conversation talk;
        probe& answered = talk.submit("a");
        talk.send();
        talk.answer("ok sync rows");
        talk.machine.withdraw(answered);
        CHECK_FALSE(talk.machine.serves_nobody());

        conversation other;
        other.machine.begin("BEGIN");
        probe& statement = other.submit("a");
        other.send_tick();
        other.answer("tag:BEGIN");
        other.control(control_kind::commit, "COMMIT");
        other.send_tick();
        other.machine.withdraw(statement);
        CHECK(other.machine.serves_nobody());
        CHECK_FALSE(other.machine.cancel_is_safe());
    }

    TEST_CASE("nothing is sent until the cancel returned, all is drained and a sentinel ran") {
        conversation talk;
        probe& victim = talk.submit("a");
        talk.send();
        talk.answer("ok sync");
        talk.machine.withdraw(victim);
        talk.machine.cancel_started();
        probe& next = talk.submit("a");
        CHECK(talk.send() == "");
        CHECK(talk.answer("!57014 sync") == "");
        CHECK_FALSE(talk.machine.drained());
        talk.machine.cancel_returned();
        CHECK(talk.send() == "TS");
        CHECK(talk.answer("!57014") == "");
        CHECK(talk.answer("sync") == "ES");
        talk.answer("rows sync");
        CHECK(next.outcome == "done");
        CHECK(talk.machine.drained());
    }

    TEST_CASE(
        "a read behind the victim that the cancel hit is sent again, a timeout without cancel is an error") {
        conversation talk;
        probe& victim = talk.submit("a");
        probe& stranger = talk.submit("a");
        talk.send();
        talk.answer("ok sync");
        talk.machine.withdraw(victim);
        talk.machine.cancel_started();
        talk.machine.cancel_returned();
        CHECK(talk.send() == "");
        CHECK(talk.answer("rows sync") == "");
        CHECK(talk.answer("!57014 sync") == "TS");
        CHECK(talk.answer("rows sync") == "ES");
        talk.answer("rows sync");
        CHECK(stranger.outcome == "done");

        probe& slow = talk.submit("a");
        talk.send();
        talk.answer("!57014 sync");
        CHECK(slow.outcome == "57014");
    }

    TEST_CASE("rule 24: ROLLBACK of an abandoned transaction runs behind the cancelled statement") {
        conversation talk;
        talk.machine.begin("BEGIN");
        probe& sleeping = talk.submit("a");
        talk.send_tick();
        talk.machine.withdraw(sleeping);
        CHECK(talk.machine.cancel_is_safe());
        talk.machine.cancel_started();
        probe& rollback = talk.control(control_kind::rollback, "ROLLBACK");
        CHECK(talk.answer("tag:BEGIN ok !57014 sync") == "");
        talk.machine.cancel_returned();
        CHECK(talk.send() == "TS");
        CHECK(talk.answer("!25P02 sync") == "RS");
        talk.answer("tag:ROLLBACK sync");
        CHECK(rollback.outcome == "done");
        CHECK(talk.machine.drained());
    }
}

}  // namespace orm::testing
