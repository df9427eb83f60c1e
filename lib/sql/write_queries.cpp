// Queries inside queries: in FROM, as members of a combination, as a tree.
#include "derived.hpp"
#include "plan_writer.hpp"

#include <string>

namespace orm::inline v0::sql {

namespace {

std::string_view keyword_of(combinator how) noexcept {
    switch (how) {
        case combinator::union_all:
            return " UNION ALL ";
        case combinator::union_distinct:
            return " UNION ";
        case combinator::intersection:
            return " INTERSECT ";
        default:
            return " EXCEPT ";
    }
}

}  // namespace

void plan_writer::derived(const derived_rows& rows) const {
    out_ << " FROM (";
    plan_writer(out_, rows.rows, around_).rows();
    (out_ << ") ").identifier(plan_.joins.at(0).alias);
    out_ << " (";
    list_separator names(out_, ", ");
    for (std::size_t i = 0; i < rows.size(); ++i) names.next().identifier(rows.column(i).column.of->name);
    out_ << ")";
}

void plan_writer::combination() const {
    list_separator members(out_, keyword_of(plan_.how));
    for (const plan& each : plan_.members) {
        members.next();
        member(each);
    }
}

void plan_writer::member(const plan& of) const {
    const bool closed = !of.members.empty() || !of.order.empty() || of.sliced();
    if (closed) out_ << "(";
    plan_writer(out_, of, around_).rows();
    if (closed) out_ << ")";
}

// UNION drops what was found before: a circle ends. The name is of no table, since it has a space.
void plan_writer::tree(const planned_tree& of) const {
    const table& rows = *of.key->target;
    const std::string name = std::string(rows.name) + " tree";
    const bool down = of.direction == tree_direction::down;
    const auto column = [&](std::string_view source, std::string_view named) {
        (out_.identifier(source) << ".").identifier(named);
    };
    ((out_ << "WITH RECURSIVE ").identifier(name) << " (\"key\") AS (");
    member(*of.seeds);
    out_ << " UNION SELECT ";
    column("next", down ? rows.key().name : of.key->name);
    ((out_ << " FROM ").identifier(name) << " INNER JOIN ").identifier(rows.name) << " \"next\" ON (";
    column("next", down ? of.key->name : rows.key().name);
    out_ << " = ";
    column(name, "key");
    out_ << ")";
    if (!down) {
        out_ << " WHERE ";
        column("next", of.key->name);
        out_ << " IS NOT NULL";
    }
    (out_ << ") SELECT \"key\" FROM ").identifier(name);
}

}  // namespace orm::inline v0::sql
