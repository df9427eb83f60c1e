#include <asynchrormous/query/trees.hpp>

namespace orm::inline v0::query_detail {

sql::query walked(const sql::query& rows, const sql::path& key, const sql::path& primary_key,
                  sql::tree_direction direction, bool with_self,
                  const std::vector<sql::outer_binding>& outer) {
    const auto in = [](const sql::path& column, sql::expression_ptr set) {
        return sql::compare(sql::lookup_kind::in, sql::field(column), std::move(set));
    };
    const auto model = sql::query(rows.source());
    const sql::query seeds = rows.select({{{}, sql::field(primary_key)}});
    sql::expression_ptr reached = sql::tree(seeds, *key.target, direction, outer);
    if (with_self) return model.filter(in(primary_key, std::move(reached)));
    // One more step from the rows and what they reach: what is reached by at least one.
    if (direction == sql::tree_direction::down) return model.filter(in(key, std::move(reached)));
    const sql::query parents = model.order_by({})
                                   .filter(in(primary_key, std::move(reached)))
                                   .filter(sql::is_null(sql::field(key), false))
                                   .select({{{}, sql::field(key)}});
    std::vector<sql::outer_binding> around;
    for (const sql::outer_binding& each : outer) around.push_back({each.name, each.level, each.what});
    return model.filter(in(primary_key, sql::subquery(sql::subquery_kind::scalar, parents, std::move(around),
                                                      key.target->type)));
}

}  // namespace orm::inline v0::query_detail
