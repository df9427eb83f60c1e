// The methods of managers and QuerySets that write many rows at once, or need more than one statement.
#pragma once

#include <asynchrormous/query/bulk.hpp>
#include <asynchrormous/query/query_writes.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

template <class Self, class M, class Row, class Evaluation>
class query_bulk : public query_writes<Self, M, Row, Evaluation> {
protected:
    using core = query_core<Self, M, Row, Evaluation>;
    template <class T>
    using result = typename core::template result<T>;

public:
    // Inserts all rows, or none. Returns: them with what the database filled in, in the same order; with
    // ignore_conflicts those that were inserted, with update_conflicts all as they are in the database then.
    template <class... Options>
    result<std::vector<M>> bulk_create(std::vector<M> rows, const Options&... options) const {
        bulk_request request{.of = &table_of<M>()};
        if constexpr (check_bulk_create<M, Options...>()) (apply_option<M>(request, options), ...);
        return this->template start_steps<std::vector<M>, bulk_create_state<M>>(std::move(request),
                                                                                std::move(rows));
    }

    // Writes these fields of all rows, which must be saved: bulk_update<"pages", "title">(books).
    // Returns: how many were there. Throws: query_error for a row that was never saved, and for a key twice.
    template <step... Names, class... Options>
    result<std::int64_t> bulk_update(std::vector<M> rows, const Options&... options) const {
        static_assert(sizeof...(Names) > 0,
                      "asynchrormous: bulk_update<…>() needs the names of the fields to write");
        using given = written_fields<M, Names...>;
        bulk_request request{
            .of = &table_of<M>(), .update = true, .fields = {given::columns.begin(), given::columns.end()}};
        if constexpr ((check_bulk_update_option<M, Options>() && ...))
            (apply_option<M>(request, options), ...);
        return this->template start_steps<std::int64_t, bulk_update_state<M>>(std::move(request),
                                                                              std::move(rows));
    }
};

}  // namespace orm::inline v0::query_detail
