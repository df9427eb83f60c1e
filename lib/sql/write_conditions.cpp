// WHERE: groups, guards, and the lookups as PostgreSQL operators.
#include "plan_writer.hpp"

namespace orm::inline v0::sql {

namespace {

// Compares as text already; enumerations are stored as text. bpchar is not here: its text has no padding.
bool is_text(const column_ref& of) noexcept {
    if (of.part != transform::none || of.of->type.array) return false;
    const type_kind kind = of.of->type.kind;
    return kind == type_kind::text || kind == type_kind::varchar || kind == type_kind::enumeration;
}

bool is_text(const parameter& bound) noexcept {
    const type_kind kind = bound.type.kind;
    return !bound.type.array &&
           (kind == type_kind::text || kind == type_kind::varchar || kind == type_kind::enumeration);
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

// The type both sides are brought to where the plain operator does not exist or the value travels as text
// (time has no parameter type of its own, json has no equality).
std::string_view matching_type(const operand& side) noexcept {
    if (side.bound) return {};
    if (side.column.part == transform::time) return "time";
    if (side.column.part == transform::none && side.column.of->type.kind == type_kind::json) return "jsonb";
    return {};
}

}  // namespace

void plan_writer::where() const {
    if (plan_.where.empty()) return;
    out_ << " WHERE ";
    list_separator filters(out_, " AND ");
    for (const condition& what : plan_.where) {
        filters.next();
        any_condition(what, context::top);
    }
}

void plan_writer::any_condition(const condition& what, context around) const {
    if (what.kind == condition_kind::group)
        group(what, around);
    else if (what.guard_left || what.guard_right)
        guarded(what, around);
    else
        leaf(what);
}

void plan_writer::group(const condition& what, context around) const {
    const bool all = what.by == connector::all;
    const bool open = around == context::top && all && !what.negated;
    if (!open) out_ << (what.negated ? "NOT (" : "(");
    list_separator parts(out_, all ? " AND " : " OR ");
    for (const condition& child : what.children) {
        parts.next();
        any_condition(child, all ? context::all : context::any);
    }
    if (!open) out_ << ")";
}

void plan_writer::guarded(const condition& what, context around) const {
    if (around == context::any) out_ << "(";
    leaf(what);
    if (what.guard_left) not_null(what.left);
    if (what.guard_right) not_null(what.right);
    if (around == context::any) out_ << ")";
}

void plan_writer::not_null(const operand& side) const {
    out_ << " AND ";
    bare_column(side.column);
    out_ << " IS NOT NULL";
}

void plan_writer::leaf(const condition& what) const {
    if (what.kind == condition_kind::compare) return comparison(what);
    matched(what.left, what);
    if (what.kind == condition_kind::is_null) {
        out_ << (what.yes ? " IS NULL" : " IS NOT NULL");
        return;
    }
    out_ << " BETWEEN ";
    matched(what.right, what);
    out_ << " AND ";
    matched(what.high, what);
}

void plan_writer::comparison(const condition& what) const {
    switch (what.lookup) {
        case lookup_kind::iexact:
            out_ << "UPPER(";
            text(what.left);
            out_ << ") = UPPER(";
            text(what.right);
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
            matched(what.left, what);
            out_ << " = ANY(";
            matched(what.right, what);
            out_ << ")";
            return;
        default:
            matched(what.left, what);
            out_ << operator_of(what.lookup);
            matched(what.right, what);
    }
}

void plan_writer::infix(const condition& what, std::string_view op) const {
    text(what.left);
    out_ << op;
    text(what.right);
}

void plan_writer::like(const condition& what, bool fold_case, bool open_start, bool open_end) const {
    if (fold_case) out_ << "UPPER(";
    text(what.left);
    out_ << (fold_case ? ") LIKE UPPER(" : " LIKE ");
    pattern(what.right, open_start, open_end);
    if (fold_case) out_ << ")";
}

// A value is a finished pattern; a column's LIKE characters are escaped here. E'' strings mean the same under
// either setting of standard_conforming_strings.
void plan_writer::pattern(const operand& side, bool open_start, bool open_end) const {
    if (side.bound) return text(side);
    if (open_start) out_ << "'%' || ";
    out_ << "REPLACE(REPLACE(REPLACE(";
    text(side);
    out_ << R"(, E'\\', E'\\\\'), '%', E'\\%'), '_', E'\\_'))";
    if (open_end) out_ << " || '%'";
}

void plan_writer::text(const operand& side) const {
    scalar(side);
    if (side.bound ? !is_text(*side.bound) : !is_text(side.column)) out_ << "::text";
}

void plan_writer::matched(const operand& side, const condition& of) const {
    scalar(side);
    const std::string_view type = matching_type(of.left);
    if (type.empty() || of.kind == condition_kind::is_null) return;
    if (!side.bound && side.column.part == transform::time) return;
    out_ << "::" << type;
    if (side.bound ? side.bound->type.array : side.column.of->type.array) out_ << "[]";
}

}  // namespace orm::inline v0::sql
