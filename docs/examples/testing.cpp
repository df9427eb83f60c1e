// Tests of programs that use the library. CHECK stands for that of your test framework.
#include "library.hpp"
#include "server.hpp"

#include <asynchrormous/testing/captured_queries.hpp>
#include <asynchrormous/testing/rollback_scope.hpp>
#include <asynchrormous/testing/scratch_database.hpp>

#define CHECK(claim) check(claim)

namespace {

int letters = 0;

// [program]
// The program under test: knows nothing of tests.
Author sign_up(std::string name) {
    return orm::atomic([&] {
        Author author = Author::objects.create({.name = name});
        orm::on_commit([] { ++letters; });
        return author;
    });
}
// [/program]

void of_its_own(const std::string& server_url);

void cluster() {
    // [cluster]
    auto server = orm::testing::cluster::from_environment_or_private();
    orm::database db = orm::connect(server.url());
    // [/cluster]
    db.close().get();
    of_its_own(server.url());
}

void rolled_back() {
    // [rollback]
    {
        orm::testing::rollback_scope nothing_stays;
        sign_up("Ursula");
        sign_up("Ursula again");
        CHECK(Author::objects.count() == 2);
        CHECK(letters == 2);  // its transactions commit as far as it can tell
    }
    CHECK(Author::objects.count() == 0);
    // [/rollback]

    // [alone]
    orm::testing::rollback_scope nothing_stays;
    Author first = Author::objects.create({.name = "first"});
    check_throws<orm::unique_violation>([&] { return Author::objects.create({.id = first.id}).id; });
    CHECK(Author::objects.count() == 1);  // the error was that statement's alone, as in production
    // [/alone]
}

void callbacks() {
    letters = 0;
    orm::testing::rollback_scope nothing_stays;
    // [callbacks]
    orm::testing::captured_on_commit callbacks;
    sign_up("Ursula");
    CHECK(callbacks.size() == 1);
    CHECK(letters == 0);
    callbacks.run();
    CHECK(letters == 1);
    // [/callbacks]
}

void counted() {
    // [counted]
    orm::testing::assert_num_queries(2, [] {
        static_cast<void>(Author::objects.count());
        static_cast<void>(Book::objects.count());
    });
    // [/counted]
}

void of_its_own(const std::string& server_url) {
    // [scratch]
    static const orm::testing::scratch_database filled = [&] {  // once: tables, rows that all tests need
        orm::testing::scratch_database made(server_url);
        orm::database db = orm::connect(made.url());
        orm::atomic(db, [] { orm::create_tables<Author, Book>().get(); });
        db.close().get();  // a template has no connections
        return made;
    }();

    orm::testing::scratch_database mine(server_url, filled.name());  // a copy for this test
    orm::database db = orm::connect(mine.url());
    orm::atomic(db, [] { CHECK(Author::objects.count() == 0); });
    db.close().get();
    // [/scratch]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Author, Book>().get();
        rolled_back();
        callbacks();
        counted();
        cluster();
    });
}
