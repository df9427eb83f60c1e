// One value to the server and back through plain libpq: what we encode as the server understands it, and what
// the server sends as we decode it.
#pragma once

#include "server/support.hpp"

#include <asynchrormous/postgres/codec.hpp>

#include <doctest/doctest.h>
#include <libpq-fe.h>

#include <string>

namespace test {

// With the settings under which PostgreSQL prints as the library does, whatever the server's defaults.
inline plain_connection& wire() {
    static plain_connection connection;
    static const auto settings =
        connection.exec("SET timezone = 'UTC'; SET datestyle = 'ISO'; SET extra_float_digits = 1");
    return connection;
}

template <class T>
T first_field(const plain_connection::result_handle& result) {
    const bool null = PQgetisnull(result.get(), 0, 0) != 0;
    const orm::postgres::field_view field{PQgetvalue(result.get(), 0, 0),
                                          null ? -1 : PQgetlength(result.get(), 0, 0)};
    return orm::postgres::read<T>(field, PQftype(result.get(), 0));
}

inline plain_connection::binary_value bound(const orm::sql::parameter& from) {
    return {orm::sql::parameter_oid_of(from.type), from.bytes};
}

// What the server makes of our bytes, in its own text; "NULL" for NULL.
template <class T>
std::string server_text(const T& value) {
    const auto result =
        wire().exec_binary("SELECT coalesce($1::text, 'NULL')", {bound(orm::postgres::to_parameter(value))});
    return first_field<std::string>(result);
}

// What we make of the server's bytes for an SQL expression.
template <class T>
T server_value(const std::string& expression) {
    return first_field<T>(wire().exec_binary("SELECT " + expression));
}

// There and back in binary.
template <class T>
T echo(const T& value) {
    return first_field<T>(wire().exec_binary("SELECT $1", {bound(orm::postgres::to_parameter(value))}));
}

// The server prints and reads the value as we do, and sends it back unchanged. T prints as PostgreSQL does.
template <class T>
void check_exchange(const T& value) {
    REQUIRE(server_text(value) == value.to_string());
    REQUIRE(echo(value) == value);
    const std::string cast = "::" + std::string(orm::sql::name_of(orm::postgres::codec<T>::type));
    REQUIRE(server_value<T>("'" + value.to_string() + "'" + cast) == value);
}

}  // namespace test
