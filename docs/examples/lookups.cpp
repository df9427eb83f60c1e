// Every lookup with the condition that it becomes, as the guide lists them.
#include "server.hpp"

#include <chrono>
#include <vector>

using namespace orm::literals;

namespace {

struct Publisher {
    std::int64_t id = 0;
    std::string name{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    std::optional<int> stars{};
    std::optional<orm::date> published{};
    orm::timestamptz created{};
    std::optional<orm::foreign_key<Publisher>> publisher{};

    static constexpr orm::manager<Book> objects{};
};

// Checks the WHERE clause, and that PostgreSQL takes it. The table's name is left out to keep it short.
template <class Books>
void check_condition(const Books& books, std::string_view wanted, std::source_location at) {
    static_cast<void>(books.count());
    std::string text = books.sql().text;
    const std::size_t where = text.find(" WHERE ");
    text = where == std::string::npos ? "" : text.substr(where + 7);
    for (const std::string_view table : {"\"book\".", "\""})
        for (std::size_t i = text.find(table); i != std::string::npos; i = text.find(table))
            text.erase(i, table.size());
    if (text != wanted) std::fprintf(stderr, "%s\n", text.c_str());
    check(text == wanted, at);
}

template <class Term>
void becomes(Term term, std::string_view wanted, std::source_location at = std::source_location::current()) {
    check_condition(Book::objects.filter(term), wanted, at);
}
template <class Term>
void excluded(Term term, std::string_view wanted, std::source_location at = std::source_location::current()) {
    check_condition(Book::objects.exclude(term), wanted, at);
}

// clang-format off
void lookups() {
    // [lookups]
    becomes("pages"_k = 300,                             "pages = $1");  // the same as pages__exact
    becomes("pages__gt"_k = 300,                         "pages > $1");
    becomes("pages__gte"_k = 300,                        "pages >= $1");
    becomes("pages__lt"_k = 300,                         "pages < $1");
    becomes("pages__lte"_k = 300,                        "pages <= $1");
    becomes("pages__range"_k = std::pair(100, 300),      "pages BETWEEN $1 AND $2");
    becomes("pages__in"_k = {100, 200, 300},             "pages = ANY($1)");
    becomes("published__isnull"_k = true,                "published IS NULL");
    becomes("published"_k = std::nullopt,                "published IS NULL");
    becomes("title__iexact"_k = "solaris",               "UPPER(title) = UPPER($1)");
    becomes("title__contains"_k = "100%",                "title LIKE $1");  // %100\%%
    becomes("title__icontains"_k = "sea",                "UPPER(title) LIKE UPPER($1)");
    becomes("title__startswith"_k = "The",               "title LIKE $1");
    becomes("title__istartswith"_k = "the",              "UPPER(title) LIKE UPPER($1)");
    becomes("title__endswith"_k = "sea",                 "title LIKE $1");
    becomes("title__iendswith"_k = "SEA",                "UPPER(title) LIKE UPPER($1)");
    becomes("title__regex"_k = "^The .*s$",              "title ~ $1");
    becomes("title__iregex"_k = "^the",                  "title ~* $1");
    becomes("pages__startswith"_k = "3",                 "pages::text LIKE $1");
    becomes("pages__gt"_k = orm::F<"stars">,             "pages > stars");
    becomes("publisher"_k = 7,                           "publisher_id = $1");  // key or object
    becomes("publisher__id"_k = 7,                       "publisher_id = $1");  // no join
    becomes("publisher__name"_k = "Ace",                 "publisher.name = $1");  // INNER JOIN publisher
    becomes("publisher__name__isnull"_k = true,          "publisher.name IS NULL");  // LEFT OUTER JOIN
    // [/lookups]
    // [dates]
    becomes("published__year"_k = 1968,                  "published BETWEEN $1 AND $2");  // an index serves
    becomes("published__year__gt"_k = 1968,              "published > $1");  // '1968-12-31'
    becomes("published__year__in"_k = {1968, 1971},      "EXTRACT(YEAR FROM published)::int = ANY($1)");
    becomes("published__iso_year"_k = 1968,              "published BETWEEN $1 AND $2");  // of ISO weeks
    becomes("published__quarter"_k = 4,                  "EXTRACT(QUARTER FROM published)::int = $1");
    becomes("published__month"_k = 11,                   "EXTRACT(MONTH FROM published)::int = $1");
    becomes("published__week"_k = 44,                    "EXTRACT(WEEK FROM published)::int = $1");  // ISO 8601
    becomes("published__week_day"_k = 1,                 "(EXTRACT(DOW FROM published)::int + 1) = $1");  // 1: Sunday
    becomes("published__iso_week_day"_k = 7,             "EXTRACT(ISODOW FROM published)::int = $1");  // 7: Sunday
    becomes("published__day__gte"_k = 15,                "EXTRACT(DAY FROM published)::int >= $1");
    becomes("created__hour"_k = 13,                      "EXTRACT(HOUR FROM created AT TIME ZONE 'UTC')::int = $1");
    becomes("created__minute"_k = 30,                    "EXTRACT(MINUTE FROM created AT TIME ZONE 'UTC')::int = $1");
    becomes("created__second__lt"_k = 30,                "FLOOR(EXTRACT(SECOND FROM created AT TIME ZONE 'UTC'))::int < $1");
    becomes("created__date"_k = orm::date(2024, 2, 29),  "(created AT TIME ZONE 'UTC')::date = $1");
    becomes("created__time__lt"_k = "12:00",             "(created AT TIME ZONE 'UTC')::time < $1::time");
    // [/dates]
    // [exclude]
    excluded("pages"_k = 300,                            "NOT (pages = $1)");
    excluded("stars"_k = 5,                              "NOT (stars = $1 AND stars IS NOT NULL)");
    excluded("stars__gt"_k = 4,                          "NOT (stars > $1 AND stars IS NOT NULL)");
    excluded("stars__isnull"_k = true,                   "NOT (stars IS NULL)");
    excluded("publisher__name"_k = "Ace",                "NOT (publisher.name = $1 AND publisher.name IS NOT NULL)");
    // [/exclude]
    // [lists]
    using list = std::vector<std::optional<int>>;
    becomes("stars__in"_k = list{1, std::nullopt},       "stars = ANY($1)");  // NULLs drop out of a list ...
    excluded("stars__in"_k = list{1, std::nullopt},      "NOT ((stars = ANY($1) OR stars IS NULL))");  // ... but count here
    becomes("stars__in"_k = list{},                      "");  // no row can match: no query is sent
    excluded("stars__in"_k = list{},                     "");  // every row: no WHERE
    // [/lists]
}
// clang-format on

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Book, Publisher>().get();
        lookups();
    });
}
