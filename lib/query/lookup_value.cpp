#include <asynchrormous/model/transformed.hpp>
#include <asynchrormous/query/lookup_value.hpp>
#include <asynchrormous/sql/date.hpp>
#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/timestamp.hpp>

#include <nlohmann/json.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

namespace {

using model_detail::lookup_chain;
using model_detail::transform_step;
using model_detail::year_kind;
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

bool begins_open(lookup_kind lookup) noexcept {
    return lookup == lookup_kind::contains || lookup == lookup_kind::icontains ||
           lookup == lookup_kind::endswith || lookup == lookup_kind::iendswith;
}

bool ends_open(lookup_kind lookup) noexcept {
    return lookup == lookup_kind::contains || lookup == lookup_kind::icontains ||
           lookup == lookup_kind::startswith || lookup == lookup_kind::istartswith;
}

// The others compare the text itself, or as a regular expression.
bool escapes(lookup_kind lookup) noexcept { return begins_open(lookup) || ends_open(lookup); }

void append_pattern(std::string& bytes, lookup_kind lookup, std::string_view text) {
    if (begins_open(lookup)) bytes += '%';
    if (escapes(lookup) && text.find_first_of("%_\\") != std::string_view::npos)
        postgres::codec<std::string>::encode(escape_like(text), bytes);
    else
        postgres::codec<std::string>::encode(text, bytes);
    if (ends_open(lookup)) bytes += '%';
}

// A comparison with an integer that the column cannot hold is true for every value or for none.
sql::expression_ptr out_of_range(const sql::expression_ptr& left, const model_detail::lookup_info& by,
                                 fit side) {
    if (!by.text.empty())
        throw query_error("an integer beyond bigint was given to the lookup " + std::string(by.name));
    const bool greater = by.kind == lookup_kind::gt || by.kind == lookup_kind::gte;
    const bool less = by.kind == lookup_kind::lt || by.kind == lookup_kind::lte;
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

// ISO 8601: the first week is the one with 4 January, and begins on a Monday.
std::chrono::sys_days first_day(year_kind kind, std::int64_t number) {
    using namespace std::chrono;
    const year in(static_cast<int>(number));
    if (kind == year_kind::year) return year_month_day(in, January, day(1));
    const sys_days in_first_week = year_month_day(in, January, day(4));
    return in_first_week - (weekday(in_first_week) - Monday);
}

// First and last value of the years from `low` to `high` that a value of this type can have.
year_bounds bounds_of_years(const transform_step& step, std::int64_t low, std::int64_t high) {
    using namespace std::chrono;
    const sql::type type = step.of;
    const sys_days first = first_day(step.by->year, low);
    const sys_days last = first_day(step.by->year, high + 1) - days(1);
    if (type.kind == sql::type_kind::date) return {encoded(type, date(first)), encoded(type, date(last))};
    const auto end = sys_time<microseconds>(last) + days(1) - microseconds(1);
    if (type.kind == sql::type_kind::timestamp)
        return {encoded(type, timestamp(local_days(first.time_since_epoch()))),
                encoded(type, timestamp(local_time<microseconds>(end.time_since_epoch())))};
    return {encoded(type, timestamptz(sys_time<microseconds>(first))), encoded(type, timestamptz(end))};
}

// json has no operators of its own.
sql::expression_ptr comparable(sql::expression_ptr of) {
    if (of->type().kind != sql::type_kind::json) return of;
    const bool array = of->type().array;
    return sql::call({array ? "{0}::jsonb[]" : "{0}::jsonb"}, {std::move(of)},
                     {sql::type_kind::jsonb, array});
}

// Whether the other side of a comparison goes through this step, too.
bool concerns_other_side(const lookup_chain& chain, const transform_step& step) {
    if (step.by->other.empty()) return false;
    return step.by->selected.empty() ||
           (&step == &chain.steps[chain.size - 1] && compares_as_itself(step, *chain.lookup));
}

bool concerns_other_side(const lookup_chain& chain) {
    for (const transform_step& step : chain.transforms())
        if (concerns_other_side(chain, step)) return true;
    return false;
}

// The other side of a comparison with what the transforms give. Arrays meet only arrays of their very type.
sql::expression_ptr other_side(const lookup_chain& chain, sql::expression_ptr right) {
    const bool list = chain.lookup->right == operand::list && right->type().array;
    const sql::type type = right->type();
    for (const transform_step& step : chain.transforms())
        if (concerns_other_side(chain, step))
            right = sql::call({list ? step.by->other_list : step.by->other}, {std::move(right)}, type);
    if (chain.type.array && type.array && chain.type.kind == sql::type_kind::varchar)
        right = sql::call({"{0}::varchar[]"}, {std::move(right)}, type);
    return comparable(std::move(right));
}

sql::expression_ptr other_side(const lookup_chain& chain, sql::parameter value) {
    return other_side(chain, sql::value(std::move(value)));
}

sql::expression_ptr left_side(sql::expression_ptr of, const lookup_chain& chain) {
    return comparable(model_detail::compared(comparable(std::move(of)), chain.transforms(), *chain.lookup));
}

// BETWEEN bounds of which one or both may lie outside of the column's range.
sql::expression_ptr between(const sql::expression_ptr& left, const lookup_chain& chain,
                            lookup_value& bounds) {
    const auto bound = [&](sql::parameter& value) { return other_side(chain, std::move(value)); };
    if (bounds.null)
        throw query_error("a range lookup got NULL for a bound; use gte or lte for an open range");
    if (bounds.fit == fit::above || bounds.high_fit == fit::below) return sql::nothing();
    if (bounds.fit == fit::below && bounds.high_fit == fit::above) return sql::is_null(left, false);
    if (bounds.fit == fit::below) return sql::compare(lookup_kind::lte, left, bound(bounds.high));
    if (bounds.high_fit == fit::above) return sql::compare(lookup_kind::gte, left, bound(bounds.value));
    return sql::between(left, bound(bounds.value), bound(bounds.high));
}

bool is_year(std::int64_t number) { return number >= 1 && number <= 9999; }

bool year_by_bounds(const lookup_chain& chain, const lookup_value& value) {
    if (!chain.last() || chain.last()->year == year_kind::none || value.null) return false;
    switch (chain.lookup->kind) {
        case lookup_kind::exact:
        case lookup_kind::gt:
        case lookup_kind::gte:
        case lookup_kind::lt:
        case lookup_kind::lte:
            return value.fit == fit::exact && is_year(value.number);
        case lookup_kind::range:
            return is_year(value.number) && is_year(value.high_number);
        default:
            return false;
    }
}

// `year` compares the column itself with bounds, so that an index on it serves.
sql::expression_ptr year_lookup(sql::expression_ptr of, const lookup_chain& chain,
                                const lookup_value& value) {
    const lookup_kind lookup = chain.lookup->kind;
    const std::size_t last = chain.size - std::size_t{1};
    const std::int64_t high = lookup == lookup_kind::range ? value.high_number : value.number;
    const year_bounds bounds = bounds_of_years(chain.steps[last], value.number, high);
    const sql::expression_ptr moment =
        model_detail::transformed(std::move(of), chain.transforms().first(last));
    switch (lookup) {
        case lookup_kind::gt:
        case lookup_kind::lte:
            return sql::compare(lookup, moment, sql::value(bounds.last));
        case lookup_kind::gte:
        case lookup_kind::lt:
            return sql::compare(lookup, moment, sql::value(bounds.first));
        default:
            return sql::between(moment, sql::value(bounds.first), sql::value(bounds.last));
    }
}

sql::expression_ptr in_items(const sql::expression_ptr& left, const lookup_chain& chain,
                             lookup_value& value) {
    std::vector<sql::expression_ptr> each;
    each.reserve(value.items.size());
    for (sql::parameter& item : value.items)
        each.push_back(sql::compare(lookup_kind::exact, left, other_side(chain, std::move(item))));
    return sql::any_of(std::move(each));
}

sql::expression_ptr in(const sql::expression_ptr& left, const lookup_chain& chain, lookup_value& value) {
    if (!value.items.empty()) return in_items(left, chain, value);
    if (value.null && !value.had_null) return sql::nothing();
    return sql::in_list(left, other_side(chain, std::move(value.value)), value.had_null);
}

// NULL is JSON's null where a key is looked at, SQL's where a whole column is.
sql::expression_ptr null_lookup(sql::expression_ptr of, const lookup_chain& chain) {
    const bool key = chain.last() && chain.last()->argument == model_detail::transform_argument::keys;
    sql::expression_ptr left =
        model_detail::compared(comparable(std::move(of)), chain.transforms(), *model_detail::exact_lookup);
    if (!key) return sql::is_null(std::move(left), true);
    constexpr sql::type jsonb{sql::type_kind::jsonb};
    return sql::compare(lookup_kind::exact, std::move(left),
                        sql::value({jsonb, json_bytes(nlohmann::json())}));
}

sql::expression_ptr condition(sql::expression_ptr left, const lookup_chain& chain,
                              sql::expression_ptr right) {
    const model_detail::lookup_info& by = *chain.lookup;
    if (!by.text.empty()) return sql::compare_by(by.text, std::move(left), std::move(right));
    return sql::compare(by.kind, std::move(left), std::move(right));
}

}  // namespace

lookup_value text_value(std::string_view text, sql::type type) {
    lookup_value out;
    out.value.type = type;
    postgres::codec<std::string>::encode(text, out.value.bytes.emplace());
    return out;
}

lookup_value texts_value(const std::vector<std::string>& texts) {
    lookup_value out;
    out.value = postgres::to_parameter(texts);
    return out;
}

sql::parameter array_of(sql::type array, const std::vector<std::string>& elements) {
    sql::parameter out{array, std::string()};
    postgres::detail::array_writer writer(*out.bytes, array, elements.size());
    for (const std::string& element : elements) {
        writer.begin_element();
        *out.bytes += element;
        writer.end_element();
    }
    return out;
}

std::string json_bytes(const nlohmann::json& value) {
    std::string bytes;
    postgres::codec<nlohmann::json>::encode(value, bytes);
    return bytes;
}

std::string json_bytes(bool value) { return json_bytes(nlohmann::json(value)); }
std::string json_bytes(std::int64_t value) { return json_bytes(nlohmann::json(value)); }
std::string json_bytes(std::uint64_t value) { return json_bytes(nlohmann::json(value)); }
std::string json_bytes(double value) { return json_bytes(nlohmann::json(value)); }
std::string json_bytes(std::string_view value) { return json_bytes(nlohmann::json(value)); }

sql::expression_ptr lookup_expression(sql::expression_ptr of, const lookup_chain& chain, lookup_value value) {
    const model_detail::lookup_info& by = *chain.lookup;
    if (by.kind == lookup_kind::isnull) return sql::is_null(left_side(std::move(of), chain), value.flag);
    if (year_by_bounds(chain, value)) return year_lookup(std::move(of), chain, value);
    if (value.null && accepts_null(by)) return null_lookup(std::move(of), chain);
    const sql::expression_ptr left = left_side(std::move(of), chain);
    if (by.right == operand::list) return in(left, chain, value);
    if (by.right == operand::pair) return between(left, chain, value);
    if (value.fit != fit::exact) return out_of_range(left, by, value.fit);
    if (takes_pattern(chain)) {
        std::string pattern;
        append_pattern(pattern, by.kind, *value.value.bytes);
        value.value.bytes = std::move(pattern);
    }
    return condition(left, chain, other_side(chain, std::move(value.value)));
}

bool takes_pattern(const lookup_chain& chain) noexcept {
    return is_text_lookup(*chain.lookup) && !concerns_other_side(chain);
}

void append_text(std::string& bytes, const lookup_chain& chain, std::string_view text) {
    if (takes_pattern(chain))
        append_pattern(bytes, chain.lookup->kind, text);
    else
        postgres::codec<std::string>::encode(text, bytes);
}

sql::expression_ptr lookup_of_flag(sql::expression_ptr of, const lookup_chain& chain, bool flag) {
    return sql::is_null(left_side(std::move(of), chain), flag);
}

sql::expression_ptr lookup_of_values(sql::expression_ptr of, const lookup_chain& chain,
                                     sql::expression_ptr first, sql::expression_ptr second) {
    sql::expression_ptr left = left_side(std::move(of), chain);
    switch (chain.lookup->right) {
        case operand::list:
            return sql::in_list(std::move(left), other_side(chain, std::move(first)), false);
        case operand::pair:
            return sql::between(std::move(left), other_side(chain, std::move(first)),
                                other_side(chain, std::move(second)));
        default:
            return condition(std::move(left), chain, other_side(chain, std::move(first)));
    }
}

sql::expression_ptr lookup_expression(sql::expression_ptr of, const lookup_chain& chain,
                                      sql::expression_ptr right) {
    return condition(left_side(std::move(of), chain), chain, other_side(chain, std::move(right)));
}

sql::expression_ptr range_expression(sql::expression_ptr of, const lookup_chain& chain,
                                     sql::expression_ptr low, sql::expression_ptr high) {
    return sql::between(left_side(std::move(of), chain), other_side(chain, std::move(low)),
                        other_side(chain, std::move(high)));
}

}  // namespace orm::inline v0::query_detail
