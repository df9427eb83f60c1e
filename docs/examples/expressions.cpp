// Expressions: values that the database computes.
#include "library.hpp"
#include "server.hpp"

// [include]
#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/cast.hpp>
#include <asynchrormous/query/functions/text.hpp>
using orm::Case, orm::Cast, orm::Coalesce, orm::F, orm::Func, orm::Q, orm::RawSQL, orm::Value, orm::When;
// [/include]

// [own]
template <class E>
constexpr auto Initials(E&& name) {
    return Func<"regexp_replace({0}, '(\\w)\\w*\\W*', '\\1', 'g')", std::string>(std::forward<E>(name));
}
// [/own]

namespace {

void arithmetic() {
    // [arithmetic]
    auto books = Book::objects.order_by<"id">().annotate(
        "sheets"_k = (F<"pages"> + 1) / 2,  // an int: of integers, / cuts
        "hours"_k = F<"pages"> / 40.0,      // a double
        "week"_k = F<"published"> + 7,      // a std::optional<orm::date>: the column can be NULL
        "by"_k = F<"title"> + " by " + F<"author__name">,  // text
        "start"_k = F<"title">[orm::slice(0, 3)]);
    const auto& summa = books.rows().back();
    check(summa["sheets"_k] == 290 && summa["hours"_k] == 14.5 && !summa["week"_k]);
    check(summa["by"_k] == "Summa Technologiae by Stanisław Lem" && summa["start"_k] == "Sum");
    // [/arithmetic]
    // [where]
    check(Book::objects.filter(F<"pages"> * 2 > 600).count() == 3);
    check(Book::objects.filter(F<"title">.startswith("S"), F<"pages"> % 2 == 0).count() == 2);
    check(Book::objects.filter("pages__gt"_k = F<"id"> * 100).count() == 3);
    // [/where]
    // [value]
    auto marked = Book::objects.annotate("source"_k = "catalogue", "copies"_k = Value(1) + 1);
    check(marked.rows()[0]["source"_k] == "catalogue" && marked.rows()[0]["copies"_k] == 2);
    // [/value]
}

void conditional() {
    // [case]
    auto size = Case(When("pages__lt"_k = 200, "short"), When(F<"pages"> > 500, "long")).otherwise("fair");
    auto sized = Book::objects.annotate("size"_k = size);
    check(sized.filter("size"_k = "fair").count() == 3);
    auto or_null = Case(When("pages__lt"_k = 200, F<"title">));  // a std::optional<std::string>
    check(Book::objects.annotate("name"_k = or_null).filter("name__isnull"_k = false).count() == 1);
    // [/case]
    // [conditions]
    auto thick = Book::objects.annotate("thick"_k = Q("pages__gt"_k = 300), "same"_k = F<"id"> == F<"pages">);
    check(thick.filter("thick"_k = true).count() == 3);
    check(thick.order_by<"id">().rows()[0]["thick"_k] == false);
    // [/conditions]
    // [order]
    auto lem_first = Book::objects.order_by(Case(When("author__name__contains"_k = "Lem", 0)).otherwise(1),
                                            F<"published">.desc().nulls_last());
    check(lem_first[0].title == "Solaris");
    // [/order]
}

void chosen() {
    // [coalesce]
    auto dated = Book::objects.order_by<"id">().annotate(
        "day"_k = Coalesce(F<"published">, orm::date(2000, 1, 1)),  // an orm::date: one is never NULL
        "text"_k = Cast<std::string>(F<"pages">),                   //
        "least"_k = orm::Greatest(F<"pages">, 300),                 // NULLs are left out
        "not_304"_k = orm::NullIf(F<"pages">, 304));                // a std::optional<int>
    const auto& summa = dated.rows().back();
    check(summa["day"_k] == orm::date(2000, 1, 1) && summa["text"_k] == "580");
    check(dated.rows()[0]["least"_k] == 300 && !dated.rows()[3]["not_304"_k]);
    auto sorted = Book::objects.order_by(orm::Collate<"C">(F<"title">).desc());
    check(sorted[0].title == "The Tombs of Atuan");
    // [/coalesce]
}

void any_sql() {
    // [func]
    auto capitals = Func<"INITCAP({0})", std::string>(F<"title">);
    auto digits =
        Func<"REGEXP_MATCH({0}, {1})", std::optional<std::vector<std::string>>>(F<"title">, "[0-9]");
    auto area = RawSQL<"sqrt({0} * 2 + {1})", double>(F<"pages">, 4);
    auto rows = Book::objects.order_by<"id">().annotate("capitals"_k = capitals, "digits"_k = digits,
                                                        "area"_k = area);
    check(rows[1]["capitals"_k] == "The Tombs Of Atuan" && !rows[1]["digits"_k]);
    // [/func]
    // [own_used]
    check(Book::objects.annotate("initials"_k = Initials(F<"title">)).filter("initials"_k = "AWoE").exists());
    // [/own_used]
}

void updating() {
    // [update]
    Book::objects.update("pages"_k =
                             Case(When("title__startswith"_k = "So", F<"pages"> * 2)).otherwise(F<"pages">));
    check(Book::objects.get("title"_k = "Solaris").pages == 608);
    Book::objects.update("title"_k = orm::Upper(F<"title">));
    check(Book::objects.filter("title"_k = "SOLARIS").exists());
    // [/update]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        static_cast<void>(fill_library());
        arithmetic();
        conditional();
        chosen();
        any_sql();
        updating();
    });
}
