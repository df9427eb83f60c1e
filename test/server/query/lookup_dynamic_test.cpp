// Filters whose names and values come from outside.
#include "fixture.hpp"

#include <asynchrormous/query/dynamic.hpp>

#include <nlohmann/json.hpp>

#include <random>

using namespace library;
using namespace orm::literals;
using nlohmann::json;
using test::filled_library;
using test::strings;
using test::titles;

namespace {

constexpr orm::dynamic_filter<Book, "title__icontains", "author__name", "pages__*", "stars__*", "binding",
                              "author", "published__*", "created__*", "checked__*", "keywords__*",
                              "details__*", "isbn__*", "in_print__*", "price__*", "title__*",
                              "author__country__*", "binding__in">
    filters;
constexpr orm::dynamic_order<Book, "title", "pages", "author__name", "title__length"> orders;

strings found(const orm::Q<Book>& q) { return titles(Book::objects.order_by<"title">().filter(q)); }
strings found(std::string_view name, const json& value) { return found(filters.json(name, value)); }
strings found_text(std::string_view name, std::string_view text) { return found(filters.text(name, text)); }

std::string refused(std::string_view name, const json& value) {
    try {
        static_cast<void>(filters.json(name, value));
        return "nothing";
    } catch (const orm::field_error& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE_FIXTURE(filled_library, "names and JSON values from outside filter as those in the program do") {
    CHECK(found("title__icontains", "SEA") == strings{"A Wizard of Earthsea"});
    CHECK(found("pages__gte", 205) == titles(Book::objects.order_by<"title">().filter("pages__gte"_k = 205)));
    CHECK(found("pages__in", {12, 204}) == strings{"100%_Songs\\", "Solaris"});
    CHECK(found("pages__range", {163, 204}) == strings{"Solaris", "The Tombs of Atuan"});
    CHECK(found("stars", nullptr) == strings{"100%_Songs\\", "The Tombs of Atuan"});
    CHECK(found("stars__isnull", true) == strings{"100%_Songs\\", "The Tombs of Atuan"});
    CHECK(found("binding", "hardcover") == strings{"Solaris"});
    CHECK(found("binding__in", {"hardcover", "digital"}) == strings{"Solaris"});
    CHECK(found("author", stanislaw.id) == strings{"Solaris"});
    CHECK(found("author__name", "Anonymous") == strings{"100%_Songs\\"});
    CHECK(found("author__country", "pl") == strings{"Solaris"});
    CHECK(found("published__year__lt", 1968) == strings{"Solaris"});
    CHECK(found("published", "1972-09-01") == strings{"The Farthest Shore"});
    CHECK(found("created__time__gte", "00:00").size() == 5);
    CHECK(found("keywords__overlap", {"wizard"}) == strings{"A Wizard of Earthsea"});
    CHECK(found("keywords__0", "sea") == strings{"A Wizard of Earthsea"});
    CHECK(found("keywords__in", json::array({json::array({"sea", "wizard"})})) ==
          strings{"A Wizard of Earthsea"});
    CHECK(found("details__owner__name__isnull", true).size() == 5);
    CHECK(found("in_print", false) == strings{"100%_Songs\\"});
    CHECK(found("title__lower__startswith", "sol") == strings{"Solaris"});
    CHECK(found(filters.json({{"pages__gt", 100}, {"stars", 5}})) ==
          strings{"A Wizard of Earthsea", "Solaris"});
    CHECK(Book::objects.exclude(filters.json("stars", 5)).count() == 3);
    CHECK(found(!filters.json("stars", 5) && filters.json("pages__lt", 100)) == strings{"100%_Songs\\"});
}

TEST_CASE_FIXTURE(filled_library, "text from a query string is converted for the column") {
    CHECK(found_text("pages__gte", "223") == strings{"The Farthest Shore"});
    CHECK(found_text("pages__in", "12,204") == strings{"100%_Songs\\", "Solaris"});
    CHECK(found_text("pages__range", "163,204").size() == 2);
    CHECK(found_text("price__gt", "8.5") == strings{"Solaris"});
    CHECK(found_text("in_print", "false") == strings{"100%_Songs\\"});
    CHECK(found_text("stars__isnull", "1").size() == 2);
    CHECK(found_text("keywords__contains", "sea,wizard") == strings{"A Wizard of Earthsea"});
    CHECK(found_text("details__a", "{\"b\": 1}").empty());
    CHECK(found_text("details__a", "{not json").empty());
    CHECK_THROWS_AS(static_cast<void>(filters.text("pages", "12x")), orm::field_error);
    CHECK_THROWS_AS(static_cast<void>(filters.text("pages__in", "12,")), orm::field_error);
}

TEST_CASE("what is wrong with a filter from outside is said by field, reason and nearest name") {
    CHECK(refused("pagse", 1) == "pagse: there is no such filter; did you mean pages?");
    CHECK(refused("pages__gtt", 1) == "pages__gtt: there is no such filter; did you mean pages__gt?");
    CHECK(refused("title__regx", 1) == "title__regx: there is no such filter");
    CHECK(refused("pages__has_key", "a") == "pages__has_key: this field has no such filter");
    CHECK(refused("id", 1).starts_with("id: there is no such filter"));
    CHECK(refused("title__regex", "(") == "title__regex: this field has no such filter");
    CHECK(refused("price__sqrt", 1) == "price__sqrt: this field has no such filter");
    CHECK(refused("author__country__name", "Poland").starts_with("author__country__name: "));
    CHECK(refused("author__id", 1).starts_with("author__id: there is no such filter"));
    CHECK(refused("pages", "many") == "pages: has to be a whole number");
    CHECK(refused("stars", 40000) == "stars: has to be between -32768 and 32767");
    CHECK(refused("pages", 1.5) == "pages: has to be a whole number");
    CHECK(refused("pages__gt", nullptr) == "pages__gt: has to be a value; ask for none with isnull");
    CHECK(refused("pages__in", 3) == "pages__in: has to be a list");
    CHECK(refused("pages__in", {nullptr}).starts_with("pages__in: has to be a list without null"));
    CHECK(refused("pages__range", {1}) ==
          "pages__range: has to be a list of two values, the lower one first");
    CHECK(refused("pages__isnull", 1) == "pages__isnull: has to be true or false");
    CHECK(refused("binding", "leather") == "binding: has to be one of paperback, hardcover, digital");
    CHECK(refused("published", "1968-02-30") == "published: has to be a date, \"2024-12-31\"");
    CHECK(refused("isbn", "x") == "isbn: has to be a UUID");
    CHECK(refused("title", std::string("a\0b", 3)) == "title: has to be text in UTF-8 without NUL");
    CHECK(refused("title__icontains", "\xff") == "title__icontains: has to be text in UTF-8 without NUL");
    CHECK(refused("created__time", "noon").starts_with("created__time: has to be a time of day"));
    CHECK_THROWS_AS(static_cast<void>(filters.json(json::array({1}))), orm::field_error);
    const json deep = json::parse(std::string(100, '[') + std::string(100, ']'));
    CHECK(refused("details__a", deep) == "details__a: has to be JSON of at most 64 levels");
}

TEST_CASE_FIXTURE(filled_library, "rows are ordered by names from outside that are allowed") {
    CHECK(titles(orders(Book::objects, "-pages")).front() == "The Farthest Shore");
    CHECK(titles(orders(Book::objects.filter("stars"_k = 5), "author__name, -title")) ==
          strings{"Solaris", "A Wizard of Earthsea"});
    CHECK(orders(Book::objects, "").size() == 5);
    CHECK_THROWS_WITH_AS(static_cast<void>(orders(Book::objects, "-pags")),
                         "pags: rows cannot be ordered by this; did you mean pages?", orm::field_error);
    CHECK_THROWS_AS(static_cast<void>(orders(Book::objects, "title;drop table")), orm::field_error);
    CHECK_THROWS_AS(static_cast<void>(orders(Book::objects, "?")), orm::field_error);
}

// Whatever comes in, it is refused with a field_error or is a query that the server takes.
TEST_CASE_FIXTURE(filled_library, "random names and values are refused or run") {
    std::mt19937 random(20240229);
    const auto roll = [&](std::size_t sides) { return static_cast<std::size_t>(random()) % sides; };
    const auto one = [&](const auto& of) { return of[roll(std::size(of))]; };
    static constexpr const char* parts[] = {
        "title",    "pages",       "stars",    "binding",     "author",   "published",  "created",
        "checked",  "keywords",    "details",  "isbn",        "in_print", "price",      "gt",
        "lte",      "exact",       "in",       "range",       "isnull",   "iexact",     "icontains",
        "contains", "overlap",     "has_key",  "has_keys",    "search",   "startswith", "year",
        "date",     "time",        "week_day", "iso_year",    "lower",    "length",     "md5",
        "trim",     "len",         "0",        "-1",          "0_2",      "99999999",   "k",
        "'",        "\"; DROP --", "$1",       "round",       "ceil",     "country",    "name",
        "",         "\xc3",        "{0}",      "contained_by"};
    const auto name = [&] {
        std::string text = parts[roll(13)];
        for (std::size_t i = roll(4); i > 0; --i) (text += "__") += one(parts);
        return text;
    };
    const std::vector<json> values = {1,
                                      -1,
                                      0,
                                      300,
                                      1968,
                                      9999,
                                      10000,
                                      1.5,
                                      1e300,
                                      std::int64_t{1} << 40,
                                      ~std::uint64_t{0},
                                      true,
                                      nullptr,
                                      "a",
                                      "",
                                      "%",
                                      "\\",
                                      "'; DROP TABLE library_book; --",
                                      "1968-11-01",
                                      "2024-01-01T10:00:00Z",
                                      "10:30",
                                      "1968-11-01T00:00:00",
                                      "infinity",
                                      "hardcover",
                                      "5a3c6a2e-0000-4000-8000-000000000000",
                                      "\xff",
                                      std::string(1, '\0'),
                                      json::array(),
                                      json::object(),
                                      json{{"k", 1}},
                                      json{{"k", std::string(1, '\0')}},
                                      json::array({1, 2}),
                                      json::array({"a", "b"}),
                                      json::array({nullptr}),
                                      json::array({json::array({"a"})}),
                                      std::string(2000, 'x')};
    std::size_t ran = 0;
    for (int i = 0; i < 4000; ++i) {
        const std::string asked = name();
        const json value = roll(4) ? one(values) : json::array({one(values), one(values)});
        CAPTURE(asked);
        CAPTURE(value.dump(-1, ' ', false, json::error_handler_t::replace));
        try {
            const orm::Q<Book> q =
                roll(3)
                    ? filters.json(asked, value)
                    : filters.text(asked, value.is_string()
                                              ? value.get<std::string>()
                                              : value.dump(-1, ' ', false, json::error_handler_t::replace));
            const auto text = Book::objects.filter(q).sql().text;
            CHECK(text.find("DROP") == std::string::npos);
            if (roll(2)) {
                static_cast<void>(Book::objects.filter(q).count());
            } else {
                static_cast<void>(Book::objects.exclude(q).count());
            }
            ++ran;
        } catch (const orm::field_error& error) {
            CHECK_FALSE(error.reason().empty());
        } catch (const std::exception& other) {
            FAIL_CHECK(other.what());
        }
    }
    CHECK(ran > 300);
}
