#include "ring.hpp"

#include <doctest/doctest.h>

namespace ring {

ring_tables tables_seen_author_first();
ring_tables tables_seen_book_first();
ring_tables tables_seen_tag_first();
ring_tables tables_seen_cover_first();
ring_tables tables_seen_review_first();
ring_tables tables_seen_through_first();
ring_tables tables_seen_path_first();
ring_tables tables_seen_pointers_first();
ring_tables tables_seen_key_first();

TEST_CASE("whichever model of a ring of relations is used first, all come to the same tables") {
    const ring_tables here = all_tables();
    CHECK(tables_seen_author_first() == here);
    CHECK(tables_seen_book_first() == here);
    CHECK(tables_seen_tag_first() == here);
    CHECK(tables_seen_cover_first() == here);
    CHECK(tables_seen_review_first() == here);
    CHECK(tables_seen_through_first() == here);
    CHECK(tables_seen_path_first() == here);
    CHECK(tables_seen_pointers_first() == here);
    CHECK(tables_seen_key_first() == here);
}

TEST_CASE("a model's ordering goes over relations") {
    const auto terms = orm::table_of<tag>().ordering();
    REQUIRE(terms.size() == 2);
    CHECK(terms[0].path.hops.size() == 2);
    CHECK(terms[1].path.hops.size() == 3);
    CHECK(terms[1].path.target == &orm::table_of<author>().columns[1]);
}

}  // namespace ring
