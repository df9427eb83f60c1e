// Functions of the database.
#include "library.hpp"
#include "server.hpp"

#include <nlohmann/json.hpp>  // to read what JSONObject makes

using orm::F, orm::Q;

namespace {

// [own]
template <class Text>
constexpr auto Initials(Text of) {
    return orm::Func<"REGEXP_REPLACE({0}, '(.)[^ ]* *', '\\1', 'g')", std::string>(of);
}
// [/own]

// [own aggregate]
template <class Number>
constexpr auto GeometricMean(Number of) {
    return orm::Aggregate<"GEOMETRIC_MEAN", double>(of);
}
// [/own aggregate]

void kinds() {
    // [kinds]
    auto books = Book::objects.order_by<"id">().annotate(
        "shout"_k = orm::Upper(F<"title">), "root"_k = orm::Sqrt(F<"pages">),
        "year"_k = orm::ExtractYear(F<"published">),
        "card"_k = orm::JSONObject("title"_k = F<"title">, "long"_k = Q("pages__gt"_k = 200)));
    const auto& wizard = books.rows().front();
    check(wizard["shout"_k] == "A WIZARD OF EARTHSEA");
    check(wizard["year"_k] == 1968);  // optional, as `published` is
    check(wizard["card"_k].at("long") == true);
    // [/kinds]
    // [anywhere]
    auto short_names = Book::objects.filter(orm::Length(F<"title">) < 10).order_by(orm::Lower(F<"title">));
    check(short_names.count() == 1);
    // [/anywhere]
}

void search() {
    // [search]
    auto words = orm::SearchVector(F<"title">).config("english");
    auto found =
        Book::objects.filter(words.matches(orm::SearchQuery("tombs", orm::search_type::plain, "english")));
    check(found.get().title == "The Tombs of Atuan");
    // [/search]
}

void own() {
    // [use]
    auto books = Book::objects.order_by<"id">().annotate("short"_k = Initials(F<"title">));
    check(books.rows().front()["short"_k] == "AWoE");
    // [/use]
    orm::execute(
        "CREATE FUNCTION mean_of_logs(float8[]) RETURNS float8 LANGUAGE sql AS "
        "'SELECT EXP(AVG(LN(x))) FROM UNNEST($1) AS x'")
        .get();
    orm::execute(
        "CREATE AGGREGATE geometric_mean(float8) (SFUNC = array_append, STYPE = float8[], INITCOND = '{}', "
        "FINALFUNC = mean_of_logs)")
        .get();
    // [use aggregate]
    const std::optional<double> mean = Book::objects.aggregate(GeometricMean(F<"pages">));
    check(mean > 100.0);
    // [/use aggregate]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        static_cast<void>(fill_library());
        kinds();
        search();
        own();
    });
}
