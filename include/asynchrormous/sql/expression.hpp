// Conditions and values of a query as a tree of immutable, counted nodes.
// Nodes are dumb data: joins, NULL guards, grouping and SQL text are decided by the planner and the renderer.
// A node may be shared by any number of queries and threads.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/sql/node_memory.hpp>
#include <asynchrormous/sql/parameter.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace orm::inline v0::sql {

enum class lookup_kind : std::uint8_t {
    exact,
    iexact,
    contains,
    icontains,
    startswith,
    istartswith,
    endswith,
    iendswith,
    in,
    gt,
    gte,
    lt,
    lte,
    range,
    isnull,
    regex,
    iregex,
    custom,  // spelled by a text of its own: "{0} && {1}"
};

enum class expression_kind : std::uint8_t {
    // conditions
    constant,
    compare,
    between,
    is_null,
    group,
    // values
    value,
    field,
    named,
    outer,
    call,
    aggregate,
    window,
    choice,
    subquery,
};

constexpr bool is_condition(expression_kind kind) noexcept { return kind <= expression_kind::group; }

class expression;
using expression_ptr = intrusive_ptr<const expression>;

// The operands of a node, few of them in place.
class operand_list {
public:
    operand_list() = default;
    operand_list(expression_ptr only);
    operand_list(expression_ptr first, expression_ptr second);
    operand_list(expression_ptr first, expression_ptr second, expression_ptr third);
    ORM_EXPORT explicit operand_list(std::vector<expression_ptr>&& from);
    operand_list(operand_list&& from) noexcept;
    operand_list(const operand_list&) = delete;
    operand_list& operator=(const operand_list&) = delete;
    ~operand_list();

    std::span<const expression_ptr> all() const noexcept { return {many_ ? many_ : few_, size_}; }

private:
    static constexpr std::uint32_t in_place = 3;

    expression_ptr* many_ = nullptr;  // owned; null: few_
    expression_ptr few_[in_place];
    std::uint32_t size_ = 0;
};

class ORM_EXPORT expression : public ref_counted {
public:
    static void* operator new(std::size_t size) { return allocate_node(size); }
    static void operator delete(void* memory, std::size_t size) noexcept { free_node(memory, size); }

    // What a tree has in it, its own node included. A subquery hides what is inside but for outer references.
    enum content : std::uint8_t { nothing_special = 0, has_aggregate = 1, has_window = 2, has_outer = 4 };

    expression_kind kind() const noexcept { return kind_; }

    // A hash of the structure without the bound values: equal trees over other values have equal shapes.
    std::uint64_t shape() const noexcept { return shape_; }

    // Of the value it has; unknown where only the database knows.
    const sql::type& type() const noexcept { return type_; }

    bool has(content what) const noexcept { return (content_ & what) != 0; }

    // In the order given in lib/sql/nodes.hpp.
    std::span<const expression_ptr> operands() const noexcept { return operands_.all(); }

protected:
    expression(expression_kind kind, sql::type type, operand_list operands, std::uint64_t shape,
               std::uint8_t own = nothing_special) noexcept;
    ~expression() override;

private:
    operand_list operands_;
    sql::type type_;
    std::uint64_t shape_;
    expression_kind kind_;
    std::uint8_t content_;
};

inline operand_list::operand_list(expression_ptr only) : few_{std::move(only), {}, {}}, size_(1) {}
inline operand_list::operand_list(expression_ptr first, expression_ptr second)
    : few_{std::move(first), std::move(second), {}}, size_(2) {}
inline operand_list::operand_list(expression_ptr first, expression_ptr second, expression_ptr third)
    : few_{std::move(first), std::move(second), std::move(third)}, size_(3) {}
inline operand_list::operand_list(operand_list&& from) noexcept
    : many_(std::exchange(from.many_, nullptr)),
      few_{std::move(from.few_[0]), std::move(from.few_[1]), std::move(from.few_[2])},
      size_(std::exchange(from.size_, 0)) {}
inline operand_list::~operand_list() {
    if (many_) delete[] many_;
}

// --- values ------------------------------------------------------------------------------------------------

// A column, reached over relations. Lifetime: what the path points to is static.
ORM_EXPORT expression_ptr field(const path& where);

// The same beyond a relation that the query has under a name. Lifetime: the name is static.
ORM_EXPORT expression_ptr field(const path& where, std::string_view through);

ORM_EXPORT expression_ptr value(parameter bound);

// An annotation of the query, by name. Lifetime: the name is static.
ORM_EXPORT expression_ptr named(std::string_view name, type of);

