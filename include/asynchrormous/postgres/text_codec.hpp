// Text and bytes.
// A std::string is UTF-8 and read from text, varchar, char(n) (with its padding), name, json, and numeric,
// exactly as PostgreSQL prints that. PostgreSQL's text holds no NUL byte: one is refused before it is sent.
// Other invalid UTF-8 is refused by the server (22021), which checks it anyway.
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>
#include <asynchrormous/sql/bytes.hpp>

#include <string>
#include <string_view>

namespace orm::inline v0::postgres {

namespace detail {

// Throws: value_error for a NUL byte, and beyond one gigabyte, PostgreSQL's limit for a value.
ORM_EXPORT void append_text(std::string_view value, std::string& out);
ORM_EXPORT void append_bytes(const void* data, std::size_t size, std::string& out);

ORM_EXPORT std::string read_text(field_view field, std::uint32_t oid);

}  // namespace detail

template <>
struct codec<std::string> {
    static constexpr sql::type type{sql::type_kind::text};

    static void encode(std::string_view value, std::string& out) { detail::append_text(value, out); }
    static std::string decode(field_view field) {
        if (field.null()) [[unlikely]]
            detail::throw_wrong_size(field, type);
        return {field.data, static_cast<std::size_t>(field.size)};
    }
    static std::string convert(field_view field, std::uint32_t oid) { return detail::read_text(field, oid); }
};

template <>
struct codec<bytes> {
    static constexpr sql::type type{sql::type_kind::bytea};

    static void encode(const bytes& value, std::string& out) {
        detail::append_bytes(value.data(), value.size(), out);
    }
    static bytes decode(field_view field) {
        if (field.null()) [[unlikely]]
            detail::throw_wrong_size(field, type);
        const auto* begin = reinterpret_cast<const std::byte*>(field.data);
        return {begin, begin + field.size};
    }
};

}  // namespace orm::inline v0::postgres
