#include <asynchrormous/query/functions/time.hpp>

namespace orm::inline v0::query_detail {

sql::expression_ptr at_zone(sql::expression_ptr of, sql::expression_ptr zone, bool local) {
    const sql::type type{local ? sql::type_kind::timestamp : sql::type_kind::timestamptz};
    if (!zone) return sql::call({"({0} AT TIME ZONE 'UTC')"}, std::move(of), type);
    return sql::call({"({0} AT TIME ZONE {1})"}, {std::move(of), std::move(zone)}, type);
}

}  // namespace orm::inline v0::query_detail
