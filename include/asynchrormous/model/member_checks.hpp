// Validators in meta: column<…>(validators(…)) and meta(…) where some of its columns have them. A model
// without validators uses those of meta.hpp alone.
#pragma once

#include <asynchrormous/model/foreign_key.hpp>
#include <asynchrormous/model/meta.hpp>
#include <asynchrormous/reflect/fixed_string.hpp>

#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

// What the error about a validator that does not fit spells. False.
template <class Model, reflect::fixed_string Member, class Type, class Validator>
struct validator_of_another_type {
    static constexpr bool value = false;
};

namespace model_detail {

template <class... Validators>
struct validators_option {
    std::tuple<Validators...> checks;
};
template <class T>
inline constexpr bool is_validators = false;
template <class... Vs>
inline constexpr bool is_validators<validators_option<Vs...>> = true;

// The validators of one member.
template <auto Member, class... Validators>
struct member_checks {
    std::tuple<Validators...> checks;
    static constexpr auto member = Member;
};
template <std::size_t N, class Checks>
struct checked_part : meta_part<N> {
    Checks checks;
};
template <std::size_t N, class... Checks>
struct checked_meta : meta_part<N> {
    std::tuple<Checks...> checks;
};

template <class T>
struct checked_value {
    using type = T;
    // NOLINTNEXTLINE(bugprone-return-const-ref-from-parameter): asked of members only
    static const T& of(const T& member) { return member; }
};
template <any_foreign_key T>
struct checked_value<T> {
    using type = typename T::key_type;
    static decltype(auto) of(const T& member) { return member.key(); }
};
template <class T>
struct checked_value<std::optional<T>> : checked_value<T> {
    static decltype(auto) of(const std::optional<T>& member) { return checked_value<T>::of(*member); }
};

template <class V, class T>
concept validator_of = requires(const V& check, const T& value) { check(value); };

template <class M, class C, reflect::fixed_string Name, class V>
constexpr bool check_validator() {
    using value = typename checked_value<C>::type;
    static_assert(validator_of<V, value> || validator_of_another_type<M, Name, value, V>::value,
                  "asynchrormous: this validator or choice does not take values of this member's type");
    return validator_of<V, value>;
}

template <auto Member, class M, class C, class... Vs>
constexpr auto checks_of_member(C M::*, const std::tuple<Vs...>& checks) {
    constexpr reflect::fixed_string<reflect::member_name<Member>().size()> name{
        reflect::member_name<Member>()};
    if constexpr ((check_validator<M, C, name, Vs>() && ...))
        return member_checks<Member, Vs...>{checks};
    else
        return member_checks<Member>{};
}

template <class... Vs>
constexpr std::tuple<Vs...> checks_among(const validators_option<Vs...>& option) {
    return option.checks;
}
constexpr std::tuple<> checks_among(const column_option&) { return {}; }

template <std::size_t N>
constexpr std::tuple<> checks_of_part(const meta_part<N>&) {
    return {};
}
template <std::size_t N, class Checks>
constexpr std::tuple<Checks> checks_of_part(const checked_part<N, Checks>& part) {
    return {part.checks};
}

template <std::size_t N, class... Checks>
constexpr checked_meta<N, Checks...> with_checks(const meta_part<N>& entries,
                                                 const std::tuple<Checks...>& checks) {
    return {entries, checks};
}

template <class T>
inline constexpr bool is_checked_part = false;
template <std::size_t N, class Checks>
inline constexpr bool is_checked_part<checked_part<N, Checks>> = true;

}  // namespace model_detail

template <class... Validators>
constexpr model_detail::validators_option<Validators...> validators(Validators... checks) {
    return {{checks...}};
}

// As in meta.hpp, with validators among the options.
template <auto Member, class... Options>
    requires(model_detail::is_validators<Options> || ...)
constexpr auto column(const Options&... options) {
    const auto plain = [](const auto&... each) {
        constexpr auto count =
            (std::size_t{
                 std::is_base_of_v<model_detail::column_option, std::remove_cvref_t<decltype(each)>>} +
             ... + 0);
        model_detail::meta_part<count> result{};
        std::size_t i = 0;
        const auto add = [&](const auto& from) {
            if constexpr (std::is_base_of_v<model_detail::column_option, std::remove_cvref_t<decltype(from)>>)
                result.entries[i++] = model_detail::column_entry<Member>(from);
        };
        (add(each), ...);
        return result;
    }(options...);
    const auto checks = model_detail::checks_of_member<Member>(
        Member, std::tuple_cat(model_detail::checks_among(options)...));
    return model_detail::checked_part<decltype(plain)::size, std::remove_const_t<decltype(checks)>>{plain,
                                                                                                    checks};
}

template <class... Parts>
    requires(model_detail::is_checked_part<Parts> || ...)
constexpr auto meta(const Parts&... parts) {
    return model_detail::with_checks(model_detail::join_parts(parts...),
                                     std::tuple_cat(model_detail::checks_of_part(parts)...));
}

}  // namespace orm::inline v0
