#include "server/support.hpp"

#include <asynchrormous/sql/oid.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_CASE("the OIDs and names of the library's types are those of the server's catalog") {
    for (const orm::sql::oid::pair& each : orm::sql::oid::of_kind) {
        if (each.scalar == 0 || each.kind == orm::sql::type_kind::enumeration) continue;
        CAPTURE(each.scalar);
        const std::string row = " FROM pg_catalog.pg_type WHERE oid = " + std::to_string(each.scalar);
        CHECK(test::sql_value("SELECT typarray" + row) == std::to_string(each.array));
        CHECK(test::sql_value("SELECT format_type(oid, NULL)" + row) == orm::sql::name_of({each.kind}));
    }
}
