#include "conversation.hpp"

#include <doctest/doctest.h>

namespace orm::testing {

using namespace postgres;

TEST_SUITE("pipeline_machine") {
    TEST_CASE("rule 1: a statement is done at its Sync, not at its result") {
        conversation talk;
        probe& write = talk.submit("insert", access::write);
        CHECK(talk.send() == "PSES");
        talk.answer("ok sync ok");
        CHECK(write.completions == 0);
        talk.answer("sync");
        CHECK(write.outcome == "done");
        CHECK(talk.machine.drained());
    }

    TEST_CASE("rule 1: an error between the result and the Sync is the statement's") {
        conversation talk;
        probe& write = talk.submit("insert", access::write);
        talk.send();
        talk.answer("ok sync ok !23503 sync");
        CHECK(write.outcome == "23503");
        CHECK(write.completions == 1);
    }

    TEST_CASE("rule 2: answers that do not fit what was sent close the connection") {
        for (const char* words : {"sync", "ok ok", "ok sync sync", "ok sync rows sync rows"}) {
            CAPTURE(words);
            conversation talk;
            probe& read = talk.submit("select");
            talk.send();
            const bool closed = talk.answer(words).ends_with('x');
            talk.cut();
            CHECK(closed);
            CHECK(read.completions == 1);
        }
    }

    TEST_CASE("rule 5: what is in flight is bounded, the rest waits its turn") {
        conversation talk({.max_in_flight = 2});
        talk.submit("a");
        talk.answer(talk.send() == "PSES" ? "ok sync rows sync" : "");
        for (int i = 0; i < 4; ++i) talk.submit("a");
        CHECK(talk.send() == "ESES");
        CHECK(talk.machine.load() == 4);
        CHECK(talk.answer("rows sync") == "ES");
        CHECK(talk.answer("rows sync rows sync") == "ES");
        talk.answer("rows sync");
        CHECK(talk.machine.drained());
    }

    TEST_CASE("rule 5: bytes in flight are bounded, but one large statement gets through") {
        conversation talk({.max_bytes_in_flight = 100});
        probe& large = talk.submit("a");
        large.parameters.push_back({{.kind = sql::type_kind::bytea}, std::string(500, 'x')});
        probe& next = talk.submit("b");
        CHECK(talk.send() == "PSES");
        CHECK(talk.answer("ok sync ok sync") == "PSES");
        talk.answer("ok sync ok sync");
        CHECK(large.outcome == "done");
        CHECK(next.outcome == "done");
    }

    TEST_CASE("rule 5: what libpq cannot send fails alone, its segment is still synced") {
        conversation talk;
        talk.machine.begin("BEGIN");
        talk.submit("a");
        CHECK(talk.send_tick() == "BPES");
        talk.answer("tag:BEGIN ok rows sync");
        probe& first = talk.submit("a");
        CHECK(talk.send() == "E");
        probe& refused = talk.submit("a");
        talk.refuse_next_send("out of memory");
        CHECK(talk.send_tick() == "-S");
        CHECK(refused.outcome.starts_with("libpq could not send: out of memory"));
        talk.answer("rows sync");
        CHECK(first.outcome == "done");
    }

    TEST_CASE("rule 5: a Parse that cannot be sent leaves no trace in the cache") {
        conversation talk;
        probe& first = talk.submit("a");
        talk.refuse_next_send("out of memory");
        CHECK(talk.send() == "-");
        CHECK(first.completions == 1);
        CHECK(talk.machine.drained());
        talk.submit("a");
        CHECK(talk.send() == "PSES");
    }

    TEST_CASE(
        "too many parameters, values without type and NUL in the text are refused before they are sent") {
        conversation talk;
        probe& many = talk.submit("a");
        many.parameters.assign(65'536, {{.kind = sql::type_kind::int4}, std::string(4, '\0')});
        probe& untyped = talk.submit("b");
        untyped.parameters.push_back({});
        probe& cut_short = talk.submit(std::string("select 1\0; drop", 15));
        CHECK(talk.send() == "");
        CHECK(many.outcome.starts_with("the statement has 65536 parameters"));
        CHECK(untyped.outcome.starts_with("parameter $1 has no PostgreSQL type"));
        CHECK(cut_short.outcome.starts_with("the SQL text holds a NUL"));
    }

    TEST_CASE("rule 12: unprepared, Parse and Execute share one segment") {
        conversation talk({.prepare = false});
        probe& read = talk.submit("select");
        CHECK(talk.send() == "QS");
        talk.answer("rows sync");
        CHECK(read.outcome == "done");
    }

    TEST_CASE("rule 22: raw SQL has the connection to itself") {
        conversation talk;
        talk.submit("select");
        probe& raw = talk.submit("vacuum", access::raw);
        probe& behind = talk.submit("select");
        CHECK(talk.send() == "PSES");
        CHECK(talk.answer("ok sync rows") == "");
        CHECK(talk.answer("sync") == "QS");
        CHECK(talk.answer("tag:VACUUM sync") == "ES");
        talk.answer("rows sync");
        CHECK(raw.outcome == "done");
        CHECK(behind.outcome == "done");
    }

    TEST_CASE("rule 22: tags that touch the session make the connection dirty, DISCARD ALL cleans it") {
        conversation talk;
        const auto run = [&](const char* answer) {
            talk.submit("raw", access::raw);
            talk.send();
            talk.answer(std::string(answer) + " sync");
            return talk.machine.dirty();
        };
        CHECK_FALSE(run("rows"));
        CHECK_FALSE(run("tag:INSERT"));
        CHECK_FALSE(run("!42601"));
        CHECK(run("tag:SET"));
        talk.submit("select");
        CHECK(talk.send() == "PSES");
        talk.answer("ok sync rows sync");
        probe& discard = talk.control(control_kind::discard, "DISCARD ALL");
        CHECK(talk.send() == "NS");
        talk.answer("tag:DISCARD sync");
        CHECK(discard.outcome == "done");
        CHECK_FALSE(talk.machine.dirty());
        CHECK(talk.machine.statements().size() == 0);
        // SELECT INTO and CREATE TABLE AS have the tag SELECT and no rows.
        CHECK(run("ok"));
    }

    TEST_CASE("rule 25: COPY in a pipeline closes the connection and says why") {
        conversation talk;
        probe& copy = talk.submit("copy t from stdin", access::raw);
        talk.send();
        CHECK(talk.answer("copy") == "x");
        talk.cut();
        CHECK(copy.completions == 1);
        CHECK(copy.outcome.starts_with("COPY cannot run in a pipeline"));
    }

    TEST_CASE("an empty query is no error, an error without SQLSTATE is tolerated") {
        conversation talk;
        probe& broken = talk.submit("select");
        talk.send();
        talk.answer("ok sync ! sync");
        CHECK(broken.completions == 1);
        CHECK(broken.error);
    }
}

}  // namespace orm::testing
