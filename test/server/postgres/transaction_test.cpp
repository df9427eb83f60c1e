#include "driver.hpp"

#include <doctest/doctest.h>

using namespace test;

namespace {

struct table_of_numbers {
    table_of_numbers() { exec_sql("CREATE TABLE " + schema.name() + ".numbers (n int UNIQUE)"); }
    std::string insert(int n) const { return "INSERT INTO numbers VALUES (" + std::to_string(n) + ")"; }
    std::string content() const {
        return sql_value("SELECT coalesce(string_agg(n::text, ' ' ORDER BY n), '') FROM " + schema.name() +
                         ".numbers");
    }
    fresh_schema schema{};
};

}  // namespace

TEST_CASE("a transaction commits what it did, and gives its connection back") {
    const table_of_numbers numbers;
    own_database own(numbers.schema.url());
    auto transaction = orm::transaction::begin(own.db);
    const auto first = write(*transaction, numbers.insert(1));
    const auto second = write(*transaction, numbers.insert(2));
    CHECK(first.get() == "INSERT 0 1");
    CHECK(second.get() == "INSERT 0 1");
    CHECK(numbers.content() == "");
    CHECK(own.db.statistics().owned == 1);
    transaction->commit().get();
    CHECK(numbers.content() == "1 2");
    CHECK(own.db.statistics().owned == 0);
    CHECK(has(error_of(write(*transaction, numbers.insert(3))), "has ended"));
    CHECK(has(error_of(transaction->commit()), "has ended"));
}

TEST_CASE("a transaction that is rolled back leaves nothing") {
    const table_of_numbers numbers;
    own_database own(numbers.schema.url());
    auto transaction = orm::transaction::begin(own.db);
    write(*transaction, numbers.insert(1)).wait();
    transaction->rollback().get();
    CHECK(numbers.content() == "");
    CHECK(own.drained());
}

TEST_CASE("an empty transaction takes no connection") {
    own_database own(database_url(), {.max_connections = 1});
    auto holder = orm::transaction::begin(own.db);
    read(*holder, "SELECT 1").wait();
    auto empty = orm::transaction::begin(own.db);
    auto nested = orm::transaction::begin_nested(*empty);
    nested->commit().get();
    empty->commit().get();
    holder->rollback().get();
}

TEST_CASE(
    "an error fails what follows without asking the server, naming the first error, and forbids to commit") {
    const table_of_numbers numbers;
    own_database own(numbers.schema.url());
    auto transaction = orm::transaction::begin(own.db);
    write(*transaction, numbers.insert(1)).wait();
    CHECK_THROWS_AS(write(*transaction, numbers.insert(1)).get(), orm::unique_violation);
    const auto after = read(*transaction, "SELECT 1");
    CHECK(after.ready());  // no round trip
    CHECK_THROWS_AS(after.get(), orm::transaction_aborted);
    CHECK(has(error_of(after), "numbers_n_key"));
    CHECK(has(error_of(transaction->commit()), "numbers_n_key"));
    CHECK(numbers.content() == "");
    CHECK(eventually(own.db.loop(), [&] { return own.drained(); }));
}

TEST_CASE("COMMIT that the server turns into a rollback is an error") {
    const table_of_numbers numbers;
    own_database own(numbers.schema.url());
    auto transaction = orm::transaction::begin(own.db);
    write(*transaction, numbers.insert(1)).wait();
    const auto failing = write(*transaction, numbers.insert(1));
    const auto commit = transaction->commit();  // leaves before the error is known
    CHECK_THROWS_AS(failing.get(), orm::unique_violation);
    CHECK(has(error_of(commit), "numbers_n_key"));
    CHECK(numbers.content() == "");
}

