// JSON made by the database: JSONObject("title"_k = F<"title">, "long"_k = Q("pages__gt"_k = 300)),
// JSONArray(F<"title">, 1). PostgreSQL documentation: 9.16 JSON Functions.
#pragma once

#include <asynchrormous/postgres/json_codec.hpp>
#include <asynchrormous/query/call.hpp>

#include <string>
#include <tuple>

namespace orm::inline v0 {

namespace query_detail {

using made_json = never_null<fixed<nlohmann::json>>;

template <class... Parts>
constexpr auto json_object(std::tuple<Parts...> parts) {
    return std::apply(
        [](auto&... each) {
            return make_lenient_call<"JSONB_BUILD_OBJECT({*})", made_json>(std::move(each)...);
        },
        parts);
}

}  // namespace query_detail

template <reflect::fixed_string... Names, class... Values>
constexpr auto JSONObject(const keyword<Names, Values>&... members) {
    return query_detail::json_object(
        std::tuple_cat(std::tuple(Value(std::string(Names.view())), as_expression(members.value))...));
}

template <class... Elements>
constexpr auto JSONArray(Elements&&... elements) {
    return query_detail::make_lenient_call<"JSONB_BUILD_ARRAY({*})", query_detail::made_json>(
        std::forward<Elements>(elements)...);
}

}  // namespace orm::inline v0
