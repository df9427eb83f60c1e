// Values from outside on their way into a column.
#pragma once

#include <asynchrormous/query/lookup_value.hpp>

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>
#include <string_view>

namespace orm::inline v0::query_detail {

// What a value is for.
struct dynamic_target {
    std::string field;  // for messages
    const model_detail::lookup_chain& chain;
    std::span<const std::string_view> choices;  // of an enumeration
};

// Throw: field_error.
lookup_value dynamic_value(const dynamic_target& to, const nlohmann::json& value);
nlohmann::json json_of_text(const dynamic_target& to, std::string_view text);

// PostgreSQL's text is UTF-8 without NUL.
bool is_text(std::string_view bytes);

}  // namespace orm::inline v0::query_detail
