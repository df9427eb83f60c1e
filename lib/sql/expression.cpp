#include "nodes.hpp"
#include "shape.hpp"

#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/expression.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

namespace {

constexpr type boolean{type_kind::boolean};

std::uint64_t shape_of_path(const path& where) noexcept {
    std::uint64_t shape = mix(where.hops.size(), where.root);
    for (const hop& each : where.hops) shape = mix(mix(shape, each.from), each.to);
    return mix(shape, where.target);
}

std::uint64_t shape_of_type(type t) noexcept {
    return mix(static_cast<std::uint64_t>(t.kind) << 1 | t.array, t.identity);
}

std::uint64_t shape_of_directions(const std::vector<direction>& order) noexcept {
    std::uint64_t shape = shape_of(order.size());
    for (const direction& each : order) shape = mix(shape, shape_of(each.descending, each.nulls));
    return shape;
}

std::uint64_t shape_of_bound(const frame_bound& bound) noexcept {
    return shape_of(bound.unbounded, static_cast<std::uint64_t>(bound.offset));
}

std::uint64_t shape_of_frame(const window_frame& frame) noexcept {
    return mix(mix(shape_of(frame.mode, frame.exclusion), shape_of_bound(frame.start)),
               shape_of_bound(frame.end));
}

std::uint8_t content_of(const std::vector<outer_binding>& outer) noexcept {
    std::uint8_t content = expression::nothing_special;
    for (const outer_binding& each : outer)
        if (each.what->has(expression::has_outer)) content |= expression::has_outer;
    return content;
}

std::uint64_t shape_of_bindings(const std::vector<outer_binding>& outer) noexcept {
    std::uint64_t shape = shape_of(outer.size());
    for (const outer_binding& each : outer)
        shape = mix(mix(mix(shape, shape_of_text(each.name)), each.level), each.what->shape());
    return shape;
}

void append_terms(std::vector<expression_ptr>& operands, std::vector<ordering>& terms) {
    for (ordering& term : terms) operands.push_back(std::move(term.by));
}

operand_list operands_of(aggregate_parts& parts) {
    std::vector<expression_ptr> all = std::move(parts.arguments);
    append_terms(all, parts.order);
    if (parts.filter) all.push_back(std::move(parts.filter));
    return operand_list(std::move(all));
}

operand_list operands_of(window_parts& parts) {
    std::vector<expression_ptr> all;
    all.push_back(std::move(parts.function));
    for (expression_ptr& by : parts.partition) all.push_back(std::move(by));
    append_terms(all, parts.order);
    return operand_list(std::move(all));
}

std::vector<direction> directions_of(const std::vector<ordering>& terms) {
    std::vector<direction> order;
    order.reserve(terms.size());
    for (const ordering& term : terms) order.push_back({term.descending, term.nulls});
    return order;
}

bool is_null_value(const expression_ptr& node) noexcept {
    const auto* bound = node_if<value_node>(node);
    return bound && !bound->bound.bytes;
}

void require_value(const expression_ptr& node, const char* place) {
    if (!node) throw query_error(std::string("the ") + place + " of a lookup is missing");
}

// The constant that a condition is, or null.
const constant_node* decided(const expression_ptr& condition) noexcept {
    return node_if<constant_node>(condition);
}

void append_flattened(std::vector<expression_ptr>& out, connector by, const expression_ptr& child) {
    const auto* group = node_if<group_node>(child);
    if (group && !group->negated && group->by == by)
        out.insert(out.end(), group->operands().begin(), group->operands().end());
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
        const constant_node* constant = decided(child);
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

operand_list::operand_list(std::vector<expression_ptr>&& from)
    : many_(from.size() > in_place ? new expression_ptr[from.size()] : nullptr),
      size_(static_cast<std::uint32_t>(from.size())) {
    std::move(from.begin(), from.end(), many_ ? many_ : few_);
}

expression::expression(expression_kind kind, sql::type type, operand_list operands, std::uint64_t shape,
                       std::uint8_t own) noexcept
    : operands_(std::move(operands)),
      type_(type),
      shape_(mix(static_cast<std::uint64_t>(kind) << 32 | operands_.all().size(), shape)),
      kind_(kind),
      content_(own) {
    for (const expression_ptr& operand : operands_.all()) {
        shape_ = mix(shape_, operand->shape_);
        content_ = static_cast<std::uint8_t>(content_ | operand->content_);
    }
}

expression::~expression() = default;

constant_node::constant_node(bool all) : expression(node_kind, boolean, {}, shape_of(all)), everything(all) {}

value_node::value_node(parameter value)
    : expression(node_kind, value.type, {}, shape_of_type(value.type)), own_(std::move(value)), bound(own_) {}

value_node::value_node(const parameter* kept)
    : expression(node_kind, kept->type, {}, shape_of_type(kept->type)), bound(*kept) {}

field_node::field_node(const path& column, std::string_view relation)
    : expression(node_kind, column.target->type, {}, mix(shape_of_path(column), shape_of_text(relation))),
      where(column),
      through(relation) {}

named_node::named_node(std::string_view of, sql::type type)
    : expression(node_kind, type, {}, shape_of_text(of)), name(of) {}

outer_node::outer_node(std::string_view of, std::uint32_t levels, sql::type type)
    : expression(node_kind, type, {}, mix(shape_of_text(of), levels), has_outer), name(of), level(levels) {}

call_node::call_node(const function& what, operand_list arguments, sql::type result)
    : expression(node_kind, result, std::move(arguments),
                 mix(shape_of_text(what.text), shape_of_type(result))),
      by(what) {}

aggregate_node::aggregate_node(aggregate_parts&& parts, bool with_filter)
    : expression(node_kind, parts.result, operands_of(parts),
                 mix(mix(shape_of_text(parts.function), shape_of(parts.distinct, with_filter)),
                     mix(shape_of_type(parts.result), shape_of_directions(directions_of(parts.order)))),
                 has_aggregate),
      function(parts.function),
      distinct(parts.distinct),
      filtered(with_filter),
      order(directions_of(parts.order)) {}

window_node::window_node(window_parts&& parts, sql::type result)
    : expression(node_kind, result, operands_of(parts),
                 mix(shape_of_frame(parts.frame), shape_of_directions(directions_of(parts.order))),
                 has_window),
      frame(parts.frame),
      order(directions_of(parts.order)) {}

choice_node::choice_node(operand_list all, sql::type result)
    : expression(node_kind, result, std::move(all), shape_of_type(result)) {}

subquery_node::subquery_node(subquery_kind how, query of, std::vector<outer_binding> bindings,
                             sql::type result)
    : expression(node_kind, result, {}, mix(mix(of.shape(), shape_of(how)), shape_of_bindings(bindings)),
                 content_of(bindings)),
      by(how),
      rows(std::move(of)),
      outer(std::move(bindings)) {}

compare_node::compare_node(lookup_kind how, expression_ptr a, expression_ptr b, std::string_view spelled,
                           bool null_in_list)
    : expression(node_kind, boolean, operand_list(std::move(a), std::move(b)),
                 mix(static_cast<std::uint64_t>(how) << 1 | null_in_list, spelled.data())),
      lookup(how),
      with_null(null_in_list),
      text(spelled) {}

between_node::between_node(expression_ptr of, expression_ptr from, expression_ptr to)
    : expression(node_kind, boolean, operand_list(std::move(of), std::move(from), std::move(to)), 0) {}

is_null_node::is_null_node(expression_ptr operand, bool want_null)
    : expression(node_kind, boolean, operand_list(std::move(operand)), shape_of(want_null)), yes(want_null) {}

group_node::group_node(connector how, bool inverted, std::vector<expression_ptr> parts)
    : expression(node_kind, boolean, operand_list(std::move(parts)), shape_of(how, inverted)),
      by(how),
      negated(inverted) {}

expression_ptr field(const path& where) { return make_intrusive<const field_node>(where); }

expression_ptr field(const path& where, std::string_view through) {
    return make_intrusive<const field_node>(where, through);
}

expression_ptr value(parameter bound) { return make_intrusive<const value_node>(std::move(bound)); }

expression_ptr named(std::string_view name, type of) { return make_intrusive<const named_node>(name, of); }

expression_ptr outer(std::string_view name, std::uint32_t level, type of) {
    return make_intrusive<const outer_node>(name, level, of);
}

expression_ptr call(const function& by, operand_list arguments, type result) {
    return make_intrusive<const call_node>(by, std::move(arguments), result);
}

expression_ptr aggregate(aggregate_parts parts) {
    const bool filtered = static_cast<bool>(parts.filter);
    return make_intrusive<const aggregate_node>(std::move(parts), filtered);
}

expression_ptr window(window_parts parts) {
    require_value(parts.function, "function");
    const type result = parts.function->type();
    return make_intrusive<const window_node>(std::move(parts), result);
}

expression_ptr choice(std::vector<std::pair<expression_ptr, expression_ptr>> branches,
                      expression_ptr otherwise, type result) {
    std::vector<expression_ptr> all;
    all.reserve(branches.size() * 2 + 1);
    for (auto& [condition, then] : branches) {
        const constant_node* constant = decided(condition);
        if (constant && !constant->everything) continue;
        if (constant || !condition) {
            otherwise = std::move(then);
            break;
        }
        all.push_back(std::move(condition));
        all.push_back(std::move(then));
    }
    if (all.empty()) return otherwise ? otherwise : value({result, std::nullopt});
    if (otherwise) all.push_back(std::move(otherwise));
    return make_intrusive<const choice_node>(operand_list(std::move(all)), result);
}

expression_ptr subquery(subquery_kind kind, query rows, std::vector<outer_binding> outer, type result) {
    return make_intrusive<const subquery_node>(kind, std::move(rows), std::move(outer), result);
}

expression_ptr tree(query seeds, const column& key, tree_direction direction,
                    std::vector<outer_binding> outer) {
    return subquery(subquery_kind::scalar, query::of_tree(std::move(seeds), key, direction), std::move(outer),
                    key.type);
}

expression_ptr compare(lookup_kind lookup, expression_ptr left, expression_ptr right) {
    if (lookup == lookup_kind::range || lookup == lookup_kind::isnull || lookup == lookup_kind::custom)
        throw query_error(
            "range, isnull and custom are no comparisons of two values: use between(), is_null() and "
            "compare_by()");
    require_value(left, "left side");
    require_value(right, "right side");
    if (is_null_value(right)) {
        if (lookup == lookup_kind::exact || lookup == lookup_kind::iexact)
            return is_null(std::move(left), true);
        throw query_error("nothing compares with NULL by this lookup: use isnull");
    }
    return make_intrusive<const compare_node>(lookup, std::move(left), std::move(right));
}

expression_ptr compare_by(std::string_view text, expression_ptr left, expression_ptr right) {
    require_value(left, "left side");
    require_value(right, "right side");
    return make_intrusive<const compare_node>(lookup_kind::custom, std::move(left), std::move(right), text);
}

expression_ptr in_list(expression_ptr left, expression_ptr list, bool had_null) {
    require_value(left, "left side");
    return make_intrusive<const compare_node>(lookup_kind::in, std::move(left), std::move(list),
                                              std::string_view(), had_null);
}

expression_ptr between(expression_ptr left, expression_ptr low, expression_ptr high) {
    require_value(left, "left side");
    require_value(low, "lower bound");
    require_value(high, "upper bound");
    if (is_null_value(low) || is_null_value(high))
        throw query_error("a bound of a range is NULL: use gte or lte for a range with one bound");
    return make_intrusive<const between_node>(std::move(left), std::move(low), std::move(high));
}

expression_ptr is_null(expression_ptr of, bool yes) {
    require_value(of, "operand");
    return make_intrusive<const is_null_node>(std::move(of), yes);
}

expression_ptr truth(expression_ptr of) {
    if (!of || is_condition(of->kind())) return of;
    if (of->type().kind != type_kind::boolean && of->type().kind != type_kind::unknown)
        throw query_error("a condition has to be a boolean value, not " + std::string(name_of(of->type())));
    return of;
}

expression_ptr all_of(std::vector<expression_ptr> conditions) {
    return make_group(connector::all, conditions);
}

expression_ptr any_of(std::vector<expression_ptr> conditions) {
    return make_group(connector::any, conditions);
}

// Constants count: what always holds turns the rest round.
expression_ptr odd_of(std::vector<expression_ptr> conditions) {
    std::vector<expression_ptr> children;
    bool turned = false;
    bool any = false;
    for (const expression_ptr& child : conditions) {
        any = any || child;
        if (const constant_node* constant = decided(child))
            turned = turned != constant->everything;
        else if (child)
            append_flattened(children, connector::odd, child);
    }
    if (!any) return nullptr;
    if (children.empty()) return turned ? everything() : nothing();
    expression_ptr made = children.size() == 1
                              ? children.front()
                              : make_intrusive<const group_node>(connector::odd, false, std::move(children));
    return turned ? negate(std::move(made)) : made;
}

expression_ptr negate(expression_ptr condition) {
    if (!condition) return nullptr;
    if (const auto* constant = node_if<constant_node>(condition))
        return constant->everything ? nothing() : everything();
    const auto* group = node_if<group_node>(condition);
    const std::span<const expression_ptr> children = condition->operands();
    if (!group) {
        std::vector<expression_ptr> only;
        only.push_back(std::move(condition));
        return make_intrusive<const group_node>(connector::all, true, std::move(only));
    }
    if (group->negated && children.size() == 1) return children.front();
    return make_intrusive<const group_node>(group->by, !group->negated,
                                            std::vector<expression_ptr>(children.begin(), children.end()));
}

expression_ptr nothing() { return make_intrusive<const constant_node>(false); }

expression_ptr everything() { return make_intrusive<const constant_node>(true); }

}  // namespace orm::inline v0::sql
