// The concrete nodes behind expression_ptr: data only. What a node is made of is in its operands, in the
// order given here.
#pragma once

#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/query.hpp>

#include <utility>
#include <vector>

namespace orm::inline v0::sql {

enum class connector : std::uint8_t { all, any, odd };

struct constant_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::constant;
    explicit constant_node(bool all);
    const bool everything;
};

struct value_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::value;
    explicit value_node(parameter value);
    explicit value_node(const parameter* kept);

private:
    const parameter own_{};

public:
    const parameter& bound;
};

struct field_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::field;
    explicit field_node(const path& column, std::string_view relation = {});
    const path where;
    const std::string_view through;  // not empty: a relation of the query, where the path begins
};

struct named_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::named;
    named_node(std::string_view of, sql::type type);
    const std::string_view name;
};

struct outer_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::outer;
    outer_node(std::string_view of, std::uint32_t levels, sql::type type);
    const std::string_view name;
    const std::uint32_t level;
};

struct call_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::call;
    call_node(const function& what, operand_list arguments, sql::type result);
    const function by;
};

// How an ordering's term is written; the term itself is an operand.
struct direction {
    bool descending = false;
    nulls_order nulls = nulls_order::unset;
};

// arguments, terms of the ordering, the filter
struct aggregate_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::aggregate;
    aggregate_node(aggregate_parts&& parts, bool with_filter);
    const std::string_view function;
    const bool distinct;
    const bool filtered;
    const std::vector<direction> order;

    std::size_t arguments() const noexcept { return operands().size() - order.size() - filtered; }
};

// function, partition, terms of the ordering
struct window_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::window;
    window_node(window_parts&& parts, sql::type result);
    const window_frame frame;
    const std::vector<direction> order;

    std::size_t partitions() const noexcept { return operands().size() - order.size() - 1; }
};

// condition, value, condition, value, …, otherwise when there is one
struct choice_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::choice;
    choice_node(operand_list all, sql::type result);

    std::size_t branches() const noexcept { return operands().size() / 2; }
    bool has_otherwise() const noexcept { return operands().size() % 2 != 0; }
};

// No operands: what `outer` binds belongs to the query around it.
struct subquery_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::subquery;
    subquery_node(subquery_kind how, query of, std::vector<outer_binding> bindings, sql::type result);
    const subquery_kind by;
    const query rows;
    const std::vector<outer_binding> outer;
};

// left, right
struct compare_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::compare;
    compare_node(lookup_kind how, expression_ptr a, expression_ptr b, std::string_view spelled = {},
                 bool null_in_list = false);
    const lookup_kind lookup;
    const bool with_null;         // NULL was dropped from the list: under a negation it counts
    const std::string_view text;  // of a custom lookup
};

// left, low, high
struct between_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::between;
    between_node(expression_ptr of, expression_ptr from, expression_ptr to);
};

// of
struct is_null_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::is_null;
    is_null_node(expression_ptr operand, bool want_null);
    const bool yes;
};

// Never empty and never holding constants: all_of(), any_of() and negate() see to that. The children are
// conditions, or the boolean value that truth() was given.
struct group_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::group;
    group_node(connector how, bool inverted, std::vector<expression_ptr> parts);
    const connector by;
    const bool negated;
};

template <class Node>
const Node* node_if(const expression_ptr& node) noexcept {
    return node && node->kind() == Node::node_kind ? static_cast<const Node*>(node.get()) : nullptr;
}

// Requires: the node is one.
template <class Node>
const Node& node_as(const expression& node) noexcept {
    return static_cast<const Node&>(node);
}

}  // namespace orm::inline v0::sql
