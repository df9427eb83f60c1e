// The lookups and transforms by name, and which columns take which.
#pragma once

#include <asynchrormous/model/transform.hpp>
#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstdint>
#include <string_view>

namespace orm::inline v0::model_detail {

// What may follow the last field of a path.
enum class names : std::uint8_t { fields, lookups };

struct lookup_name {
    std::string_view name{};
    sql::lookup_kind lookup = sql::lookup_kind::exact;
    transform part = transform::none;  // not none: a transform
};

inline constexpr lookup_name lookup_names[] = {
    {"exact", sql::lookup_kind::exact},
    {"iexact", sql::lookup_kind::iexact},
    {"contains", sql::lookup_kind::contains},
    {"icontains", sql::lookup_kind::icontains},
    {"startswith", sql::lookup_kind::startswith},
    {"istartswith", sql::lookup_kind::istartswith},
    {"endswith", sql::lookup_kind::endswith},
    {"iendswith", sql::lookup_kind::iendswith},
    {"in", sql::lookup_kind::in},
    {"gt", sql::lookup_kind::gt},
    {"gte", sql::lookup_kind::gte},
    {"lt", sql::lookup_kind::lt},
    {"lte", sql::lookup_kind::lte},
    {"range", sql::lookup_kind::range},
    {"isnull", sql::lookup_kind::isnull},
    {"regex", sql::lookup_kind::regex},
    {"iregex", sql::lookup_kind::iregex},
    {"year", {}, transform::year},
    {"iso_year", {}, transform::iso_year},
    {"quarter", {}, transform::quarter},
    {"month", {}, transform::month},
    {"week", {}, transform::week},
    {"week_day", {}, transform::week_day},
    {"iso_week_day", {}, transform::iso_week_day},
    {"day", {}, transform::day},
    {"hour", {}, transform::hour},
    {"minute", {}, transform::minute},
    {"second", {}, transform::second},
    {"date", {}, transform::date},
    {"time", {}, transform::time},
};

constexpr const lookup_name* find_lookup(std::string_view name) {
    for (const lookup_name& each : lookup_names)
        if (each.name == name) return &each;
    return nullptr;
}

constexpr bool is_comparison(sql::lookup_kind lookup) {
    using enum sql::lookup_kind;
    return lookup == exact || lookup == in || lookup == isnull || lookup == range ||
           (lookup >= gt && lookup <= lte);
}

// contains, startswith, regex and their kin; iexact compares text, too.
constexpr bool is_text_lookup(sql::lookup_kind lookup) { return !is_comparison(lookup); }

constexpr bool is_timestamp(sql::type type) {
    using enum sql::type_kind;
    return !type.array && (type.kind == timestamp || type.kind == timestamptz);
}
constexpr bool is_date(sql::type type) { return !type.array && type.kind == sql::type_kind::date; }

constexpr bool is_part_of_day(transform part) {
    using enum transform;
    return part == hour || part == minute || part == second || part == date || part == time;
}

constexpr bool allows(const sql::column& column, transform part) {
    return is_timestamp(column.type) || (is_date(column.type) && !is_part_of_day(part));
}

constexpr bool allows(const sql::column& column, transform part, const lookup_name& name) {
    using enum sql::lookup_kind;
    if (name.part != transform::none) return false;
    if (part != transform::none) return is_comparison(name.lookup);
    if (column.target) return is_comparison(name.lookup) && name.lookup != range;
    if (column.type.array) return name.lookup == exact || name.lookup == isnull || name.lookup == in;
    if (column.type.kind == sql::type_kind::json || column.type.kind == sql::type_kind::jsonb)
        return name.lookup == exact || name.lookup == isnull;
    return true;
}

}  // namespace orm::inline v0::model_detail
