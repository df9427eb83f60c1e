// What observers of a database and of a thread are told.
#include "../query/fixture.hpp"
#include "recorder.hpp"

#include <asynchrormous/runtime/hooks.hpp>

#include <stdexcept>

using namespace library;
using namespace orm::literals;
using namespace std::chrono_literals;
using orm::postgres::control_kind;
using test::library_fixture;
using test::recorder;

namespace {

const std::string whole_story = "submit, acquire, send, first row, done";

// Throws wherever it is told something.
class hostile final : public orm::observer {
public:
    void on_connect(const orm::connection_event&) override { fail(); }
    void on_disconnect(const orm::connection_event&) override { fail(); }
    void on_submit(const orm::statement_event&) override { fail(); }
    void on_acquire(const orm::statement_event&) override { fail(); }
    void on_send(const orm::statement_event&) override { fail(); }
    void on_first_row(const orm::statement_event&) override { fail(); }
    void on_done(const orm::statement_event&) override { fail(); }
    void on_error(const orm::statement_event&) override { fail(); }

private:
    static void fail() { throw std::runtime_error("an observer failed"); }
};

int unobserved = 0;

}  // namespace

TEST_CASE_FIXTURE(library_fixture, "an observer of the thread hears each step of a statement, once") {
    Author::objects.count();
    recorder seen;
    {
        const orm::observing now(seen);
        Author::objects.filter("name"_k = "Ursula").count();
    }
    Author::objects.count();
    REQUIRE(seen.entries.size() == 5);
    CHECK(seen.story("SELECT COUNT(*)") == whole_story);
    const orm::statement_event& done = seen.entries.back().event;
    CHECK(done.access == orm::postgres::access::read);
    CHECK(done.rows == 1);
    CHECK(done.parameter_count == 1);
    CHECK(done.sent_bytes == seen.entries.back().text.size() + 6);
    CHECK(done.result_bytes > 0);
    CHECK(done.server_process > 0);
    CHECK(done.sends == 1);
    CHECK(done.submitted <= done.acquired);
    CHECK(done.acquired <= done.sent);
    CHECK(done.sent <= done.begun);
    CHECK(done.begun <= done.answered);
    CHECK(done.answered <= done.ended);
    for (const auto& each : seen.entries) {
        CHECK(each.event.id == done.id);
        CHECK(each.parameters.empty());  // nobody asked for them
    }
}

TEST_CASE_FIXTURE(library_fixture, "values are shown to who asks for them, and to nobody else") {
    Author::objects.count();
    recorder curious(true);
    recorder modest;
    const orm::observing first(curious);
    const orm::observing second(modest);
    Author::objects.filter("name"_k = "Ursula").count();
    for (const auto& each : curious.entries) CHECK(each.parameters == test::strings{"'Ursula'"});
    for (const auto& each : modest.entries) CHECK(each.parameters.empty());
}

TEST_CASE_FIXTURE(library_fixture, "observers of the thread may leave in any order") {
    Author::objects.count();
    recorder first, second;
    auto one = std::make_unique<orm::observing>(first);
    const auto two = std::make_unique<orm::observing>(second);
    one.reset();
    Author::objects.count();
    CHECK(first.entries.empty());
    CHECK(second.story("SELECT COUNT(*)") == whole_story);
}

TEST_CASE_FIXTURE(library_fixture, "the same text has the same shape, whatever the values") {
    recorder seen;
    const orm::observing now(seen);
    Author::objects.filter("name"_k = "Ursula").count();
    Author::objects.filter("name"_k = "Ann").count();
    Author::objects.count();
    const auto done = seen.all("done");
    REQUIRE(done.size() == 3);
    CHECK(done[0].event.shape == done[1].event.shape);
    CHECK(done[0].event.shape != done[2].event.shape);
    CHECK(done[0].event.id != done[1].event.id);
}

TEST_CASE_FIXTURE(library_fixture, "a statement knows where its QuerySet was written") {
    recorder seen;
    const orm::observing now(seen);
    const unsigned line = __LINE__ + 1;
    for (const Author& each : Author::objects.filter("id"_k = 1)) static_cast<void>(each);
    static_cast<void>(Author::objects.async().count().get());
    const auto done = seen.all("done");
    REQUIRE(done.size() == 2);
    CHECK(done[0].file.ends_with("observer_test.cpp"));
    CHECK(done[0].line == line);
    CHECK(done[1].line == line + 1);
}

TEST_CASE_FIXTURE(library_fixture, "an error is told with its class and SQLSTATE") {
    recorder seen;
    const orm::observing now(seen);
    Author::objects.create({.id = 1, .name = "Ursula"});
    CHECK_THROWS_AS(Author::objects.create({.id = 1, .name = "Ann"}), orm::unique_violation);
    const auto errors = seen.all("error");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].error_type == "orm::unique_violation");
    CHECK(errors[0].sqlstate == "23505");
    CHECK(errors[0].event.error);
}

TEST_CASE_FIXTURE(library_fixture, "statements of a transaction are told with what goes around them") {
    recorder seen;
    const orm::observing now(seen);
    orm::atomic([] { Author::objects.count(); });
    CHECK(seen.story("SELECT COUNT(*)") == whole_story);
    CHECK(seen.story("COMMIT") == whole_story);
    CHECK(seen.story("BEGIN") == "send");
    const auto sent = seen.all("send");
    REQUIRE(sent.size() == 3);
    CHECK(sent[0].event.control == control_kind::begin);
    CHECK(sent[0].event.internal);
    CHECK(sent[1].event.control == control_kind::none);
    CHECK(sent[2].event.control == control_kind::commit);
    CHECK(sent[0].event.server_process == sent[2].event.server_process);
}

