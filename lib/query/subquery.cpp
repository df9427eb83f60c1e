#include <asynchrormous/query/subquery.hpp>

namespace orm::inline v0::query_detail {

sql::query rows_to_look_up(const sql::query& rows) {
    if (rows.sliced()) return rows;
    for (const sql::clause* link = &rows.head(); link; link = link->previous().get())
        if (link->kind() == sql::clause_kind::distinct_on) return rows;
    return rows.order_by({});
}

}  // namespace orm::inline v0::query_detail
