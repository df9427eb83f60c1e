#include "subquery_cases.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

std::string behind(std::string text, std::string_view keyword) {
    constexpr std::string_view name = R"("library_book")";
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name))
        text.replace(at, name.size(), "B");
    const std::size_t at = text.find(keyword);
    REQUIRE(at != std::string::npos);
    return text.substr(at + keyword.size());
}

void compare_binds(const orm::sql_text& got, const golden::binds& binds) {
    CHECK(got.binds == std::vector<std::string>(binds.begin(), binds.end()));
}

}  // namespace

TEST_CASE("sub-queries render to what they say") {
    const auto authors = [](const auto& of, std::string_view expected, const golden::binds& binds) {
        const orm::sql_text got = library::Author::objects.filter(of).sql();
        CHECK(behind(got.text, " WHERE ") == expected);
        compare_binds(got, binds);
    };
    golden::subqueries(authors);
    golden::outer_references(authors);
}

TEST_CASE("windows render to what they say") {
    golden::windows([](const auto& of, std::string_view expected, const golden::binds& binds) {
        const orm::sql_text got = library::Book::objects.order_by(of).sql();
        CHECK(behind(got.text, " ORDER BY ") == std::string(expected) + " ASC");
        compare_binds(got, binds);
    });
}

TEST_CASE("a window's frame is refused where PostgreSQL would not take it") {
    using library::Book;
    using orm::Window;
    const auto sum = Window(orm::sum<"pages">);
    CHECK_THROWS_AS(static_cast<void>(sum.rows(1, 0)), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(Book::objects.order_by(sum.groups(-1, 0))), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(Book::objects.order_by(sum.range(-1, 0))), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(Book::objects.order_by(sum.order_by<"published">().range(-1, 0))),
                    orm::query_error);
    CHECK_NOTHROW(static_cast<void>(Book::objects.order_by(sum.range(orm::unbounded, 0))));
    CHECK_THROWS_AS(static_cast<void>(Book::objects.order_by(Window(orm::sum<"pages">.distinct()))),
                    orm::query_error);
}

TEST_CASE("what a window gives has the type that C++ has for it") {
    using library::Book;
    using orm::F;
    using orm::Window;
    const auto type = [](auto of) {
        return std::type_identity<typename decltype(of)::template type_in<Book>>();
    };
    CHECK(std::is_same_v<decltype(type(Window(orm::Rank()))), std::type_identity<std::int64_t>>);
    CHECK(std::is_same_v<decltype(type(Window(orm::Ntile(2)))), std::type_identity<std::int32_t>>);
    CHECK(std::is_same_v<decltype(type(Window(orm::CumeDist()))), std::type_identity<double>>);
    CHECK(
        std::is_same_v<decltype(type(Window(orm::Lag(F<"pages">)))), std::type_identity<std::optional<int>>>);
    CHECK(std::is_same_v<decltype(type(Window(orm::Lag(F<"pages">, 1, 0)))), std::type_identity<int>>);
    CHECK(std::is_same_v<decltype(type(Window(orm::Lag(F<"stars">, 1, 0)))),
                         std::type_identity<std::optional<int>>>);
    CHECK(std::is_same_v<decltype(type(Window(orm::FirstValue(F<"title">)))),
                         std::type_identity<std::optional<std::string>>>);
    CHECK(std::is_same_v<decltype(type(Window(orm::sum<"pages">.default_(0)))),
                         std::type_identity<std::int64_t>>);
}
