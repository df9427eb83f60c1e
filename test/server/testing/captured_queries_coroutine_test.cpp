// Counting what coroutines send.
#include "../query/fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace library;
using orm::testing::assert_num_queries;
using test::library_fixture;

TEST_CASE_FIXTURE(library_fixture, "assert_num_queries awaits tasks") {
    orm::event_loop::current().run([]() -> orm::task<> {
        const std::int64_t n = co_await assert_num_queries(2, []() -> orm::task<std::int64_t> {
            const auto [a, b] =
                co_await orm::when_all(Author::objects.async().count(), Book::objects.async().count());
            co_return a + b;
        });
        CHECK(n == 0);
        bool thrown = false;
        try {
            co_await assert_num_queries(0, []() -> orm::task<> { co_await Author::objects.async().count(); });
        } catch (const orm::testing::wrong_number_of_queries&) {
            thrown = true;
        }
        CHECK(thrown);
    }());
}
