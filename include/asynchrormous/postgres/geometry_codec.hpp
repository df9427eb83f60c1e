// Geometric types: doubles one after the other; paths and polygons with their number of points in front
// (geo_ops.c, *_send).
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>
#include <asynchrormous/sql/geometry.hpp>

#include <string>

namespace orm::inline v0::postgres {

// Throws: decode_error for another size, and for a path or polygon whose count disagrees with its bytes.
template <class T, sql::type_kind Kind>
struct geometry_codec {
    static constexpr sql::type type{Kind};

    ORM_EXPORT static void encode(const T& value, std::string& out);
    ORM_EXPORT static T decode(field_view field);
};

template <>
struct codec<point> : geometry_codec<point, sql::type_kind::point> {};
template <>
struct codec<line> : geometry_codec<line, sql::type_kind::line> {};
template <>
struct codec<lseg> : geometry_codec<lseg, sql::type_kind::lseg> {};
template <>
struct codec<box> : geometry_codec<box, sql::type_kind::box> {};
template <>
struct codec<circle> : geometry_codec<circle, sql::type_kind::circle> {};
template <>
struct codec<path> : geometry_codec<path, sql::type_kind::path> {};
template <>
struct codec<polygon> : geometry_codec<polygon, sql::type_kind::polygon> {};

}  // namespace orm::inline v0::postgres
