// The way in to a model's rows: static constexpr orm::manager<Book> objects{}; then Book::objects.filter(…).
// Derive from it for QuerySets of your own: struct book_manager : orm::manager<Book> { auto long_ones() … };
#pragma once

#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/query/follow.hpp>
#include <asynchrormous/query/queryset.hpp>
#include <asynchrormous/query/related_manager.hpp>

namespace orm::inline v0 {

namespace query_detail {

// What the error about iterating a manager spells. False.
template <class Manager>
struct rows_of_manager {
    static constexpr bool value = false;
};

}  // namespace query_detail

template <class M>
struct manager : query_methods<manager<M>, M, M, evaluation::blocking> {
    const sql::query& query() const {
        static const sql::query all(table_of<M>());
        return all;
    }
    query_detail::query_settings chosen_database() const { return {}; }
    intrusive_ptr<lazy_state<std::vector<M>>> started() const { return nullptr; }

    // A manager keeps no rows: it makes QuerySets that do.
    template <class Self = manager>
    const M* begin() const {
        static_assert(query_detail::rows_of_manager<Self>::value,
                      "asynchrormous: iterate a QuerySet, not the manager: for (… : Book::objects.all())");
        return nullptr;
    }
    template <class Self = manager>
    const M* end() const {
        return nullptr;
    }
};

}  // namespace orm::inline v0
