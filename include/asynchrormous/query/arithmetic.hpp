// The types of arithmetic, as PostgreSQL has them: of integers an integer, with decimals a decimal, else
// double; dates and days. Times and intervals: query/interval.hpp.
#pragma once

#include <asynchrormous/query/call.hpp>

#include <cstdint>
#include <string>
#include <type_traits>

namespace orm::inline v0::query_detail {

// The types of operators' results; void: there is none.
template <class A, class B>
struct product_type {
    using type = std::conditional_t<is_number<A> && is_number<B>, common_number<A, B>, void>;
};
template <class A, class B>
struct remainder_type {
    using type = std::conditional_t<is_integer<A> && is_integer<B>, common_number<A, B>, void>;
};

// PostgreSQL adds integers to dates, but no bigint.
template <class T>
inline constexpr bool is_days = is_integer<T> && sizeof(T) <= 4;

template <class A, class B>
struct sum_type : product_type<A, B> {};
template <>
struct sum_type<std::string, std::string> {
    using type = std::string;
};
template <class B>
    requires is_days<B>
struct sum_type<date, B> {
    using type = date;
};
template <class A>
    requires is_days<A>
struct sum_type<A, date> {
    using type = date;
};

template <class A, class B>
struct difference_type : product_type<A, B> {};
template <>
struct difference_type<date, date> {
    using type = std::int32_t;
};
template <class B>
    requires is_days<B>
struct difference_type<date, B> {
    using type = date;
};

template <class A>
struct negative_type {
    using type = std::conditional_t<is_number<A>, A, void>;
};
template <class A, class B>
struct shift_type {
    using type = std::conditional_t<is_integer<A> && is_integer<B>, A, void>;
};
template <class A, class B>
struct power_type {
    using type = std::conditional_t<is_number<A> && is_number<B>, double, void>;
};

template <class... T>
inline constexpr bool are_timestamps =
    sizeof...(T) == 2 && ((any_date::takes<T> && !std::is_same_v<T, date>) && ...);

// The policy of an operator. Of<…>::type: the type without NULLs, void where there is none.
template <template <class...> class Of>
struct operator_policy : any_policy {
    template <reflect::fixed_string Text, class... Args>
    static constexpr bool check() {
        constexpr bool known = !std::is_void_v<typename Of<without_optional<Args>...>::type>;
        constexpr bool interval = are_timestamps<without_optional<Args>...>;
        static_assert(known || !interval || result_type_is_unknown<Text, Args...>::value,
                      "asynchrormous: the difference of two timestamps is an interval: include "
                      "<asynchrormous/query/interval.hpp>; the template arguments are the "
                      "operation and its operands' types");
        static_assert(
            known || interval || result_type_is_unknown<Text, Args...>::value,
            "asynchrormous: the type of this operation cannot be deduced; Cast<T>(…) says which type "
            "an operand is to have; the template arguments are the operation and its operands' types");
        return known;
    }
    template <class... Args>
    using type = nullable_t<typename Of<without_optional<Args>...>::type, any_optional<Args...>>;
};

struct plus : operator_policy<sum_type> {
    template <class A, class>
    static constexpr std::string_view text() {
        return std::is_same_v<without_optional<A>, std::string> ? "({0} || {1})" : "({0} + {1})";
    }
};
struct minus : operator_policy<difference_type> {};
struct times : operator_policy<product_type> {};
struct remainder : operator_policy<remainder_type> {};
struct negative : operator_policy<negative_type> {};
struct shift : operator_policy<shift_type> {};
struct power : operator_policy<power_type> {};
struct part_of_text : taking<fixed<std::string>, any_text, any_integer> {};

}  // namespace orm::inline v0::query_detail
