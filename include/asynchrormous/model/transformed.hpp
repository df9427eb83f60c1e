// What transforms make of a value, as an expression and as a C++ type.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/model/describe.hpp>
#include <asynchrormous/model/lookup_chain.hpp>
#include <asynchrormous/sql/expression.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace orm::inline v0 {
class decimal;
class interval;
class time_of_day;
}  // namespace orm::inline v0

namespace orm::inline v0::model_detail {

// A value of its own, to be selected, ordered by, or an operand of an expression.
ORM_EXPORT sql::expression_ptr transformed(sql::expression_ptr of, std::span<const transform_step> steps);

// The left side of a lookup.
ORM_EXPORT sql::expression_ptr compared(sql::expression_ptr of, std::span<const transform_step> steps,
                                        const lookup_info& by);

// Whether this step compares a kind of value of its own, which C++ has as text.
constexpr bool compares_as_itself(const transform_step& step, const lookup_info& by) {
    return !step.by->selected.empty() && by.right != operand::text;
}

// What the error about a transform whose result has no C++ type spells. False.
template <sql::type_kind Kind>
struct transform_without_type {
    static constexpr bool value = false;
};

template <sql::type_kind Kind>
struct value_of_kind {
    static_assert(transform_without_type<Kind>::value,
                  "asynchrormous: `result` of this transform is none of the types that transforms can give");
    using type = bool;
};
// clang-format off
template <> struct value_of_kind<sql::type_kind::boolean> { using type = bool; };
template <> struct value_of_kind<sql::type_kind::int2> { using type = std::int16_t; };
template <> struct value_of_kind<sql::type_kind::int4> { using type = std::int32_t; };
template <> struct value_of_kind<sql::type_kind::int8> { using type = std::int64_t; };
template <> struct value_of_kind<sql::type_kind::float4> { using type = float; };
template <> struct value_of_kind<sql::type_kind::float8> { using type = double; };
template <> struct value_of_kind<sql::type_kind::numeric> { using type = decimal; };
template <> struct value_of_kind<sql::type_kind::time> { using type = time_of_day; };
template <> struct value_of_kind<sql::type_kind::interval> { using type = interval; };
template <> struct value_of_kind<sql::type_kind::text> { using type = std::string; };
template <> struct value_of_kind<sql::type_kind::date> { using type = date; };
template <> struct value_of_kind<sql::type_kind::timestamp> { using type = timestamp; };
template <> struct value_of_kind<sql::type_kind::timestamptz> { using type = timestamptz; };
template <> struct value_of_kind<sql::type_kind::uuid> { using type = uuid; };
template <> struct value_of_kind<sql::type_kind::jsonb> { using type = nlohmann::json; };
// clang-format on

// NOLINTNEXTLINE(bugprone-return-const-ref-from-parameter): asked of constants only
constexpr const lookup_chain& chain_in(const lookup_chain& chain) { return chain; }

// The C++ type of what the steps give, without optional, when the value before them has the type T.
// Source: a lookup_chain, or a resolution.
template <class T, const auto& Source, std::size_t Step = 0>
constexpr auto type_after() {
    if constexpr (Step == chain_in(Source).size) {
        return std::type_identity<T>();
    } else {
        constexpr const transform_info& by = *chain_in(Source).steps[Step].by;
        if constexpr (by.gives == transform_result::same)
            return type_after<T, Source, Step + 1>();
        else if constexpr (by.gives == transform_result::element)
            return type_after<value_type<typename element_of<T>::type>, Source, Step + 1>();
        else if constexpr (by.result.array)
            return type_after<std::vector<typename value_of_kind<by.result.kind>::type>, Source, Step + 1>();
        else
            return type_after<typename value_of_kind<by.result.kind>::type, Source, Step + 1>();
    }
}

}  // namespace orm::inline v0::model_detail
