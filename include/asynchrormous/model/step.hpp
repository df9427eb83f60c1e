// One step of a path as a template argument: a name or a member pointer, mixed as one likes.
//   F<"author__name">   F<&Book::author, &Author::name>   F<&Book::author, "name">
#pragma once

#include <asynchrormous/reflect/fixed_string.hpp>
#include <asynchrormous/reflect/type_name.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace orm::inline v0 {

template <class T>
struct step {
    T value;

    // Not explicit: a literal or a member pointer is a step wherever one is asked for.
    constexpr step(T from) : value(from) {}
    template <std::size_t N>
        requires std::is_class_v<T>
    constexpr step(const char (&literal)[N]) : value(literal) {}
};

template <std::size_t N>
step(const char (&)[N]) -> step<reflect::fixed_string<N - 1>>;
template <class T, class Model>
step(T Model::*) -> step<T Model::*>;
template <std::size_t N>
step(reflect::fixed_string<N>) -> step<reflect::fixed_string<N>>;

namespace model_detail {

template <class T>
struct member_class;
template <class T, class Model>
struct member_class<T Model::*> {
    using type = Model;
};

template <class T>
inline constexpr bool is_step = false;
template <class T>
inline constexpr bool is_step<step<T>> = true;

// The names that a step spells; a step may hold several: "author__name".
template <auto Step>
constexpr std::string_view step_name() {
    if constexpr (is_step<std::remove_const_t<decltype(Step)>>)
        return step_name<Step.value>();
    else if constexpr (std::is_member_object_pointer_v<decltype(Step)>)
        return reflect::member_name<Step>();
    else
        return Step.view();
}

template <auto... Steps>
constexpr auto joined_name() {
    constexpr std::size_t size = (step_name<Steps>().size() + ...) + (sizeof...(Steps) - 1) * 2;
    reflect::fixed_string<size> result;
    std::size_t at = 0;
    const auto add = [&](std::string_view name) {
        if (at > 0) result.text[at] = result.text[at + 1] = '_', at += 2;
        for (const char c : name) result.text[at++] = c;
    };
    (add(step_name<Steps>()), ...);
    result.text[size] = '\0';
    return result;
}

}  // namespace model_detail
}  // namespace orm::inline v0
