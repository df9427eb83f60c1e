// How streams end: at their last row, earlier, by an error; and what of them is left then, which is nothing.
#include "stream_fixture.hpp"

#include <stdexcept>

using namespace library;
using namespace orm::literals;
using orm::F;
using orm::testing::captured_queries;
using test::by_title;
using test::filled_library;
using test::sent;
using test::strings;
using test::titles;
using test::titles_in;

namespace {

// What is over leaves its connection to others: with the next query's answer that is so.
int connections_held(const orm::database& db) {
    static_cast<void>(Book::objects.count());
    return db.statistics().owned;
}

int unobserved = 0;

struct count_unobserved {
    count_unobserved()
        : before(orm::set_unobserved_error_hook([](std::exception_ptr) noexcept { ++unobserved; })) {
        unobserved = 0;
    }
    ~count_unobserved() { orm::set_unobserved_error_hook(before); }
    orm::error_hook before;
};

}  // namespace

TEST_CASE_FIXTURE(filled_library, "a stream holds a connection until its end, or until it is left") {
    for (const Book& each : by_title().iterator(2)) {
        static_cast<void>(each);
        CHECK(db().statistics().owned <= 1);
    }
    CHECK(connections_held(db()) == 0);
    const count_unobserved counting;
    for (int stop = 0; stop < 5; ++stop) {
        int row = 0;
        for (const Book& each : by_title().iterator(1)) {
            static_cast<void>(each);
            CHECK(db().statistics().owned >= 1);
            if (row++ == stop) break;
        }
        CHECK(titles(by_title()).size() == 5);
    }
    CHECK_THROWS_AS(
        [] {
            for (const Book& each : by_title().iterator(1)) throw std::runtime_error(each.title);
        }(),
        std::runtime_error);
    {
        const auto never_read = by_title().iterator(1);
    }
    while (db().statistics().owned > 0) static_cast<void>(Book::objects.count());
    CHECK(plain().value("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'") ==
          "0");
    CHECK(unobserved == 0);
}

TEST_CASE_FIXTURE(filled_library, "several streams may be open in one transaction, and leave no cursors") {
    const auto cursors = [] {
        return Author::objects
            .raw(
                "SELECT count(*) AS id, '' AS name, NULL::date AS born, NULL AS country_id FROM pg_cursors "
                "WHERE name <> ''")
            .at(0)
            .id;
    };
    orm::atomic([&] {
        const captured_queries queries;
        std::size_t pairs = 0;
        for (const Book& outer : by_title().iterator(2))
            for (const Book& inner : by_title().iterator(2)) pairs += outer.id != inner.id;
        CHECK(pairs == 20);
        CHECK(sent(queries, "DECLARE") == 6);
        CHECK(sent(queries, "DECLARE orm_4 ") == 0);  // the name of a cursor that is closed is used again
        CHECK(cursors() == 0);
        for (int stop = 1; stop < 5; ++stop) {
            int row = 0;
            for (const Book& each : by_title().iterator(1)) {
                static_cast<void>(each);
                if (row++ == stop) break;
            }
            CHECK(cursors() == 0);
        }
        {
            const auto never_read = by_title().iterator(1);
        }
        CHECK(cursors() == 0);
        // Within a nested one that is undone: its cursor goes with it, whatever comes afterwards.
        CHECK_THROWS_AS(orm::atomic([&] {
                            for (const Book& each : by_title().iterator(1))
                                throw std::runtime_error(each.title);
                        }),
                        std::runtime_error);
        CHECK(titles_in(by_title().iterator(1)).size() == 5);
        CHECK(cursors() == 0);
    });
}

TEST_CASE_FIXTURE(filled_library, "a stream is read on inside of a nested transaction, not after its own") {
    orm::atomic([&] {
        auto rows = by_title().iterator(1);
        auto at = rows.begin();
        strings seen{at->title};
        CHECK_THROWS_AS(orm::atomic([&] {
                            seen.push_back((++at)->title);
                            throw std::runtime_error("undone");
                        }),
                        std::runtime_error);
        orm::atomic([&] {
            while (++at != rows.end()) seen.push_back(at->title);
        });
        CHECK(seen == titles(by_title()));
    });
    std::optional<decltype(by_title().iterator(1))> outlived;
    orm::atomic([&] {
        outlived.emplace(by_title().iterator(1));
        CHECK(outlived->begin()->title == titles(by_title()).front());
    });
    auto at = outlived->begin();
    CHECK_THROWS_AS(
        [&] {
            while (at != outlived->end()) ++at;
        }(),
        orm::error);
}

TEST_CASE_FIXTURE(filled_library, "an error in the middle names the statement") {
    const auto failing = Book::objects.order_by().annotate("n"_k = 1000 / (F<"pages"> - 223));
    int rows = 0;
    std::string what;
    try {
        for (const auto& each : failing.iterator(1)) rows += static_cast<bool>(each.id);
    } catch (const orm::data_error& e) {
        what = e.what();
        CHECK(e.sqlstate() == "22012");
    }
    CHECK(rows == 2);  // "The Farthest Shore" is the third
    CHECK(what.find("\"library_book\".\"title\"") != std::string::npos);
    CHECK(connections_held(db()) == 0);

    // Left with the chunk on its way that fails: the transaction knows, and nobody else hears of it.
    const count_unobserved counting;
    CHECK_THROWS_AS(orm::atomic([&] {
                        int row = 0;
                        for (const auto& each : failing.iterator(1))
                            if (each.id != 0 && ++row == 2) break;
                    }),
                    orm::transaction_aborted);
    CHECK(unobserved == 0);

    plain().exec("ALTER TABLE library_book RENAME COLUMN price TO cost");
    CHECK_THROWS_AS(titles_in(by_title().iterator()), orm::programming_error);
    try {
        titles_in(by_title().iterator());
    } catch (const orm::database_error& e) {
        CHECK(e.sql().starts_with("DECLARE"));
    }
    while (db().statistics().owned > 0) static_cast<void>(Author::objects.count());
    plain().exec("ALTER TABLE library_book RENAME COLUMN cost TO price");
    CHECK(titles_in(by_title().iterator()).size() == 5);
}

TEST_CASE_FIXTURE(filled_library, "streams lock rows inside of a transaction only") {
    CHECK_THROWS_AS(static_cast<void>(by_title().select_for_update().iterator()),
                    orm::transaction_management_error);
    orm::atomic([&] {
        auto rows = by_title().select_for_update().iterator(5);
        CHECK(rows.begin()->title == titles(by_title()).front());
        CHECK_THROWS(plain().exec("SELECT * FROM library_book FOR UPDATE NOWAIT"));
    });
}

TEST_CASE_FIXTURE(filled_library, "a server that ends the connection ends the stream") {
    auto rows = by_title().iterator(1);
    auto at = rows.begin();
    plain().exec(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'FETCH FORWARD 1 %'");
    CHECK_THROWS_AS(
        [&] {
            while (at != rows.end()) ++at;
        }(),
        orm::operational_error);
    CHECK(titles_in(by_title().iterator(1)).size() == 5);
}
