#include "schema/names.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using orm::schema::object_name;

TEST_CASE("a constraint is named after its table and columns") {
    const std::vector<std::string_view> columns{"title", "author_id"};
    CHECK(object_name("book", columns, "key") == "book_title_author_id_key");
    CHECK(object_name("book", {}, "pkey") == "book_pkey");
}

TEST_CASE("long names are cut to 63 bytes and stay different") {
    const std::string first(60, 'a');
    const std::vector<std::string_view> title{"title"};
    const std::vector<std::string_view> pages{"pages"};
    const std::string of_title = object_name(first, title, "key");
    const std::string of_pages = object_name(first, pages, "key");
    CHECK(of_title.size() == 63);
    CHECK(of_title != of_pages);
    CHECK(of_title == object_name(first, title, "key"));
    CHECK(of_title.ends_with("_key"));
}

TEST_CASE("a cut leaves no half of a character") {
    std::string table;
    for (int i = 0; i < 31; ++i) table += "\xC3\xBC";
    const std::string name = object_name("x" + table, {}, "pkey");
    const std::string other = object_name(table, {}, "pkey");
    CHECK(name.size() + other.size() < 2 * 63);
    CHECK((static_cast<unsigned char>(other[other.find('_') - 1]) & 0xC0U) == 0x80U);
    CHECK((static_cast<unsigned char>(name[name.find('_') - 1]) & 0xC0U) == 0x80U);
}
