// The hops of a relation that has no column of its own, found in the tables by name.
// Tables may be read here, so this is for what runs after they were made: the resolver and the checks.
#pragma once

#include <asynchrormous/sql/table.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace orm::inline v0::model_detail {

enum class relation_error : std::uint8_t {
    none,
    no_such_field,      // `via` is no field of the target
    not_to_this_model,  // it is, but leads elsewhere or nowhere
    several_rows,       // a related_one of a key that several rows may share
    missing_key,        // the through model has no key to one of the sides
    several_keys,       // it has more than one, and the relation does not say which
    wrong_key,          // the key that the relation names is none to that side
    not_to_itself,      // symmetrical, but to another model
    long_table_name,    // of the table between
};

struct relation_hops {
    relation_error error = relation_error::none;
    std::uint8_t size = 0;
    sql::hop at[2]{};
    std::string_view about{};  // of an error about a through model's key: the side's model, or the key
};

constexpr sql::hop hop_of(const sql::column& foreign_key) {
    return {&foreign_key, &foreign_key.target->key(), foreign_key.target, false, foreign_key.nullable};
}

// From the row that a foreign key refers to, to the rows that have it.
constexpr sql::hop reverse_hop(const sql::table& from, const sql::column& foreign_key,
                               const sql::table& into) {
    const bool one = foreign_key.unique || foreign_key.primary_key;
    return {&from.key(), &foreign_key, &into, !one, true};
}

constexpr const sql::column* find_column(const sql::table& in, std::string_view field) {
    for (const sql::column& column : in.columns)
        if (column.field == field) return &column;
    return nullptr;
}

constexpr const sql::relation* find_relation(const sql::table& in, std::string_view field) {
    for (const sql::relation& relation : in.relations)
        if (relation.field == field) return &relation;
    return nullptr;
}

// The two keys in the table between `owner`, which has the many_to_many, and its target.
class through_keys {
public:
    constexpr through_keys(const sql::table& owner, const sql::relation& relation)
        : owner_(owner), relation_(relation) {
        if (!relation.from.empty() || !relation.to.empty())
            find_named();
        else if (&owner == relation.target)
            find_both();
        else
            find_each();
    }

    const sql::column* from = nullptr;
    const sql::column* to = nullptr;
    relation_error error = relation_error::none;
    std::string_view about{};

private:
    constexpr void find_named() {
        from = named(relation_.from, &owner_);
        to = named(relation_.to, relation_.target);
    }
    constexpr const sql::column* named(std::string_view field, const sql::table* side) {
        const sql::column* key = find_column(*relation_.through, field);
        if (!key || key->target != side) fail(relation_error::wrong_key, field);
        return key;
    }

    // To the own model: the first key is where it comes from, the second where it leads.
    constexpr void find_both() {
        for (const sql::column& column : relation_.through->columns) {
            if (column.target != &owner_) continue;
            if (to) return fail(relation_error::several_keys, owner_.model);
            (from ? to : from) = &column;
        }
        if (!to) fail(relation_error::missing_key, owner_.model);
    }

    constexpr void find_each() {
        from = only(&owner_);
        to = only(relation_.target);
    }
    constexpr const sql::column* only(const sql::table* side) {
        const sql::column* key = nullptr;
        for (const sql::column& column : relation_.through->columns) {
            if (column.target != side) continue;
            if (key) fail(relation_error::several_keys, side->model);
            key = &column;
        }
        if (!key) fail(relation_error::missing_key, side->model);
        return key;
    }

    constexpr void fail(relation_error what, std::string_view whom) {
        if (error != relation_error::none) return;
        error = what;
        about = whom;
    }

    const sql::table& owner_;
    const sql::relation& relation_;
};

// Over the table between: to its rows, and on to the row that each names.
constexpr relation_hops hops_between(const sql::table& from, const sql::table& through,
                                     const sql::column& near, const sql::column& far) {
    return {relation_error::none, 2, {reverse_hop(from, near, through), hop_of(far)}, {}};
}

constexpr relation_hops hops_of_many(const sql::table& from, const sql::relation& relation) {
    if (relation.symmetrical && relation.target != &from) return {relation_error::not_to_itself};
    const through_keys keys(from, relation);
    if (keys.error != relation_error::none) return {keys.error, 0, {}, keys.about};
    return hops_between(from, *relation.through, *keys.from, *keys.to);
}

// The reverse side of a foreign key or of a many_to_many of the target.
constexpr relation_hops hops_of_reverse(const sql::table& from, const sql::relation& relation) {
    const bool one = relation.kind == sql::relation_kind::reverse_one;
    if (const sql::column* key = find_column(*relation.target, relation.via)) {
        if (key->target != &from) return {relation_error::not_to_this_model};
        const sql::hop hop = reverse_hop(from, *key, *relation.target);
        if (one && hop.many) return {relation_error::several_rows};
        return {relation_error::none, 1, {hop}, {}};
    }
    const sql::relation* forward = find_relation(*relation.target, relation.via);
    if (!forward) return {relation_error::no_such_field};
    if (!forward->through || forward->target != &from) return {relation_error::not_to_this_model};
    if (one) return {relation_error::several_rows};
    const through_keys keys(*relation.target, *forward);
    if (keys.error != relation_error::none) return {keys.error, 0, {}, keys.about};
    return hops_between(from, *forward->through, *keys.to, *keys.from);
}

// Requires: relation is one of from's.
constexpr relation_hops hops_of(const sql::table& from, const sql::relation& relation) {
    return relation.through ? hops_of_many(from, relation) : hops_of_reverse(from, relation);
}

}  // namespace orm::inline v0::model_detail
