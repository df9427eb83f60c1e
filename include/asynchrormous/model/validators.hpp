// What values of a column are valid, beside its type:
//     orm::column<&Book::title>(orm::max_length(200), orm::validators(not_blank, orm::min_length(2)))
//     orm::column<&Book::state>(orm::choices("draft", "published"))
// A validator is a function or a functor of the value, constexpr where it stands in meta. It returns whether
// the value is valid, or the message that says why not (text, or an optional one; empty: valid). A functor
// that returns bool has a member `message`, a function gets one by validator(function, "message"). Validators
// do not see NULL and empty texts: whether a column may be empty is said by std::optional and `blank`. Those
// here are Django's, with its messages and codes.
#pragma once

#include <asynchrormous/model/member_checks.hpp>
#include <asynchrormous/model/validation_errors.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

namespace model_detail {

// A limit as messages show it.
ORM_EXPORT std::string number_text(double number);
inline std::string limit_text(std::string_view limit) { return std::string(limit); }
template <class T>
std::string limit_text(const T& limit) {
    if constexpr (std::is_integral_v<T>)
        return std::to_string(limit);
    else if constexpr (std::is_floating_point_v<T>)
        return number_text(static_cast<double>(limit));
    else
        return limit.to_string();
}

template <class T>
inline constexpr bool is_ordered_number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;

// Whatever types of numbers meet.
template <class A, class B>
constexpr bool is_less(const A& a, const B& b) {
    if constexpr (std::is_integral_v<A> && std::is_integral_v<B>)
        return std::cmp_less(a, b);
    else if constexpr (is_ordered_number<A> && is_ordered_number<B>)
        return static_cast<double>(a) < static_cast<double>(b);
    else
        return a < b;
}
template <class A, class B>
concept ordered_with =
    (is_ordered_number<A> && is_ordered_number<B>) ||
    (!is_ordered_number<A> && !is_ordered_number<B> && requires(const A& a, const B& b) { a < b; });

// Characters of a text (UTF-8), elements of an array.
ORM_EXPORT std::size_t characters(std::string_view text);
template <class T>
std::size_t length_of(const T& value) {
    if constexpr (std::is_convertible_v<const T&, std::string_view>)
        return characters(value);
    else
        return value.size();
}
ORM_EXPORT std::string length_message(std::string_view bound, std::size_t limit, std::size_t length);

template <class T>
concept measured = requires(const T& value) { value.size(); };

}  // namespace model_detail

template <class Limit>
struct min_value_validator {
    Limit limit;
    static constexpr std::string_view code = "min_value";
    template <model_detail::ordered_with<Limit> T>
    constexpr bool operator()(const T& value) const {
        return !model_detail::is_less(value, limit);
    }
    std::string message() const {
        return "Ensure this value is greater than or equal to " + model_detail::limit_text(limit) + ".";
    }
};
template <class Limit>
struct max_value_validator {
    Limit limit;
    static constexpr std::string_view code = "max_value";
    template <model_detail::ordered_with<Limit> T>
    constexpr bool operator()(const T& value) const {
        return !model_detail::is_less(limit, value);
    }
    std::string message() const {
        return "Ensure this value is less than or equal to " + model_detail::limit_text(limit) + ".";
    }
};
struct step_value_validator {
    std::int64_t step;
    static constexpr std::string_view code = "step_size";
    template <std::integral T>
    constexpr bool operator()(T value) const {
        return static_cast<std::int64_t>(value) % step == 0;
    }
    std::string message() const {
        return "Ensure this value is a multiple of step size " + std::to_string(step) + ".";
    }
};
struct min_length_validator {
    std::size_t limit;
    static constexpr std::string_view code = "min_length";
    template <model_detail::measured T>
    bool operator()(const T& value) const {
        return model_detail::length_of(value) >= limit;
    }
    template <model_detail::measured T>
    std::string message(const T& value) const {
        return model_detail::length_message("at least ", limit, model_detail::length_of(value));
    }
};
struct ORM_EXPORT regex_validator {
    std::string_view pattern;
    std::string_view message;
    std::string_view code;
    bool operator()(std::string_view text) const;
};
// One of the texts with a form of their own.
struct ORM_EXPORT text_validator {
    bool (*valid)(std::string_view text);
    std::string_view message;
    std::string_view code = "invalid";
    bool operator()(std::string_view text) const { return valid(text); }
};
template <class F>
struct function_validator {
    F function;
    std::string_view message;
    std::string_view code;
    template <class T>
        requires std::predicate<const F&, const T&>
    constexpr bool operator()(const T& value) const {
        return function(value);
    }
};

