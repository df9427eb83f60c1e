// F<"pages">, F<&Book::author, &Author::name>: the value of a column or an annotation, for expressions.
#pragma once

#include <asynchrormous/query/expression.hpp>

#include <type_traits>

namespace orm::inline v0 {

template <step... Steps>
struct field_reference : expression_methods<field_reference<Steps...>> {
    static constexpr auto name = model_detail::joined_name<Steps...>();
    static constexpr bool by_members =
        (std::is_member_object_pointer_v<std::remove_const_t<decltype(Steps.value)>> || ...);

    template <class M>
    using in = member_path<M, Steps...>;

    template <class Scope>
    static constexpr bool valid_in() {
        if constexpr (by_members) {
            if constexpr (!in<model_of<Scope>>::valid) return false;
        }
        return target_in<Scope, name>::valid;
    }
    template <class Scope>
    using type_in = typename target_in<Scope, name>::type;
    template <class Scope>
    sql::expression_ptr bind() const {
        return target_in<Scope, name>::reference();
    }
};

template <step... Steps>
inline constexpr field_reference<Steps...> F{};

namespace query_detail {

template <class T>
inline constexpr bool is_field_reference = false;
template <step... Steps>
inline constexpr bool is_field_reference<field_reference<Steps...>> = true;

}  // namespace query_detail

}  // namespace orm::inline v0
