#include "wire.hpp"

#include <asynchrormous/postgres/hooks.hpp>

#include <doctest/doctest.h>

#include <thread>

namespace test {

using orm::sql::type_kind;

namespace {

orm::sql::parameter bytes(std::string value) { return {{.kind = type_kind::bytea}, std::move(value)}; }
orm::sql::parameter text(std::string value) { return {{.kind = type_kind::text}, std::move(value)}; }

std::string prepared(wire& to) {
    return to.value(
        "select count(*)::text from pg_prepared_statements where not from_sql and name like 'orm%'");
}

}  // namespace

TEST_SUITE("connection") {
    TEST_CASE("statements are pipelined and answered in order, a text is prepared once") {
        wire to;
        std::vector<wire::answer> answers;
        for (int i = 0; i < 500; ++i)
            answers.push_back(to.send("select $1", access::read, {text(std::to_string(i))}));
        for (int i = 0; i < 500; ++i) CHECK(answers[static_cast<std::size_t>(i)].get() == std::to_string(i));
        CHECK(prepared(to) == "2");
        CHECK(to.link->idle());
        CHECK(to.progress > 0);
    }

    TEST_CASE("a statement fails alone, with type, fields and SQL") {
        wire to;
        auto before = to.send("select 'a'");
        auto wrong = to.send("selec 1");
        auto same = to.send("selec 1");
        auto division = to.send("select (1/($1::text)::int)::text", access::read, {text("0")});
        auto after = to.send("select 'b'");
        CHECK(before.get() == "a");
        CHECK_THROWS_AS(wrong.get(), orm::programming_error);
        CHECK_THROWS_AS(same.get(), orm::programming_error);
        CHECK_THROWS_AS(division.get(), orm::data_error);
        CHECK(after.get() == "b");
        try {
            wrong.get();
        } catch (const orm::programming_error& error) {
            CHECK(error.sqlstate() == "42601");
            CHECK(error.sql() == "selec 1");
            CHECK(error.position() == 1);
            CHECK(error.severity() == "ERROR");
        }
    }

    TEST_CASE("a deferred constraint is the error of the write, which is not done before its Sync") {
        const fresh_schema schema;
        wire to(schema.url());
        to.send("create table a (id int primary key)", access::raw).get();
        to.send("create table b (a int references a deferrable initially deferred)", access::raw).get();
        auto write = to.send("insert into b values ($1::text::int)", access::write, {text("7")});
        try {
            write.get();
            FAIL("no error");
        } catch (const orm::foreign_key_violation& error) {
            CHECK(error.constraint() == "b_a_fkey");
            CHECK(error.table() == "b");
            CHECK(std::string_view(error.what()).find("(7)") == std::string_view::npos);
            CHECK(error.detail().find("(7)") != std::string::npos);
        }
        CHECK(to.value("select count(*)::text from b") == "0");
    }

    TEST_CASE(
        "a result type that changed is prepared again without an error, in a transaction it is reported") {
        const fresh_schema schema;
        wire to(schema.url());
        to.send("create table t (v int)", access::raw).get();
        to.send("insert into t values (1)", access::write).get();
        to.send("select * from t").get();
        exec_sql("alter table " + schema.name() + ".t alter v type text");
        CHECK(to.send("select * from t").get() == "1");

        exec_sql("alter table " + schema.name() + ".t add w text");
        to.link->begin("BEGIN");
        CHECK_THROWS_AS(to.send("select * from t").get(), orm::not_supported_error);
        to.control(control_kind::rollback, "ROLLBACK").get();
        CHECK(to.send("select * from t").get() == "1");
    }

    TEST_CASE("statements that vanished are prepared again") {
        wire to;
        CHECK(to.value("select 'x'") == "x");
        for (const char* forgets : {"deallocate all", "discard all"}) {
            to.send(forgets, access::raw).get();
            CHECK(to.value("select 'x'") == "x");
        }
        to.send("deallocate all", access::raw).get();
        auto first = to.send("select 'x'");
        auto second = to.send("select 'x'");
        CHECK(first.get() == "x");
        CHECK(second.get() == "x");
    }

    TEST_CASE("evicted statements are closed on the server") {
        wire to(database_url(), {.statement_cache_size = 4});
        for (int i = 0; i < 40; ++i)
            CHECK(to.value("select '" + std::to_string(i) + "'") == std::to_string(i));
        CHECK(prepared(to) == "4");
    }

    TEST_CASE("without preparing nothing is left on the server") {
        wire to(database_url(), {.prepare = false});
        CHECK(to.send("select $1", access::read, {text("x")}).get() == "x");
        CHECK(to.value("select count(*)::text from pg_prepared_statements") == "0");
    }

    TEST_CASE("raw SQL that touches the session makes it dirty, DISCARD ALL cleans it") {
        wire to;
        to.send("select 'x'").get();
        to.send("set search_path = nowhere", access::raw).get();
        CHECK(to.link->dirty());
        to.control(control_kind::discard, "DISCARD ALL").get();
        CHECK_FALSE(to.link->dirty());
        CHECK(to.value("show search_path") != "nowhere");
        to.send("create temp table kept as select 1", access::raw).get();
        CHECK(to.link->dirty());
        to.send("begin", access::raw).get();
        CHECK_FALSE(to.link->idle());
    }

    TEST_CASE("COPY closes the connection and says why") {
        wire to;
        CHECK_THROWS_AS(to.send("copy (select 1) to stdout", access::raw).get(), orm::not_supported_error);
        CHECK_FALSE(to.link->alive());
        CHECK(to.closed == 1);
        CHECK_THROWS_AS(to.send("select 1").get(), orm::connection_lost);
    }

    TEST_CASE("100 MB of parameters and answers do not deadlock") {
        wire to;
        const std::string megabyte(1 << 20, 'x');
        std::vector<wire::answer> answers;
        for (int i = 0; i < 100; ++i)
            answers.push_back(to.send("select $1", access::read, {bytes(megabyte)}));
        for (auto& one : answers) CHECK(one.get().size() == megabyte.size());
    }

    TEST_CASE("rule 4: while the server waits for us to read, what it does not take yet is no deadlock") {
        wire to(database_url(), {.max_bytes_in_flight = 1 << 28});
        auto answer = to.send("select repeat('x', 30000000)");
        auto behind = to.send("select $1", access::read, {bytes(std::string(30'000'000, 'y'))});
        CHECK(behind.wait_for(std::chrono::seconds(30)));
        CHECK(answer.get().size() == 30'000'000);
    }

    TEST_CASE("rule 4: an answer that libpq holds already is found although the socket stays silent") {
        wire to;
        to.value("select 'x'");
        auto held = to.send("select 'x'");
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        PQconsumeInput(to.link->native());
        CHECK(held.wait_for(std::chrono::seconds(10)));
    }

    TEST_CASE("an idle connection notices that the server closed it") {
        wire to;
        const std::string pid = std::to_string(to.link->backend_pid());
        exec_sql("select pg_terminate_backend(" + pid + ")");
        const auto deadline = orm::event_loop::clock::now() + std::chrono::seconds(10);
        auto never = orm::make_intrusive<orm::lazy_state<void>>(to.loop);
        while (to.closed == 0 && orm::event_loop::clock::now() < deadline)
            to.loop.run_until(*never, orm::event_loop::clock::now() + std::chrono::milliseconds(20));
        CHECK(to.closed == 1);
        CHECK_FALSE(to.link->alive());
        never->succeed();
    }

    TEST_CASE("rule 6: libpq may close its socket in any call, the connection still hears of the end") {
        wire to;
        exec_sql("select pg_terminate_backend(" + std::to_string(to.link->backend_pid()) + ", 5000)");
        for (int i = 0; i < 100 && PQsocket(to.link->native()) >= 0; ++i) {
            PQconsumeInput(to.link->native());
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        REQUIRE(PQsocket(to.link->native()) < 0);
        auto never = orm::make_intrusive<orm::lazy_state<void>>(to.loop);
        to.loop.run_until(*never, orm::event_loop::clock::now() + std::chrono::seconds(1));
        CHECK(to.closed == 1);
        never->succeed();
    }

    TEST_CASE("when the server ends the session, what did not run is known not to have run") {
        wire to;
        to.send("select 'x'").get();
        auto kills = to.send("select pg_terminate_backend(pg_backend_pid())::text", access::write);
        auto behind = to.send("select 'x'", access::write);
        for (auto* one : {&kills, &behind}) {
            try {
                one->get();
                FAIL("no error");
            } catch (const orm::connection_lost& error) {
                CHECK(error.outcome() == orm::outcome::not_run);
                CHECK(std::string_view(error.what()).find("administrator command") != std::string_view::npos);
            }
        }
        CHECK(to.closed == 1);
    }

    TEST_CASE("a cancel reaches the statement, and nobody who comes after it") {
        wire to;
        for (int i = 0; i < 20; ++i) {
            auto sleeping = to.send("select pg_sleep(60)::text");
            to.link->withdraw(*to.last);
            CHECK(to.link->cancel_is_safe());
            sleeping.cancel();
            to.link->cancel_started();
            auto next = to.send("select 'next'");
            char why[256];
            PGcancel* const request = PQgetCancel(to.link->native());
            CHECK(PQcancel(request, why, sizeof why) == 1);
            PQfreeCancel(request);
            to.link->cancel_returned();
            CHECK(next.get() == "next");
        }
        CHECK(to.link->idle());
    }

    TEST_CASE("notices go to the hook") {
        static std::string heard;
        heard.clear();
        const auto before =
            orm::set_notice_hook(+[](const orm::notice& one) noexcept { heard += one.message + ";"; });
        wire to;
        to.send("do $$ begin raise notice 'one'; raise notice 'two'; end $$", access::raw).get();
        auto later = to.send("select 'x'");
        later.get();
        orm::set_notice_hook(before);
        CHECK(heard == "one;two;");
    }
}

TEST_SUITE("transaction on a connection") {
    TEST_CASE("a transaction commits, rolls back, and keeps to its savepoints") {
        const fresh_schema schema;
        wire to(schema.url());
        to.send("create table t (v text)", access::raw).get();
        const auto insert = [&](const char* v) {
            return to.send("insert into t values ($1)", access::write, {text(v)});
        };
        to.link->begin("BEGIN");
        auto a = insert("a");
        to.control(control_kind::savepoint, "SAVEPOINT s").get();
        auto b = insert("b");
        CHECK_THROWS_AS(to.send("select 1/0").get(), orm::data_error);
        CHECK_THROWS_AS(insert("c").get(), orm::transaction_aborted);
        to.control(control_kind::rollback_to, "ROLLBACK TO SAVEPOINT s").get();
        auto d = insert("d");
        to.control(control_kind::commit, "COMMIT").get();
        CHECK(to.value("select v from t order by v") == "a,d");

        to.link->begin("BEGIN");
        insert("e").get();
        to.control(control_kind::rollback, "ROLLBACK").get();
        CHECK(to.value("select v from t order by v") == "a,d");
        CHECK(to.link->idle());
    }

    TEST_CASE("COMMIT of a failed transaction is an error that names the first one") {
        wire to;
        to.link->begin("BEGIN");
        auto bad = to.send("select 1/0");
        auto commit = to.control(control_kind::commit, "COMMIT");
        CHECK_THROWS_AS(bad.get(), orm::data_error);
        try {
            commit.get();
            FAIL("no error");
        } catch (const orm::transaction_aborted& error) {
            CHECK_THROWS_AS(std::rethrow_exception(error.cause()), orm::data_error);
        }
        CHECK(to.link->idle());
    }

    TEST_CASE("when BEGIN fails nothing of the transaction runs") {
        const fresh_schema schema;
        wire to(schema.url());
        to.send("create table t (v text)", access::raw).get();
        to.link->begin("BEGIN ISOLATION LEVEL NONSENSE");
        auto first = to.send("insert into t values ('a')", access::write);
        auto second = to.send("insert into t values ('b')", access::write);
        auto commit = to.control(control_kind::commit, "COMMIT");
        CHECK_THROWS_AS(first.get(), orm::transaction_aborted);
        CHECK_THROWS_AS(second.get(), orm::transaction_aborted);
        CHECK_THROWS_AS(commit.get(), orm::transaction_aborted);
        CHECK(to.value("select count(*)::text from t") == "0");
        CHECK(to.link->idle());
    }

    TEST_CASE("raw SQL that ends the transaction lets nothing of it run in autocommit") {
        const fresh_schema schema;
        wire to(schema.url());
        to.send("create table t (v text)", access::raw).get();
        to.link->begin("BEGIN");
        to.send("insert into t values ('a')", access::write).get();
        auto ends = to.send("rollback", access::raw);
        auto behind = to.send("insert into t values ('b')", access::write);
        ends.get();
        CHECK_THROWS_AS(behind.get(), orm::programming_error);
        CHECK_THROWS_AS(to.control(control_kind::commit, "COMMIT").get(), orm::programming_error);
        CHECK(to.value("select count(*)::text from t") == "0");
    }
}

}  // namespace test
