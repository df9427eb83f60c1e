#include <asynchrormous/sql/uuid.hpp>

#include <doctest/doctest.h>

#include <unordered_set>

using orm::uuid;

static_assert(uuid("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11").octets()[0] == 0xa0);
static_assert(uuid() == uuid("00000000-0000-0000-0000-000000000000"));

TEST_CASE("a uuid reads what PostgreSQL reads and prints what it prints") {
    const uuid value("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    CHECK(value.to_string() == "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    for (const char* text : {"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",
                             "a0eebc999c0b4ef8bb6d6bb9bd380a11", "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11"})
        CHECK_MESSAGE(uuid::parse(text) == value, text);
}

TEST_CASE("a text that is no uuid is refused") {
    for (const char* text : {"", "a0eebc99", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1",
                             "g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a112",
                             "-a0eebc999c0b4ef8bb6d6bb9bd380a11", "a0eebc99--9c0b4ef8bb6d6bb9bd380a11",
                             "a0eebc999c0b4ef8bb6d6bb9bd380a11-", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"})
        CHECK_MESSAGE(!uuid::parse(text), text);
    CHECK_THROWS_AS(uuid("no"), orm::value_error);
}

TEST_CASE("random uuids are of version 4 and differ") {
    std::unordered_set<uuid> seen;
    for (int i = 0; i < 1000; ++i) {
        const uuid value = uuid::random();
        REQUIRE((value.octets()[6] & 0xf0) == 0x40);
        REQUIRE((value.octets()[8] & 0xc0) == 0x80);
        REQUIRE(uuid::parse(value.to_string()) == value);
        seen.insert(value);
    }
    CHECK(seen.size() == 1000);
}

TEST_CASE("uuids are ordered by their bytes") {
    CHECK(uuid("00000000-0000-0000-0000-0000000000ff") < uuid("7f000000-0000-0000-0000-000000000000"));
    CHECK(uuid("7f000000-0000-0000-0000-000000000000") < uuid("80000000-0000-0000-0000-000000000000"));
}
