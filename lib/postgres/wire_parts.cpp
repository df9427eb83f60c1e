#include <asynchrormous/postgres/wire_parts.hpp>

namespace orm::inline v0::postgres::wire {

std::uint32_t take_count(std::string_view& rest, sql::type type) {
    if (rest.size() < 4) postgres::detail::throw_malformed(type, "it ends within a number");
    const char* number = rest.data();
    rest.remove_prefix(4);
    return load<std::uint32_t>(number);
}

field_view take_part_or_null(std::string_view& rest, sql::type type) {
    const auto size = static_cast<std::int32_t>(take_count(rest, type));
    if (size == -1) return {nullptr, -1};
    if (size < 0 || static_cast<std::size_t>(size) > rest.size())
        postgres::detail::throw_malformed(type, "a size is out of range");
    const char* data = rest.data();
    rest.remove_prefix(static_cast<std::size_t>(size));
    return {data, size};
}

field_view take_part(std::string_view& rest, sql::type type) {
    const field_view part = take_part_or_null(rest, type);
    if (part.null()) postgres::detail::throw_malformed(type, "a part of it is NULL");
    return part;
}

}  // namespace orm::inline v0::postgres::wire
