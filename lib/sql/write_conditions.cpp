// WHERE and HAVING: groups, guards, and the lookups as PostgreSQL operators.
#include "plan_writer.hpp"

namespace orm::inline v0::sql {

namespace {

// Compares as text already; enumerations are stored as text. bpchar is not here: its text has no padding.
bool is_text(const type& of) noexcept {
    return !of.array &&
           (of.kind == type_kind::text || of.kind == type_kind::varchar || of.kind == type_kind::enumeration);
}

std::string_view operator_of(lookup_kind lookup) noexcept {
    switch (lookup) {
        case lookup_kind::gt:
            return " > ";
        case lookup_kind::gte:
            return " >= ";
        case lookup_kind::lt:
            return " < ";
        case lookup_kind::lte:
            return " <= ";
        default:
            return " = ";
    }
}

}  // namespace

void plan_writer::where() const { conditions(" WHERE ", plan_.where); }

void plan_writer::conditions(std::string_view keyword, const std::vector<term>& all) const {
    if (all.empty()) return;
    out_ << keyword;
    list_separator filters(out_, " AND ");
    for (const term& what : all) {
        filters.next();
        condition(what, context::top);
    }
}

void plan_writer::condition(const term& what, context around) const {
    if (!what.reference.empty()) return value(what);
    if (what.inner && what.kind() != expression_kind::subquery) return exists(*what.inner);
    if (what.kind() == expression_kind::group)
        group(what, around);
    else if (!what.guards.empty() || what.is_true || what.or_null)
        guarded(what, around);
    else
        leaf(what);
}

void plan_writer::group(const term& what, context around) const {
    const auto& node = node_as<group_node>(*what.node);
    const bool all = node.by == connector::all;
    const bool open = around == context::top && all && !node.negated;
    if (!open) out_ << (node.negated ? "NOT (" : "(");
    if (node.by == connector::odd) {
        odd(what);
    } else {
        list_separator parts(out_, all ? " AND " : " OR ");
        for (const term& child : what.parts) {
            parts.next();
            condition(child, all ? context::all : context::any);
        }
    }
    if (!open) out_ << ")";
}

void plan_writer::odd(const term& what) const {
    out_ << "MOD(";
    list_separator parts(out_, " + ");
    for (const term& child : what.parts) {
        parts.next() << "CASE WHEN ";
        condition(child, context::top);
        out_ << " THEN 1 ELSE 0 END";
    }
    out_ << ", 2) = 1";
}

void plan_writer::guarded(const term& what, context around) const {
    if (what.is_true) {
        out_ << "(";
        leaf(what);
        out_ << ") IS TRUE";
        return;
    }
    if (what.or_null || around == context::any) out_ << "(";
    leaf(what);
    if (what.or_null) {
        out_ << " OR ";
        value(what.parts[0]);
        out_ << " IS NULL";
    }
    for (const column_ref& nullable : what.guards) {
        out_ << " AND ";
        column(nullable);
        out_ << " IS NOT NULL";
    }
    if (what.or_null || around == context::any) out_ << ")";
}

void plan_writer::leaf(const term& what) const {
    switch (what.kind()) {
        case expression_kind::constant:
            out_ << (node_as<constant_node>(*what.node).everything ? "TRUE" : "FALSE");
            return;
        case expression_kind::compare:
            return comparison(what);
        case expression_kind::is_null:
            value(what.parts[0]);
            out_ << (node_as<is_null_node>(*what.node).yes ? " IS NULL" : " IS NOT NULL");
            return;
        case expression_kind::between:
            value(what.parts[0]);
            out_ << " BETWEEN ";
            value(what.parts[1]);
            out_ << " AND ";
            value(what.parts[2]);
            return;
        default:
            return value(what);
    }
}

void plan_writer::comparison(const term& what) const {
    const auto& node = node_as<compare_node>(*what.node);
    switch (node.lookup) {
        case lookup_kind::custom:
            return call(node.text, what);
        case lookup_kind::iexact:
            out_ << "UPPER(";
            text(what.parts[0]);
            out_ << ") = UPPER(";
            text(what.parts[1]);
            out_ << ")";
            return;
        case lookup_kind::contains:
            return like(what, false, true, true);
        case lookup_kind::icontains:
            return like(what, true, true, true);
        case lookup_kind::startswith:
            return like(what, false, false, true);
        case lookup_kind::istartswith:
            return like(what, true, false, true);
        case lookup_kind::endswith:
            return like(what, false, true, false);
        case lookup_kind::iendswith:
            return like(what, true, true, false);
        case lookup_kind::regex:
            return infix(what, " ~ ");
        case lookup_kind::iregex:
            return infix(what, " ~* ");
        case lookup_kind::in:
            return in(what);
        default:
            value(what.parts[0]);
            out_ << operator_of(node.lookup);
            value(what.parts[1]);
    }
}

// A list is an array; a query is a query.
void plan_writer::in(const term& what) const {
    const term& list = what.parts[1];
    const bool query = list.kind() == expression_kind::subquery;
    if (query && list.inner->empty) {
        out_ << "FALSE";
        return;
    }
    value(what.parts[0]);
    out_ << (query ? " IN " : " = ANY(");
    value(list);
    if (!query) out_ << ")";
}

void plan_writer::infix(const term& what, std::string_view op) const {
    text(what.parts[0]);
    out_ << op;
    text(what.parts[1]);
}

void plan_writer::like(const term& what, bool fold_case, bool open_start, bool open_end) const {
    if (fold_case) out_ << "UPPER(";
    text(what.parts[0]);
    out_ << (fold_case ? ") LIKE UPPER(" : " LIKE ");
    pattern(what.parts[1], open_start, open_end);
    if (fold_case) out_ << ")";
}

// A value is a finished pattern; LIKE characters of anything else are escaped here. E'' strings mean the same
// under either setting of standard_conforming_strings.
void plan_writer::pattern(const term& side, bool open_start, bool open_end) const {
    if (side.kind() == expression_kind::value) return text(side);
    if (open_start) out_ << "'%' || ";
    out_ << "REPLACE(REPLACE(REPLACE(";
    text(side);
    out_ << R"(, E'\\', E'\\\\'), '%', E'\\%'), '_', E'\\_'))";
    if (open_end) out_ << " || '%'";
}

void plan_writer::text(const term& side) const {
    value(side);
    if (!is_text(type_of(side))) out_ << "::text";
}

}  // namespace orm::inline v0::sql
