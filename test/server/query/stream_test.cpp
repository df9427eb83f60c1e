// Rows that come chunk by chunk, in plain code.
#include "fixture.hpp"

#include <asynchrormous/runtime/hooks.hpp>
#include <asynchrormous/testing/captured_queries.hpp>
#include <asynchrormous/testing/rollback_scope.hpp>

#include <algorithm>
#include <stdexcept>

using namespace library;
using namespace orm::literals;
using orm::F;
using orm::testing::captured_queries;
using test::filled_library;
using test::library_fixture;
using test::strings;
using test::titles;

namespace {

// A QuerySet keeps its rows, so each use has its own.
auto by_title() { return Book::objects.order_by<"title">(); }

// A stream is gone through once, so it is taken by value.
template <class Rows>
strings titles_in(Rows rows) {
    strings result;
    for (const Book& book : rows) result.push_back(book.title);
    return result;
}

template <class Rows>
auto all_of(Rows rows) {
    std::vector<typename Rows::value_type> result;
    for (auto&& row : rows) result.push_back(std::move(row));
    return result;
}

std::size_t sent(const captured_queries& captured, std::string_view beginning) {
    const auto& all = captured.all();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& each) {
        return std::string_view(each.text).starts_with(beginning);
    }));
}

// What is over leaves its connection to others: with the next query's answer that is so.
int connections_held(const orm::database& db) {
    static_cast<void>(Book::objects.count());
    return db.statistics().owned;
}

struct Title {
    std::string title{};
    int pages = 0;
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

}  // namespace

TEST_CASE_FIXTURE(filled_library, "an iterator gives the rows of its QuerySet, whatever the chunks") {
    const strings all = titles(by_title());
    for (int chunk : {1, 2, 4, 5, 6, 2000}) {
        CAPTURE(chunk);
        CHECK(titles_in(by_title().iterator(chunk)) == all);
    }
    const auto thick = by_title().filter("pages__gt"_k = 200, "author__name__contains"_k = "e");
    CHECK(titles_in(thick.iterator(2)) == titles(thick));
    CHECK(titles_in(by_title()[orm::slice(1, 4)].iterator(2)) == strings(all.begin() + 1, all.begin() + 4));
    CHECK(titles_in(thick.union_(by_title().filter("pages__lt"_k = 100)).iterator(2)).size() ==
          titles(thick).size() + 1);
    CHECK(titles_in(by_title().filter("pages__gt"_k = 9999).iterator()).empty());
    CHECK(titles_in(Book::objects.iterator()) == titles(Book::objects.all()));
    CHECK_THROWS_AS(static_cast<void>(by_title().iterator(0)), orm::query_error);
    const captured_queries nothing;
    CHECK(titles_in(by_title().none().iterator()).empty());
    CHECK(nothing.all().empty());
}

TEST_CASE_FIXTURE(filled_library, "rows of every kind come in chunks") {
    CHECK(all_of(by_title().values_list<"title">().iterator(2)) == by_title().values_list<"title">().rows());
    CHECK(all_of(by_title().values_list<"in_print">().iterator(2)) ==
          by_title().values_list<"in_print">().rows());
    CHECK(all_of(by_title().values_list<"title", "stars">().iterator(2)) ==
          by_title().values_list<"title", "stars">().rows());
    CHECK(all_of(by_title().values<"title", "pages">().iterator(2)) ==
          by_title().values<"title", "pages">().rows());
    strings made;
    for (const Title& each : by_title().to<Title>().iterator(2)) made.push_back(each.title);
    CHECK(made == titles(by_title()));
    for (const auto& each : by_title().annotate("twice"_k = F<"pages"> * 2).iterator(2))
        CHECK(each["twice"_k] == each.pages * 2);
    for (const auto& each : by_title().only<"title">().iterator(2)) CHECK(!each["title"_k].empty());
}

