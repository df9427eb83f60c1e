// Ranges and multiranges.
//
//     uint8 flags | int32 size, lower bound | int32 size, upper bound      each bound only if there is one
//     int32 ranges | int32 size, range | …                                 a multirange
//
// (rangetypes.c, range_send; multirangetypes.c, multirange_send)
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>
#include <asynchrormous/postgres/wire_parts.hpp>
#include <asynchrormous/sql/range.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0::postgres {

namespace detail {

// The range, or from int4multirange on the multirange, of what T travels as; unknown: there is none.
constexpr sql::type_kind set_of(sql::type_kind element, sql::type_kind first) {
    for (int i = 0; i < 6; ++i) {
        const auto kind = static_cast<sql::type_kind>(static_cast<int>(first) + i);
        if (sql::element_of_range(kind) == element) return kind;
    }
    return sql::type_kind::unknown;
}
constexpr sql::type_kind range_kind(sql::type_kind element) {
    return set_of(element, sql::type_kind::int4range);
}
constexpr sql::type_kind multirange_kind(sql::type_kind element) {
    return set_of(element, sql::type_kind::int4multirange);
}

// Bounds of a range as they travel. Throws: decode_error where the bytes contradict themselves.
struct range_view {
    bool empty = false;
    bool lower_included = false;
    bool upper_included = false;
    field_view lower{};  // NULL: unbounded
    field_view upper{};
};
ORM_EXPORT range_view view_of_range(field_view field, sql::type type);

}  // namespace detail

template <class T>
concept range_element = requires { codec<T>::type; } && !codec<T>::type.array &&
                        detail::range_kind(codec<T>::type.kind) != sql::type_kind::unknown;

template <range_element T>
struct codec<range<T>> {
    static constexpr sql::type type{detail::range_kind(codec<T>::type.kind)};

    static void encode(const range<T>& value, std::string& out) {
        const int flags = (value.is_empty() ? 1 : 0) | (value.lower_included() ? 2 : 0) |
                          (value.upper_included() ? 4 : 0) | (value.lower() ? 0 : 8) |
                          (value.upper() ? 0 : 16);
        out += static_cast<char>(value.is_empty() ? 1 : flags);
        for (const std::optional<T>* bound : {&value.lower(), &value.upper()})
            if (*bound) wire::append_sized(out, [&] { codec<T>::encode(**bound, out); });
    }

    static range<T> decode(field_view field) {
        const detail::range_view view = detail::view_of_range(field, type);
        if (view.empty) return range<T>::empty();
        constexpr bounds ends[] = {bounds::open, bounds::open_closed, bounds::closed_open, bounds::closed};
        try {
            return {bound_of(view.lower), bound_of(view.upper),
                    ends[(view.lower_included ? 2 : 0) + (view.upper_included ? 1 : 0)]};
        } catch (const value_error& wrong) {
            detail::throw_malformed(type, wrong.what());
        }
    }

private:
    static std::optional<T> bound_of(field_view field) {
        if (field.null()) return std::nullopt;
        return codec<T>::decode(field);
    }
};

template <range_element T>
struct codec<multirange<T>> {
    static constexpr sql::type type{detail::multirange_kind(codec<T>::type.kind)};

    static void encode(const multirange<T>& value, std::string& out) {
        wire::append(out, static_cast<std::int32_t>(value.parts().size()));
        for (const range<T>& each : value.parts())
            wire::append_sized(out, [&] { codec<range<T>>::encode(each, out); });
    }

    static multirange<T> decode(field_view field) {
        if (field.null()) detail::throw_wrong_size(field, type);
        std::string_view rest = field.bytes();
        std::vector<range<T>> parts;
        for (std::uint32_t left = wire::take_count(rest, type); left > 0; --left)
            parts.push_back(codec<range<T>>::decode(wire::take_part(rest, type)));
        if (!rest.empty()) detail::throw_malformed(type, "there are bytes behind its last range");
        return multirange<T>(std::move(parts));
    }
};

}  // namespace orm::inline v0::postgres
