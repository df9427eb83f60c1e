// The other aggregates: stddev, variance, string_agg, array_agg, json_agg, bool_and, bool_or, bit_and,
// bit_or, bit_xor, any_value (PostgreSQL 16 and newer: an older server answers that the function does not
// exist), and the statistics of two values corr, covar_pop, covar_sample and regr_….
//     string_agg<"title">(", ").order_by<"title">()   array_agg<"pages">   corr(F<"pages">, F<"price">)
#pragma once

#include <asynchrormous/query/aggregate.hpp>

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace orm::inline v0 {

namespace query_detail {

// NULLs are elements too.
struct array_of_first : any_policy {
    template <reflect::fixed_string Text, class T>
    static constexpr bool check() {
        constexpr bool fits = !sql_type_of<T>.array;
        static_assert(
            fits || argument_does_not_fit<Text, T, anything>::value,
            "asynchrormous: an array of arrays is a matrix in PostgreSQL: array_agg takes single values");
        return fits;
    }
    template <class T>
    using type = std::vector<T>;
};

struct any_boolean {
    template <class T>
    static constexpr bool takes = std::is_same_v<T, bool>;
};

// clang-format off
using double_of_number = aggregate_kind<taking<fixed<double>, any_number>>;
struct stddev_kind : double_of_number { static constexpr reflect::fixed_string text = "STDDEV_POP"; };
struct stddev_sample_kind : double_of_number { static constexpr reflect::fixed_string text = "STDDEV_SAMP"; };
struct variance_kind : double_of_number { static constexpr reflect::fixed_string text = "VAR_POP"; };
struct variance_sample_kind : double_of_number { static constexpr reflect::fixed_string text = "VAR_SAMP"; };
struct string_agg_kind : aggregate_kind<taking<fixed<std::string>, any_text>> { static constexpr reflect::fixed_string text = "STRING_AGG"; };
struct array_agg_kind : aggregate_kind<array_of_first> { static constexpr reflect::fixed_string text = "ARRAY_AGG"; };
struct json_agg_kind : aggregate_kind<taking<fixed<nlohmann::json>, anything>> { static constexpr reflect::fixed_string text = "JSONB_AGG"; };
struct bool_and_kind : aggregate_kind<taking<fixed<bool>, any_boolean>> { static constexpr reflect::fixed_string text = "BOOL_AND"; };
struct bool_or_kind : aggregate_kind<taking<fixed<bool>, any_boolean>> { static constexpr reflect::fixed_string text = "BOOL_OR"; };
struct bit_and_kind : aggregate_kind<taking<same_as_first, any_integer>> { static constexpr reflect::fixed_string text = "BIT_AND"; };
struct bit_or_kind : aggregate_kind<taking<same_as_first, any_integer>> { static constexpr reflect::fixed_string text = "BIT_OR"; };
struct bit_xor_kind : aggregate_kind<taking<same_as_first, any_integer>> { static constexpr reflect::fixed_string text = "BIT_XOR"; };
struct any_value_kind : aggregate_kind<taking<same_as_first, anything>> { static constexpr reflect::fixed_string text = "ANY_VALUE"; };

struct corr_kind : double_of_number { static constexpr reflect::fixed_string text = "CORR"; };
struct covar_pop_kind : double_of_number { static constexpr reflect::fixed_string text = "COVAR_POP"; };
struct covar_sample_kind : double_of_number { static constexpr reflect::fixed_string text = "COVAR_SAMP"; };
struct regr_avgx_kind : double_of_number { static constexpr reflect::fixed_string text = "REGR_AVGX"; };
struct regr_avgy_kind : double_of_number { static constexpr reflect::fixed_string text = "REGR_AVGY"; };
struct regr_intercept_kind : double_of_number { static constexpr reflect::fixed_string text = "REGR_INTERCEPT"; };
struct regr_r2_kind : double_of_number { static constexpr reflect::fixed_string text = "REGR_R2"; };
struct regr_slope_kind : double_of_number { static constexpr reflect::fixed_string text = "REGR_SLOPE"; };
struct regr_sxx_kind : double_of_number { static constexpr reflect::fixed_string text = "REGR_SXX"; };
struct regr_sxy_kind : double_of_number { static constexpr reflect::fixed_string text = "REGR_SXY"; };
struct regr_syy_kind : double_of_number { static constexpr reflect::fixed_string text = "REGR_SYY"; };
struct regr_count_kind : aggregate_kind<taking<fixed<std::int64_t>, any_number>> {
    static constexpr reflect::fixed_string text = "REGR_COUNT";
    static constexpr bool null_on_empty = false;
};
// clang-format on

// string_agg<"title">(", "), string_agg<>(expression, ", ")
template <step... Steps>
struct string_agg_of {
    template <class Delimiter>
    constexpr auto operator()(Delimiter&& between) const {
        return make_aggregate<string_agg_kind>(field_reference<Steps...>(), std::forward<Delimiter>(between));
    }
};
template <>
struct string_agg_of<> {
    template <class E, class Delimiter>
    constexpr auto operator()(E&& of, Delimiter&& between) const {
        return make_aggregate<string_agg_kind>(std::forward<E>(of), std::forward<Delimiter>(between));
    }
};

// corr(y, x): the dependent value comes first.
template <class Kind>
struct aggregate_of_two {
    template <class Y, class X>
    constexpr auto operator()(Y&& y, X&& x) const {
        return make_aggregate<Kind>(std::forward<Y>(y), std::forward<X>(x));
    }
};

}  // namespace query_detail

// clang-format off
// Of all rows; the _sample ones estimate from rows that are a sample.
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::stddev_kind, Steps...> stddev{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::stddev_sample_kind, Steps...> stddev_sample{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::variance_kind, Steps...> variance{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::variance_sample_kind, Steps...> variance_sample{};

template <step... Steps> inline constexpr query_detail::string_agg_of<Steps...> string_agg{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::array_agg_kind, Steps...> array_agg{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::json_agg_kind, Steps...> json_agg{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::bool_and_kind, Steps...> bool_and{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::bool_or_kind, Steps...> bool_or{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::bit_and_kind, Steps...> bit_and{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::bit_or_kind, Steps...> bit_or{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::bit_xor_kind, Steps...> bit_xor{};
template <step... Steps> inline constexpr query_detail::aggregate_of<query_detail::any_value_kind, Steps...> any_value{};

inline constexpr query_detail::aggregate_of_two<query_detail::corr_kind> corr{};
inline constexpr query_detail::aggregate_of_two<query_detail::covar_pop_kind> covar_pop{};
inline constexpr query_detail::aggregate_of_two<query_detail::covar_sample_kind> covar_sample{};
inline constexpr query_detail::aggregate_of_two<query_detail::regr_avgx_kind> regr_avgx{};
inline constexpr query_detail::aggregate_of_two<query_detail::regr_avgy_kind> regr_avgy{};
inline constexpr query_detail::aggregate_of_two<query_detail::regr_count_kind> regr_count{};
inline constexpr query_detail::aggregate_of_two<query_detail::regr_intercept_kind> regr_intercept{};
inline constexpr query_detail::aggregate_of_two<query_detail::regr_r2_kind> regr_r2{};
inline constexpr query_detail::aggregate_of_two<query_detail::regr_slope_kind> regr_slope{};
inline constexpr query_detail::aggregate_of_two<query_detail::regr_sxx_kind> regr_sxx{};
inline constexpr query_detail::aggregate_of_two<query_detail::regr_sxy_kind> regr_sxy{};
inline constexpr query_detail::aggregate_of_two<query_detail::regr_syy_kind> regr_syy{};
// clang-format on

}  // namespace orm::inline v0
