// Databases, pools, errors, connections that die, session state.
#include "library.hpp"
#include "server.hpp"

#include <asynchrormous/postgres/hooks.hpp>

#include <chrono>

namespace {

using namespace std::chrono_literals;

void databases(const std::string& url) {
    // [databases]
    orm::database db = orm::connect(url);  // blocks until one connection stands; the thread's default
    orm::database replica = orm::connect(url, {.alias = "replica", .max_connections = 2});

    Author::objects.count();                    // goes to the default
    Author::objects.using_(replica).count();    // goes where you say
    Author::objects.using_("replica").count();  // the same by alias

    orm::database pooled = orm::connect(url, {.prepare = false});  // through a pooler in transaction mode

    replica.close().get();  // lets what is under way finish, within close_timeout
    // [/databases]
    check(Author::objects.using_(pooled).count() == 0);
    check_throws<orm::database_error>([&] { return Author::objects.using_(replica).count(); });
}

void statistics(const orm::database& db) {
    // [statistics]
    orm::pool_statistics now = db.statistics();
    std::printf("%d open, %d idle, %d operations in flight\n", now.open, now.idle, now.in_flight);
    // [/statistics]
    check(now.open >= 1);
}

void refused(const std::string& url) {
    // [refused]
    try {
        orm::database nowhere = orm::connect(url + "&dbname=nowhere");
    } catch (const orm::connect_error& e) {
        std::puts(e.what());
        check(e.sqlstate() == "3D000" && e.permanent());  // trying again cannot help
    }
    check_throws<orm::connect_error>([] { return orm::connect("host=x nonsense=1").get(); });
    check_throws<orm::connect_error>([] { return Author::objects.using_("nobody"); });
    // [/refused]
}

void errors() {
    // [errors]
    Author::objects.create({.id = 1000, .name = "Ursula"});
    try {
        Author::objects.create({.id = 1000, .name = "secret"});
        check(false);
    } catch (const orm::integrity_error& e) {  // unique_violation
        check(e.sqlstate() == "23505" && e.table() == "author" && e.constraint() == "author_pkey");
        check(e.sql().starts_with("INSERT INTO \"author\""));
        check(std::string(e.what()).find("secret") == std::string::npos);  // no values in messages
    }
    check_throws<orm::programming_error>([] { return orm::execute("SELEC 1").get(); });
    check_throws<orm::data_error>([] { return orm::execute("SELECT 1 / 0").get(); });
    auto too_slow = [] {
        orm::execute("SET LOCAL statement_timeout = 20").get();
        orm::execute("SELECT pg_sleep(60)").get();
    };
    check_throws<orm::query_cancelled>([&] { return orm::atomic(too_slow), 0; });
    // [/errors]
}

void dying(const std::string& url) {
    orm::database db = orm::connect(url, {.alias = "dying", .max_connections = 1});
    db.make_current();
    // [lost]
    try {
        orm::execute("SELECT pg_terminate_backend(pg_backend_pid())").get();
        check(false);
    } catch (const orm::connection_lost& e) {
        switch (e.outcome()) {
            case orm::outcome::not_sent:  // no byte of it left: repeat it
            case orm::outcome::not_run:   // the server skipped it or undid it: repeat it
                break;
            case orm::outcome::may_have_run:  // the answer is lost: look at the data first
                std::puts("look");
        }
    }
    check(Author::objects.count() == 1);  // over a new connection
    // [/lost]
    check(db.statistics().lost == 1);
    db.close().get();
}

std::string actor() {
    return Author::objects
        .raw(
            "SELECT 1::bigint AS id, '' AS country, coalesce(current_setting('app.actor', true), '') AS name")
        .front()
        .name;
}

void session(const std::string& url) {
    orm::database db = orm::connect(url, {.alias = "session", .max_connections = 1});
    db.make_current();
    // [session]
    orm::execute("SET app.actor = 'ada'").get();  // known by its tag: the session is reset behind it
    check(actor() == "");
    orm::execute("SELECT set_config('app.actor', 'ada', false)").get();  // a SELECT like any other
    check(actor() == "ada");  // it stays on the connection, for whoever comes next
    orm::atomic([] {
        orm::execute("SELECT set_config('app.actor', 'grace', true)").get();  // local to the transaction
        check(actor() == "grace");
    });
    check(actor() == "ada");
    // [/session]
    db.close().get();
}

void notices() {
    // [notices]
    static std::string heard;
    orm::set_notice_hook([](const orm::notice& what) noexcept { heard = what.message; });
    orm::execute("DO $$ BEGIN RAISE NOTICE 'good morning'; END $$").get();
    check(heard == "good morning");
    // [/notices]
    orm::set_notice_hook(nullptr);
}

void order_of_operations() {
    // [order]
    auto first = Author::objects.async().create({.name = "first"});
    auto second = Author::objects.filter("name"_k = "first").async().count();  // may see it, or not
    check(second == 0 || second == 1);
    first.get();
    check(Author::objects.filter("name"_k = "first").count() == 1);  // this one does: first was awaited
    // [/order]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Author, Book>().get();
        databases(url);
        statistics(db);
        refused(url);
        errors();
        dying(url);
        session(url);
        db.make_current();
        notices();
        order_of_operations();
    });
}
