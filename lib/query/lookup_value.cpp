#include <asynchrormous/model/value_kind.hpp>
#include <asynchrormous/query/lookup_value.hpp>
#include <asynchrormous/sql/date.hpp>
#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/timestamp.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace orm::inline v0::query_detail {

namespace {

using sql::lookup_kind;
using fit = lookup_value::range_fit;

// `%`, `_` and `\` mean themselves (PostgreSQL documentation, 9.7.1 LIKE; backslash is its default escape).
std::string escape_like(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size() + 2);
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string like_pattern(lookup_kind lookup, std::string_view text) {
    const std::string escaped = escape_like(text);
    switch (lookup) {
        case lookup_kind::contains:
        case lookup_kind::icontains:
            return "%" + escaped + "%";
        case lookup_kind::startswith:
        case lookup_kind::istartswith:
            return escaped + "%";
        case lookup_kind::endswith:
        case lookup_kind::iendswith:
            return "%" + escaped;
        default:
            return std::string(text);
    }
}

// A comparison with an integer that the column cannot hold is true for every value or for none.
sql::expression_ptr out_of_range(const sql::expression_ptr& left, lookup_kind lookup, fit side) {
    const bool greater = lookup == lookup_kind::gt || lookup == lookup_kind::gte;
    const bool less = lookup == lookup_kind::lt || lookup == lookup_kind::lte;
    const bool always = (greater && side == fit::below) || (less && side == fit::above);
    return always ? sql::is_null(left, false) : sql::nothing();
}

struct year_bounds {
    sql::parameter first;
    sql::parameter last;
};

template <class T>
sql::parameter encoded(sql::type type, const T& value) {
    sql::parameter out{type, std::string()};
    postgres::codec<T>::encode(value, *out.bytes);
    return out;
}

// First and last value of the years from `low` to `high` that a column of this type can hold.
year_bounds bounds_of_years(sql::type type, std::int64_t low, std::int64_t high) {
    using namespace std::chrono;
    const sys_days first = year_month_day(year(static_cast<int>(low)), January, day(1));
    const sys_days last = year_month_day(year(static_cast<int>(high)), December, day(31));
    if (type.kind == sql::type_kind::date) return {encoded(type, date(first)), encoded(type, date(last))};
    const auto end = sys_time<microseconds>(last) + days(1) - microseconds(1);
    if (type.kind == sql::type_kind::timestamp)
        return {encoded(type, timestamp(local_days(first.time_since_epoch()))),
                encoded(type, timestamp(local_time<microseconds>(end.time_since_epoch())))};
    return {encoded(type, timestamptz(sys_time<microseconds>(first))), encoded(type, timestamptz(end))};
}

// EXTRACT gives numeric; ::int lets it meet integer parameters. Seconds are cut, not rounded: 59.7 is in
// second 59. A timestamptz is an instant: its parts are taken in UTC, whatever zone the session is in.
struct part_texts {
    sql::function plain, in_utc;
};
part_texts texts_of(model_detail::transform part) {
    switch (part) {
        case model_detail::transform::none:
            break;
        case model_detail::transform::year:
            return {{"EXTRACT(YEAR FROM {0})::int"}, {"EXTRACT(YEAR FROM {0} AT TIME ZONE 'UTC')::int"}};
        case model_detail::transform::iso_year:
            return {{"EXTRACT(ISOYEAR FROM {0})::int"},
                    {"EXTRACT(ISOYEAR FROM {0} AT TIME ZONE 'UTC')::int"}};
        case model_detail::transform::quarter:
            return {{"EXTRACT(QUARTER FROM {0})::int"},
                    {"EXTRACT(QUARTER FROM {0} AT TIME ZONE 'UTC')::int"}};
        case model_detail::transform::month:
            return {{"EXTRACT(MONTH FROM {0})::int"}, {"EXTRACT(MONTH FROM {0} AT TIME ZONE 'UTC')::int"}};
        case model_detail::transform::week:
            return {{"EXTRACT(WEEK FROM {0})::int"}, {"EXTRACT(WEEK FROM {0} AT TIME ZONE 'UTC')::int"}};
        case model_detail::transform::week_day:
            return {{"(EXTRACT(DOW FROM {0})::int + 1)"},
                    {"(EXTRACT(DOW FROM {0} AT TIME ZONE 'UTC')::int + 1)"}};
        case model_detail::transform::iso_week_day:
            return {{"EXTRACT(ISODOW FROM {0})::int"}, {"EXTRACT(ISODOW FROM {0} AT TIME ZONE 'UTC')::int"}};
        case model_detail::transform::day:
            return {{"EXTRACT(DAY FROM {0})::int"}, {"EXTRACT(DAY FROM {0} AT TIME ZONE 'UTC')::int"}};
        case model_detail::transform::hour:
            return {{"EXTRACT(HOUR FROM {0})::int"}, {"EXTRACT(HOUR FROM {0} AT TIME ZONE 'UTC')::int"}};
        case model_detail::transform::minute:
            return {{"EXTRACT(MINUTE FROM {0})::int"}, {"EXTRACT(MINUTE FROM {0} AT TIME ZONE 'UTC')::int"}};
        case model_detail::transform::second:
            return {{"FLOOR(EXTRACT(SECOND FROM {0}))::int"},
                    {"FLOOR(EXTRACT(SECOND FROM {0} AT TIME ZONE 'UTC'))::int"}};
        case model_detail::transform::date:
            return {{"({0})::date"}, {"({0} AT TIME ZONE 'UTC')::date"}};
        case model_detail::transform::time:
            return {{"({0})::time"}, {"({0} AT TIME ZONE 'UTC')::time"}};
    }
    return {{"{0}"}, {"{0}"}};
}

// json has no equality of its own; times travel as text.
sql::expression_ptr comparable_field(const sql::path& path, model_detail::transform part) {
    sql::expression_ptr column = sql::field(path);
    const sql::type type = path.target->type;
    if (part != model_detail::transform::none) {
        const part_texts texts = texts_of(part);
        return sql::call(type.kind == sql::type_kind::timestamptz ? texts.in_utc : texts.plain,
                         {std::move(column)}, model_detail::result_of(part, type));
    }
    if (type.kind == sql::type_kind::json && !type.array)
        return sql::call({"{0}::jsonb"}, {std::move(column)}, {sql::type_kind::jsonb});
    return column;
}

// The other side of a comparison with such a field.
sql::expression_ptr comparable(const sql::path& path, model_detail::transform part,
                               sql::expression_ptr right) {
    const sql::type type = right->type();
    if (part == model_detail::transform::time)
        return sql::call({type.array ? "{0}::time[]" : "{0}::time"}, {std::move(right)}, type);
    if (path.target->type.kind == sql::type_kind::json && !path.target->type.array)
        return sql::call({type.array ? "{0}::jsonb[]" : "{0}::jsonb"}, {std::move(right)}, type);
    return right;
}

sql::expression_ptr comparable_value(const sql::path& path, model_detail::transform part,
                                     sql::parameter value) {
    return comparable(path, part, sql::value(std::move(value)));
}

// BETWEEN bounds of which one or both may lie outside of the column's range.
sql::expression_ptr between(const sql::expression_ptr& left, const sql::path& path,
                            model_detail::transform part, lookup_value& bounds) {
    const auto bound = [&](sql::parameter& value) { return comparable_value(path, part, std::move(value)); };
    if (bounds.null)
        throw query_error("a range lookup got NULL for a bound; use gte or lte for an open range");
    if (bounds.fit == fit::above || bounds.high_fit == fit::below) return sql::nothing();
    if (bounds.fit == fit::below && bounds.high_fit == fit::above) return sql::is_null(left, false);
    if (bounds.fit == fit::below) return sql::compare(lookup_kind::lte, left, bound(bounds.high));
    if (bounds.high_fit == fit::above) return sql::compare(lookup_kind::gte, left, bound(bounds.value));
    return sql::between(left, bound(bounds.value), bound(bounds.high));
}

// `year` compares the column itself with bounds, so that an index on it serves.
sql::expression_ptr year_lookup(const sql::path& path, lookup_kind lookup, const lookup_value& value) {
    const std::int64_t high = lookup == lookup_kind::range ? value.high_number : value.number;
    const year_bounds bounds = bounds_of_years(path.target->type, value.number, high);
    const sql::expression_ptr column = sql::field(path);
    switch (lookup) {
        case lookup_kind::gt:
            return sql::compare(lookup, column, sql::value(bounds.last));
        case lookup_kind::lte:
            return sql::compare(lookup, column, sql::value(bounds.last));
        case lookup_kind::gte:
            return sql::compare(lookup, column, sql::value(bounds.first));
        case lookup_kind::lt:
            return sql::compare(lookup, column, sql::value(bounds.first));
        default:
            return sql::between(column, sql::value(bounds.first), sql::value(bounds.last));
    }
}

bool is_year(std::int64_t number) { return number >= 1 && number <= 9999; }

bool year_by_bounds(model_detail::transform part, lookup_kind lookup, const lookup_value& value) {
    if (part != model_detail::transform::year || lookup == lookup_kind::in || value.null) return false;
    return is_year(value.number) && (lookup != lookup_kind::range || is_year(value.high_number));
}

}  // namespace

