#include "fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <stdexcept>

using namespace library;
using namespace orm::literals;
using test::filled_library;
using test::library_fixture;

namespace {

using orm::testing::captured_queries;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// What is wrong, said before anything is sent.
template <class F>
std::string refusal_of(F f) {
    const captured_queries sent;
    try {
        f();
    } catch (const orm::transaction_management_error& e) {
        CHECK_FALSE(e.from_server());
        CHECK(sent.all().empty());
        return e.what();
    }
    return "not refused";
}

void create(const std::string& name) { Author::objects.create({.name = name}); }

std::vector<std::string> names() { return Author::objects.order_by<"id">().values_list<"name">().rows(); }

}  // namespace

TEST_CASE_FIXTURE(library_fixture, "what atomic is told, BEGIN tells the server") {
    const auto begin_of = [](const orm::transaction_options& options) {
        const captured_queries sent;
        orm::atomic(options, [] { static_cast<void>(Author::objects.count()); });
        return sent.all().at(0).text;
    };
    using enum orm::isolation;
    CHECK(begin_of({}) == "BEGIN");
    CHECK(begin_of({.isolation = read_committed}) == "BEGIN ISOLATION LEVEL READ COMMITTED");
    CHECK(begin_of({.isolation = repeatable_read}) == "BEGIN ISOLATION LEVEL REPEATABLE READ");
    CHECK(begin_of({.isolation = serializable, .read_only = true, .deferrable = true}) ==
          "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE");
}

TEST_CASE_FIXTURE(library_fixture, "a read-only transaction refuses to write, one with a snapshot keeps it") {
    CHECK_THROWS_AS(orm::atomic({.read_only = true}, [] { create("x"); }), orm::database_error);
    orm::atomic({.isolation = orm::isolation::repeatable_read}, [&] {
        CHECK(Author::objects.count() == 0);
        plain().exec("INSERT INTO author (name) VALUES ('elsewhere')");
        CHECK(Author::objects.count() == 0);
    });
    CHECK(Author::objects.count() == 1);
}

TEST_CASE_FIXTURE(library_fixture,
                  "options that a nested block cannot have are refused, those it has are not") {
    using enum orm::isolation;
    orm::atomic({.isolation = serializable, .read_only = true}, [] {
        orm::atomic({.isolation = serializable, .read_only = true}, [] {
            orm::atomic({.isolation = serializable}, [] { CHECK(Author::objects.count() == 0); });
        });
        CHECK(has(refusal_of([] { orm::atomic({.isolation = repeatable_read}, [] {}); }), "isolation level"));
        CHECK(has(refusal_of([] { orm::atomic({.deferrable = true}, [] {}); }), "deferrable"));
    });
    orm::atomic([] {
        CHECK(has(refusal_of([] { orm::atomic({.read_only = true}, [] {}); }), "read_only"));
        create("goes on");
    });
    CHECK(names() == test::strings{"goes on"});
}

TEST_CASE_FIXTURE(library_fixture, "a durable block is an outermost one") {
    orm::atomic({.durable = true}, [] { create("durable"); });
    CHECK(names() == test::strings{"durable"});
    orm::atomic([] { CHECK(has(refusal_of([] { orm::atomic({.durable = true}, [] {}); }), "durable")); });
}

TEST_CASE_FIXTURE(library_fixture, "without a savepoint an error of the inner block ends the outer one") {
    const captured_queries sent;
    const auto careless = [&] {
        create("outer");
        orm::atomic({.savepoint = false}, [] { create("inner"); });
        CHECK_FALSE(orm::get_rollback());
        CHECK_THROWS_AS(orm::atomic({.savepoint = false}, [] { throw std::runtime_error("no good"); }),
                        std::runtime_error);
        CHECK(orm::get_rollback());
        const std::size_t so_far = sent.all().size();
        CHECK_THROWS_WITH_AS(static_cast<void>(Author::objects.count()), doctest::Contains("no good"),
                             orm::transaction_aborted);
        CHECK(sent.all().size() == so_far);  // nothing was asked
    };
    CHECK_THROWS_AS(orm::atomic(careless), orm::transaction_aborted);
    CHECK(names().empty());
    for (const auto& one : sent.all()) CHECK_FALSE(has(one.text, "SAVEPOINT"));
}

TEST_CASE_FIXTURE(library_fixture, "set_rollback makes a trial run of the innermost block") {
    orm::atomic([] {
        create("kept");
        orm::atomic([] {
            create("tried");
            orm::set_rollback();
            CHECK(orm::get_rollback());
            CHECK(Author::objects.count() == 2);  // queries still run
        });
        CHECK_FALSE(orm::get_rollback());
        CHECK(Author::objects.count() == 1);
    });
    CHECK(orm::atomic([] {
              create("tried");
              orm::set_rollback();
              return Author::objects.count();
          }) == 2);
    orm::atomic([] {
        create("kept after all");
        orm::set_rollback(true);
        orm::set_rollback(false);
    });
    CHECK(names() == test::strings{"kept", "kept after all"});
    CHECK(has(refusal_of([] { orm::set_rollback(); }), "inside of atomic()"));
    CHECK(has(refusal_of([] { static_cast<void>(orm::get_rollback()); }), "inside of atomic()"));
}

TEST_CASE_FIXTURE(library_fixture, "whether a block is open can be asked, of one database too") {
    CHECK_FALSE(orm::in_atomic_block());
    orm::database other = orm::connect(schema_url(), {.alias = "other"});
    orm::atomic([&] {
        CHECK(orm::in_atomic_block());
        CHECK(orm::in_atomic_block(db()));
        CHECK_FALSE(orm::in_atomic_block(other));
    });
    CHECK_FALSE(orm::in_atomic_block());
    other.close().get();
}

TEST_CASE_FIXTURE(library_fixture, "a block on another database is a transaction of its own there") {
    const test::fresh_schema elsewhere;
    orm::database other = orm::connect(elsewhere.url());
    orm::atomic(other, [] { orm::create_tables<Country, Author, Book>().get(); });
    orm::atomic([&] {
        create("here");
        CHECK_THROWS(orm::atomic(other, [&] {
            create("there, undone");
            throw std::runtime_error("no");
        }));
        orm::atomic({.using_ = other, .durable = true}, [&] {
            create("there");
            CHECK(orm::in_atomic_block(db()));
            CHECK(orm::in_atomic_block(other));
            // Back on the first one: a savepoint in its transaction, not a transaction beside it.
            orm::atomic(db(), [] { create("here too"); });
            CHECK(names() == test::strings{"there"});
        });
        CHECK(names() == test::strings{"here", "here too"});
        CHECK(test::plain_connection(elsewhere.url()).value("SELECT count(*) FROM author") == "1");
        orm::set_rollback();
    });
    CHECK(names().empty());
    other.close().get();
}

TEST_CASE_FIXTURE(library_fixture, "statements of one block without dependence share their round trip") {
    const captured_queries sent;
    orm::atomic([] {
        const auto first = Author::objects.async().create({.name = "a"});
        const auto second = Author::objects.async().create({.name = "b"});
        const auto all = Author::objects.async().count();
        CHECK(all == 2);
        CHECK((first.ready() && second.ready()));
    });
    CHECK(sent.size() == 3);
}
