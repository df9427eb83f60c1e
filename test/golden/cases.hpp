// Query → SQL, one line of query and one of SQL. test/golden compares the text and the binds;
// test/server runs the same queries, so that no text here is one that PostgreSQL refuses.
// In the expected text `BOOK` stands for the list of Book's columns.
#pragma once

#include "../support/library.hpp"

#include <string_view>
#include <vector>

namespace golden {

using library::Author;
using library::Book;
using library::Country;
using orm::F;
using orm::Q;
using namespace orm::literals;

using binds = std::vector<std::string_view>;

// clang-format off
template <class Check>
void lookups(Check check) {
    check(Book::objects.filter("pages"_k = 300), R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" = $1)", {"300"});
    check(Book::objects.filter("pages__exact"_k = 300), R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" = $1)", {"300"});
    check(Book::objects.filter("pages__gt"_k = 300), "", {});
    check(Book::objects.filter("pages__gte"_k = 300), "", {});
    check(Book::objects.filter("pages__lt"_k = 300), "", {});
    check(Book::objects.filter("pages__lte"_k = 300), "", {});
    check(Book::objects.filter("pages__range"_k = std::pair(100, 300)), "", {});
    check(Book::objects.filter("pages__in"_k = {1, 2, 3}), "", {});
    check(Book::objects.filter("title__iexact"_k = "Tehanu"), "", {});
    check(Book::objects.filter("title__contains"_k = "50%_\\"), "", {});
    check(Book::objects.filter("title__icontains"_k = "sea"), "", {});
    check(Book::objects.filter("title__startswith"_k = "The"), "", {});
    check(Book::objects.filter("title__istartswith"_k = "the"), "", {});
    check(Book::objects.filter("title__endswith"_k = "Tale"), "", {});
    check(Book::objects.filter("title__iendswith"_k = "tale"), "", {});
    check(Book::objects.filter("title__regex"_k = "^T.*u$"), "", {});
    check(Book::objects.filter("title__iregex"_k = "^t"), "", {});
    check(Book::objects.filter("pages__startswith"_k = "3"), "", {});
    check(Book::objects.filter("published__isnull"_k = true), "", {});
    check(Book::objects.filter("published__isnull"_k = false), "", {});
    check(Book::objects.filter("in_print"_k = true), "", {});
    check(Book::objects.filter("binding"_k = library::binding::hardcover), "", {});
    check(Book::objects.filter("keywords"_k = std::vector<std::string>{"sea", "dragon"}), "", {});
    check(Book::objects.filter("details"_k = nlohmann::json{{"a", 1}}), "", {});
    check(Book::objects.filter("price__gte"_k = 9.5), "", {});
    check(Book::objects.filter("price__gte"_k = 9), "", {});
}

template <class Check>
void dates(Check check) {
    check(Book::objects.filter("published__year"_k = 1968), "", {});
    check(Book::objects.filter("published__year__gt"_k = 1968), "", {});
    check(Book::objects.filter("published__year__lte"_k = 1968), "", {});
    check(Book::objects.filter("published__year__range"_k = std::pair(1968, 1972)), "", {});
    check(Book::objects.filter("published__year__in"_k = {1968, 1971}), "", {});
    check(Book::objects.filter("created__year"_k = 2024), "", {});
    check(Book::objects.filter("published__month"_k = 9), "", {});
    check(Book::objects.filter("published__week_day"_k = 1), "", {});
    check(Book::objects.filter("published__iso_week_day"_k = 7), "", {});
    check(Book::objects.filter("created__hour"_k = 13), "", {});
    check(Book::objects.filter("created__date"_k = orm::date(std::chrono::year(2024) / 2 / 29)), "", {});
}

// NULL and values that no column holds.
template <class Check>
void nulls(Check check) {
    check(Book::objects.filter("published"_k = std::nullopt), "", {});
    check(Book::objects.exclude("published"_k = std::nullopt), "", {});
    check(Book::objects.exclude("stars"_k = 3), "", {});
    check(Book::objects.exclude("stars__gt"_k = 3), "", {});
    check(Book::objects.exclude("pages"_k = 3), "", {});
    check(Book::objects.filter("stars__in"_k = std::vector<std::optional<int>>{1, std::nullopt}), "", {});
    check(Book::objects.exclude("stars__in"_k = std::vector<std::optional<int>>{1, std::nullopt}), "", {});
    check(Book::objects.filter("stars__in"_k = std::vector<int>{}), "", {});
    check(Book::objects.exclude("stars__in"_k = std::vector<int>{}), "", {});
    check(Book::objects.filter("pages"_k = std::int64_t{1} << 40), "", {});
    check(Book::objects.filter("pages__lt"_k = std::int64_t{1} << 40), "", {});
    check(Book::objects.filter(Q("pages"_k = std::int64_t{1} << 40) || Q("title"_k = "x")), "", {});
    check(Book::objects.none(), "", {});
}

template <class Check>
void joins(Check check) {
    check(Book::objects.filter("author"_k = 7), "", {});
    check(Book::objects.filter("author_id"_k = 7), "", {});
    check(Book::objects.filter("author__id"_k = 7), "", {});
    check(Book::objects.filter("author__pk__in"_k = {7, 8}), "", {});
    check(Book::objects.filter("author__name"_k = "Ursula"), "", {});
    check(Book::objects.filter("author__name"_k = "Ursula", "author__born__isnull"_k = true), "", {});
    check(Book::objects.filter("author__country__name__icontains"_k = "states"), "", {});
    check(Book::objects.filter("editor__name"_k = "Jo"), "", {});
    check(Book::objects.exclude("editor__name"_k = "Jo"), "", {});
    check(Book::objects.filter("editor__isnull"_k = true), "", {});
    check(Book::objects.filter("editor__name__isnull"_k = true), "", {});
    check(Book::objects.filter(Q("editor__name"_k = "Jo") || Q("pages__gt"_k = 300)), "", {});
    check(Book::objects.filter(Q("editor__name"_k = "Jo") || Q("pages__gt"_k = 300)).filter("editor__name"_k = "Al"), "", {});
    check(Book::objects.filter("sequel_of__sequel_of__title"_k = "A Wizard of Earthsea"), "", {});
    check(Book::objects.filter(!(Q("editor__name"_k = "Jo") && Q("author__name"_k = "Al"))), "", {});
    check(Author::objects.filter("country"_k = "us"), "", {});
    check(Author::objects.filter("country__code"_k = "us"), "", {});
}

template <class Check>
void fields(Check check) {
    check(Book::objects.filter(F<&Book::pages> > 300), "", {});
    check(Book::objects.filter(F<&Book::author, &Author::name>.icontains("guin")), "", {});
    check(Book::objects.filter("pages__gt"_k = F<"price">), "", {});
    check(Book::objects.filter("title__icontains"_k = F<"author__name">), "", {});
    check(Book::objects.filter("author__name"_k = F<"editor__name">), "", {});
    check(Book::objects.exclude("pages"_k = F<"stars">), "", {});
    check(Book::objects.filter(F<"pages">.in_list({1, 2}) && !(F<"title"> == "x")), "", {});
}

template <class Check>
void orders(Check check) {
    check(Book::objects.order_by<"-pages", "title">(), "", {});
    check(Book::objects.all(), "", {});
    check(Book::objects.reverse(), "", {});
    check(Book::objects.order_by(), "", {});
    check(Book::objects.order_by<"author">(), "", {});
    check(Book::objects.order_by<"author_id">(), "", {});
    check(Author::objects.order_by<"-country">(), "", {});
    check(Book::objects.order_by<"editor__name">(), "", {});
    check(Book::objects.order_by(F<&Book::author, &Author::name>.desc(), F<&Book::title>.asc()), "", {});
    check(Book::objects.order_by<&Book::pages>(), "", {});
    check(Book::objects.order_by<"-pk">()[orm::slice(5)][orm::slice(0, 2)], "", {});
    check(Book::objects.limit(3), "", {});
    check(Book::objects.offset(3), "", {});
    check(Book::objects.order_by().distinct(), "", {});
    check(Country::objects.distinct(), "", {});
}

template <class Check>
void columns(Check check) {
    check(Book::objects.order_by().values<"title", "author__name">(), "", {});
    check(Book::objects.order_by().values_list<"title", "pages">(), "", {});
    check(Book::objects.order_by().values_list<"editor__country__name">(), "", {});
    check(Book::objects.order_by().values_list<"author">(), "", {});
    check(Book::objects.order_by<"author__name">().values_list<"title">().distinct(), "", {});
}
// clang-format on

template <class Check>
void each(Check check) {
    lookups(check);
    dates(check);
    nulls(check);
    joins(check);
    fields(check);
    orders(check);
    columns(check);
}

}  // namespace golden
