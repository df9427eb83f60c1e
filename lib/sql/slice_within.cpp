// A slice of each group of rows: by their numbers in a window over the group.
#include "clause.hpp"
#include "nodes.hpp"
#include "planner.hpp"

#include <asynchrormous/sql/error.hpp>

#include <string>

namespace orm::inline v0::sql {

namespace {

expression_ptr number(std::uint64_t of) {
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(of >> (56 - 8 * i) & 0xff);
    return value({type{type_kind::int8}, std::move(bytes)});
}

// Those of order_by(), else the model's own.
std::vector<ordering> order_within(const query& rows) {
    if (newest(rows.head(), clause_kind::order_by)) return chosen_order(rows);
    std::vector<ordering> terms;
    if (!rows.source().ordering) return terms;
    const bool reversed = newest(rows.head(), clause_kind::reverse) != nullptr;
    for (const path_order& each : rows.source().ordering())
        terms.push_back({field(each.path), each.descending != reversed, each.by_column});
    return terms;
}

}  // namespace

query query::slice_within(expression_ptr by, expression_ptr more) const {
    const auto* slice = newest(*head_, clause_kind::slice);
    const clause* link = head_.get();
    while (link->kind() == clause_kind::slice || link->kind() == clause_kind::load)
        link = link->previous().get();
    if (link->sliced())
        throw query_error(std::string(source().model) +
                          ": the slice of each parent's rows comes last in a Prefetch: annotate() and the "
                          "like are called before slicing");
    const query rows(intrusive_ptr<const clause>(const_cast<clause*>(link)));
    static const type bigint{type_kind::int8};
    const expression_ptr place = window({.function = call({"ROW_NUMBER()", false}, {}, bigint),
                                         .partition = {std::move(by)},
                                         .order = order_within(rows),
                                         .frame = {}});
    const row_range range = clause_as<slice_clause>(*slice).range;
    // One filter, so that all of it means the same joined row.
    std::vector<expression_ptr> all{std::move(more)};
    if (range.offset > 0) all.push_back(compare(lookup_kind::gt, place, number(range.offset)));
    if (range.limit) all.push_back(compare(lookup_kind::lte, place, number(range.offset + *range.limit)));
    return rows.filter(all_of(std::move(all)));
}

}  // namespace orm::inline v0::sql
