// The queries that a statement reads by name.
#include "write_with.hpp"

#include "derived.hpp"
#include "plan_writer.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace orm::inline v0::sql {

namespace {

// What could have no rows has none, of the types that are read.
void write_no_rows(sql_sink& out, const table& as) {
    out << "SELECT ";
    list_separator columns(out, ", ");
    for (const column& each : as.columns) columns.next() << "NULL::" << name_of(each.type);
    out << " WHERE FALSE";
}

std::string_view keyword_of(materialization keep) noexcept {
    switch (keep) {
        case materialization::always:
            return "MATERIALIZED ";
        case materialization::never:
            return "NOT MATERIALIZED ";
        default:
            return {};
    }
}

// The queries that a plan reads by name, those that others read first.
class definitions {
public:
    void collect(const plan& from) {
        for (const planned_definition& each : from.definitions) add(each);
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
            all.next();
            write_definition(out, each.what);
        }
        out << " ";
    }

private:
    struct entry {
        planned_definition what;
        bool recursive;
    };

    static void write_definition(sql_sink& out, const planned_definition& what) {
        out.identifier(what.name->name) << " (";
        write_columns(out, what);
        out << ") AS " << keyword_of(what.how.keep) << "(";
        if (what.rows->empty)
            write_no_rows(out, *what.name);
        else
            plan_writer(out, *what.rows).rows();
        out << ")";
    }

    static void write_columns(sql_sink& out, const planned_definition& what) {
        list_separator names(out, ", ");
        if (what.how.columns.empty() || what.rows->empty) {
            for (const column& each : what.name->columns) names.next().identifier(each.name);
            return;
        }
        for (std::size_t i = 0; i < what.how.columns.size(); ++i) {
            const std::uint16_t place = what.how.columns[i];
            if (place == unread_column)
                names.next().identifier("unread " + std::to_string(i + 1));
            else
                names.next().identifier(what.name->columns[place].name);
        }
    }

    // Those that it reads itself come before it.
    void add(const planned_definition& what) {
        if (is_known(what)) return;
        const std::size_t before = tables_.size();
        collect(*what.rows);
        const bool recursive = std::find(tables_.begin() + static_cast<std::ptrdiff_t>(before), tables_.end(),
                                         what.name) != tables_.end();
        static_cast<void>(is_known(what));  // of what it reads itself
        found_.push_back({what, recursive});
    }

    bool is_known(const planned_definition& what) const {
        for (const entry& known : found_) {
            if (known.what.name->name != what.name->name) continue;
            if (known.what.by == what.by) return true;
            throw query_error("two queries are both named \"" + std::string(what.name->name) +
                              "\" in one statement: give one of them another name");
        }
        return false;
    }

    // A table of that name would be hidden.
    void check_names() const {
        for (const entry& each : found_)
            for (const table* read : tables_)
                if (read != each.what.name && read->name == each.what.name->name)
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

}  // namespace orm::inline v0::sql
