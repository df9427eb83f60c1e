// The clauses of a query in the order in which they were added, and what is selected.
#include "combination.hpp"
#include "planner.hpp"

#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/pending_filter.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

planner::planner(const query& rows, planner* around, const subquery_node* as)
    : depth_(around ? around->depth_ + 1 : 0),
      plan_{.root = &rows.source(), .joins = join_graph(rows.source(), depth_)},
      rows_(rows),
      around_(around),
      as_(as) {}

void planner::plan_clauses() {
    std::vector<const clause*> chain;
    for (const clause* link = &rows_.head(); link; link = link->previous().get())
        if (std::find(left_out_.begin(), left_out_.end(), link) == left_out_.end()) chain.push_back(link);
    plan_.empty = rows_.empty();
    find_isolated(chain);
    for (std::size_t i = chain.size(); i-- > 0;) plan_clause(*chain[i]);
}

void planner::plan_clause(const clause& link) {
    switch (link.kind()) {
        case clause_kind::filter:
            return plan_filter(clause_as<filter_clause>(link).condition);
        case clause_kind::pending_filter:
            return plan_filter(clause_as<pending_filter>(link).tree());
        case clause_kind::annotate:
            return plan_annotation(clause_as<annotate_clause>(link));
        case clause_kind::slice:
            plan_.slice = &clause_as<slice_clause>(link);
            plan_.range = plan_.slice->range;
            return;
        case clause_kind::distinct:
            plan_.distinct = true;
            plan_.distinct_on.clear();
            return;
        case clause_kind::distinct_on:
            return plan_distinct_on(clause_as<distinct_on_clause>(link));
        case clause_kind::from:
            return plan_definition(link.source(), clause_as<from_clause>(link).rows, link,
                                   clause_as<from_clause>(link).how);
        case clause_kind::with:
            return plan_definition(*clause_as<with_clause>(link).as, clause_as<with_clause>(link).rows, link);
        case clause_kind::tree:
            return plan_tree(clause_as<tree_clause>(link));
        case clause_kind::lock:
            return plan_lock(clause_as<lock_clause>(link));
        case clause_kind::relate:
            return plan_relation(clause_as<relate_clause>(link));
        default:
            return;
    }
}

void planner::plan_annotation(const annotate_clause& what) {
    plan_.annotations.push_back({what.name, plan_value(*what.what), what.selected});
}

void planner::plan_distinct_on(const distinct_on_clause& what) {
    plan_.distinct = false;
    plan_.distinct_on.clear();
    for (const expression_ptr& by : what.terms) plan_.distinct_on.push_back(plan_value(*by));
}

// The columns of select(), or the model's with the annotations; annotations that were added after select()
// follow its columns.
void planner::plan_selection(const select_clause* instead) {
    const clause* chosen = instead ? instead : newest(rows_.head(), clause_kind::select);
    if (chosen) {
        for (const selected_column& column : clause_as<select_clause>(*chosen).columns)
            plan_.selection.push_back({std::string(column.name), plan_value(*column.what)});
    } else {
        for (const column& own : plan_.root->columns)
            plan_.selection.push_back({{}, term_of_column({0, &own})});
    }
    if (instead) return;
    std::vector<const annotate_clause*> later;
    for (const clause* link = &rows_.head(); link && link != chosen; link = link->previous().get())
        if (link->kind() == clause_kind::annotate) later.push_back(&clause_as<annotate_clause>(*link));
    for (std::size_t i = later.size(); i-- > 0;)
        for (const planned_annotation& each : plan_.annotations)
            if (each.name == later[i]->name && each.selected)
                plan_.selection.push_back({std::string(each.name), each.what});
}

// The rows of other models that come along: after everything else, and not with columns that were chosen.
void planner::plan_loaded() {
    const auto with = rows_.loads();
    if (!with || newest(rows_.head(), clause_kind::select)) return;
    for (const std::vector<hop>& hops : with->joined())
        for (const column& each : hops.back().into->columns)
            plan_.selection.push_back({{}, term_of_column(plan_.joins.walk(0, hops, each).column)});
}

plan plan_select(const query& rows) {
    if (rows.combined()) return plan_combined(rows, {});
    planner planning(rows);
    planning.plan_clauses();
    if (planning.made().empty) return planning.finish();
    planning.plan_selection();
    planning.plan_loaded();
    planning.plan_ordering();
    planning.plan_grouping();
    return planning.finish();
}

}  // namespace orm::inline v0::sql