// A field or annotation of a query around this one (1: the next one out), which the subquery's
// outer_binding of the same name and level says. Lifetime: the name is static.
ORM_EXPORT expression_ptr outer(std::string_view name, std::uint32_t level, type of);

// `text` spells it: {0}, {1}, … are the arguments, {*} all of them separated by commas. Braces have no other
// use in it. Strict: NULL as soon as one argument is NULL. Lifetime: the text is static, and never built from
// data.
struct function {
    std::string_view text{};
    bool strict = true;
};
ORM_EXPORT expression_ptr call(const function& by, operand_list arguments, type result);

enum class nulls_order : std::uint8_t { unset, first, last };

// One term of ORDER BY. A foreign key orders by the default ordering of the model it points to (else by its
// key), unless `by_column` says that the column itself was named: "author_id" or "author__pk".
struct ordering {
    expression_ptr by{};
    bool descending = false;
    bool by_column = false;
    nulls_order nulls = nulls_order::unset;
};

// `function` is a static name, "SUM"; what is around it (a cast, a COALESCE) is a call of it. No arguments:
// "*". Filter: null for none.
struct aggregate_parts {
    std::string_view function{};
    std::vector<expression_ptr> arguments{};
    bool distinct = false;
    expression_ptr filter{};
    std::vector<ordering> order{};
    type result{};
};
ORM_EXPORT expression_ptr aggregate(aggregate_parts parts);

enum class frame_mode : std::uint8_t { none, rows, range, groups };
enum class frame_exclusion : std::uint8_t { none, current_row, group, ties };

// A bound of a frame: unbounded, else rows before (negative), at (0) or after the current one.
struct frame_bound {
    bool unbounded = false;
    std::int64_t offset = 0;

    friend bool operator==(const frame_bound&, const frame_bound&) = default;
};
struct window_frame {
    frame_mode mode = frame_mode::none;
    frame_bound start{true, 0};
    frame_bound end{};
    frame_exclusion exclusion = frame_exclusion::none;

    friend bool operator==(const window_frame&, const window_frame&) = default;
};

// `function` is a call or an aggregate.
struct window_parts {
    expression_ptr function{};
    std::vector<expression_ptr> partition{};
    std::vector<ordering> order{};
    window_frame frame{};
};
ORM_EXPORT expression_ptr window(window_parts parts);

// CASE WHEN first THEN second …; `otherwise` null: NULL. Branches that can never be taken are dropped, one
// that always is ends it.
ORM_EXPORT expression_ptr choice(std::vector<std::pair<expression_ptr, expression_ptr>> branches,
                                 expression_ptr otherwise, type result);

// --- conditions --------------------------------------------------------------------------------------------

// For `in` the right side is an array value without NULLs, or a subquery. For the LIKE family a value holds
// the finished, escaped pattern; any other expression on the right is escaped in SQL.
// Throws: query_error for `range` and `isnull`, which are between() and is_null().
ORM_EXPORT expression_ptr compare(lookup_kind lookup, expression_ptr left, expression_ptr right);

// A lookup spelled by its own text with {0} and {1}. Lifetime: the text is static.
ORM_EXPORT expression_ptr compare_by(std::string_view text, expression_ptr left, expression_ptr right);

// `left = ANY(list)`, the list an array value from which NULLs were dropped. No row is in a list because it
// is NULL; but where the list had a NULL, the negation leaves NULL rows out, as Django does.
ORM_EXPORT expression_ptr in_list(expression_ptr left, expression_ptr list, bool had_null);

ORM_EXPORT expression_ptr between(expression_ptr left, expression_ptr low, expression_ptr high);

ORM_EXPORT expression_ptr is_null(expression_ptr of, bool yes);

// Any boolean value as a condition: a column, a call, an EXISTS. Conditions stay as they are.
ORM_EXPORT expression_ptr truth(expression_ptr of);

// Connectors as in Django's Q: children that are plain groups of the same connector are flattened, a group
// of one is its child. A null pointer is no condition: groups leave it out, a group of none is one, and
// neither filter() nor exclude() makes a difference by it.
ORM_EXPORT expression_ptr all_of(std::vector<expression_ptr> conditions);
ORM_EXPORT expression_ptr any_of(std::vector<expression_ptr> conditions);
// An odd number of them holds; NULL counts as not holding.
ORM_EXPORT expression_ptr odd_of(std::vector<expression_ptr> conditions);

// Negating twice gives the condition back.
ORM_EXPORT expression_ptr negate(expression_ptr condition);

// No row and every row: groups absorb or drop them when they are built, so they only ever stand alone.
ORM_EXPORT expression_ptr nothing();
ORM_EXPORT expression_ptr everything();

}  // namespace orm::inline v0::sql
