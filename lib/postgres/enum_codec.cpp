#include <asynchrormous/postgres/enum_codec.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <algorithm>

namespace orm::inline v0::postgres::detail {

std::size_t find_enumerator(field_view field, std::span<const std::string_view> names,
                            std::string_view enum_name) {
    if (field.null()) throw_wrong_size(field, {sql::type_kind::enumeration});
    const auto found = std::find(names.begin(), names.end(), field.bytes());
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    throw decode_error("the text '" + std::string(field.bytes().substr(0, 63)) + "' is no enumerator of " +
                       std::string(enum_name));
}

void require_text(std::uint32_t oid, sql::type wanted) {
    if (!readable(wanted, oid)) throw_unreadable(oid, wanted);
}

void throw_no_enumerator(std::string_view enum_name, long long value) {
    throw value_error("the value " + std::to_string(value) + " of " + std::string(enum_name) +
                      " has no enumerator, so it has no name to be stored under");
}

}  // namespace orm::inline v0::postgres::detail
