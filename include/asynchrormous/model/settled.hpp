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

// Key n of "owner__name", empty behind the last one.
constexpr std::string_view key_at(std::string_view keys, std::size_t n) {
    for (; n > 0; --n) {
        const std::size_t end = keys.find("__");
        if (end == std::string_view::npos) return {};
        keys.remove_prefix(end + 2);
    }
    return keys.substr(0, keys.find("__"));
}

// The segments that a lookup or transform of the program's own may explain: the one that no other name does,
// or each key of a JSON value. Empty: there are no more.
constexpr std::string_view unexplained(std::string_view text, const lookup_chain& found, std::size_t n) {
    if (found.error == path_error::no_such_lookup)
        return n == 0 ? text.substr(found.begin, found.length) : std::string_view();
    const transform_info* last = found.last();
    if (found.error != path_error::none || !last || last->argument != transform_argument::keys) return {};
    return key_at(found.steps[found.size - 1].argument, n);
}

constexpr std::string_view unexplained(std::string_view text, const resolution& found, std::size_t n) {
    if (found.error == path_error::none) return unexplained(text, found.chain, n);
    const bool behind_a_relation = found.error == path_error::no_such_field && found.begin > 0;
    const bool explicable = behind_a_relation || found.error == path_error::no_such_lookup;
    return explicable && n == 0 ? text.substr(found.begin, found.size) : std::string_view();
}

// Whether another definition could change what was found.
constexpr bool explained(const lookup_chain& found) {
    const transform_info* last = found.last();
    return found.error == path_error::none && (!last || last->argument != transform_argument::keys);
}
constexpr bool explained(const resolution& found) {
    return found.error == path_error::none && explained(found.chain);
}

// Resolved<Defined...>::value is what was found with these definitions.
template <template <reflect::fixed_string...> class Resolved, reflect::fixed_string Text, std::size_t N,
          reflect::fixed_string... Defined>
constexpr const auto& settle() {
    constexpr const auto& found = Resolved<Defined...>::value;
    constexpr std::string_view name = unexplained(Text.view(), found, N);
    constexpr reflect::fixed_string<name.size()> segment{name};
    if constexpr (name.empty())
        return found;
    else if constexpr (((segment.view() == Defined.view()) || ...))
        return settle<Resolved, Text, N + 1, Defined...>();
    else if constexpr (defines_lookup<segment> || defines_transform<segment>)
        return settle<Resolved, Text, 0, Defined..., segment>();
    else
        return settle<Resolved, Text, N + 1, Defined...>();
}

template <class M, reflect::fixed_string K, names What>
struct path_with {
    template <reflect::fixed_string... Defined>
    struct definitions {
        static constexpr resolution value =
            resolve(table_holder<M>::value, K.view(), What, model_detail::definitions<Defined...>::all);
    };
};

template <class M, reflect::fixed_string K, names What>
inline constexpr const resolution& resolved = path_with<M, K, What>::template definitions<>::value;

template <class M, reflect::fixed_string K, names What>
constexpr const resolution& settled_path() {
    constexpr const resolution& found = resolved<M, K, What>;
    if constexpr (explained(found))
        return found;
    else
        return settle<path_with<M, K, What>::template definitions, K, 0>();
}

template <class M, reflect::fixed_string K, names What>
inline constexpr const resolution& settled = settled_path<M, K, What>();

template <class T, reflect::fixed_string Rest, names What>
struct chain_with {
    template <reflect::fixed_string... Defined>
    struct definitions {
        static constexpr lookup_chain value = resolve_chain(postgres::codec<T>::type, Rest.view(), What,
                                                            model_detail::definitions<Defined...>::all);
    };
};

template <class T, reflect::fixed_string Rest, names What>
inline constexpr const lookup_chain& settled_chain =
    settle<chain_with<T, Rest, What>::template definitions, Rest, 0>();

}  // namespace model_detail

}  // namespace orm::inline v0