TEST_CASE("an error in a nested level is undone by rolling that level back") {
    const table_of_numbers numbers;
    own_database own(numbers.schema.url());
    auto outer = orm::transaction::begin(own.db);
    write(*outer, numbers.insert(1)).wait();
    auto inner = orm::transaction::begin_nested(*outer);
    write(*inner, numbers.insert(2)).wait();
    CHECK_THROWS_AS(write(*inner, numbers.insert(1)).get(), orm::unique_violation);
    CHECK(has(error_of(inner->commit()), "numbers_n_key"));
    CHECK(write(*outer, numbers.insert(3)).get() == "INSERT 0 1");
    auto kept = orm::transaction::begin_nested(*outer);
    write(*kept, numbers.insert(4)).wait();
    kept->commit().get();
    outer->commit().get();
    CHECK(numbers.content() == "1 3 4");
}

TEST_CASE("of two nested levels started together each keeps its own fate") {
    const table_of_numbers numbers;
    own_database own(numbers.schema.url());
    auto outer = orm::transaction::begin(own.db);
    auto a = orm::transaction::begin_nested(*outer);
    auto b = orm::transaction::begin_nested(*outer);
    // Interleaved as two coroutines would: without one owner of the stack, a's rollback takes b's row along.
    const auto a1 = write(*a, numbers.insert(1));
    const auto b1 = write(*b, numbers.insert(2));
    const auto a2 = write(*a, numbers.insert(3));
    const auto sibling = write(*outer, numbers.insert(5));
    CHECK(a1.get() == "INSERT 0 1");
    CHECK(a2.get() == "INSERT 0 1");
    CHECK_FALSE(b1.wait_for(50ms));
    const auto a_end = a->rollback();
    CHECK(b1.get() == "INSERT 0 1");
    CHECK(a_end.ready());
    CHECK_FALSE(sibling.ready());
    b->commit().get();
    CHECK(sibling.get() == "INSERT 0 1");
    outer->commit().get();
    CHECK(numbers.content() == "2 5");
}

TEST_CASE("rolling back the outer level ends the nested ones") {
    const table_of_numbers numbers;
    own_database own(numbers.schema.url());
    auto outer = orm::transaction::begin(own.db);
    auto inner = orm::transaction::begin_nested(*outer);
    write(*inner, numbers.insert(1)).wait();
    outer->rollback().get();
    CHECK_FALSE(inner->open());
    CHECK(has(error_of(write(*inner, numbers.insert(2))), "has ended"));
    CHECK_THROWS_AS(orm::transaction::begin_nested(*outer), orm::error);
    CHECK(numbers.content() == "");
}

TEST_CASE("a deferred constraint fails the commit, and the transaction is over") {
    const fresh_schema schema;
    exec_sql("CREATE TABLE " + schema.name() + ".a (n int PRIMARY KEY); CREATE TABLE " + schema.name() +
             ".b (n int REFERENCES " + schema.name() + ".a DEFERRABLE INITIALLY DEFERRED)");
    own_database own(schema.url());
    auto transaction = orm::transaction::begin(own.db);
    write(*transaction, "INSERT INTO b VALUES (7)").wait();
    CHECK_THROWS_AS(transaction->commit().get(), orm::foreign_key_violation);
    CHECK(own.drained());
    CHECK(read(own.db, "SELECT count(*)::text FROM b").get() == "0");
}