TEST_CASE("what is sent before an answer is read shares a round trip") {
    const test::fresh_schema schema;
    const auto seen = std::make_shared<recorder>();
    orm::database db = orm::connect(schema.url(), {.max_connections = 1, .observers = {seen}});
    db.make_current();
    orm::create_tables<Country, Author>().get();
    seen->entries.clear();
    auto first = Author::objects.async().count();
    auto second = Author::objects.async().count();
    static_cast<void>(first.get() + second.get());
    Author::objects.count();
    const auto done = seen->all("done");
    REQUIRE(done.size() == 3);
    CHECK(done[0].event.round_trip == done[1].event.round_trip);
    CHECK(done[1].event.round_trip < done[2].event.round_trip);
    CHECK(done[0].event.sync < done[1].event.sync);  // each is sent at once
    db.close().get();
}

TEST_CASE_FIXTURE(library_fixture, "what observers throw harms no statement and goes to the hook") {
    unobserved = 0;
    const auto before = orm::set_unobserved_error_hook([](std::exception_ptr) noexcept { ++unobserved; });
    const auto angry = std::make_shared<hostile>();
    recorder calm;
    {
        const orm::observing first(calm);
        const orm::observing second(*angry);
        CHECK(Author::objects.count() == 0);
        CHECK_THROWS_AS(Author::objects.raw("SELECT nonsense"), orm::programming_error);
        orm::atomic([] { Author::objects.create({.name = "Ursula"}); });
        CHECK(Author::objects.count() == 1);
    }
    orm::set_unobserved_error_hook(before);
    CHECK(unobserved > 15);
    CHECK(calm.all("done").size() >= 4);
    CHECK(calm.all("error").size() == 1);
}

TEST_CASE("an observer of a database hears of its connections, and only of this database") {
    const test::fresh_schema schema;
    const auto seen = std::make_shared<recorder>();
    orm::database db = orm::connect(schema.url(), {.alias = "main", .observers = {seen, nullptr}});
    CHECK(seen->connections == "made ");
    orm::database other = orm::connect(schema.url());
    CHECK(seen->connections == "made ");
    orm::execute("SELECT 1").get();
    CHECK(seen->story("SELECT 1") == whole_story);
    const orm::observed_database& where = *seen->entries.front().event.database;
    CHECK(where.alias == "main");
    CHECK(!where.address.empty());
    CHECK(where.port > 0);
    CHECK(where.name == test::sql_value("SELECT current_database()"));
    const auto before = seen->entries.size();
    other.make_current();
    orm::execute("SELECT 2").get();
    CHECK(seen->entries.size() == before);
    db.close().get();
    CHECK(seen->connections == "made ended ");
    CHECK(seen->processes[0] > 0);
    CHECK(seen->processes[0] == seen->processes[1]);
    other.close().get();
}

TEST_CASE("a connection that cannot be made is told, too") {
    const auto seen = std::make_shared<recorder>();
    CHECK_THROWS_AS(orm::connect("host=/nowhere/at/all", {.observers = {seen}}).get(), orm::connect_error);
    CHECK(seen->connections == "refused ");
}

TEST_CASE("waits for a connection count as such, and their timeout is an error of the statement") {
    const test::fresh_schema schema;
    const auto seen = std::make_shared<recorder>();
    orm::database db =
        orm::connect(schema.url(), {.max_connections = 1, .acquire_timeout = 30ms, .observers = {seen}});
    db.make_current();
    auto slow = orm::execute("SELECT pg_sleep(0.3)");
    CHECK_THROWS_AS(orm::execute("SELECT 1").get(), orm::timeout_error);
    CHECK(seen->story("SELECT 1") == "submit, error");
    const auto errors = seen->all("error");
    CHECK(errors[0].error_type == "orm::timeout_error");
    CHECK(errors[0].sqlstate.empty());
    CHECK(errors[0].event.in_pool() >= 30ms);
    slow.get();
    CHECK(seen->story("pg_sleep") == whole_story);

    orm::create_tables<Country, Author>().get();
    seen->entries.clear();
    slow = orm::execute("SELECT pg_sleep(0.3)");
    auto shared = Author::objects.async().count();  // which a connection is shared for, once there is one
    CHECK_THROWS_AS(orm::atomic([] { Author::objects.exists(); }), orm::timeout_error);
    CHECK_THROWS_AS(shared.get(), orm::timeout_error);
    CHECK(seen->story("COUNT") == "submit, error");
    CHECK(seen->story("LIMIT 1") == "submit, error");
    slow.get();
    db.close().get();
}

TEST_CASE_FIXTURE(library_fixture, "who leaves ends the story, wherever the statement is") {
    recorder seen;
    const orm::observing now(seen);
    {
        auto left = orm::execute("SELECT pg_sleep(5)");
        left.cancel();
        CHECK_THROWS_AS(left.get(), orm::operation_cancelled);
    }
    CHECK(seen.story("pg_sleep").ends_with("abandon"));
    CHECK(seen.story("pg_sleep").find("done") == std::string::npos);
}
