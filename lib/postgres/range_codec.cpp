#include <asynchrormous/postgres/range_codec.hpp>

namespace orm::inline v0::postgres::detail {

namespace {

// Requires: four bytes.
std::int32_t take_number(std::string_view& rest) {
    const char* number = rest.data();
    rest.remove_prefix(4);
    return wire::load<std::int32_t>(number);
}

}  // namespace

field_view take_part(std::string_view& rest, sql::type type) {
    if (rest.size() < 4) throw_malformed(type, "it ends within a size");
    const std::int32_t size = take_number(rest);
    if (size < 0 || static_cast<std::size_t>(size) > rest.size())
        throw_malformed(type, "a size is out of range");
    const char* data = rest.data();
    rest.remove_prefix(static_cast<std::size_t>(size));
    return {data, size};
}

std::uint32_t take_count(std::string_view& rest, sql::type type) {
    if (rest.size() < 4) throw_malformed(type, "it ends within its count");
    return static_cast<std::uint32_t>(take_number(rest));
}

range_view view_of_range(field_view field, sql::type type) {
    if (field.size < 1) throw_wrong_size(field, type);
    std::string_view rest = field.bytes();
    const auto flags = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    range_view view{(flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0};
    if (flags > 31) throw_malformed(type, "its flags are none");
    if (!view.empty && (flags & 8) == 0) view.lower = take_part(rest, type);
    if (!view.empty && (flags & 16) == 0) view.upper = take_part(rest, type);
    if (!rest.empty()) throw_malformed(type, "there are bytes behind its bounds");
    return view;
}

}  // namespace orm::inline v0::postgres::detail
