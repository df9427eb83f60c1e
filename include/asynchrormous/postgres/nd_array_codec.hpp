// Arrays of several dimensions: those of one with more sizes in front. The wire format is in array_codec.hpp.
#pragma once

#include <asynchrormous/postgres/array_codec.hpp>
#include <asynchrormous/sql/nd_array.hpp>

#include <span>
#include <string>
#include <vector>

namespace orm::inline v0::postgres {

namespace detail {

// The same elements as an array of one dimension; its extents are appended. Throws: decode_error.
ORM_EXPORT std::string flattened(field_view field, sql::type type, std::vector<std::size_t>& extents);

// Gives the array of one dimension that begins at `begin` these extents.
ORM_EXPORT void set_extents(std::string& out, std::size_t begin, std::span<const std::size_t> extents);

}  // namespace detail

template <class T>
    requires requires { codec<std::vector<T>>::type; }
struct codec<nd_array<T>> {
    static constexpr sql::type type = codec<std::vector<T>>::type;

    static void encode(const nd_array<T>& value, std::string& out) {
        const std::size_t begin = out.size();
        codec<std::vector<T>>::encode(value.elements(), out);
        detail::set_extents(out, begin, value.extents());
    }
    static nd_array<T> decode(field_view field) {
        std::vector<std::size_t> extents;
        const std::string flat = detail::flattened(field, type, extents);
        return nd_array<T>(std::move(extents), codec<std::vector<T>>::decode(
                                                   {flat.data(), static_cast<std::int32_t>(flat.size())}));
    }
    static nd_array<T> convert(field_view field, std::uint32_t) { return decode(field); }
};

}  // namespace orm::inline v0::postgres
