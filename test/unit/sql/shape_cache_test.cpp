// Text of a shape that was seen before, with the values of the query that is asked now.
#include "tables.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace sql_test;

namespace {

query pages_between(const expression_ptr& low, const expression_ptr& high) {
    return query(book).filter(all_of({compare(lookup_kind::gte, of(book, "pages"), low),
                                      compare(lookup_kind::lte, of(book, "pages"), high)}));
}

std::string binds(const statement& made) {
    const std::string line = shown(made);
    return line.substr(line.find(" | ") + 3);
}

}  // namespace

TEST_CASE("a shape that was seen before is given the new values in their places") {
    const statement first = render_select(pages_between(num(1), num(2)).slice(3, 4));
    const statement second = render_select(pages_between(num(5), num(6)).slice(7, 8));
    CHECK(first.text == second.text);
    CHECK(binds(first) == "1, 2, 4, 3");
    CHECK(binds(second) == "5, 6, 8, 7");
}

TEST_CASE("a value that stands in two places is sent once, and not taken for two") {
    const expression_ptr shared = num(10);
    const statement one = render_select(pages_between(shared, shared));
    CHECK(binds(one) == "10");
    const statement two = render_select(pages_between(num(11), num(12)));
    CHECK(binds(two) == "11, 12");
    const statement again = render_select(pages_between(shared, shared));
    CHECK(again.text.str().size() <= two.text.str().size());
    CHECK(render_select(pages_between(num(13), num(14))).text == two.text);
}

TEST_CASE("values of subqueries are found") {
    const auto rated = [](int pages, int rating) {
        const query inner = query(book).filter(compare(lookup_kind::gt, of(book, "rating"), num(rating)));
        return query(author)
            .filter(
                compare(lookup_kind::in, of(author, "id"),
                        subquery(subquery_kind::scalar, inner.select({{{}, of(book, "author")}}), {}, int8)))
            .filter(compare(lookup_kind::exact, of(author, "age"), num(pages)));
    };
    const statement first = render_select(rated(1, 2));
    const statement second = render_select(rated(3, 4));
    CHECK(first.text == second.text);
    CHECK(binds(first) == "2, 1");
    CHECK(binds(second) == "4, 3");
}

TEST_CASE("a slice of nothing and none() are not remembered as rows") {
    const query rows = pages_between(num(1), num(2));
    CHECK_FALSE(render_select(rows.slice(0, 5)).empty);
    CHECK(render_select(rows.slice(0, 0)).empty);
    CHECK(render_select(rows.none()).empty);
}

TEST_CASE("a plain statement reads, and calls nothing but what is known only to compute") {
    const function volatile_one{"RANDOM()"};
    const auto calls = call(volatile_one, {}, int4);
    const query books{book};
    const auto among = [](const query& inner) {
        return query(author).filter(
            compare(lookup_kind::in, of(author, "id"), subquery(subquery_kind::scalar, inner, {}, int8)));
    };
    const query keys = books.select({{{}, of(book, "author")}});
    // Twice: as written, and as remembered.
    for (int round = 0; round < 2; ++round) {
        CHECK(render_select(pages_between(num(1), num(2))).plain);
        CHECK(render_select(among(keys)).plain);
        CHECK(render_select(books.select({{{}, agg("COUNT", of(book, "pages"))}})).plain);
        CHECK_FALSE(render_select(books.select({{{}, agg("MY_AGGREGATE", of(book, "pages"))}})).plain);
        CHECK_FALSE(render_select(books.select({{{}, calls}})).plain);
        CHECK_FALSE(render_select(pages_between(calls, num(2))).plain);
        CHECK_FALSE(render_select(books.order_by({{.by = calls}})).plain);
        CHECK_FALSE(
            render_select(among(keys.filter(compare(lookup_kind::lt, of(book, "pages"), calls)))).plain);
        CHECK_FALSE(render_select(books.filter(compare_by("{0} ~> {1}", of(book, "pages"), num(1)))).plain);
        CHECK_FALSE(render_delete(books).plain);
    }
}
