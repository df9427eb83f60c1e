// Rules 10 to 13: how statements come to be prepared, shared, repeated and evicted.
#include "conversation.hpp"

#include <doctest/doctest.h>

#include <set>

namespace orm::testing {

using namespace postgres;

TEST_SUITE("preparing statements") {
    TEST_CASE("rule 10: a Parse has a segment of its own, and one flight serves everybody") {
        conversation talk;
        talk.submit("a");
        talk.submit("a");
        CHECK(talk.send() == "PSESES");
        talk.answer("ok sync rows sync rows sync");
        talk.submit("a");
        CHECK(talk.send() == "ES");
        CHECK(std::set(talk.names.begin(), talk.names.end()).size() == 1);
    }

    TEST_CASE("rule 10: the error of a Parse is the error of the query, with its SQL") {
        conversation talk;
        probe& first = talk.submit("selec 1");
        probe& second = talk.submit("selec 1");
        CHECK(talk.send() == "PSESES");
        CHECK(talk.answer("!42601 sync gone sync gone sync") == "");
        for (const probe* one : {&first, &second}) {
            CHECK(one->outcome == "42601");
            CHECK(one->completions == 1);
        }
        try {
            std::rethrow_exception(first.error);
        } catch (const programming_error& error) {
            CHECK(error.sql() == "selec 1");
        }
        CHECK(talk.machine.statements().size() == 0);
    }

    TEST_CASE("rule 10: who came behind a Parse that failed by bad luck is sent again, once") {
        conversation talk;
        probe& leader = talk.submit("a");
        probe& follower = talk.submit("a");
        CHECK(talk.send() == "PSESES");
        CHECK(talk.answer("!55P03 sync gone sync gone sync") == "PSES");
        CHECK(leader.outcome == "55P03");
        CHECK(follower.completions == 0);
        talk.answer("ok sync rows sync");
        CHECK(follower.outcome == "done");
    }

    TEST_CASE("rule 10: a statement that vanished is prepared again without an error, under another name") {
        conversation talk;
        talk.submit("a");
        talk.send();
        talk.answer("ok sync rows sync");
        probe& unaware = talk.submit("a", access::write);
        CHECK(talk.send() == "ES");
        CHECK(talk.answer("gone sync") == "PSES");
        talk.answer("ok sync ok sync");
        CHECK(unaware.outcome == "done");
        CHECK(talk.names.front() != talk.names.back());
    }

    TEST_CASE("a statement that vanishes twice is reported: two sends at most") {
        conversation talk;
        probe& unlucky = talk.submit("a");
        talk.send();
        CHECK(talk.answer("ok sync gone sync") == "PSES");
        CHECK(talk.answer("ok sync gone sync") == "");
        CHECK(unlucky.outcome == "26000");
        CHECK(unlucky.completions == 1);
    }

    TEST_CASE("26000 for a name that is not ours belongs to the user's SQL") {
        conversation talk;
        probe& calls_execute = talk.submit("a");
        talk.send();
        CHECK(talk.answer("ok sync !26000 sync") == "");
        CHECK(calls_execute.outcome == "26000");
        CHECK(talk.machine.statements().size() == 1);
    }

    TEST_CASE("a stale plan is prepared again and the old statement closed") {
        conversation talk;
        talk.submit("a");
        talk.send();
        talk.answer("ok sync rows sync");
        probe& unaware = talk.submit("a");
        talk.send();
        CHECK(talk.answer("!0A000/RevalidateCachedQuery sync") == "DSPSES");
        talk.answer("ok sync ok sync rows sync");
        CHECK(unaware.outcome == "done");
    }

    TEST_CASE("0A000 from anywhere else is an error") {
        conversation talk;
        probe& unsupported = talk.submit("a");
        talk.send();
        CHECK(talk.answer("ok sync !0A000/transformFoo sync") == "");
        CHECK(unsupported.outcome == "0A000");
    }

    TEST_CASE("in a transaction nothing is repeated: reported and evicted") {
        conversation talk;
        talk.submit("a");
        talk.send();
        talk.answer("ok sync rows sync");
        talk.machine.begin("BEGIN");
        probe& stale = talk.submit("a");
        CHECK(talk.send_tick() == "BES");
        CHECK(talk.answer("tag:BEGIN !0A000/RevalidateCachedQuery sync") == "");
        CHECK(stale.outcome == "0A000");
        CHECK(talk.machine.statements().size() == 0);
    }

    TEST_CASE("rule 10: a Parse skipped behind an error is absent again") {
        conversation talk;
        talk.machine.begin("BEGIN");
        talk.submit("bad");
        probe& skipped = talk.submit("a");
        CHECK(talk.send_tick() == "BPEPES");
        talk.answer("tag:BEGIN !42601 aborted aborted aborted sync");
        CHECK(skipped.outcome == "aborted by 42601");
        CHECK(talk.machine.statements().size() == 0);
    }

    TEST_CASE("rule 11: names hold the connection's random number and are never used twice") {
        conversation talk({.statement_cache_size = 1});
        for (const char* text : {"a", "b", "a", "b"}) {
            talk.submit(text);
            const std::string sent = talk.send();
            talk.answer(sent == "PSES" ? "ok sync rows sync" : "ok sync ok sync rows sync");
        }
        const std::set<std::string> names(talk.names.begin(), talk.names.end());
        CHECK(names == std::set<std::string>{"orm_feed_1", "orm_feed_2", "orm_feed_3", "orm_feed_4"});
    }

    TEST_CASE("rule 11: the same text with other parameter types is another statement") {
        conversation talk;
        talk.submit("a").parameters.push_back({{.kind = sql::type_kind::int4}, std::nullopt});
        talk.submit("a").parameters.push_back({{.kind = sql::type_kind::int8}, std::nullopt});
        CHECK(talk.send() == "PSESPSES");
    }

    TEST_CASE("rule 13: the least recently used statement is closed in a segment of its own") {
        conversation talk({.statement_cache_size = 2});
        for (const char* text : {"a", "b", "a"}) {
            talk.submit(text);
            talk.answer(talk.send() == "PSES" ? "ok sync rows sync" : "rows sync");
        }
        talk.submit("c");
        CHECK(talk.send() == "DSPSES");
        CHECK(talk.names[talk.names.size() - 3] == "orm_feed_2");
        talk.answer("ok sync ok sync rows sync");
        talk.submit("a");
        CHECK(talk.send() == "ES");
    }

    TEST_CASE("rule 13: a statement in flight is not evicted") {
        conversation talk({.statement_cache_size = 1});
        talk.submit("a");
        talk.submit("b");
        CHECK(talk.send() == "PSESPSES");
        talk.answer("ok sync rows sync ok sync rows sync");
        talk.submit("b");
        talk.submit("c");
        talk.submit("b");
        CHECK(talk.send() == "ESDSPSESES");
    }

    TEST_CASE("rule 13: a close that could not be sent is made up for later") {
        conversation talk({.statement_cache_size = 1});
        talk.submit("a");
        talk.send();
        talk.answer("ok sync rows sync");
        talk.submit("b");
        talk.refuse_next_send("out of memory");
        CHECK(talk.send() == "-DSPSES");
    }

    TEST_CASE("rule 13: a close that was refused is tried again, one of a vanished statement is not") {
        for (const char* refusal : {"!57014", "gone"}) {
            conversation talk({.statement_cache_size = 1});
            talk.submit("a");
            talk.send();
            talk.answer("ok sync rows sync");
            talk.submit("b");
            CHECK(talk.send() == "DSPSES");
            talk.answer(std::string(refusal) + " sync ok sync rows sync");
            talk.submit("c");
            CHECK(talk.send() == (std::string(refusal) == "gone" ? "DSPSES" : "DSDSPSES"));
        }
    }

    TEST_CASE("rule 13: nothing is closed inside a transaction") {
        conversation talk({.statement_cache_size = 1});
        talk.submit("a");
        talk.send();
        talk.answer("ok sync rows sync");
        talk.machine.begin("BEGIN");
        talk.submit("b");
        CHECK(talk.send_tick() == "BPES");
    }
}

}  // namespace orm::testing
