// Transforms, lookups of arrays, JSON and text, lookups of one's own, and filters from outside.
#include "server.hpp"

// [dynamic include]
#include <asynchrormous/query/dynamic.hpp>
// [/dynamic include]

#include <nlohmann/json.hpp>

#include <vector>

using namespace orm::literals;
using orm::F;
using json = nlohmann::json;
using texts = std::vector<std::string>;

namespace {

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    double price = 0;
    std::optional<orm::date> published{};
    orm::timestamptz created{};
    texts keywords{};
    std::optional<json> details{};

    static constexpr orm::manager<Book> objects{};
};

}  // namespace

// [own lookup]
template <>
struct orm::lookup<"not_equal"> {
    static constexpr std::string_view text = "{0} <> {1}";
};

template <>
struct orm::lookup<"like"> {
    static constexpr std::string_view text = "{0} LIKE {1}";
    static constexpr orm::type_set of = orm::types::texts;     // all types if it is left out
    static constexpr orm::operand right = orm::operand::text;  // what the column holds if it is left out
};

template <>
struct orm::transform<"initials"> {
    static constexpr std::string_view text = "REGEXP_REPLACE({0}, '(\\w)\\w* ?', '\\1', 'g')";
    static constexpr orm::type_set of = orm::types::texts;
    using result = std::string;  // the column's type if it is left out
};

template <>
struct orm::transform<"folded"> {
    static constexpr std::string_view text = "LOWER(TRIM({0}))";
    static constexpr std::string_view other = "LOWER(TRIM({0}))";  // of what it is compared with, too
    static constexpr orm::type_set of = orm::types::texts;
};
// [/own lookup]

// [dynamic filter]
// What a request may ask for. A wrong name here is a compile error.
inline constexpr orm::dynamic_filter<Book, "title__icontains", "published__year", "pages__*"> book_filter;
inline constexpr orm::dynamic_order<Book, "title", "pages", "published"> book_order;
// [/dynamic filter]

