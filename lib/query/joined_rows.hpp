// The rows of select_related(): read from the columns behind those of the row itself.
#pragma once

#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/query/eager_loading.hpp>
#include <asynchrormous/sql/render.hpp>

#include <span>
#include <vector>

namespace orm::inline v0::query_detail {

// `rows` are those of the result, in its order, so many as were read; null: not read. Each key finds one row
// for the whole result, which all that refer to it share.
// Throws: column_mismatch, decode_error naming the column.
void read_joined(const related_loading& wanted, const postgres::result_view& result,
                 std::span<void* const> rows, const sql::statement& from);

// Columns of a result, one after the other, as a row of this kind.
class placed_cursor {
public:
    // Throws: column_mismatch.
    placed_cursor(const slot_maker& rows, const postgres::result_view& result, int first,
                  const sql::statement& from);

    row_cursor& at(int row) {
        cursor_.go_to(row);
        return cursor_;
    }
    std::string_view column_name() const { return cursor_.column_name(); }

private:
    std::vector<int> places_;
    std::vector<std::uint32_t> oids_;
    row_cursor cursor_;
};

}  // namespace orm::inline v0::query_detail
