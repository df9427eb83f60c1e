#include "fixture.hpp"

#include <asynchrormous/runtime/hooks.hpp>

#include <stdexcept>

using namespace library;
using test::library_fixture;
using test::strings;

namespace {

// What callbacks did, in order.
struct journal {
    strings lines{};
    auto note(std::string line) {
        return [this, line] { lines.push_back(line); };
    }
};

int unobserved = 0;

struct count_unobserved {
    count_unobserved()
        : before(orm::set_unobserved_error_hook([](std::exception_ptr) noexcept { ++unobserved; })) {
        unobserved = 0;
    }
    ~count_unobserved() { orm::set_unobserved_error_hook(before); }
    orm::error_hook before;
};

void fail() { throw std::runtime_error("no"); }

}  // namespace

TEST_CASE_FIXTURE(library_fixture, "callbacks run after the commit, in order, outside of the transaction") {
    journal did;
    orm::atomic([&] {
        orm::on_commit(did.note("first"));
        orm::atomic([&] { orm::on_commit(did.note("nested")); });
        Author::objects.create({.name = "x"});
        orm::on_commit([&] {
            CHECK_FALSE(orm::in_atomic_block());
            CHECK(plain().value("SELECT count(*) FROM author") == "1");
            Author::objects.create({.name = "from the callback"});
            orm::on_commit(did.note("at once"));
            did.lines.push_back("last");
        });
        CHECK(did.lines.empty());
    });
    CHECK(did.lines == strings{"first", "nested", "at once", "last"});
    CHECK(plain().value("SELECT count(*) FROM author") == "2");
}

TEST_CASE_FIXTURE(library_fixture,
                  "outside of a transaction a callback runs at once, and its error is the caller's") {
    journal did;
    orm::on_commit(did.note("now"));
    CHECK(did.lines == strings{"now"});
    CHECK_THROWS_AS(orm::on_commit(fail), std::runtime_error);
    const count_unobserved counting;
    orm::on_commit(fail, {.robust = true});
    CHECK(unobserved == 1);
}

TEST_CASE_FIXTURE(library_fixture,
                  "callbacks go with their savepoint, and all of them with the transaction") {
    journal did;
    orm::atomic([&] {
        orm::on_commit(did.note("outer"));
        CHECK_THROWS(orm::atomic([&] {
            orm::on_commit(did.note("undone"));
            orm::atomic([&] { orm::on_commit(did.note("committed inside of what is undone")); });
            fail();
        }));
        orm::atomic([&] {
            orm::on_commit(did.note("tried"));
            orm::set_rollback();
        });
        orm::atomic({.savepoint = false}, [&] { orm::on_commit(did.note("part of the outer")); });
        orm::on_commit(did.note("outer again"));
    });
    CHECK(did.lines == strings{"outer", "part of the outer", "outer again"});
    did.lines.clear();
    CHECK_THROWS(orm::atomic([&] {
        orm::on_commit(did.note("undone"));
        fail();
    }));
    // The commit fails: a deferred constraint.
    CHECK_THROWS_AS(orm::atomic([&] {
                        orm::on_commit(did.note("undone"));
                        Author::objects.create({.name = "x", .country = "zz"});
                    }),
                    orm::foreign_key_violation);
    orm::atomic([&] {
        orm::on_commit(did.note("undone"));
        orm::set_rollback();
    });
    CHECK(did.lines.empty());
}

TEST_CASE_FIXTURE(library_fixture, "a callback that throws ends the callbacks, a robust one does not") {
    const count_unobserved counting;
    journal did;
    CHECK_THROWS_AS(orm::atomic([&] {
                        Author::objects.create({.name = "committed"});
                        orm::on_commit(fail, {.robust = true});
                        orm::on_commit(did.note("runs"));
                        orm::on_commit(fail);
                        orm::on_commit(did.note("does not"));
                    }),
                    std::runtime_error);
    CHECK(did.lines == strings{"runs"});
    CHECK(unobserved == 1);
    CHECK(Author::objects.count() == 1);
    orm::atomic([&] { orm::on_commit(did.note("the next transaction has its own")); });
    CHECK(did.lines.size() == 2);
}

TEST_CASE_FIXTURE(library_fixture, "a callback belongs to the transaction of its database") {
    orm::database other = orm::connect(schema_url());
    journal did;
    orm::atomic([&] {
        orm::atomic(other, [&] {
            orm::on_commit(did.note("of the outer"), {.using_ = db()});
            orm::on_commit(did.note("of the inner"));
        });
        CHECK(did.lines == strings{"of the inner"});
        orm::on_commit(did.note("of none"), {.using_ = other});
    });
    CHECK(did.lines == strings{"of the inner", "of none", "of the outer"});
    other.close().get();
}
