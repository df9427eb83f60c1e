// Queries inside queries: in FROM, as members of a combination, in WITH.
#include "derived.hpp"
#include "plan_writer.hpp"
#include "write_with.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>
#include <vector>

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

void write_columns(sql_sink& out, std::size_t count, const auto& name_of) {
    out << " (";
    list_separator names(out, ", ");
    for (std::size_t i = 0; i < count; ++i) names.next().identifier(name_of(i));
    out << ")";
}

// The queries that a plan reads by name, those that others read first.
class definitions {
public:
    void collect(const plan& from) {
        if (from.definition) add(from);
        for (const row_source& each : from.joins.sources())
            if (each.used) tables_.push_back(each.of);
        for (const plan& each : from.members) collect(each);
        if (from.from) collect(from.from->rows);
        if (from.tree) {
            tables_.push_back(from.tree->key->target);
            collect(*from.tree->seeds);
        }
        for (const planned_relation& each : from.relations) collect(each.condition);
        for (const term& each : from.where) collect(each);
        for (const term& each : from.having) collect(each);
        for (const term& each : from.distinct_on) collect(each);
        for (const term& each : from.group_by) collect(each);
        for (const selected_term& each : from.selection) collect(each.what);
        for (const order_term& each : from.order) collect(each.by);
    }

    void collect(const term& from) {
        if (from.inner) collect(*from.inner);
        for (const term& part : from.parts) collect(part);
    }

    void write(sql_sink& out) const {
        if (found_.empty()) return;
        check_names();
        const bool recursive =
            std::any_of(found_.begin(), found_.end(), [](const entry& each) { return each.recursive; });
        out << (recursive ? "WITH RECURSIVE " : "WITH ");
        list_separator all(out, ", ");
        for (const entry& each : found_) {
            all.next().identifier(each.name->name);
            write_columns(out, each.name->columns.size(),
                          [&each](std::size_t i) { return each.name->columns[i].name; });
            out << " AS (";
            plan_writer(out, *each.rows).rows();
            out << ")";
        }
        out << " ";
    }

private:
    struct entry {
        const table* name;
        const clause* by;  // the link that defines it
        const plan* rows;
        bool recursive;
    };

    void add(const plan& from) {
        for (const entry& known : found_) {
            if (known.name->name != from.root->name) continue;
            if (known.by == from.defined_by) return;
            throw query_error("two queries are both named \"" + std::string(from.root->name) +
                              "\" in one statement: give one of them another name");
        }
        const std::size_t before = tables_.size();
        collect(*from.definition);
        const bool recursive = std::find(tables_.begin() + static_cast<std::ptrdiff_t>(before), tables_.end(),
                                         from.root) != tables_.end();
        found_.push_back({from.root, from.defined_by, from.definition.get(), recursive});
    }

    // A table of that name would be hidden.
    void check_names() const {
        for (const entry& each : found_)
            for (const table* read : tables_)
                if (read != each.name && read->name == each.name->name)
                    throw query_error("the query named \"" + std::string(read->name) +
                                      "\" hides the table of " + std::string(read->model) +
                                      ": give it another name");
    }

    std::vector<entry> found_{};
    std::vector<const table*> tables_{};
};

}  // namespace

void write_with(sql_sink& out, const plan& of, std::span<const term> also) {
    definitions all;
    all.collect(of);
    for (const term& each : also) all.collect(each);
    all.write(out);
}

void plan_writer::derived(const derived_rows& rows) const {
    out_ << " FROM (";
    plan_writer(out_, rows.rows, around_).rows();
    (out_ << ") ").identifier(plan_.joins.at(0).alias);
    write_columns(out_, rows.size(), [&rows](std::size_t i) { return rows.column(i).column.of->name; });
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
