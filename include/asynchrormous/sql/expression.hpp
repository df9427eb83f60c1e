// Conditions and values of a query as a tree of immutable, counted nodes.
// Nodes are dumb data: joins, NULL guards and SQL text are decided by the planner and the renderer. A node
// may be shared by any number of queries and threads.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/sql/parameter.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstdint>
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
};

// Parts of dates and times. Of a timestamptz they are those of the instant in UTC.
enum class transform : std::uint8_t {
    none,
    year,
    iso_year,
    quarter,
    month,
    week,          // ISO 8601
    week_day,      // Sunday is 1, Saturday is 7
    iso_week_day,  // Monday is 1, Sunday is 7
    day,
    hour,
    minute,
    second,
    date,
    time,
};

enum class expression_kind : std::uint8_t { constant, value, field, compare, between, is_null, group };

class ORM_EXPORT expression : public ref_counted {
public:
    expression_kind kind() const noexcept { return kind_; }

    // A hash of the structure without the bound values: equal trees over other values have equal shapes.
    std::uint64_t shape() const noexcept { return shape_; }

protected:
    expression(expression_kind kind, std::uint64_t shape) noexcept : shape_(shape), kind_(kind) {}
    ~expression() override;

private:
    std::uint64_t shape_;
    expression_kind kind_;
};

using expression_ptr = intrusive_ptr<const expression>;

// A column, reached over foreign keys. Lifetime: what the path points to is static.
ORM_EXPORT expression_ptr field(const path& where, transform part = transform::none);

ORM_EXPORT expression_ptr value(parameter bound);

// `left` is a field(), `right` a value() or a field(). For `in` the value is an array without NULLs. For the
// LIKE family a value holds the finished, escaped pattern; a field on the right is escaped in SQL.
// Throws: query_error for `range` and `isnull`, which are between() and is_null().
ORM_EXPORT expression_ptr compare(lookup_kind lookup, expression_ptr left, expression_ptr right);

// `left = ANY(list)`, the list an array from which NULLs were dropped. No row is in a list because it is
// NULL; but where the list had a NULL, the negation leaves NULL rows out, as Django does.
ORM_EXPORT expression_ptr in_list(expression_ptr left, parameter list, bool had_null);

ORM_EXPORT expression_ptr between(expression_ptr left, expression_ptr low, expression_ptr high);

ORM_EXPORT expression_ptr is_null(expression_ptr of, bool yes);

// Connectors as in Django's Q: children that are plain groups of the same connector are flattened, a group
// of one is its child. A null pointer is no condition: groups leave it out, a group of none is one, and
// neither filter() nor exclude() makes a difference by it.
ORM_EXPORT expression_ptr all_of(std::vector<expression_ptr> conditions);
ORM_EXPORT expression_ptr any_of(std::vector<expression_ptr> conditions);

// Negating twice gives the condition back.
ORM_EXPORT expression_ptr negate(expression_ptr condition);

// No row and every row: groups absorb or drop them when they are built, so they only ever stand alone.
ORM_EXPORT expression_ptr nothing();
ORM_EXPORT expression_ptr everything();

}  // namespace orm::inline v0::sql
