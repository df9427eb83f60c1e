#include "oracle.hpp"

#include <limits>

using orm::F, orm::Q;

namespace oracle {

namespace {

void check_comparisons() {
    check("exact", Book::objects.filter("pages"_k = 100));
    check("exact by name", Book::objects.filter("pages__exact"_k = 100));
    check("gt", Book::objects.filter("pages__gt"_k = 200));
    check("gte", Book::objects.filter("pages__gte"_k = 200));
    check("lt", Book::objects.filter("pages__lt"_k = 50));
    check("lte", Book::objects.filter("pages__lte"_k = 50));
    check("range", Book::objects.filter("pages__range"_k = std::pair(50, 100)));
    check("range without inside", Book::objects.filter("pages__range"_k = std::pair(100, 50)));
    check("range of dates", Book::objects.filter("published__range"_k = std::pair(orm::date(1961, 12, 31),
                                                                                  orm::date(1963, 1, 1))));
    check("in", Book::objects.filter("pages__in"_k = {25, 75, 26}));
    check("in nothing", Book::objects.filter("pages__in"_k = std::vector<int>{}));
    check("in with repetition", Book::objects.filter("pages__in"_k = {25, 25, 25}));
    check("in texts", Book::objects.filter("title__in"_k = {"Eden", "50% off", "日本の本"}));
    check("in with NULL", Book::objects.filter("subtitle__in"_k = std::vector<std::optional<std::string>>{
                                                   "Eden", std::nullopt}));
    check("in only NULL",
          Book::objects.filter("subtitle__in"_k = std::vector<std::optional<std::string>>{std::nullopt}));
    check("nullable gt", Book::objects.filter("stars__gt"_k = 3));
    check("NULL by nullopt", Book::objects.filter("stars"_k = std::nullopt));
    check("NULL by an empty optional", Book::objects.filter("stars"_k = std::optional<int>()));
    check("iexact NULL", Book::objects.filter("subtitle__iexact"_k = std::nullopt));
    check("isnull", Book::objects.filter("stars__isnull"_k = true));
    check("not isnull", Book::objects.filter("stars__isnull"_k = false));
    check("isnull of a column that is never", Book::objects.filter("pages__isnull"_k = true));
    check("bool", Book::objects.filter("in_print"_k = true));
    check("bool false", Book::objects.filter("in_print"_k = false));
    check("double", Book::objects.filter("price"_k = 2.5));
    check("double gt", Author::objects.filter("rating__gt"_k = 1.25));
    check("tiny double", Author::objects.filter("rating"_k = 1e-9));
    check("integer for a double", Book::objects.filter("price"_k = 3));
    check("uuid", Book::objects.filter("isbn"_k = orm::uuid("01000000-0000-0000-0000-000000000002")));
    check("uuid gt", Book::objects.filter("isbn__gt"_k = orm::uuid("01000000-0000-0000-0000-000000000002")));
    check("enumeration", Book::objects.filter("binding"_k = binding::hardcover));
    check("enumeration in", Book::objects.filter("binding__in"_k = {binding::digital, binding::hardcover}));
    check("pk", Book::objects.filter("pk"_k = 7));
    check("pk in", Book::objects.filter("pk__in"_k = {7, 8, 100000}));
    check("text pk", Country::objects.filter("pk"_k = "at"));
    check("text pk gt", Country::objects.filter("code__gt"_k = "jp"));
    check("array exact", Book::objects.filter("keywords"_k = std::vector<std::string>{"sea"}));
    check("empty array", Book::objects.filter("keywords"_k = std::vector<std::string>{}));
    check("timestamptz",
          Book::objects.filter("created__gte"_k = *orm::timestamptz::parse("1962-12-31 23:59:59.999999+00")));
    check("timestamptz of another zone",
          Book::objects.filter("created__lt"_k = *orm::timestamptz::parse("1963-01-01 01:59:59.999999+02")));
}

void check_texts() {
    check("iexact", Book::objects.filter("title__iexact"_k = "EDEN"));
    check("iexact beyond ASCII", Book::objects.filter("title__iexact"_k = "ÜBERMUT"));
    check("iexact is no pattern", Book::objects.filter("title__iexact"_k = "snake%"));
    check("contains", Book::objects.filter("title__contains"_k = "olar"));
    check("contains percent", Book::objects.filter("title__contains"_k = "%"));
    check("contains underscore", Book::objects.filter("title__contains"_k = "_"));
    check("contains backslash", Book::objects.filter("title__contains"_k = "\\"));
    check("contains quote", Book::objects.filter("title__contains"_k = "\""));
    check("contains nothing", Book::objects.filter("subtitle__contains"_k = ""));
    check("contains unicode", Book::objects.filter("title__contains"_k = "日本"));
    check("contains is exact in case", Book::objects.filter("title__contains"_k = "eden"));
    check("icontains", Book::objects.filter("title__icontains"_k = "DISP"));
    check("icontains unicode", Book::objects.filter("title__icontains"_k = "ÉE"));
    check("icontains sharp s", Author::objects.filter("name__icontains"_k = "strasse"));
    check("icontains percent", Book::objects.filter("title__icontains"_k = "0%"));
    check("startswith", Book::objects.filter("title__startswith"_k = "The"));
    check("startswith backslash", Author::objects.filter("name__startswith"_k = "back\\"));
    check("istartswith", Book::objects.filter("title__istartswith"_k = "the"));
    check("endswith", Book::objects.filter("title__endswith"_k = "den"));
    check("endswith blank", Book::objects.filter("title__endswith"_k = " "));
    check("iendswith", Book::objects.filter("title__iendswith"_k = "DEN"));
    check("regex", Book::objects.filter("title__regex"_k = "^[EÜ].*[nt]$"));
    check("regex of a class", Book::objects.filter("title__regex"_k = R"(\d+)"));
    check("iregex", Book::objects.filter("title__iregex"_k = "^(eden|ü)"));
    check("regex of a nullable", Book::objects.filter("subtitle__regex"_k = "e"));
    check("empty text", Book::objects.filter("title"_k = ""));
    check("text lookup of an integer", Book::objects.filter("pages__startswith"_k = "1"));
    check("contains of an integer", Book::objects.filter("pages__contains"_k = "7"));
    check("regex of an integer", Book::objects.filter("pages__regex"_k = "^.5"));
    check("iexact of an integer", Book::objects.filter("pages__iexact"_k = "75"));
    check("text lookup of a date", Book::objects.filter("published__startswith"_k = "1962-12"));
    check("text lookup of a bool", Book::objects.filter("in_print__startswith"_k = "t"));
    check("endswith of a double", Book::objects.filter("price__endswith"_k = ".5"));
    check("contains a column", Book::objects.filter("title__contains"_k = F<"subtitle">));
    check("icontains a column", Book::objects.filter("title__icontains"_k = F<"subtitle">));
    check("startswith a column", Book::objects.filter("subtitle__startswith"_k = F<"title">));
    check("iexact a column", Book::objects.filter("title__iexact"_k = F<"subtitle">));
    check("istartswith a column", Book::objects.filter("title__istartswith"_k = F<"subtitle">));
}

void check_out_of_range() {
    constexpr std::int64_t huge = std::int64_t{1} << 40;
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    check("too large", Book::objects.filter("pages"_k = huge));
    check("gt too large", Book::objects.filter("pages__gt"_k = huge));
    check("lt too large", Book::objects.filter("pages__lt"_k = huge));
    check("lte too large, nullable", Book::objects.filter("stars__lte"_k = huge));
    check("gte too small, nullable", Book::objects.filter("stars__gte"_k = least));
    check("lt too small", Book::objects.filter("stars__lt"_k = least));
    check("in with too large", Book::objects.filter("stars__in"_k = {huge, std::int64_t{3}}));
    check("in only too large", Book::objects.filter("stars__in"_k = {huge}));
    check("range to too large", Book::objects.filter("stars__range"_k = std::pair(std::int64_t{4}, huge)));
    check("range from too small", Book::objects.filter("stars__range"_k = std::pair(least, std::int64_t{1})));
    check("range beyond", Book::objects.filter("stars__range"_k = std::pair(huge, huge + 1)));
    check("not too large", Book::objects.exclude("stars"_k = huge));
    check("not lt too large", Book::objects.exclude("stars__lt"_k = huge));
    check("not gt too large", Book::objects.exclude("stars__gt"_k = huge));
    check("not in too large", Book::objects.exclude("stars__in"_k = {huge, std::int64_t{3}}));
    check("not range to too large",
          Book::objects.exclude("stars__range"_k = std::pair(std::int64_t{4}, huge)));
    check("year too large", Book::objects.filter("pk"_k = huge));
}

void check_q() {
    check("or", Book::objects.filter(Q("pages"_k = 25) || Q("stars"_k = 5)));
    check("and", Book::objects.filter(Q("pages__gt"_k = 25) && Q("stars"_k = 5)));
    check("not", Book::objects.filter(!Q("stars"_k = 5)));
    check("not not", Book::objects.filter(!!Q("stars"_k = 5)));
    check("not and", Book::objects.filter(!(Q("stars"_k = 5) && Q("pages__gt"_k = 100))));
    check("not or", Book::objects.filter(!(Q("stars"_k = 5) || Q("subtitle__startswith"_k = "E"))));
    check("two keywords in a Q", Book::objects.filter(!Q("stars"_k = 5, "pages__lt"_k = 200)));
    check("two terms", Book::objects.filter("stars__gte"_k = 2, "pages__gte"_k = 100));
    check("chained", Book::objects.filter("stars__gte"_k = 2).filter("pages__gte"_k = 100));
    check("Q and a keyword", Book::objects.filter(Q("stars"_k = 1) || Q("stars"_k = 2), "in_print"_k = true));
    check("deep",
          Book::objects.filter((Q("stars"_k = 1) || !(Q("pages__lt"_k = 100) || Q("stars__gt"_k = 3))) &&
                               !Q("subtitle"_k = "Eden")));
    check("empty Q", Book::objects.filter(Q<Book>()));
    check("not an empty Q", Book::objects.filter(!Q<Book>()));
    check("or with an empty Q", Book::objects.filter(Q<Book>() || Q<Book>("stars"_k = 1)));
    check("or of nothing and something",
          Book::objects.filter(Q("pk__in"_k = std::vector<int>{}) || Q("stars"_k = 1)));
    check("and of nothing and something",
          Book::objects.filter(Q("pk__in"_k = std::vector<int>{}) && Q("stars"_k = 1)));
    check("not in nothing", Book::objects.filter(!Q("stars__in"_k = std::vector<int>{})));
    check("not (in nothing or something)",
          Book::objects.filter(!(Q("pk__in"_k = std::vector<int>{}) || Q("stars"_k = 1))));
    check("no terms", Book::objects.filter());
    check("none", Book::objects.none());
    check("none filtered", Book::objects.none().filter("pk"_k = 1));
}

void check_columns() {
    check("column equals column", Book::objects.filter("title"_k = F<"subtitle">));
    check("column gt column", Book::objects.filter("pages__gt"_k = F<"stars">));
    check("column lte its own", Book::objects.filter("stars__lte"_k = F<"stars">));
    check("date lt date", Book::objects.filter("created__lt"_k = F<"checked">));
    check("column gt related column", Book::objects.filter("pages__gt"_k = F<"sequel_of__pages">));
    check("key equals key", Book::objects.filter("author"_k = F<"editor">));
    check("related equals related", Book::objects.filter("author__country"_k = F<"editor__country">));
    check("integer and double", Book::objects.filter("pages__gt"_k = F<"price">));
    check("not column equals column", Book::objects.exclude("stars__gt"_k = F<"sequel_of__stars">));
    check("F with an operator", Book::objects.filter(F<"pages"> > 200));
    check("F not equal", Book::objects.filter(F<"stars"> != 3));
    check("F with a method", Book::objects.filter(F<"title">.icontains("eden")));
    check("F of members", Book::objects.filter(F<&Book::author, &Author::name> == "Ada"));
}

}  // namespace

void check_lookups() {
    begin_topic("lookups");
    check_comparisons();
    check_texts();
    check_out_of_range();
    check_q();
    check_columns();
}

}  // namespace oracle
