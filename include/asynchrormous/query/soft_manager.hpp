// The manager of models that embed soft_deletion: rows that are marked as deleted are left out.
#pragma once

#include <asynchrormous/query/manager.hpp>
#include <asynchrormous/query/soft_deletion.hpp>

namespace orm::inline v0 {

template <class M>
struct soft_manager : query_methods<soft_manager<M>, M, M, evaluation::blocking> {
    const sql::query& query() const {
        static const sql::query living = marked(false);
        return living;
    }
    query_detail::query_settings chosen_database() const { return {}; }
    intrusive_ptr<lazy_state<std::vector<M>>> started() const { return nullptr; }

    // All rows, and those that are marked.
    [[nodiscard]] queryset<M> with_deleted() const { return queryset<M>(sql::query(table_of<M>())); }
    [[nodiscard]] queryset<M> only_deleted() const { return queryset<M>(marked(true)); }

private:
    static sql::query marked(bool deleted) {
        const sql::query all(table_of<M>());
        if constexpr (query_detail::check_soft_deletion<M>())
            return query_detail::with_mark(all, query_detail::mark_path<M>, deleted);
        else
            return all;
    }
};

}  // namespace orm::inline v0
