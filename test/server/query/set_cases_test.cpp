#include "../../golden/set_cases.hpp"

#include "shop_fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <string>
#include <vector>

namespace {

struct empty_tables : test::shop_fixture {
    empty_tables() { orm::create_tables<library::Country, library::Author, library::Book>().get(); }
};

}  // namespace

TEST_CASE_FIXTURE(empty_tables,
                  "dates, trees, named sources and relations on a condition are what PostgreSQL takes") {
    golden::sets([](const auto& query, std::string_view text, const golden::binds&) {
        INFO(text);
        CHECK(query.size() == 0);
        CHECK(query.count() == 0);
        CHECK_FALSE(query.exists());
    });
}

TEST_CASE_FIXTURE(empty_tables, "updates and deletes send what they say") {
    golden::returning([](const auto& write, std::string_view text, const golden::binds& binds) {
        const orm::testing::captured_queries sent;
        CHECK(write().empty());
        REQUIRE(sent.size() == 1);
        CHECK(sent.queries()[0].text == text);
        CHECK(sent.queries()[0].binds == std::vector<std::string>(binds.begin(), binds.end()));
    });
}
