// The validators of a model's meta behind function pointers, one for each member that has any. Used by
// validation only: a model that is never validated costs nothing.
#pragma once

#include <asynchrormous/model/columns.hpp>
#include <asynchrormous/model/validators.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>

namespace orm::inline v0::model_detail {

struct field_check {
    std::string_view field{};
    // The member, which is neither NULL nor an empty text.
    void (*run)(const void* member, std::string_view field, validation_errors& into) = nullptr;
};

template <class V, class T>
std::string message_of(const V& check, const T& value) {
    if constexpr (requires { check.message(value); })
        return std::string(check.message(value));
    else if constexpr (requires { check.message(); })
        return std::string(check.message());
    else if constexpr (requires { std::string(check.message); })
        return std::string(check.message);
    else
        return "Enter a valid value.";
}
template <class V>
std::string_view code_of(const V& check) {
    if constexpr (requires { std::string_view(check.code); })
        return check.code;
    else
        return "invalid";
}

template <class V, class T>
void run_validator(const V& check, const T& value, std::string_view field, validation_errors& into) {
    using answer = std::remove_cvref_t<decltype(check(value))>;
    if constexpr (std::is_same_v<answer, bool>) {
        if (!check(value)) into.add(field, message_of(check, value), code_of(check));
    } else if constexpr (is_optional<answer>) {
        if (const auto why = check(value)) into.add(field, *why, code_of(check));
    } else {
        const auto why = check(value);
        if (const std::string_view text(why); !text.empty()) into.add(field, text, code_of(check));
    }
}

template <class T>
inline constexpr bool is_choices = false;
template <class T, std::size_t N>
inline constexpr bool is_choices<choices_validator<T, N>> = true;

// As in Django, a value that is none of the choices is not looked at further.
template <class V, class T>
bool is_chosen(const V& check, const T& value, std::string_view field, validation_errors& into) {
    if constexpr (is_choices<V>) {
        run_validator(check, value, field, into);
        return check(value);
    } else {
        return true;
    }
}
template <class V, class T>
void run_unless_choices(const V& check, const T& value, std::string_view field, validation_errors& into) {
    if constexpr (!is_choices<V>) run_validator(check, value, field, into);
}

template <class M, class C>
C member_type(C M::*);

template <class G, std::size_t I>
void run_member_checks(const void* at, std::string_view field, validation_errors& into) {
    static constexpr const auto& list = std::get<I>(G::meta.checks);
    using member = decltype(member_type(list.member));
    const auto& value = checked_value<member>::of(*static_cast<const member*>(at));
    std::apply(
        [&](const auto&... each) {
            if ((is_chosen(each, value, field, into) && ...))
                (run_unless_choices(each, value, field, into), ...);
        },
        list.checks);
}

// Of the struct and of the groups that it embeds. Returns: how many; without `out` they are only counted.
template <class G>
constexpr std::size_t collect_checks(field_check* out);
template <class T>
constexpr std::size_t collect_group(field_check* out) {
    if constexpr (is_embedded<T>)
        return collect_checks<typename T::group>(out);
    else
        return 0;
}
template <class... Ts>
constexpr std::size_t collect_groups(field_check* out, reflect::type_list<Ts...>) {
    std::size_t size = 0;
    ((size += collect_group<Ts>(out ? out + size : out)), ...);
    return size;
}
template <class G>
constexpr std::size_t collect_checks(field_check* out) {
    std::size_t size = 0;
    if constexpr (requires { G::meta.checks; }) {
        size = std::tuple_size_v<std::remove_cvref_t<decltype(G::meta.checks)>>;
        if (out)
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                ((out[I] = {reflect::member_name<std::get<I>(G::meta.checks).member>(),
                            &run_member_checks<G, I>}),
                 ...);
            }(std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<decltype(G::meta.checks)>>>());
    }
    return size + collect_groups(out ? out + size : out, reflect::member_types<G>{});
}

template <class M>
inline constexpr auto field_checks = [] {
    std::array<field_check, collect_checks<M>(nullptr)> all{};
    collect_checks<M>(all.data());
    return all;
}();

}  // namespace orm::inline v0::model_detail
