#include <asynchrormous/query/functions/time.hpp>

namespace orm::inline v0::query_detail {

sql::expression_ptr zone_or_utc(sql::expression_ptr zone) {
    return zone ? std::move(zone) : sql::call({"'UTC'"}, sql::operand_list(), {sql::type_kind::text});
}

sql::expression_ptr local_time(sql::expression_ptr of, sql::expression_ptr zone) {
    return sql::call({"({0} AT TIME ZONE {1})"}, {std::move(of), zone_or_utc(std::move(zone))},
                     {sql::type_kind::timestamp});
}

}  // namespace orm::inline v0::query_detail
