// What server tests share: one server for the whole run, a psql-like helper on plain libpq, and a schema of
// its own for each test case.
#pragma once

#include <asynchrormous/testing/cluster.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace test {

// The server of this run; main() starts it.
orm::testing::cluster& server();

// A URL of the server; with a schema, its connections find unqualified names in it.
std::string database_url(std::string_view schema = {});

// A row is its columns as text; nullopt is NULL.
using text_row = std::vector<std::optional<std::string>>;

// A plain libpq connection beside the library, for setting up and for looking at what the library did.
class plain_connection {
public:
    explicit plain_connection(const std::string& url = database_url());

    // Runs one or more statements and returns the rows of the last one as psql would print them.
    // Throws: std::runtime_error with the server's message.
    std::vector<text_row> exec(std::string_view sql);

    // The first column of the first row; an empty string for NULL and for no row.
    std::string value(std::string_view sql);

    // Sends a parameter in binary format and asks for binary results. Lifetime: as long as the handle.
    struct binary_value {
        std::uint32_t oid = 0;
        std::optional<std::string> bytes{};
    };
    using result_handle = std::unique_ptr<pg_result, void (*)(pg_result*)>;
    result_handle exec_binary(std::string_view sql, std::initializer_list<binary_value> parameters = {});

    pg_conn* handle() const noexcept { return connection_.get(); }

private:
    std::unique_ptr<pg_conn, void (*)(pg_conn*)> connection_;
};

// On a connection that all tests share, in no particular schema.
std::vector<text_row> exec_sql(std::string_view sql);
std::string sql_value(std::string_view sql);

// A fresh, empty schema; dropped with everything in it at the end of the test case.
class fresh_schema {
public:
    fresh_schema();
    fresh_schema(const fresh_schema&) = delete;
    fresh_schema& operator=(const fresh_schema&) = delete;
    ~fresh_schema();

    const std::string& name() const noexcept { return name_; }
    std::string url() const { return database_url(name_); }

private:
    std::string name_;
};

}  // namespace test