lookup_value text_value(std::string_view text, sql::type type) {
    lookup_value out;
    out.value.type = type;
    postgres::codec<std::string>::encode(text, out.value.bytes.emplace());
    return out;
}

sql::expression_ptr lookup_expression(const sql::path& path, model_detail::transform part, lookup_kind lookup,
                                      lookup_value value) {
    const sql::expression_ptr left = comparable_field(path, part);
    if (lookup == lookup_kind::isnull) return sql::is_null(left, value.flag);
    if (lookup == lookup_kind::in) {
        if (value.null && !value.had_null) return sql::nothing();
        return sql::in_list(left, comparable_value(path, part, std::move(value.value)), value.had_null);
    }
    if (year_by_bounds(part, lookup, value)) return year_lookup(path, lookup, value);
    if (lookup == lookup_kind::range) return between(left, path, part, value);
    if (value.null) return sql::is_null(left, true);
    if (value.fit != fit::exact) return out_of_range(left, lookup, value.fit);
    if (model_detail::is_text_lookup(lookup)) value.value.bytes = like_pattern(lookup, *value.value.bytes);
    return sql::compare(lookup, left, comparable_value(path, part, std::move(value.value)));
}

sql::expression_ptr lookup_expression(const sql::path& path, model_detail::transform part, lookup_kind lookup,
                                      const sql::path& right) {
    return sql::compare(lookup, comparable_field(path, part), comparable(path, part, sql::field(right)));
}

}  // namespace orm::inline v0::query_detail
