// The spellings of docs/guide/from_django.md for queries; those for rows are in from_django_rows.cpp.
#include "server.hpp"

#include <asynchrormous/postgres/json_codec.hpp>
#include <asynchrormous/query/aggregate_more.hpp>
#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/cte.hpp>
#include <asynchrormous/query/dynamic.hpp>
#include <asynchrormous/query/filtered_relation.hpp>
#include <asynchrormous/query/functions.hpp>
#include <asynchrormous/query/interval.hpp>
#include <asynchrormous/query/subquery.hpp>
#include <asynchrormous/query/window.hpp>

#include <nlohmann/json.hpp>

// [models]
using namespace orm;
using namespace orm::literals;

struct Book;

struct Author {
    std::int64_t id = 0;
    std::string name{};
    related_set<Book, "author"> books{};

    static constexpr manager<Author> objects{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    std::optional<int> stars{};
    double price = 0;
    bool lent = false;
    std::optional<date> published{};
    timestamptz added{};
    std::vector<std::string> keywords{};
    std::optional<nlohmann::json> details{};
    foreign_key<Author> author{};

    static constexpr manager<Book> objects{};
};
// [/models]

struct Part {
    std::int64_t id = 0;
    std::optional<foreign_key<Part>> whole{};
    related_set<Part, "whole"> parts{};

