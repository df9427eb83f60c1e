// NULLs in conditions: of columns, which exclude() keeps; of expressions; in lists; as values. And integers
// that no column holds.
#include "oracle.hpp"

#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/cast.hpp>

#include <limits>

using orm::Coalesce, orm::F, orm::Q;

namespace oracle {

namespace {

using texts = std::vector<std::optional<std::string>>;
using numbers = std::vector<std::optional<int>>;

template <class Rows>
auto keys(const Rows& rows) {
    return rows.template order_by<"pk">().template values_list<"pk">();
}

template <class... Terms>
void excluded(std::string_view name, const Terms&... terms) {
    check(name, keys(Book::objects.exclude(terms...)));
}

void check_columns() {
    excluded("lt", "stars__lt"_k = 3);
    excluded("gte", "stars__gte"_k = 3);
    excluded("lte", "stars__lte"_k = 0);
    excluded("date", "published"_k = orm::date(1964, 2, 29));
    excluded("date lt", "published__lt"_k = orm::date(1962, 1, 1));
    excluded("moment", "checked__gte"_k = *orm::timestamptz::parse("1962-01-01 00:00:00+00"));
    excluded("uuid", "isbn"_k = orm::uuid("01000000-0000-0000-0000-000000000002"));
    excluded("uuid in", "isbn__in"_k = {orm::uuid("01000000-0000-0000-0000-000000000002")});
    excluded("startswith", "subtitle__startswith"_k = "E");
    excluded("istartswith", "subtitle__istartswith"_k = "e");
    excluded("endswith", "subtitle__endswith"_k = "n");
    excluded("iregex", "subtitle__iregex"_k = "^e");
    excluded("year", "published__year"_k = 1962);
    excluded("year gt", "published__year__gt"_k = 1962);
    excluded("nullable key gt", "editor__gt"_k = 20);
    excluded("nullable column on the right", "pages__lt"_k = F<"stars">);
    excluded("nullable columns on both sides", "stars"_k = F<"stars">);
    excluded("nullable column behind a hop on the right", "stars__lt"_k = F<"author__rating">);
    excluded("not null column", "pages__gt"_k = 100);
    excluded("or with a NULL", Q("stars__gt"_k = 3) || Q("subtitle"_k = std::nullopt));
}

void check_expressions_of_nulls() {
    const auto counted = Book::objects.annotate("a"_k = F<"stars"> + 1);
    check("annotation", keys(counted.exclude("a"_k = 3)));
    check("annotation gt", keys(counted.exclude("a__gt"_k = 3)));
    check("annotation in", keys(counted.exclude("a__in"_k = {3, 4})));
    check("annotation of two columns",
          keys(Book::objects.annotate("a"_k = F<"stars"> + F<"pages">).exclude("a__gt"_k = 100)));
    check("annotation of a function",
          keys(Book::objects.annotate("a"_k = orm::Length(F<"subtitle">)).exclude("a__lt"_k = 5)));
    check(
        "annotation of a case",
        keys(Book::objects.annotate("a"_k = orm::Case(orm::When("stars__gt"_k = 2, 1))).exclude("a"_k = 1)));
    check("annotation that is never NULL",
          keys(Book::objects.annotate("a"_k = Coalesce(F<"stars">, 0)).exclude("a"_k = 3)));
    check("annotation of a sum",
          keys(Author::objects.annotate("a"_k = orm::sum<"books__stars">).exclude("a__lt"_k = 10)));
    check("condition", keys(Book::objects.exclude(F<"stars"> == 1)));
    check("condition of a sum", keys(Book::objects.exclude(F<"stars"> + 1 > 3)));
    check("condition on columns", keys(Book::objects.exclude(F<"stars"> < F<"pages">)));
    check("condition behind a hop", keys(Book::objects.exclude(F<"editor__rating"> * 2 > 3.0)));
    check("transform", keys(Book::objects.exclude("subtitle__length__gt"_k = 5)));
    check("not (column and expression)", keys(counted.filter(!(Q("a__gt"_k = 3) && Q("pages__gt"_k = 100)))));
    check("not (column or expression)", keys(counted.filter(!(Q("a__gt"_k = 3) || Q("pages__gt"_k = 100)))));
}

void check_lists() {
    check("list, numbers with NULL", keys(Book::objects.filter("stars__in"_k = numbers{1, std::nullopt})));
    check("list, only NULLs",
          keys(Book::objects.filter("stars__in"_k = numbers{std::nullopt, std::nullopt})));
    check("list, or",
          keys(Book::objects.filter(Q("stars__in"_k = numbers{1, std::nullopt}) || Q("pages"_k = 25))));
    check("list behind a nullable hop",
          keys(Book::objects.filter("editor__name__in"_k = texts{"Ada", std::nullopt})));
    check("list of keys", keys(Book::objects.filter(
                              "editor__in"_k = std::vector<std::optional<std::int64_t>>{3, std::nullopt})));
    excluded("list, numbers with NULL, excluded", "stars__in"_k = numbers{1, std::nullopt});
    excluded("list, only NULLs, excluded", "stars__in"_k = numbers{std::nullopt});
    excluded("list behind a nullable hop, excluded", "editor__name__in"_k = texts{"Ada", std::nullopt});
    excluded("list of nothing, excluded", "stars__in"_k = numbers{});
    check("list of nothing, or",
          keys(Book::objects.filter(Q("stars__in"_k = numbers{}) || Q("pages"_k = 25))));
    check("list of nothing, not", keys(Book::objects.filter(!Q("stars__in"_k = numbers{}), "pages"_k = 25)));
    check("list of nothing, counted", [] { return Book::objects.filter("stars__in"_k = numbers{}).count(); });
    check("list of nothing, exists", [] { return Book::objects.filter("stars__in"_k = numbers{}).exists(); });
    check("list of nothing over many", keys(Author::objects.filter("books__in"_k = std::vector<int>{})));
    check("list of nothing over many, excluded",
          keys(Author::objects.exclude("books__stars__in"_k = numbers{})));
}

void check_values_of_null() {
    check("NULL key", keys(Book::objects.filter("editor"_k = std::nullopt)));
    check("NULL key's column", keys(Book::objects.filter("editor__rating"_k = std::nullopt)));
    check("NULL by iexact", keys(Book::objects.filter("editor__name__iexact"_k = std::nullopt)));
    check("NULL by iexact over many",
          keys(Author::objects.filter("books__subtitle__iexact"_k = std::nullopt)));
    check("NULL over many to many", keys(Book::objects.filter("tags"_k = std::nullopt)));
    check("NULL array element", keys(Book::objects.filter("keywords__2"_k = std::nullopt)));
    check("NULL date", keys(Book::objects.filter("published"_k = std::optional<orm::date>())));
    excluded("NULL key, excluded", "editor"_k = std::nullopt);
    excluded("NULL by iexact, excluded", "subtitle__iexact"_k = std::nullopt);
    excluded("NULL behind a hop, excluded", "editor__rating"_k = std::nullopt);
    check("NULL annotation",
          keys(Book::objects.annotate("a"_k = F<"stars"> + 1).filter("a"_k = std::nullopt)));
    check("NULL or a value", keys(Book::objects.filter(Q("stars"_k = std::nullopt) || Q("stars"_k = 1))));
    check("NULL and a value", keys(Book::objects.filter("stars"_k = std::nullopt, "pages__gt"_k = 200)));
}

void check_integers() {
    constexpr std::int64_t huge = std::int64_t{1} << 40;
    constexpr std::int64_t least = -huge;
    check("too large for a column behind a hop", keys(Book::objects.filter("sequel_of__pages"_k = huge)));
    check("lt too large behind a hop", keys(Book::objects.filter("sequel_of__pages__lt"_k = huge)));
    check("gt too small behind a nullable hop", keys(Book::objects.filter("sequel_of__stars__gt"_k = least)));
    check("too large over many", keys(Author::objects.filter("books__pages"_k = huge)));
    check("too large over many, excluded", keys(Author::objects.exclude("books__pages"_k = huge)));
    check("too large or", keys(Book::objects.filter(Q("pages"_k = huge) || Q("stars"_k = 1))));
    check("too large and", keys(Book::objects.filter("pages"_k = huge, "stars"_k = 1)));
    check("not too large", keys(Book::objects.filter(!Q("pages"_k = huge))));
    check("too small", keys(Book::objects.filter("pages"_k = least)));
    check("gte too small", keys(Book::objects.filter("pages__gte"_k = least)));
    check("lte too small", keys(Book::objects.filter("pages__lte"_k = least)));
    check("gt too large, counted", [=] { return Book::objects.filter("pages__gt"_k = huge).count(); });
    check("in too large, over many",
          keys(Author::objects.filter("books__pages__in"_k = {huge, std::int64_t{25}})));
    check("too large for a score", keys(Review::objects.filter("score"_k = huge)));
    check("as an annotation's value",
          keys(Book::objects.annotate("a"_k = F<"pages"> * huge).filter("a__gt"_k = huge * 100)));
    check("compared with a sum", keys(Book::objects.filter(F<"pages"> + huge > huge + 100)));
}

}  // namespace

void check_nulls() {
    begin_topic("nulls");
    check_columns();
    check_expressions_of_nulls();
    check_lists();
    check_values_of_null();
    check_integers();
}

}  // namespace oracle
