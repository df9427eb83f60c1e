#include "../query/fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>
#include <asynchrormous/testing/rollback_scope.hpp>
#include <asynchrormous/testing/scratch_database.hpp>

#include <stdexcept>

using namespace library;
using namespace orm::literals;
using orm::testing::captured_on_commit;
using orm::testing::rollback_scope;
using test::library_fixture;
using test::strings;

namespace {

void create(const std::string& name) { Author::objects.create({.name = name}); }
strings names() { return Author::objects.order_by<"id">().values_list<"name">().rows(); }

}  // namespace

TEST_CASE_FIXTURE(library_fixture, "what happens in a rollback_scope leaves nothing") {
    create("before");
    {
        const rollback_scope scope;
        create("plain");
        orm::atomic([&] {
            create("in a transaction");
            CHECK(Author::objects.using_(db()).count() == 3);  // waits for nothing
            CHECK_THROWS(orm::atomic([] {
                create("undone");
                throw std::runtime_error("no");
            }));
        });
        const auto lazy = Author::objects.async().create({.name = "lazy"});
        CHECK(Author::objects.using_(db()).count() == 4);
        CHECK(names() == strings{"before", "plain", "in a transaction", "lazy"});
        CHECK(plain().value("SELECT count(*) FROM author") == "1");
        CHECK(db().statistics().owned == 1);
        CHECK_THROWS_AS(rollback_scope(), orm::error);
    }
    CHECK(names() == strings{"before"});
    CHECK(db().statistics().owned == 0);
    create("after");
    CHECK(plain().value("SELECT count(*) FROM author") == "2");
}

TEST_CASE_FIXTURE(library_fixture, "code under test does not see that it is in a rollback_scope") {
    const rollback_scope scope;
    CHECK_FALSE(orm::in_atomic_block());
    int callbacks = 0;
    orm::on_commit([&] { ++callbacks; });
    CHECK(callbacks == 1);
    orm::atomic({.isolation = orm::isolation::serializable, .durable = true}, [&] {
        create("durable");
        orm::on_commit([&] {
            ++callbacks;
            CHECK_FALSE(orm::in_atomic_block());
        });
        orm::atomic({.isolation = orm::isolation::serializable}, [] { create("nested"); });
        CHECK_THROWS_AS(orm::atomic({.durable = true}, [] {}), orm::transaction_management_error);
    });
    CHECK(callbacks == 2);
    CHECK_THROWS(orm::atomic([&] {
        orm::on_commit([&] { ++callbacks; });
        throw std::runtime_error("no");
    }));
    CHECK(callbacks == 2);
    CHECK(orm::retry([] { return Author::objects.count(); }) == 2);
    CHECK_THROWS_AS(Author::objects.select_for_update().rows(), orm::transaction_management_error);
    CHECK(orm::atomic([] { return Author::objects.select_for_update().rows().size(); }) == 2);
}

TEST_CASE_FIXTURE(library_fixture, "a statement that fails outside of atomic leaves the others alone") {
    const rollback_scope scope;
    const Author first = Author::objects.create({.name = "first"});
    CHECK_THROWS_AS(Author::objects.create({.id = first.id, .name = "taken"}), orm::unique_violation);
    CHECK(names() == strings{"first"});
    CHECK_THROWS_AS(orm::execute("SELECT 1 / 0").get(), orm::data_error);
    const auto slow = Author::objects.async().raw(
        "SELECT 0::bigint AS id, 'x' AS name, NULL::date AS born, NULL AS country_id FROM pg_sleep(60)");
    CHECK_FALSE(slow.wait_for(std::chrono::milliseconds(30)));
    slow.cancel();
    CHECK(names() == strings{"first"});
}

TEST_CASE_FIXTURE(library_fixture, "callbacks can be kept, counted, and run later") {
    const rollback_scope scope;
    strings did;
    captured_on_commit callbacks;
    orm::atomic([&] {
        create("x");
        orm::on_commit([&] { did.push_back("first"); });
        CHECK(callbacks.size() == 0);
    });
    orm::on_commit([&] {
        did.push_back("second");
        orm::on_commit([&] { did.push_back("of the second"); });
    });
    CHECK(callbacks.size() == 2);
    CHECK(did.empty());
    callbacks.run();
    CHECK(callbacks.size() == 0);
    CHECK(did == strings{"first", "second", "of the second"});
}

TEST_CASE_FIXTURE(library_fixture, "a database of its own has what its template had") {
    const orm::testing::scratch_database made(test::database_url());
    {
        const orm::database on_template = orm::connect(made.url());
        on_template.make_current();
        orm::create_tables<Country, Author, Book>().get();
        create("of the template");
        on_template.close().get();
    }
    const orm::testing::scratch_database copy(test::database_url(), made.name());
    CHECK(copy.name() != made.name());
    const orm::database on_copy = orm::connect(copy.url());
    CHECK(orm::atomic(on_copy, [] {
              create("of the copy");
              return names();
          }) == strings{"of the template", "of the copy"});
    CHECK(test::plain_connection(made.url()).value("SELECT count(*) FROM author") == "1");
    on_copy.close().get();
    db().make_current();
}
