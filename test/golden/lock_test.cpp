#include "lock_cases.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

std::string behind_columns(std::string text) {
    constexpr std::string_view name = R"("library_book")";
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name))
        text.replace(at, name.size(), "B");
    return text.substr(text.find("FROM"));
}

}  // namespace

TEST_CASE("locks render to what they say, each time") {
    for (int twice = 0; twice < 2; ++twice)
        golden::locks([](const auto& rows, std::string_view expected) {
            CHECK(behind_columns(rows.sql().text) == expected);
        });
}

TEST_CASE("what PostgreSQL cannot lock is refused with the way out") {
    using namespace orm::literals;
    using library::Book;
    const auto locked = Book::objects.select_for_update();
    const auto refusal_of = [](auto make) -> std::string {
        try {
            static_cast<void>(make().sql());
        } catch (const orm::query_error& e) {
            return e.what();
        }
        return "not refused";
    };
    const auto says = [](const std::string& text, const char* part) {
        INFO(text);
        return text.find(part) != std::string::npos;
    };
    CHECK(says(refusal_of([&] { return locked.distinct(); }), "distinct()"));
    CHECK(says(refusal_of([&] { return locked.distinct<"author">(); }), "distinct()"));
    CHECK(says(refusal_of([&] { return locked.annotate("n"_k = orm::count<"author">); }), "aggregates"));
    CHECK(says(refusal_of([&] { return locked.union_(Book::objects.all()); }), "union_()"));
    CHECK(says(refusal_of([&] { return Book::objects.union_(locked); }), "union_()"));
    CHECK(says(refusal_of([&] { return Book::objects.union_(Book::objects.all()).select_for_update(); }),
               "union_()"));
    CHECK(
        says(refusal_of([&] { return locked.order_by<"editor__name">(); }), "select_for_update<\"self\">()"));
    CHECK(says(refusal_of([&] { return Book::objects.select_for_update<"editor">(); }), "exclude those"));
    CHECK(says(
        refusal_of([] { return Book::objects.select_for_update({.nowait = true, .skip_locked = true}); }),
        "nowait and skip_locked"));
    CHECK(says(refusal_of([] {
                   return Book::objects.select_for_update({.no_key = true, .strength = orm::row_lock::share});
               }),
               "no_key"));
}
