// A relation under a name of the query's own, joined only to the rows that meet a condition:
//     Author::objects.annotate("long_books"_k = FilteredRelation<"books">(Q("books__pages__gt"_k = 300)))
//         .filter("long_books__title__startswith"_k = "The")
// As in Django the condition is in the join's ON, and names what it is about from the model: "books__…" are
// fields of the rows that are joined, others those of the model. The name stands for the relation in all
// later clauses; a row without such related rows has one that is NULL, unless a filter leaves it out.
#pragma once

#include <asynchrormous/query/annotate.hpp>
#include <asynchrormous/query/q.hpp>

#include <string_view>

namespace orm::inline v0 {

// What the error about none spells. False.
template <reflect::fixed_string Path>
struct filtered_relation_without_condition {
    static constexpr bool value = false;
};

template <reflect::fixed_string Path, class... Terms>
struct filtered_relation {
    query_detail::conjunction<Terms...> condition;
};

// For annotate() and alias(). Path: over one relation or several, the last one is joined on the condition.
template <reflect::fixed_string Path, class... Terms>
constexpr auto FilteredRelation(const Terms&... condition) {
    static_assert(sizeof...(Terms) > 0 || filtered_relation_without_condition<Path>::value,
                  "asynchrormous: FilteredRelation needs a condition; without one the relation has a name "
                  "already");
    return filtered_relation<Path, Terms...>{{std::tuple(condition...)}};
}

namespace query_detail {

// For what is asked about all that a query refers to.
template <reflect::fixed_string Path, class... Terms>
struct parts_of<value_expression<filtered_relation<Path, Terms...>>> {
    using type = reflect::type_list<Terms...>;
};

// In its condition the relation's path leads through it.
template <class M, class Names, reflect::fixed_string Path, reflect::fixed_string Name>
struct scope_of_condition;
template <class M, class... Entries, reflect::fixed_string Path, reflect::fixed_string Name>
struct scope_of_condition<M, entry_list<Entries...>, Path, Name> {
    using type = names_in<M, Entries..., relation_name<Path, Path, Name>>;
};

template <class Row, class Scope, reflect::fixed_string Name, reflect::fixed_string Path, class... Terms,
          bool Shown>
struct annotation_term<Row, Scope, Name, filtered_relation<Path, Terms...>, Shown> {
    using M = model_of<Scope>;
    using inside = typename scope_of_condition<M, typename names_of_scope<Scope>::type, Path, Name>::type;
    static constexpr relation_match to{Path.view(), Path.view(), Name.view()};
    using key = field_of<M, key_name<to>()>;

    static constexpr bool check() {
        if constexpr (!check_annotation_name<Scope, Name, Row>() || !key::valid)
            return false;
        else
            return condition_of<inside, conjunction<Terms...>>::valid;
    }
    static constexpr bool valid = check();
    using entry = relation_name<Name, Path>;

    static sql::query add(const sql::query& rows, const filtered_relation<Path, Terms...>& of) {
        if constexpr (valid)
            return rows.relate(Name.view(), key::path.hops, settled(bind<inside>(of.condition)));
        else
            return rows;
    }
};

}  // namespace query_detail

}  // namespace orm::inline v0
