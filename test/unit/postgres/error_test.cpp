#include "postgres/error_text.hpp"

#include <asynchrormous/postgres/error.hpp>

#include <doctest/doctest.h>

namespace orm::testing {

using namespace postgres;

namespace {

template <class Error>
bool is(std::string sqlstate) {
    try {
        std::rethrow_exception(server_error({.sqlstate = std::move(sqlstate), .message = "m"}, "select"));
    } catch (const Error&) {
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace

TEST_SUITE("errors") {
    TEST_CASE("errors are typed by SQLSTATE, an unknown class is a database_error") {
        CHECK(is<unique_violation>("23505"));
        CHECK(is<foreign_key_violation>("23503"));
        CHECK(is<not_null_violation>("23502"));
        CHECK(is<check_violation>("23514"));
        CHECK(is<integrity_error>("23505"));
        CHECK(is<integrity_error>("23001"));
        CHECK(is<data_error>("22012"));
        CHECK(is<serialization_failure>("40001"));
        CHECK(is<deadlock_detected>("40P01"));
        CHECK(is<transaction_rollback_error>("40003"));
        CHECK(is<query_cancelled>("57014"));
        CHECK(is<operational_error>("57P01"));
        CHECK(is<programming_error>("42P01"));
        CHECK(is<not_supported_error>("0A000"));
        CHECK(is<internal_error>("XX000"));
        CHECK(is<database_error>("ZZ999"));
        CHECK(is<database_error>(""));
        CHECK_FALSE(is<programming_error>("ZZ999"));
    }

    TEST_CASE("what() names constraint, table and SQL, and never the values in DETAIL and CONTEXT") {
        const server_report report{.severity = "ERROR",
                                   .sqlstate = "23505",
                                   .message = "duplicate key",
                                   .detail = "Key (email)=(secret@example.org) already exists.",
                                   .hint = "Take another.",
                                   .context = "portal with parameters: $1 = 'secret'",
                                   .table = "person",
                                   .constraint = "person_email_key",
                                   .position = 3};
        const unique_violation error(report, "INSERT INTO person VALUES ($1)");
        CHECK(
            std::string_view(error.what()) ==
            "duplicate key (SQLSTATE 23505, constraint \"person_email_key\", table \"person\", at character "
            "3)\nHINT: Take another.\nSQL: INSERT INTO person VALUES ($1)");
        CHECK(error.detail() == report.detail);
        CHECK(error.from_server());
    }

    TEST_CASE("a long statement is shortened in the message, between characters, and whole in sql()") {
        const std::string sql = std::string(399, 'x') + "äöü" + std::string(100, 'y');
        const data_error error(std::string("no"), sql);
        CHECK(std::string_view(error.what()) == "no\nSQL: " + std::string(399, 'x') + " ...");
        CHECK(error.sql() == sql);
        CHECK_FALSE(error.from_server());
    }
}

}  // namespace orm::testing