TEST_CASE(
    "a transaction abandoned at any point is rolled back, and its connection is clean before others get it") {
    const table_of_numbers numbers;
    own_database own(numbers.schema.url(), {.max_connections = 1});
    const auto check_clean = [&] {
        const auto after = read(own.db,
                                "SELECT pg_current_xact_id_if_assigned()::text IS NULL AND count(*) = 0 "
                                "FROM numbers WHERE pg_backend_pid() > 0");
        REQUIRE(after.wait_for(5s));
        CHECK(after.get() == std::string_view("\x01", 1));
        CHECK(eventually(own.db.loop(), [&] { return own.drained(); }));
        CHECK(numbers.content() == "");
    };
    SUBCASE("before it did anything") { orm::transaction::begin(own.db); }
    SUBCASE("while it waits for a connection") {
        auto holder = orm::transaction::begin(own.db);
        read(*holder, "SELECT 1").wait();
        {
            auto waiting = orm::transaction::begin(own.db);
            const auto statement = write(*waiting, numbers.insert(1));
            waiting = nullptr;
            CHECK(statement.ready());
        }
        holder->rollback().get();
    }
    SUBCASE("while BEGIN and the first statement are on their way") {
        auto transaction = orm::transaction::begin(own.db);
        const auto statement = write(*transaction, numbers.insert(1));
        transaction = nullptr;
        CHECK(statement.ready());
    }
    SUBCASE("between two statements") {
        auto transaction = orm::transaction::begin(own.db);
        write(*transaction, numbers.insert(1)).wait();
    }
    SUBCASE("while a statement runs") {
        auto transaction = orm::transaction::begin(own.db);
        write(*transaction, numbers.insert(1)).wait();
        const auto slow = read(*transaction, "SELECT pg_sleep(60)::text");
        CHECK_FALSE(slow.wait_for(100ms));
        transaction = nullptr;
        CHECK(slow.ready());
    }
    SUBCASE("in a nested level with statements queued on all levels") {
        auto transaction = orm::transaction::begin(own.db);
        write(*transaction, numbers.insert(1)).wait();
        auto nested = orm::transaction::begin_nested(*transaction);
        const auto slow = read(*nested, "SELECT pg_sleep(60)::text");
        const auto behind = write(*transaction, numbers.insert(2));
        CHECK_FALSE(slow.wait_for(100ms));
        nested = nullptr;
        transaction = nullptr;
        CHECK(slow.ready());
        CHECK(eventually(own.db.loop(), [&] { return behind.ready(); }));
    }
    SUBCASE("after an error") {
        auto transaction = orm::transaction::begin(own.db);
        CHECK_THROWS(write(*transaction, "SELECT 1/0").get());
    }
    SUBCASE("with its commit on the way, which goes on") {
        auto transaction = orm::transaction::begin(own.db);
        read(*transaction, "SELECT 1").wait();
        const auto commit = transaction->commit();
        transaction = nullptr;
        commit.get();
    }
    check_clean();
}

TEST_CASE("cancelling a statement of a transaction fails that transaction, and no other statement") {
    const table_of_numbers numbers;
    own_database own(numbers.schema.url(), {.max_connections = 1});
    auto transaction = orm::transaction::begin(own.db);
    write(*transaction, numbers.insert(1)).wait();
    const auto slow = read(*transaction, "SELECT pg_sleep(60)::text");
    CHECK_FALSE(slow.wait_for(50ms));
    slow.cancel();
    CHECK_THROWS_AS(slow.get(), orm::operation_cancelled);
    CHECK(error_of(read(*transaction, "SELECT 1")) != "");
    CHECK(error_of(transaction->commit()) != "");
    CHECK(read(own.db, "SELECT 'alive'").get() == "alive");
    CHECK(numbers.content() == "");
}

TEST_CASE("a transaction whose connection is killed reports it, and rolling back has nothing to do") {
    const table_of_numbers numbers;
    own_database own(numbers.schema.url());
    auto transaction = orm::transaction::begin(own.db);
    write(*transaction, numbers.insert(1)).wait();
    const std::string pid = read(*transaction, "SELECT pg_backend_pid()::text").get();
    SUBCASE("between statements") {
        exec_sql("SELECT pg_terminate_backend(" + pid + ")");
        CHECK(eventually(own.db.loop(), [&] { return own.db.statistics().lost == 1; }));
        CHECK_THROWS_AS(read(*transaction, "SELECT 1").get(), orm::error);
    }
    SUBCASE("while a statement runs") {
        const auto slow = read(*transaction, "SELECT pg_sleep(60)::text");
        CHECK_FALSE(slow.wait_for(50ms));
        exec_sql("SELECT pg_terminate_backend(" + pid + ")");
        CHECK_THROWS_AS(slow.get(), orm::connection_lost);
        try {
            slow.get();
        } catch (const orm::connection_lost& lost) {
            CHECK(lost.outcome() == orm::outcome::not_run);
        } catch (const orm::error&) {
        }
    }
    CHECK(error_of(transaction->commit()) != "");
    CHECK(numbers.content() == "");
    CHECK(read(own.db, "SELECT 'alive'").get() == "alive");
}
