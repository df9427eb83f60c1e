// Transforms, and the lookups of arrays, JSON and text: condition → WHERE and binds. test/golden compares the
// text, test/server runs each one and its negation.
#pragma once

#include "../support/library.hpp"

#include <chrono>
#include <string_view>
#include <vector>

template <>
struct orm::lookup<"not_equal"> {
    static constexpr std::string_view text = "{0} <> {1}";
};

template <>
struct orm::lookup<"like"> {
    static constexpr std::string_view text = "{0} LIKE {1}";
    static constexpr orm::type_set of = orm::types::texts;
    static constexpr orm::operand right = orm::operand::text;
};

template <>
struct orm::transform<"initials"> {
    static constexpr std::string_view text = "REGEXP_REPLACE({0}, '(\\w)\\w* ?', '\\1', 'g')";
    static constexpr orm::type_set of = orm::types::texts;
    using result = std::string;
};

template <>
struct orm::transform<"folded"> {
    static constexpr std::string_view text = "LOWER({0})";
    static constexpr std::string_view other = "LOWER({0})";
    static constexpr orm::type_set of = orm::types::texts;
};

namespace golden {

using library::Author;
using library::Book;
using orm::F;
using orm::Q;
using namespace orm::literals;

using binds = std::vector<std::string_view>;
using texts = std::vector<std::string>;

// clang-format off
template <class Check>
void transforms(Check check) {
    check(Q("title__lower"_k = "tehanu"), R"(LOWER("library_book"."title") = $1)", {"'tehanu'"});
    check(Q("title__lower__startswith"_k = "te%"), R"(LOWER("library_book"."title") LIKE $1)", {R"('te\%%')"});
    check(Q("title__trim__upper__in"_k = {"A", "B"}), R"(UPPER(BTRIM("library_book"."title")) = ANY($1))", {"ARRAY['A', 'B']"});
    check(Q("title__ltrim__rtrim__isnull"_k = true), R"(RTRIM(LTRIM("library_book"."title")) IS NULL)", {});
    check(Q("title__length__gt"_k = 7), R"(LENGTH("library_book"."title") > $1)", {"7"});
    check(Q("title__length__abs__range"_k = std::pair(1, 9)), R"(ABS(LENGTH("library_book"."title")) BETWEEN $1 AND $2)", {"1", "9"});
    check(Q("title__reverse__md5"_k = "x"), R"(MD5(REVERSE("library_book"."title")) = $1)", {"'x'"});
    check(Q("author__name__length"_k = 4), R"(LENGTH("author"."name") = $1)", {"4"});
    check(Q("binding__upper__contains"_k = "HARD"), R"(UPPER("library_book"."binding") LIKE $1)", {"'%HARD%'"});
    check(Q("price__floor"_k = 7), R"(FLOOR("library_book"."price") = $1)", {"7"});
    check(Q("price__round__lte"_k = 7.5), R"(ROUND("library_book"."price") <= $1)", {"7.5"});
    check(Q("pages__sqrt__ceil__gt"_k = 14), R"(CEIL(SQRT("library_book"."pages")) > $1)", {"14"});
    check(Q("stars__abs"_k = 5), R"(ABS("library_book"."stars") = $1)", {"5"});
    check(Q("price__sign"_k = 1), R"(SIGN("library_book"."price") = $1)", {"1"});
    check(Q("pages__abs__gt"_k = std::int64_t{1} << 40), {}, {});
    check(Q("published__year__contains"_k = "19"), R"(EXTRACT(YEAR FROM "library_book"."published")::int::text LIKE $1)", {"'%19%'"});
    check(Q("published__year"_k = 1968), R"("library_book"."published" BETWEEN $1 AND $2)", {"'1968-01-01'", "'1968-12-31'"});
    check(Q("published__iso_year"_k = 1968), R"("library_book"."published" BETWEEN $1 AND $2)", {"'1968-01-01'", "'1968-12-29'"});
    check(Q("published__iso_year__gt"_k = 1968), R"("library_book"."published" > $1)", {"'1968-12-29'"});
    check(Q("created__date__year"_k = 2024), R"(("library_book"."created" AT TIME ZONE 'UTC')::date BETWEEN $1 AND $2)", {"'2024-01-01'", "'2024-12-31'"});
    check(Q("created__date__month__in"_k = {1, 2}), R"(EXTRACT(MONTH FROM ("library_book"."created" AT TIME ZONE 'UTC')::date)::int = ANY($1))", {"ARRAY[1, 2]"});
    check(Q("created__time__gte"_k = "10:30"), R"(("library_book"."created" AT TIME ZONE 'UTC')::time >= $1::time)", {"'10:30'"});
    check(Q("created__time__in"_k = {"10:30"}), R"(("library_book"."created" AT TIME ZONE 'UTC')::time = ANY($1::time[]))", {"ARRAY['10:30']"});
    check(Q("created__time__startswith"_k = "10"), R"(("library_book"."created" AT TIME ZONE 'UTC')::time::text LIKE $1)", {"'10%'"});
    check(Q("checked__time__length"_k = 8), R"(LENGTH(("library_book"."checked")::time::text) = $1)", {"8"});
    check(Q("published__year__abs__sqrt__gt"_k = 44), R"(SQRT(ABS(EXTRACT(YEAR FROM "library_book"."published")::int)) > $1)", {"44"});
    check(Q("pages"_k = F<"title__length">), R"("library_book"."pages" = LENGTH("library_book"."title"))", {});
    check(F<"title__lower">.startswith("te"), R"(LOWER("library_book"."title") LIKE $1)", {"'te%'"});
    check(F<&Book::published, "year"> == 1968, R"("library_book"."published" BETWEEN $1 AND $2)", {"'1968-01-01'", "'1968-12-31'"});
    check(Q("pages__range"_k = std::pair(F<"stars">, 110)), R"("library_book"."pages" BETWEEN "library_book"."stars" AND $1)", {"110"});
    check(Q("title__length__range"_k = std::pair(1, F<"pages"> - 1)), R"(LENGTH("library_book"."title") BETWEEN $1 AND ("library_book"."pages" - $2))", {"1", "1"});
    check(Q("published__range"_k = std::pair(orm::date(std::chrono::year_month_day(std::chrono::year(1960) / 1 / 1)), F<"created__date">)), R"("library_book"."published" BETWEEN $1 AND ("library_book"."created" AT TIME ZONE 'UTC')::date)", {"'1960-01-01'"});
    check(!Q("stars__range"_k = std::pair(F<"pages">, 9)), R"(NOT ("library_book"."stars" BETWEEN "library_book"."pages" AND $1 AND "library_book"."stars" IS NOT NULL))", {"9"});
    check(!Q("pages__range"_k = std::pair(F<"stars">, F<"id">)), R"(NOT ("library_book"."pages" BETWEEN "library_book"."stars" AND "library_book"."id" AND "library_book"."stars" IS NOT NULL))", {});
    check(F<"published__year"> > F<"pages">, R"(EXTRACT(YEAR FROM "library_book"."published")::int > "library_book"."pages")", {});
    check(!Q("title__lower"_k = "a"), R"(NOT (LOWER("library_book"."title") = $1))", {"'a'"});
    check(!Q("stars__abs"_k = 5), R"(NOT (ABS("library_book"."stars") = $1 AND "library_book"."stars" IS NOT NULL))", {"5"});
}

template <class Check>
void arrays(Check check) {
    check(Q("keywords__contains"_k = texts{"sea"}), R"("library_book"."keywords" @> $1)", {"ARRAY['sea']"});
    check(Q("keywords__contained_by"_k = texts{"sea", "a"}), R"("library_book"."keywords" <@ $1)", {"ARRAY['sea', 'a']"});
    check(Q("keywords__overlap"_k = texts{"sea"}), R"("library_book"."keywords" && $1)", {"ARRAY['sea']"});
    check(Q("keywords__len__gte"_k = 2), R"(CARDINALITY("library_book"."keywords") >= $1)", {"2"});
    check(Q("keywords__0"_k = "sea"), R"(("library_book"."keywords")[$1] = $2)", {"1", "'sea'"});
    check(Q("keywords__1__upper__startswith"_k = "S"), R"(UPPER(("library_book"."keywords")[$1]) LIKE $2)", {"2", "'S%'"});
    check(Q("keywords__0_2"_k = texts{"sea", "wizard"}), R"(("library_book"."keywords")[$1:$2] = $3)", {"1", "2", "ARRAY['sea', 'wizard']"});
    check(Q("keywords__1_3__overlap"_k = texts{"wizard"}), R"(("library_book"."keywords")[$1:$2] && $3)", {"2", "3", "ARRAY['wizard']"});
    check(Q("keywords__in"_k = {texts{"sea"}, texts{}}), R"(("library_book"."keywords" = $1 OR "library_book"."keywords" = $2))", {"ARRAY['sea']", "ARRAY[]"});
    check(Q("keywords__gt"_k = texts{"b"}), R"("library_book"."keywords" > $1)", {"ARRAY['b']"});
    check(F<"keywords">.contains(texts{"sea"}), R"("library_book"."keywords" @> $1)", {"ARRAY['sea']"});
    check(F<"keywords__0">.icontains("SEA"), R"(UPPER(("library_book"."keywords")[$1]) LIKE UPPER($2))", {"1", "'%SEA%'"});
    check(!Q("keywords__0"_k = "sea"), R"(NOT ((("library_book"."keywords")[$1] = $2) IS TRUE))", {"1", "'sea'"});
    check(!Q("keywords__overlap"_k = texts{"sea"}), R"(NOT ("library_book"."keywords" && $1))", {"ARRAY['sea']"});
}

template <class Check>
void json(Check check) {
    check(Q("details"_k = nlohmann::json{{"a", 1}}), R"("library_book"."details" = $1)", {R"('{"a":1}')"});
    check(Q("details"_k = std::nullopt), R"("library_book"."details" IS NULL)", {});
    check(Q("details"_k = nlohmann::json(nullptr)), R"("library_book"."details" = $1)", {"'null'"});
    check(Q("details__isnull"_k = true), R"("library_book"."details" IS NULL)", {});
    check(Q("details__owner__name"_k = "Ann"), R"(("library_book"."details" #> $1) = $2)", {"ARRAY['owner', 'name']", R"('"Ann"')"});
    check(Q("details__owner"_k = std::nullopt), R"(("library_book"."details" #> $1) = $2)", {"ARRAY['owner']", "'null'"});
    check(Q("details__owner__iexact"_k = std::nullopt), R"(("library_book"."details" #> $1) = $2)", {"ARRAY['owner']", "'null'"});
    check(Q("details__owner__isnull"_k = true), R"(("library_book"."details" #> $1) IS NULL)", {"ARRAY['owner']"});
    check(Q("details__tags__0"_k = 5), R"(("library_book"."details" #> $1) = $2)", {"ARRAY['tags', '0']", "'5'"});
    check(Q("details__tags__-1"_k = true), R"(("library_book"."details" #> $1) = $2)", {"ARRAY['tags', '-1']", "'true'"});
    check(Q("details__price__gt"_k = 9.5), R"(("library_book"."details" #> $1) > $2)", {"ARRAY['price']", "'9.5'"});
    check(Q("details__price__range"_k = std::pair(1, 9)), R"(("library_book"."details" #> $1) BETWEEN $2 AND $3)", {"ARRAY['price']", "'1'", "'9'"});
    check(Q("details__n__in"_k = {1, 2}), R"(("library_book"."details" #> $1) = ANY($2))", {"ARRAY['n']", "ARRAY['1', '2']"});
    check(Q("details__name__icontains"_k = "an%"), R"(UPPER(("library_book"."details" #>> $1)) LIKE UPPER($2))", {"ARRAY['name']", R"('%an\%%')"});
    check(Q("details__name__iexact"_k = "ann"), R"(UPPER(("library_book"."details" #>> $1)) = UPPER($2))", {"ARRAY['name']", "'ann'"});
    check(Q("details__name__regex"_k = "^A"), R"(("library_book"."details" #>> $1) ~ $2)", {"ARRAY['name']", "'^A'"});
    check(Q("details__contains"_k = nlohmann::json{{"a", 1}}), R"("library_book"."details" @> $1)", {R"('{"a":1}')"});
    check(Q("details__owner__contains"_k = nlohmann::json{{"a", 1}}), R"(("library_book"."details" #> $1) @> $2)", {"ARRAY['owner']", R"('{"a":1}')"});
    check(Q("details__contained_by"_k = nlohmann::json{{"a", 1}}), R"("library_book"."details" <@ $1)", {R"('{"a":1}')"});
    check(Q("details__has_key"_k = "a"), R"("library_book"."details" ? $1)", {"'a'"});
    check(Q("details__owner__has_key"_k = "a"), R"(("library_book"."details" #> $1) ? $2)", {"ARRAY['owner']", "'a'"});
    check(Q("details__has_keys"_k = {"a", "b"}), R"("library_book"."details" ?& $1)", {"ARRAY['a', 'b']"});
    check(Q("details__has_any_keys"_k = {"a", "b"}), R"("library_book"."details" ?| $1)", {"ARRAY['a', 'b']"});
    check(Q("details__icontains"_k = "ann"), R"(UPPER("library_book"."details"::text) LIKE UPPER($1))", {"'%ann%'"});
    check(Q("details__contains__x"_k = 1), R"(("library_book"."details" #> $1) = $2)", {"ARRAY['contains', 'x']", "'1'"});
    check(!Q("details__k"_k = "v"), R"(NOT ((("library_book"."details" #> $1) = $2) IS TRUE))", {"ARRAY['k']", R"('"v"')"});
    check(!Q("details__has_key"_k = "a"), R"(NOT ("library_book"."details" ? $1 AND "library_book"."details" IS NOT NULL))", {"'a'"});
    check(F<"details__a"> == F<"details__b">, R"(("library_book"."details" #> $1) = ("library_book"."details" #> $2))", {"ARRAY['a']", "ARRAY['b']"});
}

// Those that need an extension are in `extensions`.
template <class Check>
void texts_and_own(Check check) {
    check(Q("title__search"_k = "wizard sea"), R"(to_tsvector("library_book"."title") @@ plainto_tsquery($1))", {"'wizard sea'"});
    check(Q("pages__not_equal"_k = 3), R"("library_book"."pages" <> $1)", {"3"});
    check(Q("pages__not_equal"_k = std::int64_t{1} << 40), R"("library_book"."pages" <> $1)", {"1099511627776"});
    check(Q("author__not_equal"_k = 3), R"("library_book"."author_id" <> $1)", {"3"});
    check(Q("author__name__like"_k = "U%"), R"("author"."name" LIKE $1)", {"'U%'"});
    check(Q("title__lower__like"_k = "the %"), R"(LOWER("library_book"."title") LIKE $1)", {"'the %'"});
    check(Q("title__initials"_k = "AWoE"), R"(REGEXP_REPLACE("library_book"."title", '(\w)\w* ?', '\1', 'g') = $1)", {"'AWoE'"});
    check(Q("title__initials__lower__startswith"_k = "aw"), R"(LOWER(REGEXP_REPLACE("library_book"."title", '(\w)\w* ?', '\1', 'g')) LIKE $1)", {"'aw%'"});
    check(Q("title__folded"_k = "Solaris"), R"(LOWER("library_book"."title") = LOWER($1))", {"'Solaris'"});
    check(Q("title__folded__contains"_k = "S%"), R"(LOWER("library_book"."title") LIKE '%' || REPLACE(REPLACE(REPLACE(LOWER($1), E'\\', E'\\\\'), '%', E'\\%'), '_', E'\\_') || '%')", {"'S%'"});
    check(Q("title__folded__in"_k = {"Solaris"}), R"(LOWER("library_book"."title") = ANY(ARRAY(SELECT LOWER(_value) FROM UNNEST($1) AS _value)))", {"ARRAY['Solaris']"});
    check(Q("details__n__not_equal"_k = 1), R"(("library_book"."details" #> $1) <> $2)", {"ARRAY['n']", "'1'"});
    check(!Q("stars__not_equal"_k = 5), R"(NOT ("library_book"."stars" <> $1 AND "library_book"."stars" IS NOT NULL))", {"5"});
}

template <class Check>
void extensions(Check check) {
    check(Q("title__unaccent"_k = "Cafe"), R"(UNACCENT("library_book"."title") = UNACCENT($1))", {"'Cafe'"});
    check(Q("title__unaccent__icontains"_k = "cafe"), R"(UPPER(UNACCENT("library_book"."title")) LIKE UPPER('%' || REPLACE(REPLACE(REPLACE(UNACCENT($1), E'\\', E'\\\\'), '%', E'\\%'), '_', E'\\_') || '%'))", {"'cafe'"});
    check(Q("title__unaccent__in"_k = {"Cafe"}), R"(UNACCENT("library_book"."title") = ANY(ARRAY(SELECT UNACCENT(_value) FROM UNNEST($1) AS _value)))", {"ARRAY['Cafe']"});
    check(Q("title__trigram_similar"_k = "Tehano"), R"("library_book"."title" % $1)", {"'Tehano'"});
    check(Q("title__trigram_word_similar"_k = "tombs"), R"("library_book"."title" %> $1)", {"'tombs'"});
    check(Q("title__trigram_strict_word_similar"_k = "tombs"), R"("library_book"."title" %>> $1)", {"'tombs'"});
}
// clang-format on

template <class Check>
void each_lookup(Check check) {
    transforms(check);
    arrays(check);
    json(check);
    texts_and_own(check);
}

}  // namespace golden