TEST_CASE_FIXTURE(filled_library, "what comes with the rows comes with each chunk") {
    for (const Book& each : by_title().select_related<"author", "editor">().iterator(2)) {
        CHECK(each.author.loaded());
        CHECK(!each.author->name.empty());
        if (each.editor) CHECK(each.editor->loaded());
    }
    const captured_queries queries;
    std::size_t rows = 0;
    for (const Book& each : by_title().prefetch_related<"author__country">().iterator(2)) {
        CHECK(each.author.loaded());
        CHECK((!each.author->country || each.author->country->loaded()));
        ++rows;
    }
    CHECK(rows == 5);
    CHECK(sent(queries, "FETCH FORWARD 2 ") == 3);
    CHECK(sent(queries, "BEGIN") == 1);
    CHECK(sent(queries, "SELECT") <= 6);  // authors and countries of each of three chunks
    CHECK(sent(queries, "SELECT") >= 4);
}

TEST_CASE_FIXTURE(filled_library, "no more than one chunk is fetched ahead") {
    const captured_queries queries;
    std::size_t row = 0;
    for (const Book& each : by_title().iterator(1)) {
        static_cast<void>(each);
        CHECK(sent(queries, "FETCH") == ++row + 1);
    }
    CHECK(row == 5);
    CHECK(sent(queries, "BEGIN READ ONLY") == 1);
    CHECK(sent(queries, "DECLARE") == 1);
    CHECK(sent(queries, "COMMIT") == 1);
}

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

TEST_CASE_FIXTURE(filled_library, "inside of a transaction others may ask between the rows") {
    orm::atomic([&] {
        Book::objects.create({.title = "Zoo", .pages = 1, .author = ursula});
        const captured_queries queries;
        strings seen;
        for (const Book& each : by_title().iterator(2)) {
            seen.push_back(each.title);
            CHECK(db().statistics().owned == 1);
            CHECK(Book::objects.get("id"_k = each.id).title == each.title);
            orm::atomic([&] { Book::objects.filter("id"_k = each.id).update("stars"_k = 3); });
        }
        CHECK(seen == titles(by_title()));
        CHECK(sent(queries, "BEGIN") == 0);
        CHECK(sent(queries, "CLOSE") == 1);
        CHECK(Book::objects.filter("stars"_k = 3).count() == 6);
    });
    CHECK(connections_held(db()) == 0);
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
        std::size_t pairs = 0;
        for (const Book& outer : by_title().iterator(2))
            for (const Book& inner : by_title().iterator(2)) pairs += outer.id != inner.id;
        CHECK(pairs == 20);
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

TEST_CASE_FIXTURE(filled_library, "a query that may write can do so") {
    plain().exec("CREATE SEQUENCE counter");
    const auto numbered =
        by_title().annotate("n"_k = orm::Func<"nextval('counter') + {0} * 0", std::int64_t>(F<"pages">));
    std::int64_t last = 0;
    for (const auto& each : numbered.iterator(2)) last = each["n"_k];
    CHECK(last == 5);
}

TEST_CASE_FIXTURE(filled_library, "in a rollback_scope, too, others may ask between the rows") {
    const orm::testing::rollback_scope scope;
    Book::objects.create({.title = "Zoo", .pages = 1, .author = ursula});
    strings seen;
    for (const Book& each : by_title().iterator(1)) seen.push_back(Book::objects.get("id"_k = each.id).title);
    CHECK(seen == titles(by_title()));
    CHECK_THROWS_AS(all_of(by_title().annotate("n"_k = 1000 / (F<"pages"> - 223)).iterator(1)),
                    orm::data_error);
    CHECK(titles_in(by_title().iterator(1)).size() == 6);
}

TEST_CASE_FIXTURE(filled_library, "chunks are read from the database that was chosen") {
    library_fixture other;
    Author::objects.create({.name = "elsewhere"});
    CHECK(titles_in(by_title().using_(db()).iterator(2)).size() == 5);
    CHECK(titles_in(by_title().iterator(2)).empty());
    orm::atomic([&] { CHECK(titles_in(by_title().using_(db()).iterator(2)).size() == 5); });
    for (const Book& each : by_title().using_(db()).iterator(2)) CHECK(!each.author->name.empty());
    db().make_current();
}
