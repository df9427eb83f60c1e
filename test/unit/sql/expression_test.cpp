#include "tables.hpp"

#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

expression_ptr title_is(std::string value) { return eq(book, "title", str(std::move(value))); }

std::string rendered(const expression_ptr& condition) { return where(query(book).filter(condition)); }

}  // namespace

TEST_CASE("the shape of a tree ignores bound values and nothing else") {
    CHECK(title_is("a")->shape() == title_is("b")->shape());
    CHECK(title_is("a")->shape() != eq(book, "pages", str("a"))->shape());
    CHECK(title_is("a")->shape() != eq(book, "title", num(1))->shape());
    CHECK(title_is("a")->shape() != compare(lookup_kind::iexact, of(book, "title"), str("a"))->shape());
    CHECK(title_is("a")->shape() != negate(title_is("a"))->shape());
    CHECK(of(book, "author__name")->shape() != of(book, "editor__name")->shape());
    CHECK(of(book, "published")->shape() !=
          call({"EXTRACT(YEAR FROM {0})::int"}, of(book, "published"), int4)->shape());
    CHECK(is_null(of(book, "rating"), true)->shape() != is_null(of(book, "rating"), false)->shape());
    CHECK(all_of({title_is("a"), title_is("b")})->shape() != any_of({title_is("a"), title_is("b")})->shape());
}

TEST_CASE("groups of the same connector are flattened, a group of one is its child") {
    const auto a = title_is("a"), b = title_is("b"), c = title_is("c");
    CHECK(all_of({all_of({a, b}), c})->shape() == all_of({a, b, c})->shape());
    CHECK(any_of({any_of({a, b}), c})->shape() == any_of({a, b, c})->shape());
    CHECK(any_of({all_of({a, b}), c})->shape() != any_of({a, b, c})->shape());
    CHECK(all_of({a}) == a);
    CHECK(any_of({any_of({a})}) == a);
    CHECK(rendered(all_of({negate(all_of({a, b})), c})) ==
          R"(NOT ("book"."title" = $1 AND "book"."title" = $2) AND "book"."title" = $3 | a, b, c)");
}

TEST_CASE("negating twice gives the condition back") {
    const auto a = title_is("a");
    CHECK(negate(negate(a)) == a);
    const auto either = any_of({a, title_is("b")});
    CHECK(negate(negate(either))->shape() == either->shape());
}

TEST_CASE("nothing and everything are pruned from groups, negation swaps them") {
    const auto a = title_is("a");
    CHECK(all_of({a, everything()}) == a);
    CHECK(any_of({a, nothing()}) == a);
    CHECK(shown(render_select(query(book).filter(all_of({a, nothing()})))) == "no query");
    CHECK(rendered(any_of({a, everything()})).empty());
    CHECK(any_of({a, everything()})->shape() == everything()->shape());
    CHECK(any_of({nothing(), nothing()})->shape() == nothing()->shape());
    CHECK(negate(nothing())->shape() == everything()->shape());
    CHECK(negate(everything())->shape() == nothing()->shape());
    CHECK(negate(all_of({a, nothing()}))->shape() == everything()->shape());
}

TEST_CASE("no condition is left out of groups, and its negation is none either") {
    const auto a = title_is("a");
    CHECK(all_of({nullptr, a}) == a);
    CHECK(any_of({a, nullptr}) == a);
    CHECK_FALSE(all_of({}));
    CHECK_FALSE(any_of({nullptr, nullptr}));
    CHECK_FALSE(negate(all_of({})));
    CHECK_FALSE(render_select(query(book).exclude(any_of({}))).empty);
    CHECK(rendered(all_of({})).empty());
    CHECK(any_of({nullptr, nothing()})->shape() == nothing()->shape());
}

TEST_CASE("comparing with NULL is isnull for exact and iexact, and an error otherwise") {
    const auto null = [] { return value({text, std::nullopt}); };
    CHECK(rendered(eq(book, "rating", null())) == R"("book"."rating" IS NULL)");
    CHECK(rendered(compare(lookup_kind::iexact, of(book, "title"), null())) == R"("book"."title" IS NULL)");
    CHECK_THROWS_WITH_AS(compare(lookup_kind::gt, of(book, "rating"), null()), doctest::Contains("isnull"),
                         orm::query_error);
    CHECK_THROWS_WITH_AS(between(of(book, "rating"), null(), num(1)), doctest::Contains("gte or lte"),
                         orm::query_error);
}

TEST_CASE("range and isnull are conditions of their own") {
    CHECK_THROWS_AS(compare(lookup_kind::range, of(book, "rating"), num(1)), orm::query_error);
    CHECK_THROWS_AS(compare(lookup_kind::isnull, of(book, "rating"), num(1)), orm::query_error);
}
