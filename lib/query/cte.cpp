#include <asynchrormous/query/cte.hpp>

namespace orm::inline v0::query_detail {

// The conditions are those of one filter(), so that they are about the rows that are joined for the values.
sql::query recursion(const sql::query& seeds, const sql::table& as, recursion_parts parts, repeats again,
                     sql::source_options how) {
    for (const sql::expression_ptr& each : parts.absent)
        parts.conditions.push_back(sql::is_null(each, false));
    std::vector<sql::selected_column> columns;
    for (const std::uint16_t place : how.columns) columns.push_back({{}, std::move(parts.step[place])});
    const sql::query step =
        sql::query(as).order_by({}).filter(sql::all_of(std::move(parts.conditions))).select(columns);
    const auto by = again == repeats::drop ? sql::combinator::union_distinct : sql::combinator::union_all;
    return sql::query::from(as, seeds.combine(by, {step}), how);
}

}  // namespace orm::inline v0::query_detail
