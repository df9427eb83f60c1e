#include "circle.hpp"

#include <doctest/doctest.h>

namespace circle {

circle_tables tables_seen_author_first();
circle_tables tables_seen_book_first();
circle_tables tables_seen_publisher_first();
circle_tables tables_seen_lookup_first();
circle_tables tables_seen_pointers_first();
circle_tables tables_seen_key_first();

TEST_CASE("whichever model of a circle is used first, all come to the same tables") {
    const circle_tables here = all_tables();
    CHECK(tables_seen_author_first() == here);
    CHECK(tables_seen_book_first() == here);
    CHECK(tables_seen_publisher_first() == here);
    CHECK(tables_seen_lookup_first() == here);
    CHECK(tables_seen_pointers_first() == here);
    CHECK(tables_seen_key_first() == here);
}

TEST_CASE("a model's ordering goes through the circle") {
    const auto terms = orm::table_of<author>().ordering();
    REQUIRE(terms.size() == 2);
    CHECK(terms[0].path.hops.size() == 2);
    CHECK(terms[0].path.target == &orm::table_of<publisher>().columns[1]);
    CHECK_FALSE(terms[0].descending);
    CHECK(terms[1].path.target == &orm::table_of<author>().columns[1]);
    CHECK(terms[1].descending);
}

}  // namespace circle
