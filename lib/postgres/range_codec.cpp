#include <asynchrormous/postgres/range_codec.hpp>

namespace orm::inline v0::postgres::detail {

range_view view_of_range(field_view field, sql::type type) {
    if (field.size < 1) throw_wrong_size(field, type);
    std::string_view rest = field.bytes();
    const auto flags = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    range_view view{(flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0};
    if (flags > 31) throw_malformed(type, "its flags are none");
    if (!view.empty && (flags & 8) == 0) view.lower = wire::take_part(rest, type);
    if (!view.empty && (flags & 16) == 0) view.upper = wire::take_part(rest, type);
    if (!rest.empty()) throw_malformed(type, "there are bytes behind its bounds");
    return view;
}

}  // namespace orm::inline v0::postgres::detail
