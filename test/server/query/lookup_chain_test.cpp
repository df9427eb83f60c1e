// Transforms, arrays, full text and lookups of the program's own against what they say in C++.
#include "../../golden/lookup_cases.hpp"
#include "fixture.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <source_location>

using namespace library;
using namespace orm::literals;
using orm::F;
using orm::Q;
using test::filled_library;
using test::strings;
using test::titles;

namespace {

using naive = std::function<bool(const Book&)>;

// What the term finds is what the naive evaluation finds; exclude() finds the rest, NULL or not.
template <class Term>
void check_found(const Term& term, const naive& holds,
                 std::source_location at = std::source_location::current()) {
    CAPTURE(at.line());
    strings expected, rest;
    for (const Book& book : Book::objects.order_by<"title">())
        (holds(book) ? expected : rest).push_back(book.title);
    CHECK(titles(Book::objects.order_by<"title">().filter(term)) == expected);
    CHECK(titles(Book::objects.order_by<"title">().exclude(term)) == rest);
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

int year(const std::optional<orm::date>& day) {
    return day ? static_cast<int>(day->to_year_month_day().year()) : 0;
}

bool has(const Book& book, const std::string& word) {
    return std::find(book.keywords.begin(), book.keywords.end(), word) != book.keywords.end();
}

}  // namespace

TEST_CASE_FIXTURE(filled_library,
                  "each lookup is one that PostgreSQL takes, and exclude() finds all the others") {
    const std::int64_t all = Book::objects.count();
    golden::each_lookup([&](const auto& term, std::string_view text, const golden::binds&) {
        CAPTURE(text);
        CHECK(Book::objects.filter(term).count() + Book::objects.exclude(term).count() == all);
    });
}

TEST_CASE_FIXTURE(filled_library, "lookups that need an extension") {
    try {
        plain().exec("CREATE EXTENSION unaccent; CREATE EXTENSION pg_trgm");
    } catch (const std::exception& missing) {
        MESSAGE("NOT TESTED: this server has no unaccent and pg_trgm: ", missing.what());
        return;
    }
    golden::extensions([](const auto& term, std::string_view text, const golden::binds&) {
        CAPTURE(text);
        CHECK(Book::objects.filter(term).count() + Book::objects.exclude(term).count() == 5);
    });
    Book::objects.create({.title = "Café 50%", .author = anonymous});
    CHECK(Book::objects.filter("title__unaccent"_k = "Cafe 50%").count() == 1);
    CHECK(Book::objects.filter("title__unaccent"_k = "Cäfé 50%").count() == 1);
    CHECK(Book::objects.filter("title__unaccent__icontains"_k = "ÁFE 50%").count() == 1);
    CHECK(Book::objects.filter("title__unaccent__endswith"_k = "0_").count() == 0);
    CHECK(Book::objects.filter("title__unaccent__in"_k = {"Cäfe 50%", "x"}).count() == 1);
    CHECK(Book::objects.filter("title__trigram_similar"_k = "Solariss").count() == 1);
    CHECK(Book::objects.filter("title__trigram_word_similar"_k = "Atuan").count() == 1);
}

TEST_CASE_FIXTURE(filled_library, "transforms, alone and chained") {
    check_found("title__lower"_k = "solaris", [](const Book& b) { return lower(b.title) == "solaris"; });
    check_found("title__lower__startswith"_k = "the t",
                [](const Book& b) { return lower(b.title).starts_with("the t"); });
    check_found("title__length__gt"_k = 12, [](const Book& b) { return b.title.size() > 12; });
    check_found("title__length__in"_k = {7, 18},
                [](const Book& b) { return b.title.size() == 7 || b.title.size() == 18; });
    check_found("title__reverse__startswith"_k = "si", [](const Book& b) { return b.title.ends_with("is"); });
    check_found("price__floor"_k = 8, [](const Book& b) { return std::floor(b.price) == 8; });
    check_found("price__ceil__gte"_k = 8, [](const Book& b) { return std::ceil(b.price) >= 8; });
    check_found("price__round"_k = 8, [](const Book& b) { return std::nearbyint(b.price) == 8; });
    check_found("pages__sqrt__lt"_k = 14.2, [](const Book& b) { return std::sqrt(b.pages) < 14.2; });
    check_found("price__sign"_k = 0, [](const Book& b) { return b.price == 0; });
    check_found("stars__abs"_k = 5, [](const Book& b) { return b.stars == 5; });
    check_found("stars__abs__isnull"_k = true, [](const Book& b) { return !b.stars; });
    check_found("published__year__in"_k = {1961, 1968},
                [](const Book& b) { return year(b.published) == 1961 || year(b.published) == 1968; });
    check_found("published__year__endswith"_k = "1",
                [](const Book& b) { return year(b.published) % 10 == 1; });
    check_found("published__iso_year__lte"_k = 1968,
                [](const Book& b) { return b.published && year(b.published) <= 1968; });
    check_found("binding__upper"_k = "HARDCOVER",
                [](const Book& b) { return b.binding == binding::hardcover; });
    check_found("pages"_k = F<"title__length">,
                [](const Book& b) { return b.pages == static_cast<int>(b.title.size()); });
    check_found("created__date__year__gte"_k = 2020,
                [](const Book& b) { return b.times.created.to_postgres() != 0; });
}

TEST_CASE_FIXTURE(filled_library, "the year by bounds is the year by EXTRACT, ISO years too") {
    for (int i = 0; i < 40; ++i)
        Book::objects.create({.title = std::to_string(i),
                              .published = day(1966 + i / 4, i % 2 ? 12U : 1U, i % 4 < 2 ? 30U : 2U),
                              .author = anonymous});
    for (int y = 1965; y < 1977; ++y) {
        CAPTURE(y);
        CHECK(Book::objects.filter("published__iso_year"_k = y).count() ==
              Book::objects.filter("published__iso_year__in"_k = {y}).count());
        CHECK(Book::objects.filter("published__iso_year__gt"_k = y).count() ==
              Book::objects.filter("published__iso_year__abs__gt"_k = y).count());
        CHECK(Book::objects.filter("published__year__lt"_k = y).count() ==
              Book::objects.filter("published__year__abs__lt"_k = y).count());
    }
}

TEST_CASE_FIXTURE(filled_library, "arrays") {
    check_found("keywords__contains"_k = strings{"sea"}, [](const Book& b) { return has(b, "sea"); });
    check_found("keywords__contains"_k = strings{}, [](const Book& b) { return b.pages > 0; });
    check_found("keywords__contained_by"_k = strings{"sea", "wizard", "x"},
                [](const Book& b) { return b.pages > 0; });
    check_found("keywords__overlap"_k = strings{"wizard", "x"},
                [](const Book& b) { return has(b, "wizard"); });
    check_found("keywords__len"_k = 0, [](const Book& b) { return b.keywords.empty(); });
    check_found("keywords__0"_k = "sea",
                [](const Book& b) { return !b.keywords.empty() && b.keywords[0] == "sea"; });
    check_found("keywords__5__isnull"_k = true, [](const Book& b) { return b.pages > 0; });
    check_found("keywords__0_1"_k = strings{"sea"}, [](const Book& b) { return has(b, "sea"); });
    check_found("keywords__1_9__contains"_k = strings{"sea"}, [](const Book& b) { return b.pages < 0; });
    check_found("keywords__in"_k = {strings{"sea", "wizard"}, strings{"x"}},
                [](const Book& b) { return has(b, "sea"); });
    check_found(F<"keywords__1">.icontains("WIZ"), [](const Book& b) { return has(b, "wizard"); });
}

TEST_CASE_FIXTURE(filled_library, "full text, and lookups and transforms of the program's own") {
    check_found("title__search"_k = "wizards",
                [](const Book& b) { return b.title == "A Wizard of Earthsea"; });
    check_found("title__search"_k = "a & ((", [](const Book& b) { return b.pages < 0; });
    check_found("stars__not_equal"_k = 5, [](const Book& b) { return b.stars && *b.stars != 5; });
    check_found("title__initials"_k = "TFS", [](const Book& b) { return b.title == "The Farthest Shore"; });
    check_found("title__folded__in"_k = {"SOLARIS", "x"}, [](const Book& b) { return b.title == "Solaris"; });
    check_found("title__folded__contains"_k = "%_S", [](const Book& b) { return b.title == "100%_Songs\\"; });
}

TEST_CASE_FIXTURE(filled_library, "what transforms give is selected, ordered by and assigned") {
    CHECK(titles(Book::objects.order_by<"-title__length">()).front() == "A Wizard of Earthsea");
    const auto years = Book::objects.filter("published__isnull"_k = false)
                           .order_by<"id">()
                           .values_list<"published__year", "keywords__0", "created__time">();
    CHECK(std::get<0>(years.rows().front()) == 1968);
    CHECK(std::get<1>(years.rows().front()) == "sea");
    CHECK(std::get<2>(years.rows().front()).size() >= 8);
    CHECK(Book::objects.filter("id"_k = solaris.id).update("title"_k = F<"title__upper">) == 1);
    CHECK(Book::objects.get("id"_k = solaris.id).title == "SOLARIS");
}

TEST_CASE_FIXTURE(filled_library, "names of annotations take transforms and lookups as fields do") {
    const auto named = Book::objects.order_by<"title">().annotate(
        "label"_k = F<"title"> + "!", "n"_k = F<"stars">, "at"_k = F<"published">);
    const auto found = [&](const auto& term) {
        strings titles;
        for (const auto& row : named.filter(term)) titles.push_back(row.title);
        return titles;
    };
    const auto expected = [](const naive& holds) {
        strings titles;
        for (const Book& book : Book::objects.order_by<"title">())
            if (holds(book)) titles.push_back(book.title);
        return titles;
    };
    const auto sea = [](const Book& b) { return b.title == "Solaris"; };
    CHECK(found("label__lower"_k = "solaris!") == expected(sea));
    CHECK(found("label__folded__in"_k = {"SOLARIS!", "x"}) == expected(sea));
    CHECK(found("label__like"_k = "Sol%!") == expected(sea));
    CHECK(found("n__not_equal"_k = 5) == expected([](const Book& b) { return b.stars && *b.stars != 5; }));
    CHECK(found("label__initials__length__lt"_k = 3) == expected(sea));
    CHECK(found("at__year"_k = 1968) == expected([](const Book& b) { return year(b.published) == 1968; }));
    CHECK(found(F<"at__year"> == 1968) == found("at__year"_k = 1968));
    CHECK(found(F<"label__folded"> == "solaris!") == expected(sea));
    CHECK(found("title__length__lt"_k = F<"label__length">).size() ==
          expected([](const Book&) { return true; }).size());
    CHECK(named.order_by<"-label__length">().first().value().title == "A Wizard of Earthsea");
    const auto lengths = named.filter("label"_k = "Solaris!").values_list<"label__length", "at__year">();
    CHECK(lengths.rows() == std::vector{std::tuple(8, std::optional(1961))});
}
