// select_for_update(): which rows are locked and how. Until the transaction ends nobody else can change them,
// nor lock them in a way that conflicts.
#pragma once

#include <asynchrormous/query/scope.hpp>
#include <asynchrormous/sql/query.hpp>

namespace orm::inline v0 {

// Strongest first. no_key_update lets others refer to the row by a foreign key; share is for any number of
// readers that nobody may change the row under, key_share lets it change but for its key.
using sql::row_lock;

struct lock_options {
    bool nowait = false;       // lock_not_available at once where somebody else has the lock
    bool skip_locked = false;  // leaves those rows out: for queues
    bool no_key = false;       // Django's name for row_lock::no_key_update
    row_lock strength = row_lock::update;
};

namespace query_detail {

// What the error about a name that is no relation to one row spells. False.
template <class M, reflect::fixed_string Name>
struct nothing_to_lock {
    static constexpr bool value = false;
};

constexpr bool leads_to_one_row(std::string_view name, const sql::path& path) {
    for (const sql::hop& hop : path.hops)
        if (hop.many) return false;
    const bool to_row = !path.hops.empty() && path.target == &path.hops.back().into->key();
    return (to_row || path.target->target) && !model_detail::names_key_column(name, path);
}

template <class M, reflect::fixed_string Name>
sql::path locked_path() {
    if constexpr (Name.view() == "self") {
        return {};
    } else {
        using target = member_path<M, Name>;
        if constexpr (!target::valid) {
            return {};
        } else {
            static_assert(
                leads_to_one_row(Name.view(), target::path) || nothing_to_lock<M, Name>::value,
                "asynchrormous: select_for_update<…>() takes \"self\" and relations to one row; the template "
                "arguments are the model and the name");
            return target::path;
        }
    }
}

// Throws: query_error for options that exclude each other.
ORM_EXPORT sql::locking locking_of(const lock_options& options, std::vector<sql::path> of);

}  // namespace query_detail
}  // namespace orm::inline v0
