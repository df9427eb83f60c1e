// What a path may make of a column before it is compared, ordered by or selected:
//   "published__year__gte"   "title__lower"   "keywords__0"   "details__owner__name"
// One row of the table is one transform for some types. The same name may have several rows.
#pragma once

#include <asynchrormous/model/type_set.hpp>

#include <cstdint>
#include <string_view>

namespace orm::inline v0::model_detail {

// element: of an array, of a range (its bounds are such).
enum class transform_result : std::uint8_t { fixed, same, element };

// What stands in the path behind some transforms instead of a name.
enum class transform_argument : std::uint8_t {
    none,
    index,  // "0": {1} is the number of the element, from 1
    slice,  // "0_2": {1} and {2} are the first and the last one
    keys,   // "owner__name": {1} is the list of keys as text[]
};

// Of dates and times: comparisons with them become comparisons with the first and last moment, so that an
// index on the column serves.
enum class year_kind : std::uint8_t { none, year, iso_year };

// Texts are templates as of sql::call: {0} is what the transform is of.
struct transform_info {
    std::string_view name{};
    std::string_view text{};
    type_set of{};
    transform_result gives = transform_result::same;
    sql::type result{};             // of transform_result::fixed
    std::string_view in_utc{};      // the text for a timestamptz
    std::string_view as_text{};     // the text instead, for lookups of text
    std::string_view selected{};    // around the text, where it is not compared with its like
    std::string_view other{};       // what is done to the other side of a comparison
    std::string_view other_list{};  // and to a list there
    transform_argument argument = transform_argument::none;
    year_kind year = year_kind::none;
    bool may_be_null = false;  // also of what is not NULL
    bool on_request = true;    // safe to be asked for by name from outside: needs no extension, never fails
};

constexpr transform_info part(std::string_view name, std::string_view text, std::string_view in_utc,
                              type_set of) {
    return {.name = name,
            .text = text,
            .of = of,
            .gives = transform_result::fixed,
            .result = {sql::type_kind::int4},
            .in_utc = in_utc};
}

constexpr transform_info year_part(std::string_view name, std::string_view text, std::string_view in_utc,
                                   year_kind year) {
    transform_info made = part(name, text, in_utc, types::dates);
    made.year = year;
    return made;
}

constexpr transform_info giving(sql::type_kind result, std::string_view name, std::string_view text,
                                type_set of) {
    return {.name = name, .text = text, .of = of, .gives = transform_result::fixed, .result = {result}};
}

// EXTRACT gives numeric; ::int lets it meet integer parameters. Seconds are cut, not rounded: 59.7 is in
// second 59. A timestamptz is an instant: its parts are taken in UTC, whatever zone the session is in.
// Times of day are text in C++, "10:30".
// clang-format off
inline constexpr transform_info transform_table[] = {
    year_part("year", "EXTRACT(YEAR FROM {0})::int", "EXTRACT(YEAR FROM {0} AT TIME ZONE 'UTC')::int", year_kind::year),
    year_part("iso_year", "EXTRACT(ISOYEAR FROM {0})::int", "EXTRACT(ISOYEAR FROM {0} AT TIME ZONE 'UTC')::int", year_kind::iso_year),
    part("quarter", "EXTRACT(QUARTER FROM {0})::int", "EXTRACT(QUARTER FROM {0} AT TIME ZONE 'UTC')::int", types::dates),
    part("month", "EXTRACT(MONTH FROM {0})::int", "EXTRACT(MONTH FROM {0} AT TIME ZONE 'UTC')::int", types::dates),
    part("week", "EXTRACT(WEEK FROM {0})::int", "EXTRACT(WEEK FROM {0} AT TIME ZONE 'UTC')::int", types::dates),  // ISO 8601
    part("week_day", "(EXTRACT(DOW FROM {0})::int + 1)", "(EXTRACT(DOW FROM {0} AT TIME ZONE 'UTC')::int + 1)", types::dates),  // Sunday is 1
    part("iso_week_day", "EXTRACT(ISODOW FROM {0})::int", "EXTRACT(ISODOW FROM {0} AT TIME ZONE 'UTC')::int", types::dates),  // Monday is 1
    part("day", "EXTRACT(DAY FROM {0})::int", "EXTRACT(DAY FROM {0} AT TIME ZONE 'UTC')::int", types::dates),
    part("hour", "EXTRACT(HOUR FROM {0})::int", "EXTRACT(HOUR FROM {0} AT TIME ZONE 'UTC')::int", types::with_clock),
    part("minute", "EXTRACT(MINUTE FROM {0})::int", "EXTRACT(MINUTE FROM {0} AT TIME ZONE 'UTC')::int", types::with_clock),
    part("second", "FLOOR(EXTRACT(SECOND FROM {0}))::int", "FLOOR(EXTRACT(SECOND FROM {0} AT TIME ZONE 'UTC'))::int", types::with_clock),
    {.name = "date", .text = "({0})::date", .of = types::timestamps, .gives = transform_result::fixed,
     .result = {sql::type_kind::date}, .in_utc = "({0} AT TIME ZONE 'UTC')::date"},
    {.name = "time", .text = "({0})::time", .of = types::timestamps, .gives = transform_result::fixed,
     .result = {sql::type_kind::text}, .in_utc = "({0} AT TIME ZONE 'UTC')::time", .selected = "{0}::text",
     .other = "{0}::time", .other_list = "{0}::time[]"},

    giving(sql::type_kind::text, "lower", "LOWER({0})", types::texts),
    giving(sql::type_kind::text, "upper", "UPPER({0})", types::texts),
    giving(sql::type_kind::text, "trim", "BTRIM({0})", types::texts),
    giving(sql::type_kind::text, "ltrim", "LTRIM({0})", types::texts),
    giving(sql::type_kind::text, "rtrim", "RTRIM({0})", types::texts),
    giving(sql::type_kind::text, "reverse", "REVERSE({0})", types::texts),
    giving(sql::type_kind::text, "md5", "MD5({0})", types::texts),
    giving(sql::type_kind::int4, "length", "LENGTH({0})", types::texts),
    {.name = "unaccent", .text = "UNACCENT({0})", .of = types::texts, .gives = transform_result::fixed,
     .result = {sql::type_kind::text}, .other = "UNACCENT({0})",
     .other_list = "ARRAY(SELECT UNACCENT(_value) FROM UNNEST({0}) AS _value)", .on_request = false},

    {.name = "abs", .text = "ABS({0})", .of = types::numbers, .on_request = false},
    {.name = "ceil", .text = "CEIL({0})", .of = {sql::type_kind::numeric}},
    {.name = "floor", .text = "FLOOR({0})", .of = {sql::type_kind::numeric}},
    {.name = "round", .text = "ROUND({0})", .of = {sql::type_kind::numeric}},
    {.name = "sign", .text = "SIGN({0})", .of = {sql::type_kind::numeric}},
    giving(sql::type_kind::float8, "ceil", "CEIL({0})", types::numbers),
    giving(sql::type_kind::float8, "floor", "FLOOR({0})", types::numbers),
    giving(sql::type_kind::float8, "round", "ROUND({0})", types::numbers),
    giving(sql::type_kind::float8, "sign", "SIGN({0})", types::numbers),
    {.name = "sqrt", .text = "SQRT({0})", .of = types::numbers, .gives = transform_result::fixed,
     .result = {sql::type_kind::float8}, .on_request = false},

    // NULL where a range has no such bound
    {.name = "startswith", .text = "LOWER({0})", .of = types::sets, .gives = transform_result::element, .may_be_null = true},
    {.name = "endswith", .text = "UPPER({0})", .of = types::sets, .gives = transform_result::element, .may_be_null = true},
    giving(sql::type_kind::boolean, "isempty", "ISEMPTY({0})", types::sets),
    giving(sql::type_kind::boolean, "lower_inc", "LOWER_INC({0})", types::sets),
    giving(sql::type_kind::boolean, "lower_inf", "LOWER_INF({0})", types::sets),
    giving(sql::type_kind::boolean, "upper_inc", "UPPER_INC({0})", types::sets),
    giving(sql::type_kind::boolean, "upper_inf", "UPPER_INF({0})", types::sets),

    giving(sql::type_kind::int4, "len", "CARDINALITY({0})", types::arrays),
    {.text = "({0})[{1}]", .of = types::arrays, .gives = transform_result::element,
     .argument = transform_argument::index, .may_be_null = true},
    {.text = "({0})[{1}:{2}]", .of = types::arrays, .argument = transform_argument::slice},
    {.text = "({0} #> {1})", .of = types::json, .as_text = "({0} #>> {1})", .argument = transform_argument::keys,
     .may_be_null = true},
};
// clang-format on

constexpr sql::type result_of(const transform_info& by, sql::type of) {
    switch (by.gives) {
        case transform_result::fixed:
            return by.result;
        case transform_result::element:
            return {of.array ? of.kind : sql::element_of_range(of.kind), false, of.identity};
        case transform_result::same:
            break;
    }
    return of;
}

constexpr bool is_number(std::string_view text) {
    for (const char c : text)
        if (c < '0' || c > '9') return false;
    return !text.empty() && text.size() < 9;
}

constexpr bool is_slice(std::string_view text) {
    const std::size_t middle = text.find('_');
    return middle != std::string_view::npos && is_number(text.substr(0, middle)) &&
           is_number(text.substr(middle + 1));
}

constexpr bool is_named(const transform_info& each, std::string_view segment) {
    switch (each.argument) {
        case transform_argument::none:
            return each.name == segment;
        case transform_argument::index:
            return is_number(segment);
        case transform_argument::slice:
            return is_slice(segment);
        case transform_argument::keys:
            break;
    }
    return !segment.empty();
}

constexpr const transform_info* find_transform(std::string_view segment, sql::type of) {
    for (const transform_info& each : transform_table)
        if (each.of.has(of) && is_named(each, segment)) return &each;
    return nullptr;
}

}  // namespace orm::inline v0::model_detail
