#include <asynchrormous/postgres/json_codec.hpp>
#include <asynchrormous/postgres/text_codec.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <nlohmann/json.hpp>

#include <cmath>

namespace orm::inline v0::postgres {

namespace {

using nlohmann::json;

constexpr char jsonb_version = 1;  // jsonb_recv in jsonb.c

void require_storable(std::string_view text) {
    if (text.find('\0') != std::string_view::npos)
        throw value_error("a JSON string with a NUL character (\\u0000): PostgreSQL's jsonb cannot hold it");
}

// nlohmann::json would write null for a NaN without a word.
void require_storable(const json& value) {
    if (value.is_number_float() && !std::isfinite(value.get<double>()))
        throw value_error("a JSON number that is NaN or infinite: JSON has no such number");
    if (value.is_binary() || value.is_discarded())
        throw value_error("a JSON value that JSON text cannot express: binary, or what a failed parse left");
    if (value.is_string()) return require_storable(std::string_view(value.get_ref<const json::string_t&>()));
    if (value.is_array())
        for (const json& element : value) require_storable(element);
    if (value.is_object())
        for (const auto& [key, element] : value.get_ref<const json::object_t&>()) {
            require_storable(std::string_view(key));
            require_storable(element);
        }
}

json parse(std::string_view text, sql::type_kind kind) {
    json value = json::parse(text, nullptr, false);
    if (value.is_discarded())
        detail::throw_malformed({kind}, "it is no JSON, or has a number beyond what a double can hold");
    return value;
}

}  // namespace

void codec<json>::encode(const json& value, std::string& out) {
    require_storable(value);
    try {
        out += jsonb_version;
        detail::append_text(value.dump(), out);
    } catch (const json::type_error& failure) {
        throw value_error(std::string("a JSON string that is no UTF-8: ") + failure.what());
    }
}

json codec<json>::decode(field_view field) {
    if (field.size < 1) detail::throw_wrong_size(field, type);
    if (field.data[0] != jsonb_version) detail::throw_malformed(type, "its version is not 1");
    return parse(field.bytes().substr(1), sql::type_kind::jsonb);
}

json codec<json>::convert(field_view field, std::uint32_t oid) {
    if (oid != sql::oid::json) detail::throw_unreadable(oid, type);
    if (field.null()) detail::throw_wrong_size(field, {sql::type_kind::json});
    return parse(field.bytes(), sql::type_kind::json);
}

}  // namespace orm::inline v0::postgres
