// What names mean in an expression: the fields of a model, and the annotations that a QuerySet has given.
#pragma once

#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/query/lookup_value.hpp>
#include <asynchrormous/query/row.hpp>
#include <asynchrormous/sql/expression.hpp>

#include <optional>
#include <type_traits>

namespace orm::inline v0 {

// The names of a model and annotations, annotation<"n", T>. A model alone is its own scope.
template <class M, class... Annotations>
struct names_in {
    using model = M;
};

namespace query_detail {

template <class Scope>
struct model_of_scope {
    using type = Scope;
};
template <class M, class... Annotations>
struct model_of_scope<names_in<M, Annotations...>> {
    using type = M;
};

// A selected key column gives the key: optional where the path can miss.
template <class T>
struct selected {
    using type = bare_t<T>;
};
template <class T>
struct selected<std::optional<T>> {
    using type = std::optional<bare_t<T>>;
};

// The value of a path of the model.
template <class Target, bool Valid = Target::valid>
struct field_target {
    static constexpr bool valid = true;
    using type = typename selected<typename Target::type>::type;
    static sql::expression_ptr reference() { return Target::reference(); }
};
template <class Target>
struct field_target<Target, false> {
    static constexpr bool valid = false;
};

template <reflect::fixed_string Name, class T>
struct annotation_target {
    static constexpr bool valid = true;
    using type = T;
    static sql::expression_ptr reference() {
        return sql::named(Name.view(), postgres::codec<without_optional<T>>::type);
    }
};

template <reflect::fixed_string Name, class T>
std::type_identity<T> annotation_type(const annotation<Name, T>*);
template <reflect::fixed_string Name>
std::type_identity<void> annotation_type(const void*);

template <class... Annotations>
struct all_of_them : Annotations... {};

// void: there is none of this name.
template <class Scope, reflect::fixed_string K>
struct annotation_in {
    using type = void;
};
template <class M, class... Annotations, reflect::fixed_string K>
struct annotation_in<names_in<M, Annotations...>, K> {
    using type =
        typename decltype(annotation_type<K>(static_cast<const all_of_them<Annotations...>*>(nullptr)))::type;
};

template <class Scope, reflect::fixed_string K>
inline constexpr bool is_annotation = !std::is_void_v<typename annotation_in<Scope, K>::type>;

}  // namespace query_detail

namespace query_detail {

template <class M, class Names>
struct scope_with;
template <class M>
struct scope_with<M, entry_list<>> {
    using type = M;
};
template <class M, class... Annotations>
struct scope_with<M, entry_list<Annotations...>> {
    using type = names_in<M, Annotations...>;
};
template <class M, class Entries>
struct scope_of_entries;
template <class M, class... Entries>
struct scope_of_entries<M, entry_list<Entries...>> : scope_with<M, named_t<Entries...>> {};

}  // namespace query_detail

// The scope of a QuerySet's clauses: the model alone as long as there are no annotations.
template <class M, class Row>
using scope_of = typename query_detail::scope_of_entries<M, query_detail::entries_of<Row>>::type;

template <class Scope>
using model_of = typename query_detail::model_of_scope<Scope>::type;

// A field or an annotation: valid, type, reference(). A wrong name is one static_assert.
template <class Scope, reflect::fixed_string K,
          class Annotated = typename query_detail::annotation_in<Scope, K>::type>
struct target_in : query_detail::annotation_target<K, Annotated> {};
template <class Scope, reflect::fixed_string K>
struct target_in<Scope, K, void> : query_detail::field_target<value_of<model_of<Scope>, K>> {};

}  // namespace orm::inline v0
