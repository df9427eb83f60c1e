// A model's table: one constexpr object for each model, which everything else points to.
// The one rule: the initializer of a model's columns itself forms the addresses of the tables they refer
// to, and reads none of them. So models may refer to each other in circles, whichever is used first.
#pragma once

#include <asynchrormous/model/describe.hpp>
#include <asynchrormous/model/diagnose.hpp>
#include <asynchrormous/model/groups.hpp>
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
template <class M, class Key>
struct target_model_of<foreign_key<M, Key>> {
    using type = M;
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

// A foreign key named by its column, "author_id" or "pk", and not as the relation "author".
constexpr bool names_key_column(std::string_view name, const sql::path& path) {
    return path.target && path.target->target && !name.ends_with(path.target->field);
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
constexpr bool check_table() {
    constexpr model_problem problem = find_problem(table_holder<M>::value, sources<M>.at, entries_of<M>());
    constexpr reflect::fixed_string<problem.name.size()> name{problem.name};
    constexpr reflect::fixed_string<problem.nearest.size()> nearest{problem.nearest};
    if constexpr (problem.kind == model_error::none)
        return true;
    else if constexpr (is_about_member(problem.kind))
        diagnose_member<M, problem.kind, name, column_type<M, problem.column>>();
    else
        diagnose_meta<M, problem.kind, name, nearest>();
    return false;
}

// One static_assert at most, and then no other errors about the model.
template <class M>
constexpr bool check_model() {
    if constexpr (reflect::reflectable<M>)
        return check_table<M>();
    else
        return reflect::member_count<M> > 0;  // it is not, and this says why
}

}  // namespace model_detail

// False after the one compile error that says what is wrong with the model.
template <class M>
inline constexpr bool valid_model = model_detail::check_model<M>();

template <class M>
constexpr const sql::table& table_of() {
    static_cast<void>(valid_model<M>);
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
