#include <asynchrormous/model/field_checks.hpp>
#include <asynchrormous/model/shared_columns.hpp>
#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

using orm::validation_errors;

namespace {

template <class V, class T>
std::vector<std::string> messages(const V& check, const T& value) {
    validation_errors errors;
    orm::model_detail::run_validator(check, value, "field", errors);
    return errors["field"];
}
template <class V, class T>
std::string code(const V& check, const T& value) {
    validation_errors errors;
    orm::model_detail::run_validator(check, value, "field", errors);
    return errors.empty() ? "" : errors.codes("field").front();
}

using none = std::vector<std::string>;

}  // namespace

TEST_CASE("limits compare numbers of all types, and name the limit") {
    static_assert(orm::min_value(3)(3) && !orm::min_value(3)(2));
    static_assert(orm::max_value(3u)(-1) && orm::min_value(-1)(0u));
    static_assert(orm::min_value(1.5)(2) && !orm::max_value(1)(1.5));
    CHECK(messages(orm::min_value(3), 2) == none{"Ensure this value is greater than or equal to 3."});
    CHECK(messages(orm::max_value(0.5), 0.75F) == none{"Ensure this value is less than or equal to 0.5."});
    CHECK(messages(orm::max_value(orm::date(2000, 1, 1)), orm::date(2000, 1, 2)) ==
          none{"Ensure this value is less than or equal to 2000-01-01."});
    CHECK(code(orm::min_value(3), 2) == "min_value");
    CHECK(code(orm::max_value(3), 4) == "max_value");
    CHECK(messages(orm::step_value(5), 15).empty());
    CHECK(code(orm::step_value(5), -14) == "step_size");
}

TEST_CASE("lengths count characters of texts and elements of arrays") {
    CHECK(messages(orm::min_length(3), std::string("äöü")).empty());
    CHECK(messages(orm::min_length(3), std::string("äö")) ==
          none{"Ensure this value has at least 3 characters (it has 2)."});
    CHECK(messages(orm::min_length(1), std::vector<int>()) ==
          none{"Ensure this value has at least 1 character (it has 0)."});
}

