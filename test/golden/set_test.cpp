#include "set_cases.hpp"

#include <doctest/doctest.h>

#include <string>

TEST_CASE("dates, trees, named sources and relations on a condition render to what they say") {
    golden::sets([](const auto& query, std::string_view text, const golden::binds& binds) {
        const orm::sql_text got = query.sql();
        CHECK(got.text == text);
        CHECK(got.binds == std::vector<std::string>(binds.begin(), binds.end()));
    });
}
