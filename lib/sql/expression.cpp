#include "nodes.hpp"
#include "shape.hpp"

#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/expression.hpp>

namespace orm::inline v0::sql {

namespace {

std::uint64_t shape_of_path(const path& where) noexcept {
    std::uint64_t shape = mix(0, where.root);
    for (const column* hop : where.hops) shape = mix(shape, hop);
    return mix(shape, where.target);
}

std::uint64_t shape_of_type(type t) noexcept { return mix(shape_of(t.kind, t.array), t.identity); }

std::uint64_t shape_of_group(connector by, bool negated,
                             const std::vector<expression_ptr>& children) noexcept {
    std::uint64_t shape = shape_of(expression_kind::group, by, negated, children.size());
    for (const expression_ptr& child : children) shape = mix(shape, child->shape());
    return shape;
}

bool is_null_value(const expression_ptr& node) noexcept {
    const auto* bound = node_if<value_node>(node);
    return bound && !bound->bound.bytes;
}

void require_operand(const expression_ptr& node, const char* place) {
    if (!node_if<field_node>(node) && !node_if<value_node>(node))
        throw query_error(std::string("the ") + place +
                          " of a comparison is a condition: give a column or a value");
}

void append_flattened(std::vector<expression_ptr>& out, connector by, const expression_ptr& child) {
    const auto* group = node_if<group_node>(child);
    if (group && !group->negated && group->by == by)
        out.insert(out.end(), group->children.begin(), group->children.end());
    else
        out.push_back(child);
}

// Django's EmptyResultSet and FullResultSet: one of them decides the group, the other one leaves it.
// What is no condition leaves it too, and never decides.
expression_ptr make_group(connector by, const std::vector<expression_ptr>& conditions) {
    const bool decisive = by == connector::any;
    std::vector<expression_ptr> children;
    children.reserve(conditions.size());
    bool emptied = false;
    for (const expression_ptr& child : conditions) {
        if (!child) continue;
        const auto* constant = node_if<constant_node>(child);
        if (!constant)
            append_flattened(children, by, child);
        else if (constant->everything == decisive)
            return child;
        else
            emptied = true;
    }
    if (children.empty() && !emptied) return nullptr;
    if (children.empty()) return decisive ? nothing() : everything();
    if (children.size() == 1) return children.front();
    return make_intrusive<const group_node>(by, false, std::move(children));
}

}  // namespace

expression::~expression() = default;

constant_node::constant_node(bool all) : expression(node_kind, shape_of(node_kind, all)), everything(all) {}

value_node::value_node(parameter value)
    : expression(node_kind, mix(shape_of(node_kind), shape_of_type(value.type))), bound(std::move(value)) {}

field_node::field_node(const path& column, transform of)
    : expression(node_kind, mix(shape_of(node_kind, of), shape_of_path(column))), where(column), part(of) {}

compare_node::compare_node(lookup_kind how, expression_ptr a, expression_ptr b, bool null_in_list)
    : expression(node_kind, shape_of(node_kind, how, null_in_list, a->shape(), b->shape())),
      lookup(how),
      left(std::move(a)),
      right(std::move(b)),
      with_null(null_in_list) {}

between_node::between_node(expression_ptr of, expression_ptr from, expression_ptr to)
    : expression(node_kind, shape_of(node_kind, of->shape(), from->shape(), to->shape())),
      left(std::move(of)),
      low(std::move(from)),
      high(std::move(to)) {}

is_null_node::is_null_node(expression_ptr operand, bool want_null)
    : expression(node_kind, shape_of(node_kind, want_null, operand->shape())),
      of(std::move(operand)),
      yes(want_null) {}

group_node::group_node(connector how, bool inverted, std::vector<expression_ptr> parts)
    : expression(node_kind, shape_of_group(how, inverted, parts)),
      by(how),
      negated(inverted),
      children(std::move(parts)) {}

expression_ptr field(const path& where, transform part) {
    return make_intrusive<const field_node>(where, part);
}

expression_ptr value(parameter bound) { return make_intrusive<const value_node>(std::move(bound)); }

expression_ptr compare(lookup_kind lookup, expression_ptr left, expression_ptr right) {
    if (lookup == lookup_kind::range || lookup == lookup_kind::isnull)
        throw query_error("range and isnull are no comparisons of two values: use between() and is_null()");
    require_operand(left, "left side");
    require_operand(right, "right side");
    if (is_null_value(right)) {
        if (lookup == lookup_kind::exact || lookup == lookup_kind::iexact)
            return is_null(std::move(left), true);
        throw query_error("nothing compares with NULL by this lookup: use isnull");
    }
    return make_intrusive<const compare_node>(lookup, std::move(left), std::move(right));
}

expression_ptr in_list(expression_ptr left, parameter list, bool had_null) {
    require_operand(left, "left side");
    return make_intrusive<const compare_node>(lookup_kind::in, std::move(left), value(std::move(list)),
                                              had_null);
}

expression_ptr between(expression_ptr left, expression_ptr low, expression_ptr high) {
    require_operand(left, "left side");
    require_operand(low, "lower bound");
    require_operand(high, "upper bound");
    if (is_null_value(low) || is_null_value(high))
        throw query_error("a bound of a range is NULL: use gte or lte for a range with one bound");
    return make_intrusive<const between_node>(std::move(left), std::move(low), std::move(high));
}

expression_ptr is_null(expression_ptr of, bool yes) {
    require_operand(of, "operand");
    return make_intrusive<const is_null_node>(std::move(of), yes);
}

expression_ptr all_of(std::vector<expression_ptr> conditions) {
    return make_group(connector::all, conditions);
}

expression_ptr any_of(std::vector<expression_ptr> conditions) {
    return make_group(connector::any, conditions);
}

expression_ptr negate(expression_ptr condition) {
    if (!condition) return nullptr;
    if (const auto* constant = node_if<constant_node>(condition))
        return constant->everything ? nothing() : everything();
    const auto* group = node_if<group_node>(condition);
    if (!group) {
        std::vector<expression_ptr> only;
        only.push_back(std::move(condition));
        return make_intrusive<const group_node>(connector::all, true, std::move(only));
    }
    if (group->negated && group->children.size() == 1) return group->children.front();
    return make_intrusive<const group_node>(group->by, !group->negated, group->children);
}

expression_ptr nothing() { return make_intrusive<const constant_node>(false); }

expression_ptr everything() { return make_intrusive<const constant_node>(true); }

}  // namespace orm::inline v0::sql
