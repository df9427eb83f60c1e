// GROUP BY and HAVING, where the query has aggregates.
#include "planner.hpp"

#include <algorithm>

namespace orm::inline v0::sql {

void planner::plan_grouping() {
    const bool aggregated =
        std::any_of(plan_.annotations.begin(), plan_.annotations.end(),
                    [](const planned_annotation& each) { return has_aggregate(each.what); });
    if (!aggregated) return;
    plan_.grouped = true;
    for (const selected_term& each : plan_.selection)
        if (!has_aggregate(each.what)) plan_.group_by.push_back(each.what);
}

}  // namespace orm::inline v0::sql