TEST_CASE("a regular expression may match any part of the text, however long it is") {
    CHECK(messages(orm::regex("^[a-z]+[0-9]$"), std::string("abc1")).empty());
    CHECK(messages(orm::regex("b\\d"), std::string("ab1c")).empty());
    CHECK(messages(orm::regex("^b"), std::string("ab")) == none{"Enter a valid value."});
    CHECK(messages(orm::regex("^b", "Begin with b.", "b"), std::string("ab")) == none{"Begin with b."});
    CHECK(code(orm::regex("^b", "Begin with b.", "b"), std::string("ab")) == "b");
    CHECK(messages(orm::regex("^(a|b)*$"), std::string(200'000, 'a')).empty());
    CHECK(code(orm::regex("^(a+)+$"), std::string(2'000, 'a') + "b") == "invalid");
    CHECK_THROWS_WITH_AS(messages(orm::regex("("), std::string("a")), doctest::Contains("regex(\"(\")"),
                         orm::query_error);
}

TEST_CASE("functions say whether a value is valid, or what is wrong with it") {
    const auto odd = [](int number) { return number % 2 != 0; };
    CHECK(messages(odd, 2) == none{"Enter a valid value."});
    CHECK(messages(orm::validator(odd, "Odd, please.", "odd"), 2) == none{"Odd, please."});
    CHECK(messages(orm::validator(odd, "Odd, please.", "odd"), 3).empty());
    CHECK(messages([](int number) { return number > 3 ? "Too many." : ""; }, 4) == none{"Too many."});
    CHECK(messages([](int number) { return number > 3 ? "Too many." : ""; }, 3).empty());
    const auto perhaps = [](int number) {
        return number > 3 ? std::optional<std::string>("Too many.") : std::nullopt;
    };
    CHECK(messages(perhaps, 4) == none{"Too many."});
    CHECK(messages(perhaps, 3).empty());
}

TEST_CASE("forms of texts") {
    const auto all = [](bool (*valid)(std::string_view), std::vector<std::string> texts) {
        return std::all_of(texts.begin(), texts.end(), [&](const auto& each) { return valid(each); });
    };
    const auto any = [](bool (*valid)(std::string_view), std::vector<std::string> texts) {
        return std::any_of(texts.begin(), texts.end(), [&](const auto& each) { return valid(each); });
    };
    using namespace orm::model_detail;
    CHECK(all(&is_email, {"a@b.co", "a.b+c@d-e.example", "\"quoted\"@x.org", "x@localhost", "x@[127.0.0.1]",
                          "x@[::1]", "ada@exämple.org"}));
    CHECK_FALSE(any(&is_email, {"", "a", "@b.co", "a@", "a@b", "a b@c.de", ".a@b.co", "a.@b.co", "a..b@c.de",
                                "a@-b.co", "a@b-.co", "a@b.c", "a@[999.0.0.1]", "a@b..co", "\"@b.co"}));
    CHECK(all(&is_url, {"http://example.com", "https://example.com/a?b#c",
                        "ftp://user:word@example.com:8000/", "http://localhost:80", "http://127.0.0.1",
                        "http://[::1]:8000/", "HTTPS://exämple.org", "http://example.com."}));
    CHECK_FALSE(any(&is_url,
                    {"", "example.com", "http://", "gopher://example.com", "http://example", "http://a b.com",
                     "http://example.com:port", "http://example.com:123456", "http://-a.com", "http://a..com",
                     "http://[::1", "http://1.2.3", "http://@example.com", "http://a:b:c@example.com"}));
    CHECK(all(&is_slug, {"a", "A-b_9", "-"}));
    CHECK_FALSE(any(&is_slug, {"", "a b", "ä", "a\n"}));
    CHECK(all(&is_domain_name, {"example.com", "a.b.example", "xn--a.xn--9", "example.com."}));
    CHECK_FALSE(any(&is_domain_name, {"", "example", "-a.com", "a.1", "a..b"}));
    CHECK(is_ip("1.2.3.4"));
    CHECK(is_ip("fe80::1"));
    CHECK_FALSE(any(&is_ip, {"", "1.2.3", "1.2.3.256", "::g", std::string("::1\0", 4)}));
}

namespace {

struct Stamped {
    int tries = 0;
    static constexpr auto meta = orm::meta(orm::column<&Stamped::tries>(orm::validators(orm::max_value(3))));
};
struct Book {
    std::int64_t id = 0;
    std::string title{};
    std::optional<int> pages{};
    orm::embedded<orm::timestamps> times{};
    orm::embedded<Stamped> stamped{};

    static constexpr auto meta =
        orm::meta(orm::column<&Book::title>(orm::blank, orm::max_length(9), orm::validators(orm::slug)),
                  orm::column<&Book::pages>(orm::choices(1, 2)), orm::check("title_or_pages", "title <> ''"));
};

}  // namespace

TEST_CASE("options of a column stand beside its validators, and groups bring their meta along") {
    const orm::sql::table& table = orm::table_of<Book>();
    CHECK(table.columns[1].max_length == 9);
    CHECK(table.columns[1].blank);
    CHECK(table.columns[3].auto_now_add);
    CHECK(table.columns[4].auto_now);
    REQUIRE(table.checks.size() == 1);
    CHECK(table.checks[0].name == "title_or_pages");
    const auto& checks = orm::model_detail::field_checks<Book>;
    REQUIRE(checks.size() == 3);
    CHECK(checks[2].field == "tries");
    validation_errors errors;
    const Book wrong{.title = "a b", .pages = 3, .stamped = Stamped{.tries = 4}};
    checks[0].run(&wrong.title, "title", errors);
    checks[1].run(&wrong.pages, "pages", errors);
    checks[2].run(&wrong.stamped.tries, "tries", errors);
    CHECK(errors.size() == 3);
    CHECK(errors.to_string() ==
          "title: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.; pages: Value "
          "is not "
          "a valid choice.; tries: Ensure this value is less than or equal to 3.");
}
