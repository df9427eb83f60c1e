// A model's table: one constexpr object for each model, which everything else points to.
// The one rule: the initializer of a model's columns itself forms the addresses of the tables they refer
// to, and reads none of them. So models may refer to each other in circles, whichever is used first.
#pragma once

#include <asynchrormous/model/describe.hpp>
#include <asynchrormous/model/diagnose.hpp>
#include <asynchrormous/model/groups.hpp>
#include <asynchrormous/model/through.hpp>
#include <asynchrormous/sql/table.hpp>

#include <array>
#include <cstddef>

namespace orm::inline v0 {

namespace model_detail {

struct no_model {};

template <class T>
struct target_model_of {
    using type = no_model;
};
template <class T>
struct target_model_of<std::optional<T>> : target_model_of<T> {};
template <any_foreign_key T>
struct target_model_of<T> {
    using type = typename T::model;
};

// The model that a column of this C++ type refers to.
template <class T>
using target_model = typename target_model_of<T>::type;

template <std::size_t N>
struct links {
    const sql::table* at[N == 0 ? 1 : N];
};

template <std::size_t N>
struct column_array {
    sql::column at[N == 0 ? 1 : N];
};

template <class M, class... Ts>
constexpr column_array<sizeof...(Ts)> make_columns(links<sizeof...(Ts)> to, const sql::table* none) {
    column_array<sizeof...(Ts)> result{{describe<Ts>()...}};
    finish_columns(std::span(result.at, sizeof...(Ts)), {text_of<M>.columns(), sources<M>.at}, to.at, none,
                   entries_of<M>());
    return result;
}

template <class M>
struct table_holder;
template <>
struct table_holder<no_model> {
    static constexpr sql::table value{};
};

template <class M, class Types>
struct columns_holder;
template <class M, class... Ts>
struct columns_holder<M, reflect::type_list<Ts...>> {
    static constexpr column_array<sizeof...(Ts)> value =
        make_columns<M, Ts...>({{&table_holder<target_model<Ts>>::value...}}, &table_holder<no_model>::value);
    static constexpr std::span<const sql::column> all() { return {value.at, sizeof...(Ts)}; }
};

// What a relation's type says, with the holders of the tables it leads to.
template <class M, class R, std::size_t I>
struct relation_of;
template <class M, class T, reflect::fixed_string Via, std::size_t I>
struct relation_of<M, related_set<T, Via>, I> {
    using target = T;
    using between = T;
    using through = table_holder<no_model>;
    static constexpr sql::relation described{.kind = sql::relation_kind::reverse, .via = Via.view()};
};
template <class M, class T, reflect::fixed_string Via, std::size_t I>
struct relation_of<M, related_one<T, Via>, I> {
    using target = T;
    using between = T;
    using through = table_holder<no_model>;
    static constexpr sql::relation described{.kind = sql::relation_kind::reverse_one, .via = Via.view()};
};
template <class M, class T, class Through, reflect::fixed_string From, reflect::fixed_string To,
          std::size_t I>
struct relation_of<M, many_to_many<T, Through, From, To>, I> {
    using target = T;
    static constexpr bool both_ways = std::is_same_v<Through, symmetrical>;
    static constexpr bool own = both_ways || std::is_same_v<Through, own_table>;
    using between = std::conditional_t<own, T, Through>;
    using through = std::conditional_t<own, through_holder<M, T, I>, table_holder<Through>>;
    static constexpr sql::relation described{.kind = sql::relation_kind::many,
                                             .from = From.view(),
                                             .to = To.view(),
                                             .own_through = own,
                                             .symmetrical = both_ways};
};

template <std::size_t N>
struct relation_array {
    sql::relation at[N];
};

template <class M>
constexpr void finish_relation(sql::relation& relation, const sql::table* target, const sql::table* through,
                               std::string_view name) {
    relation.field = name;
    relation.target = target;
    relation.through = through == &table_holder<no_model>::value ? nullptr : through;
}

template <class M, std::size_t N>
constexpr relation_array<N> make_relations(relation_array<N> relations, links<N> targets, links<N> throughs) {
    std::string_view names = text_of<M>.relations();
    const member_source* source = relation_sources<M>().data();
    for (std::size_t i = 0; i < N; ++i) {
        finish_relation<M>(relations.at[i], targets.at[i], throughs.at[i],
                           names.substr(0, source[i].name.size()));
        names.remove_prefix(source[i].name.size());
    }
    return relations;
}

template <class M, class Types, class Indices>
struct relations_holder;
template <class M, class... Rs, std::size_t... I>
struct relations_holder<M, reflect::type_list<Rs...>, std::index_sequence<I...>> {
    static constexpr relation_array<sizeof...(Rs)> value =
        make_relations<M, sizeof...(Rs)>({{relation_of<M, Rs, I>::described...}},
                                         {{&table_holder<typename relation_of<M, Rs, I>::target>::value...}},
                                         {{&relation_of<M, Rs, I>::through::value...}});
};

template <class M>
constexpr std::span<const sql::relation> relations_of() {
    constexpr std::size_t count = parts<M>::relations;
    if constexpr (count > 0)
        return relations_holder<M, relation_types<M>, std::make_index_sequence<count>>::value.at;
    else
        return {};
}

constexpr sql::table make_table(std::string_view model, std::string_view name,
                                std::span<const sql::column> columns, std::span<const meta_entry> entries) {
    sql::table result{.model = model, .name = name, .columns = columns};
    for (const meta_entry& entry : entries)
        if (entry.kind == option::table) result.name = entry.text;
    for (const sql::column& column : columns)
        if (column.primary_key) result.primary_key = column.index;
    return result;
}

template <class M>
std::span<const sql::path_order> ordering_of();

template <class M>
constexpr sql::table with_lists(sql::table result) {
    if constexpr (count_entries(entries_of<M>(), option::ordering) > 0) result.ordering = &ordering_of<M>;
    result.groups = groups_of<M>();
    result.relations = relations_of<M>();
    result.checks = checks_of<M>();
    return result;
}

template <class M>
struct table_holder {
    static constexpr sql::table value = with_lists<M>(make_table(
        text_of<M>.model(), text_of<M>.table(), columns_holder<M, column_types<M>>::all(), entries_of<M>()));
};

// The model's table without its checks, for use in them.
template <class M>
inline constexpr const sql::table& unchecked_table = table_holder<M>::value;

// Whether a name that ends in a key means the column: "author_id", "pk" or "books__id", and not the relation
// "author" or "books", which stands for the other model's ordering.
constexpr bool names_key_column(std::string_view name, const sql::path& path) {
    if (!path.target) return false;
    const bool of_rows = !path.hops.empty() && path.target == &path.hops.back().into->key();
    if (!of_rows) return path.target->target && !name.ends_with(path.target->field);
    const std::size_t before = name.rfind("__");
    const std::string_view last = before == name.npos ? name : name.substr(before + 2);
    return last == "pk" || last == path.target->field || last == path.target->name;
}

// One for each term of meta's ordering.
template <class M>
struct ordering_holder {
    static constexpr std::size_t size = count_entries(entries_of<M>(), option::ordering);
    static constexpr auto resolved = [] {
        std::array<resolution, size> result{};
        std::size_t i = 0;
        for (const meta_entry& entry : entries_of<M>())
            if (entry.kind == option::ordering)
                result[i++] = resolve(table_holder<M>::value, without_minus(entry.field), names::fields);
        return result;
    }();
    static constexpr auto terms = [] {
        std::array<sql::path_order, size> result{};
        std::size_t i = 0;
        for (const meta_entry& entry : entries_of<M>())
            if (entry.kind == option::ordering) {
                const sql::path path = path_of(table_holder<M>::value, resolved[i]);
                result[i++] = {path, entry.field.starts_with('-'), names_key_column(entry.field, path)};
            }
        return result;
    }();
};

template <class M>
std::span<const sql::path_order> ordering_of() {
    return ordering_holder<M>::terms;
}

template <class M>
constexpr bool check_relations() {
    if constexpr (parts<M>::relations > 0) {
        constexpr relation_problem problem = find_relation_problem(table_holder<M>::value);
        constexpr reflect::fixed_string<problem.about.size()> about{problem.about};
        constexpr reflect::fixed_string<problem.nearest.size()> nearest{problem.nearest};
        diagnose_relation<M, problem.kind, reflect::type_at<problem.index, relation_types<M>>, about,
                          nearest>();
        return problem.kind == relation_error::none;
    } else {
        return true;
    }
}

// A struct that does not say that it is a model may be the row of a query, which needs no key (cte.hpp).
template <class M>
constexpr bool check_table() {
    constexpr model_problem problem =
        find_problem(table_holder<M>::value, sources<M>.at, entries_of<M>(), model<M>);
    constexpr reflect::fixed_string<problem.name.size()> name{problem.name};
    constexpr reflect::fixed_string<problem.nearest.size()> nearest{problem.nearest};
    if constexpr (problem.kind == model_error::none)
        return check_relations<M>();
    else if constexpr (is_about_member(problem.kind))
        diagnose_member<M, problem.kind, name, column_type<M, problem.column>>();
    else
        diagnose_meta<M, problem.kind, name, nearest>();
    return false;
}

// Before the table is made, which reads their members: the models that relations lead to and over.
template <class M, class... Rs>
constexpr bool check_related(reflect::type_list<Rs...>) {
    return ((reflect::member_count<typename relation_of<M, Rs, 0>::target> > 0 &&
             reflect::member_count<typename relation_of<M, Rs, 0>::between> > 0) &&
            ...);
}

// One static_assert at most, and then no other errors about the model.
template <class M>
constexpr bool check_model() {
    if constexpr (!reflect::reflectable<M>)
        return reflect::member_count<M> > 0;  // it is not, and this says why
    else if constexpr (!check_related<M>(relation_types<M>{}))
        return false;
    else
        return check_table<M>();
}

}  // namespace model_detail

// False after the one compile error that says what is wrong with the model.
template <class M>
inline constexpr bool valid_model = model_detail::check_model<M>();

namespace model_detail {

template <class M>
constexpr bool check_has_key() {
    if constexpr (!valid_model<M>) {
        return false;
    } else if constexpr (!table_holder<M>::value.key().primary_key) {
        diagnose_meta<M, model_error::no_primary_key, "", "">();
        return false;
    } else {
        return true;
    }
}

}  // namespace model_detail

template <class M>
constexpr const sql::table& table_of() {
    static_cast<void>(model_detail::check_has_key<M>());
    return model_detail::table_holder<M>::value;
}

// For create_tables and the like.
template <class... Models>
constexpr std::array<const sql::table*, sizeof...(Models)> tables_of() {
    return {&table_of<Models>()...};
}

template <class M>
constexpr auto key_of(const M& row) {
    const auto& key = column_of<model_detail::unchecked_table<M>.primary_key>(row);
    if constexpr (model_detail::is_foreign_key<std::remove_cvref_t<decltype(key)>>)
        return key.key();
    else
        return key;
}

}  // namespace orm::inline v0
