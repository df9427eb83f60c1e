// OuterRef<"id">: in a QuerySet that is used as a sub-query, a field or annotation of the query around it.
//     Book::objects.filter("author"_k = OuterRef<"id">)      a book of the outer query's author
// It has the type of what it is compared with; OuterRef<"pages">.as<int>() says it where nothing else does.
// OuterRef<OuterRef<"id">> belongs to the query one further out. The QuerySet's row then needs an outer
// query: needs_outer<"id", std::int64_t, 1>; what is bound is checked where it is used as a sub-query.
#pragma once

#include <asynchrormous/query/condition.hpp>
#include <asynchrormous/query/correlated.hpp>
#include <asynchrormous/query/field_reference.hpp>

#include <cstdint>
#include <type_traits>

namespace orm::inline v0 {

// What the error about a reference of unknown type spells. False.
template <reflect::fixed_string Name>
struct type_of_outer_reference_is_unknown {
    static constexpr bool value = false;
};

namespace query_detail {

// Depends on the scope, so that nobody looks before it was asked whether the reference is valid there.
template <class Scope, class T>
struct outer_in {
    using type = nullable_t<T, true>;
};

}  // namespace query_detail

template <std::uint32_t Level, reflect::fixed_string Name, class T>
struct typed_outer_reference : expression_methods<typed_outer_reference<Level, Name, T>> {
    static constexpr auto name = Name;

    template <class Scope>
    static constexpr bool valid_in() {
        return true;
    }
    template <class Scope>
    using type_in = typename query_detail::outer_in<Scope, T>::type;
    template <class Scope>
    sql::expression_ptr bind() const {
        return sql::outer(name.view(), Level, query_detail::sql_type_of<T>);
    }
};

namespace query_detail {

// The type of a path that begins with a member of a model; void: it is known by its name only.
template <auto First, auto... Rest>
constexpr auto outer_type() {
    using pointer = std::remove_const_t<decltype(First.value)>;
    if constexpr (!std::is_member_object_pointer_v<pointer>) {
        return std::type_identity<void>();
    } else {
        using M = typename model_detail::member_class<pointer>::type;
        if constexpr (model<M>)
            return std::type_identity<
                without_optional<typename field_target<member_path<M, First, Rest...>>::type>>();
        else
            return std::type_identity<void>();
    }
}

}  // namespace query_detail

template <std::uint32_t Level, step... Steps>
struct outer_reference : expression_methods<outer_reference<Level, Steps...>> {
    static constexpr auto name = model_detail::joined_name<Steps...>();
    using known = typename decltype(query_detail::outer_type<Steps...>())::type;

    template <class T>
    constexpr auto as() const {
        return typed_outer_reference<Level, name, T>();
    }

    template <class Scope>
    static constexpr bool valid_in() {
        static_assert(
            !std::is_void_v<known> || type_of_outer_reference_is_unknown<name>::value,
            "asynchrormous: the type of this OuterRef is not known here: compare it with a field, or "
            "say its type, OuterRef<\"pages\">.as<int>(), or give it by its member, "
            "OuterRef<&Book::pages>");
        return !std::is_void_v<known>;
    }
    template <class Scope>
    using type_in = typename query_detail::outer_in<Scope, known>::type;
    template <class Scope>
    sql::expression_ptr bind() const {
        return as<known>().template bind<Scope>();
    }
};

namespace query_detail {

template <std::uint32_t Level, step... Steps>
constexpr outer_reference<Level + 1, Steps...> further_out(outer_reference<Level, Steps...>) {
    return {};
}

template <auto First, auto... Rest>
constexpr auto outer_reference_of() {
    if constexpr (requires { further_out(First.value); })
        return further_out(First.value);
    else
        return outer_reference<1, First, Rest...>();
}

template <class T>
inline constexpr bool is_untyped_outer = false;
template <std::uint32_t Level, step... Steps>
inline constexpr bool is_untyped_outer<outer_reference<Level, Steps...>> = true;

template <std::uint32_t Level, step... Steps>
inline constexpr bool refers_outside<outer_reference<Level, Steps...>> = true;
template <std::uint32_t Level, reflect::fixed_string Name, class T>
inline constexpr bool refers_outside<typed_outer_reference<Level, Name, T>> = true;

template <class Reference, class T>
using typed_outer = decltype(Reference().template as<without_optional<T>>());

template <class V, class T>
    requires is_untyped_outer<V>
struct typed_for<V, T> {
    using type = typed_outer<V, T>;
};

// "author"_k = OuterRef<"id">
template <class Scope, reflect::fixed_string Name, class V, bool Valid = lookup_in_t<Scope, Name>::valid>
struct outer_lookup {
    using value = typed_outer<V, compared_t<lookup_in_t<Scope, Name>>>;
    using meant = model_lookup<Scope, Name, value>;
    static constexpr bool valid = meant::valid;
    static constexpr bool nullable = true;

