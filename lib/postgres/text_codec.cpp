#include "postgres/numeric.hpp"

#include <asynchrormous/postgres/text_codec.hpp>
#include <asynchrormous/sql/value_error.hpp>

namespace orm::inline v0::postgres::detail {

namespace {

constexpr std::size_t largest_value = std::size_t{1} << 30;  // MaxAllocSize

[[noreturn, gnu::cold]] void throw_too_large(std::size_t size) {
    throw value_error("a value of " + std::to_string(size) + " bytes: PostgreSQL's limit is one gigabyte");
}

[[noreturn, gnu::cold]] void throw_nul(std::size_t at) {
    throw value_error("a text with a NUL byte at offset " + std::to_string(at) +
                      ": PostgreSQL's text types cannot hold it; remove it, or store orm::bytes");
}

void require_size(std::size_t size) {
    if (size >= largest_value) throw_too_large(size);
}

}  // namespace

void append_text(std::string_view value, std::string& out) {
    require_size(value.size());
    if (const std::size_t at = value.find('\0'); at != std::string_view::npos) throw_nul(at);
    out += value;
}

void append_bytes(const void* data, std::size_t size, std::string& out) {
    require_size(size);
    if (size != 0) out.append(static_cast<const char*>(data), size);
}

std::string read_text(field_view field, std::uint32_t oid) {
    if (!readable(codec<std::string>::type, oid)) throw_unreadable(oid, codec<std::string>::type);
    return oid == sql::oid::numeric ? numeric_text(field) : codec<std::string>::decode(field);
}

}  // namespace orm::inline v0::postgres::detail
