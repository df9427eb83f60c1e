// Values: columns, bound values, calls, aggregates, windows, CASE and subqueries.
#include "plan_writer.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace orm::inline v0::sql {

void plan_writer::value(const term& of) const {
    if (!of.reference.empty()) {
        out_.identifier(of.reference);
        return;
    }
    switch (of.kind()) {
        case expression_kind::field:
            return column(of.column);
        case expression_kind::value:
            out_.bind(node_as<value_node>(*of.node).bound);
            return;
        case expression_kind::named:
            return value(of.parts[0]);
        case expression_kind::outer:
            return around_->value(of.parts[0]);
        case expression_kind::call:
            return call(node_as<call_node>(*of.node).by.text, of);
        case expression_kind::aggregate:
            return aggregate(of);
        case expression_kind::window:
            return over(of);
        case expression_kind::choice:
            return choice(of);
        case expression_kind::subquery:
            return subquery(of);
        default:
            out_ << "(";
            condition(of, context::top);
            out_ << ")";
    }
}

void plan_writer::column(const column_ref& of) const {
    out_.identifier(plan_.joins.at(of.source).alias) << ".";
    out_.identifier(of.of->name);
}

void plan_writer::key() const { column({0, &plan_.root->key()}); }

// {0} is the first argument, {*} are all.
void plan_writer::call(std::string_view text, const term& of) const {
    out_.call();
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{')) {
        out_ << text.substr(0, open);
        const std::size_t close = text.find('}', open);
        const std::string_view mark = text.substr(open + 1, close - open - 1);
        text.remove_prefix(close + 1);
        if (mark == "*") {
            values(of, 0, of.parts.size());
            continue;
        }
        std::size_t position = 0;
        for (const char digit : mark) position = position * 10 + static_cast<std::size_t>(digit - '0');
        if (position >= of.parts.size())
            throw query_error("a function's text names the argument {" + std::string(mark) +
                              "}, which it was not given");
        value(of.parts[position]);
    }
    out_ << text;
}

void plan_writer::values(const term& of, std::size_t first, std::size_t count) const {
    list_separator list(out_, ", ");
    for (std::size_t i = 0; i < count; ++i) {
        list.next();
        value(of.parts[first + i]);
    }
}

void plan_writer::direction_of(const direction& how) const {
    out_ << (how.descending ? " DESC" : " ASC");
    if (how.nulls != nulls_order::unset)
        out_ << (how.nulls == nulls_order::first ? " NULLS FIRST" : " NULLS LAST");
}

void plan_writer::terms(const term& of, std::size_t first, const std::vector<direction>& how) const {
    if (how.empty()) return;
    out_ << "ORDER BY ";
    list_separator list(out_, ", ");
    for (std::size_t i = 0; i < how.size(); ++i) {
        list.next();
        value(of.parts[first + i]);
        direction_of(how[i]);
    }
}

namespace {

// Aggregates of PostgreSQL itself, which only compute; others may be anybody's.
bool is_builtin(std::string_view function) noexcept {
    constexpr std::array<std::string_view, 5> known{"COUNT", "SUM", "AVG", "MIN", "MAX"};
    return std::find(known.begin(), known.end(), function) != known.end();
}

}  // namespace

void plan_writer::aggregate(const term& of) const {
    const auto& node = node_as<aggregate_node>(*of.node);
    if (!is_builtin(node.function)) out_.call();
    out_ << node.function << (node.distinct ? "(DISTINCT " : "(");
    const std::size_t arguments = node.arguments();
    if (arguments == 0) out_ << "*";
    values(of, 0, arguments);
    if (!node.order.empty()) out_ << " ";
    terms(of, arguments, node.order);
    out_ << ")";
    if (!node.filtered) return;
    out_ << " FILTER (WHERE ";
    condition(of.parts.back(), context::top);
    out_ << ")";
}

void plan_writer::over(const term& of) const {
    const auto& node = node_as<window_node>(*of.node);
    value(of.parts[0]);
    out_ << " OVER (";
    const std::size_t partitions = node.partitions();
    if (partitions > 0) {
        out_ << "PARTITION BY ";
        values(of, 1, partitions);
    }
    if (partitions > 0 && !node.order.empty()) out_ << " ";
    terms(of, 1 + partitions, node.order);
    frame(node.frame);
    out_ << ")";
}

namespace {

void write_bound(sql_sink& out, const frame_bound& bound, bool end) {
    if (bound.unbounded)
        out << (end ? "UNBOUNDED FOLLOWING" : "UNBOUNDED PRECEDING");
    else if (bound.offset == 0)
        out << "CURRENT ROW";
    else if (bound.offset < 0)
        out << std::to_string(-bound.offset) << " PRECEDING";
    else
        out << std::to_string(bound.offset) << " FOLLOWING";
}

}  // namespace

void plan_writer::frame(const window_frame& of) const {
    if (of.mode == frame_mode::none) return;
    out_ << (of.mode == frame_mode::rows     ? " ROWS BETWEEN "
             : of.mode == frame_mode::groups ? " GROUPS BETWEEN "
                                             : " RANGE BETWEEN ");
    write_bound(out_, of.start, false);
    out_ << " AND ";
    write_bound(out_, of.end, true);
    switch (of.exclusion) {
        case frame_exclusion::none:
            return;
        case frame_exclusion::current_row:
            out_ << " EXCLUDE CURRENT ROW";
            return;
        case frame_exclusion::group:
            out_ << " EXCLUDE GROUP";
            return;
        case frame_exclusion::ties:
            out_ << " EXCLUDE TIES";
    }
}

void plan_writer::choice(const term& of) const {
    const auto& node = node_as<choice_node>(*of.node);
    out_ << "CASE";
    for (std::size_t i = 0; i < node.branches(); ++i) {
        out_ << " WHEN ";
        condition(of.parts[2 * i], context::top);
        out_ << " THEN ";
        value(of.parts[2 * i + 1]);
    }
    if (node.has_otherwise()) {
        out_ << " ELSE ";
        value(of.parts.back());
    }
    out_ << " END";
}

// A query that can have no rows is not asked.
void plan_writer::exists(const plan& inner) const {
    if (inner.empty) {
        out_ << "FALSE";
        return;
    }
    out_ << "EXISTS(";
    plan_writer(out_, inner, this).any_row();
    out_ << ")";
}

void plan_writer::subquery(const term& of) const {
    const auto& node = node_as<subquery_node>(*of.node);
    const plan_writer inside(out_, *of.inner, this);
    switch (node.by) {
        case subquery_kind::exists:
            return exists(*of.inner);
        case subquery_kind::array:
            if (of.inner->empty) {
                out_ << "ARRAY[]::" << name_of(node.type());
                return;
            }
            out_ << "ARRAY(";
            break;
        case subquery_kind::scalar:
            if (of.inner->empty) {
                out_ << "NULL";
                return;
            }
            out_ << "(";
            break;
    }
    inside.rows();
    out_ << ")";
}

}  // namespace orm::inline v0::sql
