// Text from a query string as the JSON that it means for a column.
#include "dynamic_value.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <vector>

namespace orm::inline v0::query_detail {

namespace {

using nlohmann::json;
using sql::type_kind;

// No text is no element.
std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    if (text.empty()) return parts;
    for (std::size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',')) {
        parts.push_back(text.substr(0, comma));
        text.remove_prefix(comma + 1);
    }
    parts.push_back(text);
    return parts;
}

json number(std::string_view text) {
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    std::int64_t whole = 0;
    if (const auto read = std::from_chars(begin, end, whole); read.ec == std::errc() && read.ptr == end)
        return whole;
    double real = 0;
    if (const auto read = std::from_chars(begin, end, real); read.ec == std::errc() && read.ptr == end)
        return real;
    return std::string(text);
}

json flag(std::string_view text) {
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    return std::string(text);
}

// The text itself where it is no JSON.
json json_or_text(std::string_view text) {
    const auto shallow = [](int depth, json::parse_event_t, json&) { return depth < 1000; };
    json value = json::parse(text, shallow, false);
    return value.is_discarded() ? json(std::string(text)) : value;
}

json scalar_of_text(sql::type type, std::string_view text) {
    switch (type.kind) {
        case type_kind::boolean:
            return flag(text);
        case type_kind::int2:
        case type_kind::int4:
        case type_kind::int8:
        case type_kind::float4:
        case type_kind::float8:
            return number(text);
        case type_kind::json:
        case type_kind::jsonb:
            return json_or_text(text);
        default:
            return std::string(text);
    }
}

json list_of_text(sql::type type, std::string_view text) {
    json all = json::array();
    for (const std::string_view part : split(text)) all.push_back(scalar_of_text(type, part));
    return all;
}

}  // namespace

json json_of_text(const dynamic_target& to, std::string_view text) {
    const sql::type type = to.chain.type;
    switch (to.chain.lookup->right) {
        case operand::flag:
            return flag(text);
        case operand::list:
        case operand::pair:
            return list_of_text(type, text);
        case operand::text:
            return std::string(text);
        case operand::texts:
            return list_of_text({type_kind::text}, text);
        case operand::same:
            break;
    }
    return type.array ? list_of_text(type, text) : scalar_of_text(type, text);
}

}  // namespace orm::inline v0::query_detail