// Numbers, and whatever else has an order: dates, timestamps.
template <class Limit>
constexpr min_value_validator<Limit> min_value(Limit limit) {
    return {limit};
}
template <class Limit>
constexpr max_value_validator<Limit> max_value(Limit limit) {
    return {limit};
}
constexpr step_value_validator step_value(std::int64_t step) { return {step}; }
// Characters of a text, elements of an array. The longest text is said by max_length.
constexpr min_length_validator min_length(std::size_t limit) { return {limit}; }

// A part of the text matches the regular expression (ECMAScript's, in linear space and without
// backreferences);
// "^…$" is about the whole text. Throws, when used: query_error for a pattern that is none.
constexpr regex_validator regex(std::string_view pattern, std::string_view message = "Enter a valid value.",
                                std::string_view code = "invalid") {
    return {pattern, message, code};
}

// A function of your own that returns whether the value is valid.
template <class F>
constexpr function_validator<F> validator(F function, std::string_view message,
                                          std::string_view code = "invalid") {
    return {function, message, code};
}

namespace model_detail {

ORM_EXPORT bool is_email(std::string_view text);
ORM_EXPORT bool is_url(std::string_view text);
ORM_EXPORT bool is_slug(std::string_view text);
ORM_EXPORT bool is_domain_name(std::string_view text);
ORM_EXPORT bool is_ipv4(std::string_view text);
ORM_EXPORT bool is_ipv6(std::string_view text);
ORM_EXPORT bool is_ip(std::string_view text);

}  // namespace model_detail

inline constexpr text_validator email{&model_detail::is_email, "Enter a valid email address."};
// http, https, ftp or ftps, with a host.
inline constexpr text_validator url{&model_detail::is_url, "Enter a valid URL."};
inline constexpr text_validator slug{
    &model_detail::is_slug, "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."};
inline constexpr text_validator domain_name{&model_detail::is_domain_name, "Enter a valid domain name."};
inline constexpr text_validator ipv4_address{&model_detail::is_ipv4, "Enter a valid IPv4 address."};
inline constexpr text_validator ipv6_address{&model_detail::is_ipv6, "Enter a valid IPv6 address."};
inline constexpr text_validator ip_address{&model_detail::is_ip, "Enter a valid IPv4 or IPv6 address."};

// The only values that are valid. An enumeration needs no choices: it has its enumerators.
template <class T, std::size_t N>
struct choices_validator {
    std::array<T, N> choices;
    static constexpr std::string_view code = "invalid_choice";
    static constexpr std::string_view message = "Value is not a valid choice.";
    template <class V>
        requires requires(const V& value, const T& choice) { value == choice; }
    constexpr bool operator()(const V& value) const {
        for (const T& each : choices)
            if constexpr (std::is_integral_v<V> && std::is_integral_v<T>) {
                if (std::cmp_equal(value, each)) return true;
            } else if (value == each) {
                return true;
            }
        return false;
    }
};

template <class... Values>
constexpr auto choices(const Values&... values) {
    if constexpr ((std::is_convertible_v<const Values&, std::string_view> && ...)) {
        using list = choices_validator<std::string_view, sizeof...(Values)>;
        return model_detail::validators_option<list>{{list{{std::string_view(values)...}}}};
    } else {
        using list = choices_validator<std::common_type_t<Values...>, sizeof...(Values)>;
        return model_detail::validators_option<list>{{list{{values...}}}};
    }
}

}  // namespace orm::inline v0
