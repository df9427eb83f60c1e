// Names that are resolved with the program's own lookups and transforms, where no other name is meant: of
// paths from a model, and of what follows a value that is no field, such as an annotation.
#pragma once

#include <asynchrormous/model/defined_lookup.hpp>
#include <asynchrormous/model/resolution.hpp>
#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/model/transformed.hpp>
#include <asynchrormous/reflect/fixed_string.hpp>

#include <string_view>

namespace orm::inline v0 {

namespace model_detail {

template <class M, reflect::fixed_string K, names What, reflect::fixed_string... Defined>
inline constexpr resolution resolved =
    resolve(table_holder<M>::value, K.view(), What, definitions<Defined...>::all);

// The segment that a lookup or transform of the program's own may explain: one that no other name does, or
// the last key of a JSON value.
constexpr std::string_view unexplained(std::string_view text, const lookup_chain& found) {
    if (found.error == path_error::no_such_lookup) return text.substr(found.begin, found.length);
    const transform_info* last = found.last();
    if (found.error != path_error::none || !last || last->argument != transform_argument::keys) return {};
    const std::string_view keys = found.steps[found.size - 1].argument;
    const std::size_t before = keys.rfind("__");
    return before == std::string_view::npos ? keys : keys.substr(before + 2);
}

constexpr std::string_view unexplained(std::string_view text, const resolution& found) {
    const bool behind_a_relation = found.error == path_error::no_such_field && found.begin > 0;
    if (behind_a_relation || found.error == path_error::no_such_lookup)
        return text.substr(found.begin, found.size);
    return found.error == path_error::none ? unexplained(text, found.chain) : std::string_view();
}

template <class M, reflect::fixed_string K, names What, reflect::fixed_string... Defined>
constexpr const resolution& settle() {
    constexpr const resolution& found = resolved<M, K, What, Defined...>;
    constexpr std::string_view name = unexplained(K.view(), found);
    constexpr reflect::fixed_string<name.size()> segment{name};
    if constexpr (name.empty() || ((segment.view() == Defined.view()) || ...))
        return found;
    else if constexpr (defines_lookup<segment> || defines_transform<segment>)
        return settle<M, K, What, Defined..., segment>();
    else
        return found;
}

template <class M, reflect::fixed_string K, names What>
inline constexpr const resolution& settled = settle<M, K, What>();

template <class T, reflect::fixed_string Rest, names What, reflect::fixed_string... Defined>
inline constexpr lookup_chain chain_behind =
    resolve_chain(postgres::codec<T>::type, Rest.view(), What, definitions<Defined...>::all);

template <class T, reflect::fixed_string Rest, names What, reflect::fixed_string... Defined>
constexpr const lookup_chain& settle_chain() {
    constexpr const lookup_chain& found = chain_behind<T, Rest, What, Defined...>;
    constexpr std::string_view name = unexplained(Rest.view(), found);
    constexpr reflect::fixed_string<name.size()> segment{name};
    if constexpr (name.empty() || ((segment.view() == Defined.view()) || ...))
        return found;
    else if constexpr (defines_lookup<segment> || defines_transform<segment>)
        return settle_chain<T, Rest, What, Defined..., segment>();
    else
        return found;
}

template <class T, reflect::fixed_string Rest, names What>
inline constexpr const lookup_chain& settled_chain = settle_chain<T, Rest, What>();

}  // namespace model_detail

}  // namespace orm::inline v0
