// What comes with the rows of a QuerySet: select_related() in the same query, prefetch_related() by one query
// for each relation afterwards. A clause of the query, so that it changes no QuerySet's type.
#pragma once

#include <asynchrormous/query/relation_step.hpp>
#include <asynchrormous/query/route.hpp>
#include <asynchrormous/runtime/lazy.hpp>
#include <asynchrormous/sql/query.hpp>

#include <array>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace orm::inline v0 {

// What the errors spell. All are false.
template <class Rows>
struct loads_no_models {
    static constexpr bool value = false;
};
template <class Model, reflect::fixed_string Path, class Rows>
struct prefetch_of_other_rows {
    static constexpr bool value = false;
};

// A relation of prefetch_related() with a QuerySet of its own: its conditions, its order, what it loads, and
// its slice, which is taken of each parent's rows:
//     Author::objects.prefetch_related(orm::Prefetch<"books">(Book::objects.order_by<"-pages">()[slice(0,
//     3)]))
template <reflect::fixed_string Path, class Rows>
struct prefetch {
    using value = Rows;  // of the QuerySet
    sql::query rows;
};

template <reflect::fixed_string Path, class Queryset>
auto Prefetch(const Queryset& rows) {
    return prefetch<Path, typename Queryset::value_type>{rows.query()};
}

namespace query_detail {

// A tree of relations; what has the same beginning is loaded once.
struct load_node {
    const relation_step* step;
    std::optional<sql::query> rows{};  // of prefetch()
    std::vector<load_node> below{};
};

class ORM_EXPORT related_loading final : public sql::loading {
public:
    related_loading(std::vector<load_node> in_query, std::vector<load_node> afterwards);
    ~related_loading() override;

    const std::vector<load_node> in_query;
    const std::vector<load_node> afterwards;
};

// A relation that is asked for. `rows`: null unless it has a QuerySet of its own.
struct wanted_path {
    step_path steps;
    const sql::query* rows = nullptr;
};

// No paths: forgets those of earlier calls. Throw: query_error after union_() and its like, and where two
// QuerySets are given for one relation.
ORM_EXPORT sql::query select_related(const sql::query& rows, std::span<const wanted_path> paths);
ORM_EXPORT sql::query prefetch_related(const sql::query& rows, std::span<const wanted_path> paths);

// Throws: query_error where two QuerySets are given for one relation.
std::vector<load_node> tree_of(std::vector<load_node> tree, std::span<const wanted_path> paths);

// Loads relations of rows that are there. Lifetime: the rows outlive the lazy.
ORM_EXPORT lazy<void> prefetch_objects(const query_settings& settings, std::vector<void*> rows,
                                       std::span<const wanted_path> paths,
                                       void (*enter)(const event_loop& loop));

// The model in rows of this kind; void: they are of none.
template <class Row>
struct model_in_rows {
    using type = void;
};
template <model M>
struct model_in_rows<M> {
    using type = M;
};
template <class M, class... Entries>
struct model_in_rows<annotated<M, Entries...>> {
    using type = M;
};

template <class Row>
constexpr bool check_rows_of_model() {
    constexpr bool fits = !std::is_void_v<typename model_in_rows<Row>::type>;
    static_assert(fits || loads_no_models<Row>::value,
                  "asynchrormous: select_related and prefetch_related are for rows of a model: the rows of "
                  "values(), values_list() and to() have no members to load into; name columns of the "
                  "relation instead, values<\"author__name\">()");
    return fits;
}

template <auto Name>
constexpr auto step_text() {
    constexpr std::string_view name = model_detail::step_name<Name>();
    return reflect::fixed_string<name.size()>(name);
}

template <class M, reflect::fixed_string Path>
wanted_path joined_path() {
    if constexpr (relation_path<M, Path>::check_single())
        return {relation_path<M, Path>::steps()};
    else
        return {};
}
template <class M, reflect::fixed_string Path>
wanted_path fetched_path() {
    if constexpr (relation_path<M, Path>::valid)
        return {relation_path<M, Path>::steps()};
    else
        return {};
}
template <class M, reflect::fixed_string Path, class Rows>
wanted_path fetched_path(const prefetch<Path, Rows>& with) {
    using path = relation_path<M, Path>;
    if constexpr (path::valid) {
        constexpr bool fits = std::is_same_v<typename decltype(path::target())::type, Rows>;
        static_assert(fits || prefetch_of_other_rows<M, Path, Rows>::value,
                      "asynchrormous: the QuerySet of this Prefetch has other rows than the relation; the "
                      "template arguments are the model, the path and the QuerySet's rows");
        return {path::steps(), &with.rows};
    } else {
        return {};
    }
}

template <class T>
inline constexpr bool is_prefetch = false;
template <reflect::fixed_string Path, class Rows>
inline constexpr bool is_prefetch<prefetch<Path, Rows>> = true;

}  // namespace query_detail

template <class T>
concept prefetch_term = query_detail::is_prefetch<T>;

}  // namespace orm::inline v0
