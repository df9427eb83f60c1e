// The concrete nodes behind expression_ptr: data only.
#pragma once

#include <asynchrormous/sql/expression.hpp>

#include <utility>
#include <vector>

namespace orm::inline v0::sql {

enum class connector : std::uint8_t { all, any };

struct constant_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::constant;
    explicit constant_node(bool all);
    const bool everything;
};

struct value_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::value;
    explicit value_node(parameter value);
    const parameter bound;
};

struct field_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::field;
    field_node(const path& column, transform of);
    const path where;
    const transform part;
};

struct compare_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::compare;
    compare_node(lookup_kind how, expression_ptr a, expression_ptr b, bool null_in_list = false);
    const lookup_kind lookup;
    const expression_ptr left, right;
    const bool with_null;  // NULL was dropped from the list: under a negation it counts
};

struct between_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::between;
    between_node(expression_ptr of, expression_ptr from, expression_ptr to);
    const expression_ptr left, low, high;
};

struct is_null_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::is_null;
    is_null_node(expression_ptr operand, bool want_null);
    const expression_ptr of;
    const bool yes;
};

// Never empty and never holding constants: all_of(), any_of() and negate() see to that.
struct group_node final : expression {
    static constexpr expression_kind node_kind = expression_kind::group;
    group_node(connector how, bool inverted, std::vector<expression_ptr> parts);
    const connector by;
    const bool negated;
    const std::vector<expression_ptr> children;
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
