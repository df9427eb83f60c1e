// What names mean in an expression: the fields of a model, and the annotations that a QuerySet has given.
#pragma once

#include <asynchrormous/model/lookup_behind.hpp>
#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/query/lookup_value.hpp>
#include <asynchrormous/query/relation_scope.hpp>
#include <asynchrormous/query/row.hpp>
#include <asynchrormous/sql/expression.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace orm::inline v0 {

namespace query_detail {

// The type of what is nothing, after the one error that says why. Whatever is made of it is nothing, too.
enum class wrong_value : std::int32_t { none };
template <class T>
inline constexpr bool is_wrong = std::is_same_v<without_optional<T>, wrong_value>;

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
    static constexpr bool valid = !is_wrong<T>;
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

template <class Annotation>
inline constexpr std::string_view name_of_annotation{};
template <template <reflect::fixed_string, class> class Annotation, reflect::fixed_string Name, class T>
inline constexpr std::string_view name_of_annotation<Annotation<Name, T>> = Name.view();

template <class... Annotations>
constexpr std::size_t longest_match(std::string_view text) {
    std::size_t longest = 0;
    for (const std::size_t size : {std::size_t{0}, matched_name(text, name_of_annotation<Annotations>)...})
        longest = size > longest ? size : longest;
    return longest;
}

// What follows the name of an annotation.
template <reflect::fixed_string Name, std::size_t Size>
constexpr auto text_behind() {
    constexpr std::size_t begin = Size + 2 < Name.size() ? Size + 2 : Name.size();
    return reflect::fixed_string<Name.size() - begin>(Name.view().substr(begin));
}

// The length of the annotation's name that the text begins with; 0: there is none.
template <class Scope, reflect::fixed_string K>
inline constexpr std::size_t annotation_at_front = 0;
template <class M, class... Annotations, reflect::fixed_string K>
inline constexpr std::size_t annotation_at_front<names_in<M, Annotations...>, K> =
    longest_match<Annotations...>(K.view());

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

namespace query_detail {

template <class Scope, reflect::fixed_string K, std::size_t Size>
struct transformed_annotation;

}  // namespace query_detail

// A field or an annotation: valid, type, reference(). A wrong name is one static_assert.
template <class Scope, reflect::fixed_string K,
          class Annotated = typename query_detail::annotation_in<Scope, K>::type>
struct target_in : query_detail::annotation_target<K, Annotated> {};
template <class Scope, reflect::fixed_string K>
struct target_in<Scope, K, void> : query_detail::field_target<query_detail::value_in<Scope, K>> {};
template <class Scope, reflect::fixed_string K>
    requires(query_detail::annotation_at_front<Scope, K> > 0)
struct target_in<Scope, K, void>
    : query_detail::transformed_annotation<Scope, K, query_detail::annotation_at_front<Scope, K>> {};

namespace query_detail {

// "label__lower": transforms behind an annotation's name.
template <class Scope, reflect::fixed_string K, std::size_t Size>
struct transformed_annotation {
    using annotated = target_in<Scope, reflect::fixed_string<Size>{K.view()}>;
    using behind =
        value_behind<without_optional<typename annotated::type>, text_behind<K, Size>(), model_of<Scope>, K>;
    static constexpr bool valid = behind::valid;
    static constexpr bool nullable = behind::nullable || model_detail::is_optional<typename annotated::type>;
    using type = typename model_detail::nullable_type<typename behind::type, nullable>::type;

    static sql::expression_ptr reference() { return behind::reference(annotated::reference()); }
};

// Null after an error about the name.
template <class Scope, reflect::fixed_string Name>
sql::expression_ptr name_in() {
    using target = target_in<Scope, Name>;
    if constexpr (target::valid)
        return target::reference();
    else
        return nullptr;
}

}  // namespace query_detail

}  // namespace orm::inline v0
