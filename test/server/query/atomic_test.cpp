#include "fixture.hpp"

#include <stdexcept>

using namespace library;
using namespace orm::literals;
using test::filled_library;
using test::library_fixture;

TEST_CASE_FIXTURE(library_fixture, "what returns from atomic is committed, and given to the caller") {
    const std::int64_t id = orm::atomic([&] {
        const Author author = Author::objects.create({.name = "Ursula"});
        CHECK(plain().value("SELECT count(*) FROM author") == "0");  // nobody else sees it yet
        return author.id;
    });
    CHECK(plain().value("SELECT id FROM author") == std::to_string(id));
}

TEST_CASE_FIXTURE(library_fixture, "what throws out of atomic is rolled back") {
    const auto fail = [] {
        Author::objects.create({.name = "Ursula"});
        throw std::runtime_error("changed my mind");
    };
    CHECK_THROWS_WITH_AS(orm::atomic(fail), "changed my mind", std::runtime_error);
    CHECK(Author::objects.count() == 0);
}

TEST_CASE_FIXTURE(library_fixture, "nested blocks are savepoints: the inner one fails alone") {
    orm::atomic([] {
        Author::objects.create({.name = "outer"});
        try {
            orm::atomic([] {
                Author::objects.create({.name = "inner"});
                Author::objects.create({.id = 1, .name = "a"});
                Author::objects.create({.id = 1, .name = "b"});
            });
        } catch (const orm::unique_violation&) {
        }
        CHECK(Author::objects.count() == 1);
        orm::atomic([] { Author::objects.create({.name = "second inner"}); });
    });
    const auto names = Author::objects.order_by<"name">().values_list<"name">();
    CHECK(names.rows() == test::strings{"outer", "second inner"});
}

TEST_CASE_FIXTURE(library_fixture, "after an error that was swallowed the next query fails naming it") {
    const auto careless = [] {
        Author::objects.create({.id = 1, .name = "a"});
        try {
            Author::objects.create({.id = 1, .name = "b"});
        } catch (const orm::unique_violation&) {
        }
        static_cast<void>(Author::objects.count());
    };
    CHECK_THROWS_AS(orm::atomic(careless), orm::transaction_aborted);
    CHECK(Author::objects.count() == 0);
}

TEST_CASE_FIXTURE(library_fixture, "a deferred constraint that fails at the commit is the error of atomic") {
    const auto dangling = [] { Author::objects.create({.name = "x", .country = "zz"}); };
    CHECK_THROWS_AS(orm::atomic(dangling), orm::foreign_key_violation);
    CHECK(Author::objects.count() == 0);
}

TEST_CASE_FIXTURE(filled_library, "lazies started in a block belong to its transaction") {
    orm::atomic([&] {
        Author::objects.create({.name = "only here"});
        auto count = Author::objects.async().count();
        auto names = Author::objects.filter("name"_k = "only here").async();
        names.start();
        CHECK(count == 4);
        CHECK(names.size() == 1);
    });
}

TEST_CASE_FIXTURE(filled_library, "using_ a database leaves the open transaction") {
    const auto seen = [&] {
        Author::objects.create({.name = "only here"});
        CHECK(Author::objects.using_(db()).count() == 3);
        CHECK(Author::objects.count() == 4);
    };
    orm::atomic(seen);
}