    static sql::expression_ptr bind(const keyword<Name, V>&) { return meant::bind(keyword<Name, value>{{}}); }
};
template <class Scope, reflect::fixed_string Name, class V>
struct outer_lookup<Scope, Name, V, false> {
    static constexpr bool valid = false;
    static constexpr bool nullable = true;
    static sql::expression_ptr bind(const keyword<Name, V>&) { return nullptr; }
};

template <class Scope, reflect::fixed_string Name, expression V>
    requires is_untyped_outer<V>
struct model_lookup<Scope, Name, V> : outer_lookup<Scope, Name, V> {};

// "n__gt"_k = OuterRef<"pages">, n being an annotation
template <class Scope, class Left, const model_detail::lookup_chain& Chain, class V>
    requires is_untyped_outer<V>
struct chain_comparison<Scope, Left, Chain, V> {
    using left = without_optional<typename result_of<Scope, Left>::type>;
    using value = typed_outer<V, typename decltype(model_detail::type_after<left, Chain>())::type>;
    using meant = chain_comparison<Scope, Left, Chain, value>;
    static constexpr bool valid = meant::valid;
    static constexpr bool nullable = true;

    static sql::expression_ptr bind(const Left& of, const V&) { return meant::bind(of, value()); }
};

// F<"pages"> > OuterRef<"pages">
template <class Scope, class Left, sql::lookup_kind Lookup, class V,
          bool Valid = result_of<Scope, Left>::valid>
struct outer_comparison {
    using value = typed_outer<V, typename result_of<Scope, Left>::type>;
    using meant = comparison_in<Scope, Left, Lookup, value>;
    static constexpr bool valid = meant::valid;
    static constexpr bool nullable = true;

    static sql::expression_ptr bind(const comparison<Left, Lookup, V>& term) {
        return meant::bind(comparison<Left, Lookup, value>{term.left, {}});
    }
};
template <class Scope, class Left, sql::lookup_kind Lookup, class V>
struct outer_comparison<Scope, Left, Lookup, V, false> : invalid_comparison {};

template <class Scope, class Left, sql::lookup_kind Lookup, class V>
    requires(is_untyped_outer<V> && !is_untyped_outer<Left>)
struct comparison_in<Scope, Left, Lookup, V> : outer_comparison<Scope, Left, Lookup, V> {};

// OuterRef<"pages"> < F<"pages">
template <class Scope, class Left, sql::lookup_kind Lookup, class V, bool Valid = result_of<Scope, V>::valid>
struct comparison_of_outer {
    using left = typed_outer<Left, typename result_of<Scope, V>::type>;
    using meant = comparison_in<Scope, left, Lookup, V>;
    static constexpr bool valid = meant::valid;
    static constexpr bool nullable = true;

    static sql::expression_ptr bind(const comparison<Left, Lookup, V>& term) {
        return meant::bind(comparison<left, Lookup, V>{{}, term.value});
    }
};
template <class Scope, class Left, sql::lookup_kind Lookup, class V>
struct comparison_of_outer<Scope, Left, Lookup, V, false> : invalid_comparison {};

template <class Scope, class Left, sql::lookup_kind Lookup, expression V>
    requires(is_untyped_outer<Left> && std::is_void_v<typename Left::known> && !is_untyped_outer<V>)
struct comparison_in<Scope, Left, Lookup, V> : comparison_of_outer<Scope, Left, Lookup, V> {};

}  // namespace query_detail

template <step... Steps>
inline constexpr auto OuterRef = query_detail::outer_reference_of<Steps...>();

}  // namespace orm::inline v0
