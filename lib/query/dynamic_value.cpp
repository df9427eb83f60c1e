#include "dynamic_value.hpp"

#include <asynchrormous/postgres/decimal_codec.hpp>
#include <asynchrormous/query/field_error.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace orm::inline v0::query_detail {

namespace {

using nlohmann::json;
using sql::type_kind;

constexpr std::size_t deepest = 64;  // of JSON: the server's own stack is limited, too

[[noreturn]] void refuse(const dynamic_target& to, std::string reason) {
    throw field_error(to.field, std::move(reason));
}

template <class T>
std::string encoded(const T& value) {
    std::string bytes;
    postgres::codec<T>::encode(value, bytes);
    return bytes;
}

template <class T>
std::string integer(const dynamic_target& to, const json& value) {
    const auto limits = [] {
        return std::to_string(std::numeric_limits<T>::min()) + " and " +
               std::to_string(std::numeric_limits<T>::max());
    };
    if (!value.is_number_integer()) refuse(to, "has to be a whole number");
    const bool fits = value.is_number_unsigned() ? std::in_range<T>(value.get<std::uint64_t>())
                                                 : std::in_range<T>(value.get<std::int64_t>());
    if (!fits) refuse(to, "has to be between " + limits());
    return encoded(value.get<T>());
}

template <class T>
std::string floating(const dynamic_target& to, const json& value) {
    if (!value.is_number()) refuse(to, "has to be a number");
    const auto number = value.get<T>();
    if (!std::isfinite(number)) refuse(to, "has to be a number that the column can hold");
    return encoded(number);
}

const std::string& text(const dynamic_target& to, const json& value) {
    if (!value.is_string()) refuse(to, "has to be text");
    const auto& found = value.get_ref<const std::string&>();
    if (!is_text(found)) refuse(to, "has to be text in UTF-8 without NUL");
    return found;
}

template <class T>
std::string parsed(const dynamic_target& to, const json& value, const char* what) {
    const std::optional<T> found = value.is_string() ? T::parse(text(to, value)) : std::nullopt;
    if (!found) refuse(to, std::string("has to be ") + what);
    return encoded(*found);
}

// A JSON number is what its double prints as: 9.99 is 9.99. Text is exact whatever its length.
std::string exact(const dynamic_target& to, const json& value) {
    if (value.is_number_unsigned()) return encoded(decimal(value.get<std::uint64_t>()));
    if (value.is_number_integer()) return encoded(decimal(value.get<std::int64_t>()));
    if (value.is_number()) return encoded(decimal::from_double(value.get<double>()));
    return parsed<decimal>(to, value, "a number");
}

std::string one_of(const dynamic_target& to, const json& value) {
    const std::string& name = text(to, value);
    if (std::find(to.choices.begin(), to.choices.end(), name) != to.choices.end()) return name;
    std::string all;
    for (const std::string_view choice : to.choices) (all += all.empty() ? "" : ", ") += choice;
    refuse(to, "has to be one of " + all);
}

bool deeper_than(const json& value, std::size_t levels) {
    if (!value.is_structured()) return false;
    return levels == 0 ||
           std::any_of(value.begin(), value.end(), [&](const json& e) { return deeper_than(e, levels - 1); });
}

std::string jsonb(const dynamic_target& to, const json& value) {
    if (deeper_than(value, deepest)) refuse(to, "has to be JSON of at most 64 levels");
    try {
        return json_bytes(value);
    } catch (const value_error&) {
        refuse(to, "has to be JSON in UTF-8 without NUL");
    }
}

std::string time_of_day(const dynamic_target& to, const json& value) {
    const std::string& given = text(to, value);
    // a moment of some day parses where the time does
    if (given.size() > 15 || !timestamp::parse("2000-01-01 " + given))
        refuse(to, "has to be a time of day, \"10:30:00\"");
    return given;
}

std::string scalar(const dynamic_target& to, sql::type type, const json& value) {
    switch (type.kind) {
        case type_kind::boolean:
            if (!value.is_boolean()) refuse(to, "has to be true or false");
            return encoded(value.get<bool>());
        case type_kind::int2:
            return integer<std::int16_t>(to, value);
        case type_kind::int4:
            return integer<std::int32_t>(to, value);
        case type_kind::int8:
            return integer<std::int64_t>(to, value);
        case type_kind::float4:
            return floating<float>(to, value);
        case type_kind::float8:
            return floating<double>(to, value);
        case type_kind::numeric:
            return exact(to, value);
        case type_kind::text:
        case type_kind::varchar:
        case type_kind::bpchar:
        case type_kind::name:
            return text(to, value);
        case type_kind::enumeration:
        case type_kind::named_text:
            if (to.choices.empty()) break;
            return one_of(to, value);
        case type_kind::uuid:
            return parsed<uuid>(to, value, "a UUID");
        case type_kind::date:
            return parsed<date>(to, value, "a date, \"2024-12-31\"");
        case type_kind::timestamp:
            return parsed<timestamp>(to, value, "a date and time, \"2024-12-31T10:30:00\"");
        case type_kind::timestamptz:
            return parsed<timestamptz>(to, value,
                                       "a date and time with its offset, \"2024-12-31T10:30:00Z\"");
        case type_kind::json:
        case type_kind::jsonb:
            return jsonb(to, value);
        default:
            break;
    }
    refuse(to, "is of a type that cannot be looked up from outside");
}

const json& list(const dynamic_target& to, const json& value) {
    if (!value.is_array()) refuse(to, "has to be a list");
    // NOLINTNEXTLINE(bugprone-return-const-ref-from-parameter): the caller's value outlives the call
    return value;
}

sql::parameter bound(const dynamic_target& to, sql::type type, const json& value) {
    const model_detail::transform_info* last = to.chain.last();
    if (last && !last->selected.empty() && to.chain.lookup->right != operand::text)
        return {type, time_of_day(to, value)};
    if (!type.array) return {type, scalar(to, type, value)};
    std::vector<std::string> elements;
    for (const json& element : list(to, value))
        elements.push_back(scalar(to, {type.kind, false, type.identity}, element));
    return array_of(type, elements);
}

lookup_value same(const dynamic_target& to, const json& value) {
    lookup_value out;
    out.null = value.is_null();
    if (out.null && accepts_null(*to.chain.lookup)) return out;
    if (out.null) refuse(to, "has to be a value; ask for none with isnull");
    out.value = bound(to, to.chain.type, value);
    if (value.is_number_integer()) out.number = value.get<std::int64_t>();
    return out;
}

lookup_value several(const dynamic_target& to, const json& value) {
    lookup_value out;
    std::vector<std::string> elements;
    const sql::type type = to.chain.type;
    for (const json& element : list(to, value)) {
        if (element.is_null()) refuse(to, "has to be a list without null; ask for none with isnull");
        sql::parameter one = bound(to, type, element);
        if (type.array)
            out.items.push_back(std::move(one));
        else
            elements.push_back(std::move(*one.bytes));
    }
    out.null = value.empty();
    if (!type.array) out.value = array_of({type.kind, true, type.identity}, elements);
    return out;
}

lookup_value pair(const dynamic_target& to, const json& value) {
    if (!value.is_array() || value.size() != 2 || value[0].is_null() || value[1].is_null())
        refuse(to, "has to be a list of two values, the lower one first");
    lookup_value out = same(to, value[0]);
    lookup_value high = same(to, value[1]);
    out.high = std::move(high.value);
    out.high_number = high.number;
    return out;
}

}  // namespace

bool is_text(std::string_view bytes) {
    if (bytes.find('\0') != std::string_view::npos) return false;
    try {
        static_cast<void>(json(std::string(bytes)).dump());  // throws for what is no UTF-8
        return true;
    } catch (const json::type_error&) {
        return false;
    }
}

lookup_value dynamic_value(const dynamic_target& to, const json& value) {
    lookup_value out;
    switch (to.chain.lookup->right) {
        case operand::flag:
            if (!value.is_boolean()) refuse(to, "has to be true or false");
            out.flag = value.get<bool>();
            return out;
        case operand::list:
            return several(to, value);
        case operand::pair:
            return pair(to, value);
        case operand::text:
            out.null = value.is_null() && accepts_null(*to.chain.lookup);
            return out.null ? out : text_value(text(to, value));
        case operand::texts: {
            std::vector<std::string> all;
            for (const json& each : list(to, value)) all.push_back(text(to, each));
            return texts_value(all);
        }
        case operand::same:
            break;
    }
    return same(to, value);
}

}  // namespace orm::inline v0::query_detail
