// Rules 8 and 9: which reads share a Sync, and what happens to them when one of the group fails.
#include "conversation.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

namespace orm::testing {

using namespace postgres;

namespace {

constexpr machine_options sharing{.share_sync = true};

// "a" is prepared, known to be quick, and the session said its isolation level.
void warm_up(conversation& talk) {
    talk.submit_plain("a");
    CHECK(talk.send_tick() == "ISPSES");
    talk.answer("level sync ok sync rows sync");
}

// Three reads that left as one group.
std::array<probe*, 3> group(conversation& talk) {
    const std::array<probe*, 3> made{&talk.submit_plain("a"), &talk.submit_plain("a"),
                                     &talk.submit_plain("a")};
    CHECK(talk.send_tick() == "EEES");
    return made;
}

}  // namespace

TEST_SUITE("shared Sync") {
    TEST_CASE("rule 8: plain reads of one tick share a Sync, and are done when it arrives") {
        conversation talk(sharing);
        warm_up(talk);
        const auto reads = group(talk);
        talk.answer("rows rows rows");
        for (const probe* one : reads) CHECK(one->completions == 0);
        talk.answer("sync");
        for (const probe* one : reads) CHECK(one->outcome == "done");
        CHECK(talk.machine.drained());
    }

    TEST_CASE("rule 8: nothing is shared before the session is known to be READ COMMITTED") {
        for (const std::string answer : {"rows", "!42501", "ok"}) {
            conversation talk(sharing);
            talk.submit_plain("a");
            CHECK(talk.send_tick() == "ISPSES");
            talk.answer(answer + " sync ok sync rows sync");
            talk.submit_plain("a");
            talk.submit_plain("a");
            CHECK(talk.send_tick() == "ESES");
        }
    }

    TEST_CASE("rule 8: writes, unknown reads and raw SQL are not in a group") {
        conversation talk(sharing);
        warm_up(talk);
        talk.submit_plain("a");
        talk.submit_plain("a");
        talk.submit("a", access::write);
        talk.submit_plain("a");
        talk.submit("a", access::read);
        talk.submit_plain("a");
        talk.submit_plain("a");
        CHECK(talk.send_tick() == "EESESESESEES");
        talk.submit("raw", access::raw);
        CHECK(talk.send_tick() == "");
        CHECK(talk.answer("rows rows sync ok sync rows sync rows sync rows rows sync") == "QS");
    }

    TEST_CASE("without share_sync each has a Sync of its own and nobody is asked") {
        conversation talk;
        talk.submit_plain("a");
        CHECK(talk.send_tick() == "PSES");
        talk.answer("ok sync rows sync");
        talk.submit_plain("a");
        talk.submit_plain("a");
        CHECK(talk.send_tick() == "ESES");
    }

    TEST_CASE("a group has a bounded size") {
        conversation talk({.max_in_segment = 2, .share_sync = true});
        warm_up(talk);
        for (int i = 0; i < 5; ++i) talk.submit_plain("a");
        CHECK(talk.send_tick() == "EESEESES");
    }

    TEST_CASE("reads that were aborted behind a failed one run again, alone, and nobody hears of it") {
        conversation talk(sharing);
        warm_up(talk);
        const auto reads = group(talk);
        CHECK(talk.answer("rows !22012 aborted sync") == "ES");
        CHECK(reads[0]->outcome == "done");
        CHECK(reads[1]->outcome == "22012");
        CHECK(reads[2]->completions == 0);
        talk.answer("rows sync");
        CHECK(reads[2]->outcome == "done");
        CHECK(talk.machine.drained());
    }

    TEST_CASE("rule 9: an error that sharing may have caused is told only when it comes again") {
        for (const std::string state : {"40P01", "40001", "57014", "0A000", "26000"}) {
            conversation talk(sharing);
            warm_up(talk);
            const auto reads = group(talk);
            CHECK(talk.answer("!" + state + " aborted aborted sync") == "ESESES");
            for (const probe* one : reads) CHECK(one->completions == 0);
            talk.answer("!" + state + " sync rows sync rows sync");
            CHECK(reads[0]->outcome == state);
            CHECK(reads[1]->outcome == "done");
            CHECK(reads[2]->outcome == "done");
        }
    }

    TEST_CASE("rule 9: a group of one has its own errors") {
        conversation talk(sharing);
        warm_up(talk);
        const probe& only = talk.submit_plain("a");
        CHECK(talk.send_tick() == "ES");
        CHECK(talk.answer("!40001 sync") == "");
        CHECK(only.outcome == "40001");
    }

    TEST_CASE("an error between the last answer and the Sync sends the whole group again") {
        conversation talk(sharing);
        warm_up(talk);
        const auto reads = group(talk);
        CHECK(talk.answer("rows rows rows !40001 sync") == "ESESES");
        talk.answer("rows sync rows sync rows sync");
        for (const probe* one : reads) CHECK(one->outcome == "done");
    }

    TEST_CASE("a statement that vanished is prepared anew for the whole group") {
        conversation talk(sharing);
        warm_up(talk);
        const auto reads = group(talk);
        CHECK(talk.answer("gone aborted aborted sync") == "PSESESES");
        talk.answer("ok sync rows sync rows sync rows sync");
        for (const probe* one : reads) {
            CHECK(one->outcome == "done");
            CHECK(one->completions == 1);
        }
    }

    TEST_CASE("each of several statements that vanished is found out, though the first one hid the others") {
        conversation talk(sharing);
        warm_up(talk);
        talk.submit_plain("b");
        CHECK(talk.send_tick() == "PSES");
        talk.answer("ok sync rows sync");
        const probe& first = talk.submit_plain("a");
        const probe& second = talk.submit_plain("b");
        CHECK(talk.send_tick() == "EES");
        CHECK(talk.answer("gone aborted sync") == "PSESES");
        CHECK(talk.answer("ok sync rows sync gone sync") == "PSES");
        CHECK(second.completions == 0);
        talk.answer("ok sync rows sync");
        CHECK(first.outcome == "done");
        CHECK(second.outcome == "done");
    }

    TEST_CASE("a caller who leaves a group is free at once, its slot swallows the answer") {
        conversation talk(sharing);
        warm_up(talk);
        const auto reads = group(talk);
        const withdrawal left = talk.machine.withdraw(*reads[1]);
        CHECK(left.known);
        CHECK_FALSE(left.unsent);
        talk.answer("rows rows rows sync");
        CHECK(reads[0]->outcome == "done");
        CHECK(reads[1]->completions == 0);
        CHECK(reads[2]->outcome == "done");
        CHECK(talk.machine.drained());
    }

    TEST_CASE("a caller who left is not sent again for") {
        conversation talk(sharing);
        warm_up(talk);
        const auto reads = group(talk);
        talk.machine.withdraw(*reads[2]);
        CHECK(talk.answer("!22012 aborted aborted sync") == "ES");
        talk.answer("rows sync");
        CHECK(reads[1]->outcome == "done");
        CHECK(reads[2]->completions == 0);
        CHECK(talk.machine.drained());
    }

    TEST_CASE("the connection dies in the middle of a group: each is told once") {
        conversation talk(sharing);
        warm_up(talk);
        const auto reads = group(talk);
        talk.answer("rows FATAL");
        talk.cut();
        for (const probe* one : reads) CHECK(one->completions == 1);
        CHECK(reads[2]->outcome == "lost: not_run");
    }

    TEST_CASE("what was slow alone does not share, until it was quick alone") {
        conversation talk(sharing);
        talk.submit_plain("a");
        CHECK(talk.send_tick() == "ISPSES");
        talk.machine.set_time(50'000'000);
        talk.answer("level sync ok sync");
        talk.machine.set_time(100'000'000);
        talk.answer("rows sync");
        talk.submit_plain("a");
        talk.submit_plain("a");
        CHECK(talk.send_tick() == "ESES");
        talk.answer("rows sync rows sync");
        group(talk);
    }

    TEST_CASE("after a slow group each of it runs alone, to find who it was") {
        conversation talk(sharing);
        warm_up(talk);
        group(talk);
        talk.machine.set_time(100'000'000);
        talk.answer("rows rows rows sync");
        talk.submit_plain("a");
        talk.submit_plain("a");
        CHECK(talk.send_tick() == "ESES");
    }

    TEST_CASE("a transaction shares by its own rules, long ones in parts") {
        conversation talk({.max_in_segment = 3, .share_sync = true});
        warm_up(talk);
        talk.machine.begin("BEGIN");
        talk.submit_plain("a");
        CHECK(talk.send_tick() == "BES");
        talk.answer("tag:BEGIN rows sync");
        for (int i = 0; i < 4; ++i) talk.submit("a", access::write);
        CHECK(talk.send_tick() == "EEESES");
        talk.answer("ok !23505 aborted sync");
        CHECK(talk.answer("!25P02 sync") == "");
        CHECK(talk.probes.back().outcome == "aborted by 23505");
    }
}

}  // namespace orm::testing
