// Rows that come chunk by chunk, in plain code.
#include "shop_fixture.hpp"
#include "stream_fixture.hpp"

#include <asynchrormous/testing/rollback_scope.hpp>

#include <ranges>

using namespace library;
using namespace orm::literals;
using orm::F;
using orm::testing::captured_queries;
using test::by_title;
using test::filled_library;
using test::library_fixture;
using test::sent;
using test::strings;
using test::titles;
using test::titles_in;

namespace {

template <class Rows>
auto all_of(Rows rows) {
    std::vector<typename Rows::value_type> result;
    for (auto&& row : rows) result.push_back(std::move(row));
    return result;
}

struct Title {
    std::string title{};
    int pages = 0;
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

TEST_CASE_FIXTURE(test::random_shop, "related rows come in chunks, and load what is theirs") {
    for (const shop::User& user : shop::User::objects.order_by<"id">().iterator(2)) {
        const auto theirs = orders_of()(user);
        CHECK(all_of(user.orders.iterator(1)).size() == theirs.size());
        std::size_t lines = 0, expected = 0;
        for (const shop::Order& order : user.orders.prefetch_related<"lines__product">().iterator(1))
            for (const shop::Line& line : order.lines) lines += line.product.loaded();
        for (const shop::Order* order : theirs) expected += lines_of()(*order).size();
        CHECK(lines == expected);
    }
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

TEST_CASE_FIXTURE(filled_library, "streams need no prepared statements") {
    orm::database pooled = orm::connect(schema_url(), {.max_connections = 1, .prepare = false});
    const auto thick = by_title().using_(pooled).filter("pages__gt"_k = 200);
    CHECK(titles_in(thick.iterator(1)) == titles(thick));
    CHECK(titles_in(thick.iterator(2)) == titles(thick));
    pooled.close().get();
}

TEST_CASE_FIXTURE(filled_library, "an iterator is a range") {
    static_assert(std::ranges::input_range<decltype(by_title().iterator())>);
    auto rows = by_title().iterator(1);
    strings seen;
    for (const Book& each : rows | std::views::take(2)) seen.push_back(each.title);
    CHECK(seen == titles(by_title()[orm::slice(0, 2)]));
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