namespace {

// Checks the WHERE clause, and that PostgreSQL takes it. The table's name is left out to keep it short.
template <class Term>
void becomes(Term term, std::string_view wanted, std::source_location at = std::source_location::current()) {
    const auto books = Book::objects.filter(term);
    static_cast<void>(books.count());
    std::string text = books.sql().text;
    text = text.substr(text.find(" WHERE ") + 7);
    for (const std::string_view part : {"\"book\".", "\""})
        for (std::size_t i = text.find(part); i != std::string::npos; i = text.find(part))
            text.erase(i, part.size());
    if (text != wanted) std::fprintf(stderr, "%s\n", text.c_str());
    check(text == wanted, at);
}

// clang-format off
void transforms() {
    // [transforms]
    becomes("title__lower__startswith"_k = "the",        "LOWER(title) LIKE $1");
    becomes("title__trim__length__gt"_k = 10,            "LENGTH(BTRIM(title)) > $1");
    becomes("price__round__in"_k = {7, 8},               "ROUND(price) = ANY($1)");
    becomes("created__date__year"_k = 2024,              "(created AT TIME ZONE 'UTC')::date BETWEEN $1 AND $2");
    becomes("published__year__contains"_k = "19",        "EXTRACT(YEAR FROM published)::int::text LIKE $1");
    becomes(F<"title__length"> > F<"pages">,             "LENGTH(title) > pages");
    // [/transforms]
    // [arrays]
    becomes("keywords__contains"_k = texts{"sea"},       "keywords @> $1");
    becomes("keywords__contained_by"_k = texts{"sea"},   "keywords <@ $1");
    becomes("keywords__overlap"_k = texts{"sea", "sky"}, "keywords && $1");
    becomes("keywords__len__gte"_k = 2,                  "CARDINALITY(keywords) >= $1");  // an empty array: 0
    becomes("keywords__0"_k = "sea",                     "(keywords)[$1] = $2");  // counted from 0
    becomes("keywords__0__startswith"_k = "s",           "(keywords)[$1] LIKE $2");
    becomes("keywords__0_2"_k = texts{"sea", "sky"},     "(keywords)[$1:$2] = $3");  // the first two
    // [/arrays]
    // [json]
    becomes("details__owner__name"_k = "Ann",            "(details #> $1) = $2");  // {owner,name}, '"Ann"'
    becomes("details__tags__0"_k = 5,                    "(details #> $1) = $2");  // the first element
    becomes("details__tags__-1"_k = 5,                   "(details #> $1) = $2");  // the last one
    becomes("details__price__gt"_k = 9.5,                "(details #> $1) > $2");  // in the order of jsonb
    becomes("details__n__in"_k = {1, 2},                 "(details #> $1) = ANY($2)");
    becomes("details__owner__icontains"_k = "ann",       "UPPER((details #>> $1)) LIKE UPPER($2)");  // as text
    becomes("details__owner__isnull"_k = true,           "(details #> $1) IS NULL");
    becomes("details__contains"_k = json{{"n", 1}},      "details @> $1");
    becomes("details__contained_by"_k = json{{"n", 1}},  "details <@ $1");
    becomes("details__has_key"_k = "owner",              "details ? $1");
    becomes("details__has_keys"_k = {"owner", "n"},      "details ?& $1");
    becomes("details__has_any_keys"_k = {"owner", "n"},  "details ?| $1");
    // [/json]
    // [search]
    becomes("title__search"_k = "wizards",               "to_tsvector(title) @@ plainto_tsquery($1)");
    // [/search]
    // [own use]
    becomes("pages__not_equal"_k = 300,                  "pages <> $1");
    becomes("title__lower__like"_k = "the %",            "LOWER(title) LIKE $1");
    becomes("title__initials"_k = "AWoE",                R"(REGEXP_REPLACE(title, '(\w)\w* ?', '\1', 'g') = $1)");
    becomes("title__folded"_k = " Solaris",              "LOWER(TRIM(title)) = LOWER(TRIM($1))");
    // [/own use]
}
// clang-format on

void fill() {
    const auto book = [](const char* title, int pages, std::optional<json> details) {
        return Book::objects.create({.title = title,
                                     .pages = pages,
                                     .published = orm::date(1968, 11, 1),
                                     .keywords = {"sea"},
                                     .details = std::move(details)});
    };
    book("NULL", 1, std::nullopt);
    book("null", 2, json(nullptr));
    book("no key", 3, json::object());
    book("null key", 4, json{{"k", nullptr}});
    book("value", 5, json{{"k", "v"}});
}

template <class Books>
std::string titles(const Books& books) {
    std::string all;
    for (const Book& book : books) all += (all.empty() ? "" : ", ") + book.title;
    return all;
}

template <class Term>
std::string found(Term term) {
    return titles(Book::objects.filter(term).template order_by<"pages">());
}
template <class Term>
std::string rest(Term term) {
    return titles(Book::objects.exclude(term).template order_by<"pages">());
}

void nulls() {
    // [json nulls]
    check(found("details__isnull"_k = true) == "NULL");
    check(found("details"_k = std::nullopt) == "NULL");
    check(found("details"_k = json(nullptr)) == "null");
    check(found("details__k"_k = std::nullopt) == "null key");
    check(found("details__k__isnull"_k = true) == "NULL, null, no key");
    check(found("details__has_key"_k = "k") == "null key, value");
    check(found("details__k"_k = "v") == "value");
    check(rest("details__k"_k = "v") == "NULL, null, no key, null key");
    // [/json nulls]
}

void selected() {
    // [selected]
    auto by_length = Book::objects.order_by<"-title__length", "details__k">();
    for (const auto& row : by_length.values<"title__upper", "published__year", "keywords__0">()) {
        std::string title = row["title__upper"_k];
        std::optional<std::int32_t> year = row["published__year"_k];      // the column can be NULL
        std::optional<std::string> first_keyword = row["keywords__0"_k];  // there may be none
        check(!title.empty() && year == 1968 && first_keyword == "sea");
    }
    // [/selected]
}

void dynamic() {
    // [dynamic]
    json request = {{"title__icontains", "NULL"}, {"pages__gte", 2}};
    auto books = Book::objects.filter(book_filter.json(request));
    check(books.count() == 2);
    check(book_order(books, "-pages,title")[0].title == "null key");

    orm::Q<Book> any = book_filter.text("pages__in", "1,2") || book_filter.text("published__year", "2001");
    check(Book::objects.exclude(any).count() == 3);

    try {
        static_cast<void>(book_filter.json("pages__gtee", 2));
    } catch (const orm::field_error& error) {
        check(error.field() == "pages__gtee" && error.nearest() == "pages__gte");
        check(error.what() == std::string("pages__gtee: there is no such filter; did you mean pages__gte?"));
    }
    check_throws<orm::field_error>([] { return book_filter.json("id", 1); });  // not in the list
    check_throws<orm::field_error>([] { return book_filter.json("pages", 3'000'000'000); });  // beyond int
    check_throws<orm::field_error>([] { return book_filter.json("pages", "many"); });
    // [/dynamic]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Book>().get();
        transforms();
        fill();
        nulls();
        selected();
        dynamic();
    });
}