    static constexpr manager<Part> objects{};
};

struct Reached {
    foreign_key<Part> part{};
};

struct Popular {
    foreign_key<Author> author{};
    std::int64_t n = 0;
};

namespace {

using texts = std::vector<std::string>;
using nlohmann::json;

void fill() {
    create_tables<Author, Book, Part>().get();
    const Author ursula = Author::objects.create({.name = "Ursula"});
    const Author stanislaw = Author::objects.create({.name = "Stanislaw"});
    Book::objects.create({.title = "Tehanu",
                          .pages = 252,
                          .stars = 4,
                          .price = 7.5,
                          .published = date(1990, 2, 1),
                          .keywords = {"sea"},
                          .author = ursula});
    Book::objects.create({.title = "Solaris",
                          .pages = 304,
                          .price = 9,
                          .lent = true,
                          .published = date(1961, 1, 1),
                          .author = stanislaw});
}

const auto& books = Book::objects;

template <class QuerySet>
void rows(const QuerySet& some) {
    static_cast<void>(some.rows());
}
template <class... Terms>
void where(const Terms&... terms) {
    static_cast<void>(books.filter(terms...).count());
    static_cast<void>(books.exclude(terms...).count());
}
template <class... E>
void value(const E&... each) {
    (static_cast<void>(books.order_by(as_expression(each)).first()), ...);
}
// Needs an extension, or a newer server.
template <class... E>
void only_spelled(const E&... each) {
    (static_cast<void>(books.annotate("w"_k = each).sql()), ...);
}
template <class... Terms>
void aggregated(const Terms&... terms) {
    (static_cast<void>(books.aggregate(terms)), ...);
}
template <class Function, class... More>
void windows(const Function& function, const More&... more) {
    rows(books.annotate("w"_k =
                            Window(function).template partition_by<"author">().template order_by<"pages">()));
    if constexpr (sizeof...(More) > 0) windows(more...);
}

// clang-format off
void querysets() {
    rows(books.filter("pages__gt"_k = 300));
    rows(books.exclude("pages__gt"_k = 300));
    rows(books.filter(Q("pages"_k = 1) || !Q("stars"_k = 2) && Q("lent"_k = true)));
    rows(books.filter(Q("pages"_k = 1) ^ Q("lent"_k = true)));
    const auto q = Q("pages"_k = 1);
    rows(books.filter(q));
    rows(books.annotate("n"_k = F<"pages"> * 2));
    rows(books.alias("n"_k = F<"pages"> * 2).filter("n__gt"_k = 9));
    rows(books.order_by<"-pages", "author__name">());
    rows(books.order_by(F<"stars">.desc().nulls_last()));
    rows(books.order_by());
    rows(books.order_by(Random()));
    rows(books.order_by<"id">().reverse());
    rows(books.distinct());
    rows(books.order_by<"author", "-pages">().distinct<"author">());
    rows(books.values<"title", "author__name">());
    rows(books.values<"title">());
    rows(books.values<"title">("half"_k = F<"pages"> / 2));
    rows(books.values_list<"title", "pages">());
    rows(books.values_list<"title">());
    rows(books.dates<"published">(date_part::year));
    rows(books.datetimes<"added">(time_part::hour, "Europe/Warsaw"));
    rows(books.none());
    rows(books.all());
    auto some = books.filter("lent"_k = true);
    auto b = books.all();
    rows(some.union_(b));
    rows(some.union_all(b));
    rows(some.intersection(b));
    rows(some.difference(b));
    rows(books[slice(0, 10)]);
    check_throws<does_not_exist<Book>>([] { return books[3]; });
    rows(books.all().using_(database::current()));
    rows(books.using_("replica"));
    const int x = 300;
    static_cast<void>(books.raw("SELECT * FROM book WHERE pages > $1", x));
    rows(books.filter(Q<Book>("lent"_k = true) || Q<Book>("pages"_k = 1)));

    static_cast<void>(books.get("title"_k = "Solaris"));
    static_cast<void>(books.count());
    static_cast<void>(books.filter("lent"_k = true).exists());
    static_cast<void>(books.filter("pk"_k = 1).exists());
    static_cast<void>(books.aggregate("n"_k = count<>));
    static_cast<void>(books.aggregate("n"_k = count<>, "most"_k = max<"pages">));
    static_cast<void>(books.first());
    static_cast<void>(books.last());
    static_cast<void>(books.earliest<"published">());
    static_cast<void>(books.latest<"published">());
    rows(books.filter("id__in"_k = {1, 2}));
    books.update("pages"_k = F<"pages"> + 1);
    books.filter("title"_k = "gone").delete_();
    static_cast<void>(books.filter("lent"_k = true).update_returning<"id", "pages">("pages"_k = F<"pages"> + 1));
    static_cast<void>(books.filter("title"_k = "gone").delete_returning<"id">());
    static_cast<void>(books.all().explain({.analyze = true, .format = "json"}));
    static_cast<void>(books.all().sql());
    static_cast<void>(books.save(books.get("title"_k = "Solaris")));
    check(books.all().size() == 2 && !books.all().empty());
}

void lookups() {
    where("title"_k = "Solaris", "title__exact"_k = "Solaris", "stars"_k = std::nullopt, "title__iexact"_k = "x");
    where("title__contains"_k = "x", "title__icontains"_k = "x", "title__startswith"_k = "x", "title__istartswith"_k = "x");
    where("title__endswith"_k = "x", "title__iendswith"_k = "x", "title__regex"_k = "x", "title__iregex"_k = "x");
    where("pages__gt"_k = 1, "pages__gte"_k = 1, "pages__lt"_k = 1, "pages__lte"_k = 1);
    where("pages__in"_k = {1, 2}, "pages__range"_k = std::pair(1, 2), "stars__isnull"_k = true);
    where("author__in"_k = Author::objects.filter("name"_k = "x"), "pages"_k = books.values_list<"pages">());
    where("added__date"_k = date(2024, 1, 1), "added__time__lt"_k = "12:00", "published__year__gte"_k = 1990, "published__iso_year"_k = 1990);
    where("published__month"_k = 1, "published__day"_k = 1, "published__week"_k = 1, "published__week_day"_k = 1);
    where("published__iso_week_day"_k = 1, "published__quarter"_k = 1, "added__hour"_k = 1, "added__minute"_k = 1, "added__second"_k = 1);
    where("title__search"_k = "x");
    where("keywords__contains"_k = texts{"x"}, "keywords__contained_by"_k = texts{"x"}, "keywords__overlap"_k = texts{"x"});
    where("keywords__len"_k = 1, "keywords__0"_k = "x", "keywords__0_2"_k = texts{"x"});
    where("details__owner__name"_k = "x", "details__tags__0"_k = 1, "details__contains"_k = json{{"n", 1}}, "details__contained_by"_k = json{{"n", 1}});
    where("details__has_key"_k = "n", "details__has_keys"_k = {"n", "m"}, "details__has_any_keys"_k = {"n", "m"}, "details"_k = nlohmann::json(nullptr));
    static_cast<void>(books.filter("title__unaccent"_k = "x").sql());
    static_cast<void>(books.filter("title__trigram_similar"_k = "x").sql());
    static_cast<void>(books.filter("title__trigram_word_similar"_k = "x").sql());
    static_cast<void>(books.filter("title__trigram_strict_word_similar"_k = "x").sql());
}

void expressions() {
    value(F<"author__name">, F<"title__lower">, F<"pages"> + 1, F<"pages"> - 1, F<"pages"> * 2, F<"pages"> / 2, F<"pages"> % 2);
    value(F<"pages">.pow(2), F<"pages">.bitand_(1), F<"pages">.bitor_(1), F<"pages">.bitxor(1), F<"pages">.bitleftshift(1), F<"pages">.bitrightshift(1));
    value(F<"title">[slice(1, 3)], !F<"lent">, F<"pages"> > F<"stars">, F<"title">.icontains("x"), Q("pages__gt"_k = 300));
    value(Value(5), Cast<std::int64_t>(F<"stars">), Func<"INITCAP({0})", std::string>(F<"title">), RawSQL<"{0} + pages", int>(5));
    value(Case(When("pages__gt"_k = 300, "long")).otherwise("short"));
    value(Cast<std::string>(F<"pages">), Coalesce(F<"stars">, 0), Collate<"C">(F<"title">), Greatest(F<"pages">, 1), Least(F<"pages">, 1), NullIf(F<"pages">, 0));
    auto own = books.filter("author"_k = OuterRef<"author">, "id__lt"_k = OuterRef<"id">);
    value(Subquery(own.values_list<"title">()), Exists(own), ArraySubquery(own.values_list<"title">()));
    where(Exists(own), !Exists(own), F<"pages"> > 300);
    rows(Author::objects.annotate("long_books"_k = FilteredRelation<"books">(Q("books__pages__gt"_k = 300))).filter("long_books__title"_k = "x"));
    rows(recursive<Reached>(Part::objects.values("part"_k = F<"id">), next_row("part"_k = F<"part__parts">)));
    rows(cte<Popular>(books.values<"author">().annotate("n"_k = count<>)).filter("n__gt"_k = 1));
}

void aggregates() {
    aggregated(count<>, count<"stars">, sum<"pages">, avg<"pages">, min<"pages">, max<"pages">, stddev<"pages">, stddev_sample<"pages">, variance<"pages">, variance_sample<"pages">);
    aggregated(string_agg<"title">(", "), array_agg<"title">, json_agg<"title">, bool_and<"lent">, bool_or<"lent">, bit_and<"pages">, bit_or<"pages">, bit_xor<"pages">);
    aggregated(corr(F<"pages">, F<"price">), covar_pop(F<"pages">, F<"price">), covar_sample(F<"pages">, F<"price">), regr_avgx(F<"pages">, F<"price">), regr_avgy(F<"pages">, F<"price">));
    aggregated(regr_count(F<"pages">, F<"price">), regr_intercept(F<"pages">, F<"price">), regr_r2(F<"pages">, F<"price">), regr_slope(F<"pages">, F<"price">));
    aggregated(regr_sxx(F<"pages">, F<"price">), regr_sxy(F<"pages">, F<"price">), regr_syy(F<"pages">, F<"price">));
    aggregated(count<"author">.distinct(), count<>.filter("lent"_k = true), sum<"stars">.default_(0), array_agg<"title">.order_by<"-pages">(), sum<>(F<"pages"> * 2));
    only_spelled(any_value<"title">);
    rows(books.values<"author">().annotate("n"_k = count<>));
    rows(Author::objects.annotate("n"_k = count<"books">).filter("n__gt"_k = 1));
    static_cast<void>(Author::objects.annotate("n"_k = count<"books">).aggregate(avg<"n">));
}

void functions() {
    value(ExtractYear(F<"published">), ExtractIsoYear(F<"published">), ExtractQuarter(F<"published">), ExtractMonth(F<"published">), ExtractWeek(F<"published">), ExtractWeekDay(F<"published">), ExtractIsoWeekDay(F<"published">), ExtractDay(F<"published">));
    value(ExtractHour(F<"added">), ExtractMinute(F<"added">), ExtractSecond(F<"added">));
    value(TruncYear(F<"published">), TruncQuarter(F<"published">), TruncMonth(F<"added">, "Europe/Warsaw"), TruncWeek(F<"published">), TruncDay(F<"published">), TruncHour(F<"added">), TruncMinute(F<"added">), TruncSecond(F<"added">), TruncDate(F<"added">), TruncTime(F<"added">));
    value(Now(), TransactionNow(), JSONObject("title"_k = F<"title">), JSONArray(F<"title">, 1), UUID4(), RandomUUID());
    value(Abs(F<"price">), ACos(0.5), ASin(0.5), ATan(0.5), ATan2(1, 2), Ceil(F<"price">), Cos(0.5), Cot(0.5), Degrees(0.5), Exp(0.5), Floor(F<"price">), Ln(F<"pages">), Log(2, F<"pages">));
    value(Mod(F<"pages">, 2), Pi(), Power(F<"pages">, 2), Radians(90), Random(), Round(F<"price">), Round(F<"price">, 1), Sign(F<"price">), Sin(0.5), Sqrt(F<"pages">), Tan(0.5));
    value(Chr(65), Concat(F<"title">, " by ", F<"author__name">), Left(F<"title">, 3), Length(F<"title">), Lower(F<"title">), LPad(F<"title">, 9, "."), LTrim(F<"title">), MD5(F<"title">), Ord(F<"title">));
    value(Repeat(F<"title">, 2), Replace(F<"title">, "a", "b"), Reverse(F<"title">), Right(F<"title">, 3), RPad(F<"title">, 9), RTrim(F<"title">), StrIndex(F<"title">, "a"), Substr(F<"title">, 1, 3), Trim(F<"title">), Upper(F<"title">));
    value(SHA224(F<"title">), SHA256(F<"title">), SHA384(F<"title">), SHA512(F<"title">));
    only_spelled(Func<"UUIDV7()", orm::uuid>(), SHA1(F<"title">), Unaccent(F<"title">), TrigramSimilarity(F<"title">, "x"), TrigramDistance(F<"title">, "x"), TrigramWordSimilarity("x", F<"title">), TrigramWordDistance("x", F<"title">), TrigramStrictWordSimilarity("x", F<"title">), TrigramStrictWordDistance("x", F<"title">));
    auto vector = SearchVector(F<"title">).config("english").weight('A');
    value(SearchRank(vector, SearchQuery("sea")), SearchHeadline(F<"title">, SearchQuery("sea", search_type::websearch)), SearchRank(vector, SearchQuery("sea", search_type::raw)));
    where(vector.matches(SearchQuery("a") || !SearchQuery("b")));
    windows(RowNumber(), Rank(), DenseRank(), PercentRank(), CumeDist(), Ntile(4), Lag(F<"pages">, 1), Lead(F<"pages">, 1, 0), FirstValue(F<"pages">), LastValue(F<"pages">), NthValue(F<"pages">, 2), sum<"pages">);
    rows(books.annotate("w"_k = Window(Rank()).partition_by<"author">().order_by<"pages">()));
    rows(books.annotate("w"_k = Window(sum<"pages">).order_by<"pages">().rows(-1, 1)));
    rows(books.annotate("w"_k = Window(sum<"pages">).order_by<"pages">().range(unbounded, 0)));
    rows(books.annotate("w"_k = Window(sum<"pages">).order_by<"pages">().rows(-1, 1, frame_exclusion::current_row)));
}
// clang-format on

}  // namespace

int main() {
    return run_example([](const std::string& server) {
        database db = connect(server, {.alias = "replica"});
        fill();
        querysets();
        lookups();
        expressions();
        aggregates();
        functions();
    });
}
