// Lookups of annotations by name: "n__gt"_k = 3, "first__lower__startswith"_k = "a". The longest name of an
// annotation comes before the fields of the model; transforms and a lookup may follow it.
#pragma once

#include <asynchrormous/query/field_lookup.hpp>

#include <string_view>

namespace orm::inline v0::query_detail {

// How much of the text is the name: it ends there or goes on with "__".
constexpr std::size_t matched_name(std::string_view text, std::string_view name) {
    if (!text.starts_with(name)) return 0;
    return text.size() == name.size() || text.substr(name.size()).starts_with("__") ? name.size() : 0;
}

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

template <class T, reflect::fixed_string Text>
inline constexpr model_detail::lookup_chain annotation_chain =
    model_detail::resolve_chain(sql_type_of<T>, Text.view(), model_detail::names::lookups);

template <class Scope, reflect::fixed_string Name, const model_detail::lookup_chain& Chain,
          reflect::fixed_string Text>
constexpr bool check_annotation_chain() {
    if constexpr (Chain.error != model_detail::path_error::none) {
        constexpr reflect::fixed_string<Chain.length> segment{Text.view().substr(Chain.begin, Chain.length)};
        constexpr reflect::fixed_string<Chain.nearest.size()> nearest{Chain.nearest};
        static_assert(no_such_lookup<model_of<Scope>, Name, segment, did_you_mean<nearest>>::value,
                      "asynchrormous: no such lookup of this annotation; the template arguments are model, "
                      "path, offending segment and nearest valid name");
        return false;
    } else {
        return true;
    }
}

template <class Scope, reflect::fixed_string Name, std::size_t Size, class V>
struct annotation_lookup {
    static constexpr reflect::fixed_string<Size> annotated{Name.view()};
    static constexpr auto text = text_behind<Name, Size>();
    using reference = field_reference<step(annotated)>;
    using type = without_optional<typename target_in<Scope, annotated>::type>;
    static constexpr const model_detail::lookup_chain& chain = annotation_chain<type, text>;

    using meant = std::conditional_t<check_annotation_chain<Scope, Name, chain, text>(),
                                     chain_comparison<Scope, reference, annotation_chain<type, text>, V>,
                                     invalid_comparison>;
    static constexpr bool valid = meant::valid;
    static constexpr bool nullable = meant::nullable;

    static sql::expression_ptr bind(const keyword<Name, V>& term) {
        return meant::bind(reference(), term.value);
    }
};

template <class Scope, reflect::fixed_string Name, class V>
struct annotation_lookup<Scope, Name, 0, V> : model_lookup<Scope, Name, V> {};

template <class M, class... Annotations, reflect::fixed_string Name, class V>
struct keyword_lookup<names_in<M, Annotations...>, Name, V>
    : annotation_lookup<names_in<M, Annotations...>, Name, longest_match<Annotations...>(Name.view()), V> {};

}  // namespace orm::inline v0::query_detail
