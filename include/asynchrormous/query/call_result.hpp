// What a function of the database gives, computed from the types of its arguments: the Result of
// call_expression and Func. A policy P has
//     template <fixed_string Text, class... Args> static constexpr bool check();    false after one
//     static_assert template <class... Args> using type = …;
// where Args are the arguments' C++ types, optional where they can be NULL.
#pragma once

#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/reflect/fixed_string.hpp>
#include <asynchrormous/sql/date.hpp>
#include <asynchrormous/sql/timestamp.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

namespace orm::inline v0 {

class decimal;
class interval;

// What the errors spell. All are false.
template <reflect::fixed_string Call, class... Arguments>
struct result_type_is_unknown {
    static constexpr bool value = false;
};
template <reflect::fixed_string Call, class Argument, class... Wanted>
struct argument_does_not_fit {
    static constexpr bool value = false;
};

namespace query_detail {

template <class T>
inline constexpr bool is_decimal = std::is_same_v<T, decimal>;
template <class T>
inline constexpr bool is_number = (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) || is_decimal<T>;
template <class T>
inline constexpr bool is_integer = std::is_integral_v<T> && !std::is_same_v<T, bool>;

// T, or optional<T> where it can be NULL.
template <class T, bool Nullable>
using nullable_t = typename model_detail::nullable_type<T, Nullable || model_detail::is_optional<T>>::type;

template <class... T>
inline constexpr bool any_optional = (model_detail::is_optional<T> || ...);

// The type of an operation on two numbers, as PostgreSQL has it: the wider integer; decimal with integers and
// decimals; real only for two reals.
template <class A, class B>
struct number_of_both {
    using type = std::conditional_t<std::is_same_v<A, float> && std::is_same_v<B, float>, float, double>;
};
template <class A, class B>
    requires(is_integer<A> && is_integer<B>)
struct number_of_both<A, B> {
    using type =
        std::conditional_t<(sizeof(A) > 4 || sizeof(B) > 4), std::int64_t,
                           std::conditional_t<(sizeof(A) > 2 || sizeof(B) > 2), std::int32_t, std::int16_t>>;
};
template <class A, class B>
    requires((is_decimal<A> && (is_integer<B> || is_decimal<B>)) || (is_integer<A> && is_decimal<B>))
struct number_of_both<A, B> {
    using type = decimal;
};
template <class A, class B>
using common_number = typename number_of_both<A, B>::type;

template <class First, class... Rest>
struct first_of {
    using type = First;
};
template <class... T>
using first_t = typename first_of<T...>::type;

// One type for all of them, without optional: the same, or a number that holds them all. void: there is none.
template <class... T>
struct common {
    using type = void;
};
template <class T>
struct common<T> {
    using type = T;
};
template <class A, class B, class... Rest>
struct common<A, B, Rest...>
    : common<std::conditional_t<std::is_same_v<A, B>, A,
                                std::conditional_t<is_number<A> && is_number<B>, common_number<A, B>, void>>,
             Rest...> {};
template <class... T>
using common_t = typename common<without_optional<T>...>::type;

}  // namespace query_detail

struct any_policy {};

template <class T>
struct fixed : any_policy {
    template <reflect::fixed_string, class...>
    static constexpr bool check() {
        return true;
    }
    template <class... Args>
    using type = query_detail::nullable_t<T, query_detail::any_optional<Args...>>;
};

// Never NULL, or always perhaps NULL, whatever the arguments are.
template <class Policy>
struct never_null : Policy {
    template <class... Args>
    using type = without_optional<typename Policy::template type<Args...>>;
};
template <class Policy>
struct maybe_null : Policy {
    template <class... Args>
    using type = query_detail::nullable_t<typename Policy::template type<Args...>, true>;
};

struct same_as_first : any_policy {
    template <reflect::fixed_string, class...>
    static constexpr bool check() {
        return true;
    }
    template <class... Args>
    using type =
        query_detail::nullable_t<query_detail::first_t<Args...>, query_detail::any_optional<Args...>>;
};

// One type that all arguments have or fit into; NULL only if all are (COALESCE, GREATEST).
struct common_type : any_policy {
    template <reflect::fixed_string Text, class... Args>
    static constexpr bool check() {
        constexpr bool known = !std::is_void_v<query_detail::common_t<Args...>>;
        static_assert(
            known || result_type_is_unknown<Text, Args...>::value,
            "asynchrormous: these values have no type in common; give them one with Cast<T>(…); the "
            "template arguments are the expression and its values' types");
        return known;
    }
    template <class... Args>
    using type =
        query_detail::nullable_t<query_detail::common_t<Args...>, (model_detail::is_optional<Args> && ...)>;
};

// What an argument has to be: any_text, a C++ type, …
struct anything {
    template <class T>
    static constexpr bool takes = true;
};
struct any_text {
    template <class T>
    static constexpr bool takes = std::is_same_v<T, std::string>;
};
struct any_number {
    template <class T>
    static constexpr bool takes = query_detail::is_number<T>;
};
struct any_integer {
    template <class T>
    static constexpr bool takes = query_detail::is_integer<T>;
};
struct any_date {
    template <class T>
    static constexpr bool takes =
        std::is_same_v<T, date> || std::is_same_v<T, timestamp> || std::is_same_v<T, timestamptz>;
};

namespace query_detail {

template <class Kind, class T>
constexpr bool takes_argument() {
    if constexpr (requires { Kind::template takes<T>; })
        return Kind::template takes<T>;
    else
        return std::is_same_v<Kind, T>;
}

template <reflect::fixed_string Text, class Kind, class T>
constexpr bool check_argument() {
    constexpr bool fits = takes_argument<Kind, without_optional<T>>();
    static_assert(
        fits || argument_does_not_fit<Text, T, Kind>::value,
        "asynchrormous: the database's function does not take an argument of this type; the template "
        "arguments are the function, the argument's type and what is wanted: Cast<T>(…) makes one of it");
    return fits;
}

}  // namespace query_detail

// Result, after the arguments were checked: taking<fixed<std::string>, any_text, any_integer>. The last kind
// goes for all further arguments.
template <class Result, class Kind, class... Kinds>
struct taking : Result {
    template <reflect::fixed_string Text, class First, class... Rest>
    static constexpr bool check() {
        if constexpr (!query_detail::check_argument<Text, Kind, First>())
            return false;
        else if constexpr (sizeof...(Rest) == 0)
            return true;
        else if constexpr (sizeof...(Kinds) == 0)
            return taking::template check<Text, Rest...>();
        else
            return taking<Result, Kinds...>::template check<Text, Rest...>();
    }
};

namespace query_detail {

template <class T>
using policy_of = std::conditional_t<std::is_base_of_v<any_policy, T>, T, fixed<T>>;

}  // namespace query_detail

}  // namespace orm::inline v0
