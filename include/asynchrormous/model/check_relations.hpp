// What can be wrong with a relation that has no column: the field it is the reverse side of, or the keys of
// its through model. Found in the tables, which are complete when this runs.
#pragma once

#include <asynchrormous/model/did_you_mean.hpp>
#include <asynchrormous/model/relation_hops.hpp>

#include <cstddef>
#include <string_view>

namespace orm::inline v0::model_detail {

struct relation_problem {
    relation_error kind = relation_error::none;
    std::size_t index = 0;       // in the table's relations
    std::string_view about{};    // the side's model, or the key, or the through table's name
    std::string_view nearest{};  // the field that may have been meant
};

constexpr bool refers_to(const sql::relation& forward, const sql::table& model) {
    return forward.through && forward.target == &model;
}

// The field of the target nearest to `via` among those that refer here; among all of them when none does.
constexpr std::string_view nearest_reference(const sql::table& from, const sql::relation& relation) {
    nearest_name fitting(relation.via);
    nearest_name any(relation.via);
    for (const sql::column& column : relation.target->columns) {
        any.consider(column.field);
        if (column.target == &from) fitting.consider(column.field);
    }
    for (const sql::relation& forward : relation.target->relations)
        if (refers_to(forward, from)) fitting.consider(forward.field);
    return fitting.best().empty() ? any.best() : fitting.best();
}

constexpr relation_problem find_relation_problem(const sql::table& table) {
    constexpr std::size_t longest = 63;  // PostgreSQL cuts longer names silently
    for (std::size_t i = 0; i < table.relations.size(); ++i) {
        const sql::relation& relation = table.relations[i];
        const relation_hops hops = hops_of(table, relation);
        if (hops.error == relation_error::no_such_field || hops.error == relation_error::not_to_this_model)
            return {hops.error, i, relation.via, nearest_reference(table, relation)};
        if (hops.error != relation_error::none) return {hops.error, i, hops.about, {}};
        if (relation.own_through && relation.through->name.size() > longest)
            return {relation_error::long_table_name, i, relation.through->name, {}};
    }
    return {};
}

}  // namespace orm::inline v0::model_detail
