// The way in to a model's rows: static constexpr orm::manager<Book> objects{}; then Book::objects.filter(…).
// Derive from it for QuerySets of your own: struct book_manager : orm::manager<Book> { auto long_ones() … };
#pragma once

#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/query/queryset.hpp>

namespace orm::inline v0 {

template <class M>
struct manager : query_methods<manager<M>, M, M, evaluation::blocking> {
    sql::query query() const { return sql::query(table_of<M>()); }
    std::optional<database> chosen_database() const { return std::nullopt; }
    intrusive_ptr<lazy_state<std::vector<M>>> started() const { return nullptr; }
};

}  // namespace orm::inline v0
