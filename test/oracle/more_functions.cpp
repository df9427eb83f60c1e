// JSON, Func, RawSQL, Collate, Concat; parts of moments; aggregates that Django has none of; lookups,
// transforms and functions of one's own.
#include "computed.hpp"

#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/cast.hpp>
#include <asynchrormous/query/functions.hpp>

#include <nlohmann/json.hpp>

template <>
struct orm::lookup<"not_equal"> {
    static constexpr std::string_view text = "{0} <> {1}";
};
template <>
struct orm::transform<"folded"> {
    static constexpr std::string_view text = "LOWER(TRIM({0}))";
    static constexpr std::string_view other = "LOWER(TRIM({0}))";
    static constexpr orm::type_set of = orm::types::texts;
};
template <>
struct orm::transform<"initial"> {
    static constexpr std::string_view text = "LEFT({0}, 1)";
    static constexpr orm::type_set of = orm::types::texts;
    using result = std::string;
};

using orm::Concat, orm::F, orm::Func, orm::JSONArray, orm::JSONObject, orm::Q, orm::RawSQL;

namespace oracle {

namespace {

template <class E>
void of_books(std::string_view name, const E& value) {
    check(name, Book::objects.order_by<"pk">().values_list<"pk">("computed"_k = value));
}
template <class Rows>
auto keys(const Rows& rows) {
    return rows.template order_by<"pk">().template values_list<"pk">();
}

void check_json() {
    of_books("JSONObject", JSONObject("title"_k = F<"title">, "pages"_k = F<"pages">));
    of_books("JSONObject of NULLs", JSONObject("stars"_k = F<"stars">, "who"_k = F<"editor__name">));
    of_books("JSONObject of an array and an expression",
             JSONObject("words"_k = F<"keywords">, "twice"_k = F<"pages"> * 2));
    of_books("JSONObject of a function", JSONObject("lower"_k = orm::Lower(F<"title">)));
    of_books("JSONObject in a JSONObject", JSONObject("a"_k = JSONObject("b"_k = F<"stars">)));
    of_books("JSONObject without members", JSONObject());
    of_books("JSONArray", JSONArray(F<"title">, F<"stars">, F<"in_print">));
    check("JSONObject of an aggregate", Author::objects.order_by<"pk">()
                                            .annotate("n"_k = orm::count<"books">)
                                            .values_list<"pk">("a"_k = JSONObject("n"_k = F<"n">)));
    check("json_agg", [] { return Book::objects.aggregate(orm::json_agg<"title">.order_by<"pk">()); });
    check("json_agg of NULLs",
          [] { return Book::objects.aggregate(orm::json_agg<"stars">.order_by<"pk">()); });
    check("json_agg of groups", Book::objects.order_by<"binding">().values_list<"binding">().annotate(
                                    "a"_k = orm::json_agg<"pages">.order_by<"pk">()));
}

// Trap 24.
void check_concat() {
    computed("Concat of NULLs", Concat(F<"subtitle">, F<"editor__name">));
    computed("Concat of NULL first", Concat(F<"subtitle">, "-", F<"title">));
    computed("Concat of a number", Concat(F<"title">, F<"pages">));
    computed("Concat of a nullable number", Concat(F<"stars">, "*"));
    computed("Concat in a Concat", Concat(F<"title">, Concat("(", Concat(F<"subtitle">, ")"))));
    computed("Concat of functions", Concat(orm::Upper(F<"subtitle">), orm::Lower(F<"title">)));
    check("Concat, filtered by", keys(Book::objects.filter(Concat(F<"subtitle">, F<"title">) == "Eden")));
    check(
        "Concat, excluded by",
        keys(Book::objects.alias("a"_k = Concat(F<"subtitle">, F<"title">)).exclude("a__icontains"_k = "e")));
    check("Concat, ordered by",
          Book::objects.order_by(Concat(F<"subtitle">, F<"title">), F<"pk">.asc()).values_list<"pk">());
    check_write("Concat, updated to",
                [] { return Book::objects.update("title"_k = Concat(F<"subtitle">, "/", F<"title">)); });
    computed("plus of texts", F<"title"> + F<"title">);
    computed("plus of nullable texts", F<"title"> + F<"subtitle">);
}

void check_sql() {
    computed("Func", Func<"INITCAP({0})", std::string>(F<"title">));
    computed("Func of two", Func<"SPLIT_PART({0}, {1}, 1)", std::string>(F<"title">, "e"));
    computed("Func of a nullable", Func<"INITCAP({0})", std::optional<std::string>>(F<"subtitle">));
    computed("Func of expressions", Func<"WIDTH_BUCKET({0}, 0, 300, {1})", int>(F<"pages"> + 1, 5));
    computed("Func over a relation", Func<"INITCAP({0})", std::string>(F<"author__name">));
    check("Func, filtered by",
          keys(Book::objects.filter(Func<"INITCAP({0})", std::string>(F<"title">) == "Eden")));
    computed("RawSQL", RawSQL<"{0} + 7", int>(5));
    computed("RawSQL of a column", RawSQL<"({0} + {1})", int>(F<"pages">, 5));
    check("RawSQL, filtered by", keys(Book::objects.filter(RawSQL<"({0} % 50)", int>(F<"pages">) == 25)));
    check("RawSQL, ordered by",
          Book::objects.order_by(RawSQL<"({0} % 50)", int>(F<"pages">).desc(), F<"pk">.asc())
              .values_list<"pk">());
    computed("Collate", orm::Collate<"C">(F<"title">));
    check("Collate, ordered by",
          Book::objects.order_by(orm::Collate<"C">(F<"title">), F<"pk">.asc()).values_list<"pk">());
    check("Collate, compared", keys(Book::objects.filter(orm::Collate<"C">(F<"title">) > "a")));
    computed("slice of a text", F<"title">[orm::slice(1, 3)]);
    computed("slice of a text, open", F<"title">[orm::slice(4)]);
    computed("slice of a nullable text", F<"subtitle">[orm::slice(0, 2)]);
    computed("not of a boolean", !F<"in_print">);
    check("a boolean column", keys(Book::objects.filter(F<"in_print">)));
    check("not a boolean column", keys(Book::objects.filter(!F<"in_print">)));
    check("a boolean or", keys(Book::objects.filter(Q(F<"in_print">) || Q("stars"_k = 1))));
    computed("Round to places", orm::Round(F<"price"> / 3, 1));
    computed("Round to tens", orm::Round(F<"pages">, -2));
    computed("Value of a date", orm::Value(orm::date(2001, 2, 3)));
    computed("Value of NULL or a column", orm::Coalesce(orm::NullIf(orm::Value(1), 1), F<"stars">));
}

void check_clocks() {
    check("UUID4", [] { return Book::objects.values_list("a"_k = orm::UUID4()).distinct().count(); });
    check("RandomUUID", [] { return Book::objects.filter("isbn"_k = orm::RandomUUID()).count(); });
    check("Random", [] {
        return Book::objects.alias("a"_k = orm::Random()).filter("a__gte"_k = 0, "a__lt"_k = 1).count();
    });
    check("ordered by Random", [] { return Book::objects.order_by(orm::Random()).count(); });
    check("TransactionNow",
          [] { return Book::objects.filter("created__lt"_k = orm::TransactionNow()).count(); });
    check("Now on the right", [] { return Book::objects.filter("created__gt"_k = orm::Now()).count(); });
    check_write("updated to Now", [] {
        Book::objects.filter("pk"_k = 3).update("checked"_k = orm::Now());
        return Book::objects.filter("pk"_k = 3).update("checked"_k = std::nullopt);
    });
    computed("ExtractIsoYear of a moment", orm::ExtractIsoYear(F<"created">));
    computed("ExtractQuarter of a moment", orm::ExtractQuarter(F<"checked">));
    computed("ExtractWeek of a moment", orm::ExtractWeek(F<"created">));
    computed("ExtractIsoWeekDay of a moment in a zone", orm::ExtractIsoWeekDay(F<"created">, "Asia/Tokyo"));
    computed("ExtractMonth in a zone", orm::ExtractMonth(F<"created">, "America/New_York"));
    computed("ExtractYear in a zone", orm::ExtractYear(F<"checked">, "Pacific/Auckland"));
    computed("ExtractMinute in a zone", orm::ExtractMinute(F<"created">, "Asia/Kolkata"));
    computed("TruncDay of a date", orm::TruncDay(F<"published">));
    computed("TruncWeek of a moment", orm::TruncWeek(F<"created">));
    computed("TruncQuarter of a moment in a zone", orm::TruncQuarter(F<"checked">, "Asia/Tokyo"));
    computed("TruncHour in a zone", orm::TruncHour(F<"created">, "Asia/Kolkata"));
    computed("TruncDate of a nullable", orm::TruncDate(F<"checked">));
    computed("TruncYear over a relation", orm::TruncYear(F<"author__born">));
    check("TruncYear, grouped by", Book::objects.order_by()
                                       .annotate("y"_k = orm::TruncYear(F<"published">))
                                       .values<"y">()
                                       .annotate("n"_k = orm::count<>));
}

void check_aggregates_of_two() {
    const auto aggregated = [](std::string_view name, auto what) {
        check(name, [&] { return Book::objects.aggregate(what); });
    };
    aggregated("bit_xor", orm::bit_xor<"stars">);
    aggregated("regr_avgy", orm::regr_avgy(F<"pages">, F<"stars">));
    aggregated("regr_sxx", orm::regr_sxx(F<"pages">, F<"price">));
    aggregated("regr_syy", orm::regr_syy(F<"pages">, F<"price">));
    aggregated("corr over a relation", orm::corr(F<"pages">, F<"author__rating">));
    aggregated("covar_pop filtered", orm::covar_pop(F<"pages">, F<"price">).filter("stars__gt"_k = 2));
    aggregated("corr of nothing", orm::corr(F<"pages">, F<"price">).filter("pages"_k = 1));
    aggregated("regr_count of nothing", orm::regr_count(F<"pages">, F<"price">).filter("pages"_k = 1));
    aggregated("Aggregate of every", orm::Aggregate<"EVERY", bool>(F<"in_print">));
    check("stddev of groups", Book::objects.order_by<"binding">().values_list<"binding">().annotate(
                                  "a"_k = orm::stddev<"pages">, "b"_k = orm::variance_sample<"stars">));
    check("corr of groups", Book::objects.order_by<"binding">().values_list<"binding">().annotate(
                                "a"_k = orm::corr(F<"pages">, F<"price">)));
    check("string_agg over many", Author::objects.order_by<"pk">().values_list<"pk">(
                                      "a"_k = orm::string_agg<"books__title">("|").order_by<"books__pk">()));
    check("array_agg over many", Author::objects.order_by<"pk">().values_list<"pk">(
                                     "a"_k = orm::array_agg<"books__stars">.order_by<"books__pk">()));
    check("bit_or over many",
          Author::objects.order_by<"pk">().values_list<"pk">("a"_k = orm::bit_or<"books__stars">));
    check("bool_and over many",
          Author::objects.order_by<"pk">().values_list<"pk">("a"_k = orm::bool_and<"books__in_print">));
}

void check_own() {
    check("lookup of one's own", keys(Book::objects.filter("pages__not_equal"_k = 100)));
    check("lookup of one's own, nullable", keys(Book::objects.filter("stars__not_equal"_k = 3)));
    check("lookup of one's own, excluded", keys(Book::objects.exclude("stars__not_equal"_k = 3)));
    check("lookup of one's own, a column", keys(Book::objects.filter("title__not_equal"_k = F<"subtitle">)));
    check("lookup of one's own, over many", keys(Author::objects.filter("books__stars__not_equal"_k = 3)));
    check("transform of one's own", keys(Book::objects.filter("title__initial"_k = "S")));
    check("transform of one's own, then a lookup",
          keys(Book::objects.filter("title__initial__in"_k = {"S", "e"})));
    check("transform of one's own, nullable", keys(Book::objects.exclude("subtitle__initial"_k = "E")));
    check("transform of one's own, chained", keys(Book::objects.filter("title__upper__initial"_k = "E")));
    check("transform of one's own, ordered by",
          Book::objects.order_by<"title__initial", "pk">().values_list<"pk">());
    check("transform of one's own, values", Book::objects.order_by<"pk">().values_list<"title__initial">());
    check("bilateral", keys(Book::objects.filter("title__folded"_k = " EDEN")));
    check("bilateral with a column", keys(Book::objects.filter("title__folded"_k = F<"subtitle">)));
    check("bilateral in", keys(Book::objects.filter("title__folded__in"_k = {"EDEN ", "Space"})));
    check("bilateral startswith", keys(Book::objects.filter("title__folded__startswith"_k = "THE")));
}

}  // namespace

void check_more_functions() {
    begin_topic("more_functions");
    check_json();
    check_concat();
    check_sql();
    check_clocks();
    check_aggregates_of_two();
    check_own();
}

}  // namespace oracle
