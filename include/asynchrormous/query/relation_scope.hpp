// The scope of a query: what its names are of, and the relations that it has under a name (FilteredRelation),
// through which names lead that begin with theirs.
#pragma once

#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/query/row.hpp>
#include <asynchrormous/sql/expression.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace orm::inline v0 {

// The names of a model and annotations, annotation<"n", T>, and relations, relation_name<…>. A model alone is
// its own scope.
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

}  // namespace query_detail

template <class Scope>
using model_of = typename query_detail::model_of_scope<Scope>::type;

namespace query_detail {

// How much of the text is the name: it ends there or goes on with "__".
constexpr std::size_t matched_name(std::string_view text, std::string_view name) {
    if (!text.starts_with(name)) return 0;
    return text.size() == name.size() || text.substr(name.size()).starts_with("__") ? name.size() : 0;
}

// The relation of the scope that a name begins with; with an empty prefix: none.
struct relation_match {
    std::string_view prefix{};
    std::string_view path{};
    std::string_view through{};
};
template <class Entry>
inline constexpr relation_match relation_of_entry{};
template <reflect::fixed_string Prefix, reflect::fixed_string Path, reflect::fixed_string Through>
inline constexpr relation_match relation_of_entry<relation_name<Prefix, Path, Through>>{
    Prefix.view(), Path.view(), Through.view()};

template <class Scope, reflect::fixed_string K>
inline constexpr relation_match relation_at{};
template <class M, class... Entries, reflect::fixed_string K>
inline constexpr relation_match relation_at<names_in<M, Entries...>, K> = [] {
    relation_match found{};
    for (const relation_match& each : {relation_match{}, relation_of_entry<Entries>...})
        if (matched_name(K.view(), each.prefix) > found.prefix.size()) found = each;
    return found;
}();
template <class Scope, reflect::fixed_string K>
inline constexpr bool is_through = !relation_at<Scope, K>.prefix.empty();

// The name with the relation's path in place of its prefix.
template <class Scope, reflect::fixed_string K>
constexpr auto spelled_out() {
    constexpr relation_match to = relation_at<Scope, K>;
    constexpr std::string_view rest = K.view().substr(to.prefix.size());
    reflect::fixed_string<to.path.size() + rest.size()> name{};
    std::size_t at = 0;
    for (const char c : to.path) name.text[at++] = c;
    for (const char c : rest) name.text[at++] = c;
    return name;
}

// The key of the rows that a relation leads to.
template <const relation_match& To>
constexpr auto key_name() {
    reflect::fixed_string<To.path.size() + 4> name{};
    std::size_t at = 0;
    for (const char c : To.path) name.text[at++] = c;
    for (const char c : std::string_view("__pk")) name.text[at++] = c;
    return name;
}

// Target, of the name that is spelled out, reached through the relation: it may find none.
template <class M, const relation_match& To, class Target, bool Valid = Target::valid>
struct target_through : Target {
    static constexpr std::span<const sql::hop> relation = field_of<M, key_name<To>()>::path.hops;

    // A key that holds it stands for the row that it leads to.
    static constexpr sql::path beyond =
        Target::path.hops.size() < relation.size()
            ? sql::path{relation.back().into, {}, &relation.back().into->key()}
            : sql::path{relation.back().into, Target::path.hops.subspan(relation.size()),
                        Target::path.target};
    static constexpr bool nullable = true;
    using type = std::optional<without_optional<typename Target::type>>;

    static const sql::expression_ptr& field() {
        static const sql::expression_ptr node = sql::field(beyond, To.through);
        return node;
    }
    static const sql::expression_ptr& reference() {
        static const sql::expression_ptr node =
            model_detail::transformed(field(), Target::chain.transforms());
        return node;
    }
};
template <class M, const relation_match& To, class Target>
struct target_through<M, To, Target, false> : Target {};

// What value_of and lookup_of are in a scope.
template <class Scope, reflect::fixed_string K, bool Through = is_through<Scope, K>>
struct value_in : value_of<model_of<Scope>, K> {};
template <class Scope, reflect::fixed_string K>
struct value_in<Scope, K, true> : target_through<model_of<Scope>, relation_at<Scope, K>,
                                                 value_of<model_of<Scope>, spelled_out<Scope, K>()>> {};
template <class Scope, reflect::fixed_string K, bool Through = is_through<Scope, K>>
struct lookup_in {
    using type = lookup_of<model_of<Scope>, K>;
};
template <class Scope, reflect::fixed_string K>
struct lookup_in<Scope, K, true> {
    using type = target_through<model_of<Scope>, relation_at<Scope, K>,
                                lookup_of<model_of<Scope>, spelled_out<Scope, K>()>>;
};
template <class Scope, reflect::fixed_string K>
using lookup_in_t = typename lookup_in<Scope, K>::type;

// check_value() of a name of the scope.
template <class Scope, reflect::fixed_string K, class V>
constexpr bool check_value_in() {
    using M = model_of<Scope>;
    if constexpr (is_through<Scope, K>)
        return check_value<M, spelled_out<Scope, K>(), V>();
    else
        return check_value<M, K, V>();
}

}  // namespace query_detail

}  // namespace orm::inline v0
