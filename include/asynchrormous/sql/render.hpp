// From a query to PostgreSQL text and its bound parameters: plan first, then write the frozen plan.
// Parameters stand in the order of their $n. Pure functions: no database, no clock, no state.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/parameter.hpp>
#include <asynchrormous/sql/query.hpp>
#include <asynchrormous/sql/quote.hpp>
#include <asynchrormous/sql/shared_text.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace orm::inline v0::sql {

// The value of one column in an UPDATE, of the same row: no field of a related model. A parameter in it has
// the column's type.
struct assignment {
    const column* target = nullptr;
    expression_ptr value{};
};

struct statement {
    shared_text text{};
    parameter_list parameters{};
    // Known to match no row: there is no text and nothing to ask. The caller answers with no rows, a count of
    // zero, aggregates of nothing (count 0, others NULL), zero rows changed.
    bool empty = false;
    bool locks = false;  // rows, until the end of the transaction: without one it has no meaning
    bool plain = false;  // reads, and nothing in the tree calls a function, asks for the time or locks
    intrusive_ptr<ref_counted> note{};  // the caller's, for whoever reads the answer
};

// The select() list, else the model's columns in table order. With distinct() the columns of the ordering
// that are not selected follow; callers read the leading ones.
ORM_EXPORT statement render_select(const query& rows);

// One row, one bigint: the number of rows of `rows`, its slice and distinct() respected.
ORM_EXPORT statement render_count(const query& rows);

// One row when there is any, else none. What the row holds is of no meaning.
ORM_EXPORT statement render_exists(const query& rows);

// One row with one column for each term: aggregates, and what is computed from them.
ORM_EXPORT statement render_aggregate(const query& rows, std::span<const expression_ptr> terms);

// Ordering, distinct() and select() play no part. `returning`: values of each changed row, as it is after an
// update and was before a delete; subqueries may look at other rows.
// Throws: query_error when `rows` is sliced or combined or has a distinct_on(), when a value is of a related
// model or an aggregate, when there are no terms.
ORM_EXPORT statement render_update(const query& rows, std::span<const assignment> terms,
                                   std::span<const selected_column> returning = {});
ORM_EXPORT statement render_delete(const query& rows, std::span<const selected_column> returning = {});

// Text only: parameters are bound row by row, columns in the given order. No columns: rows of defaults.
// Throws: query_error for no rows, and for more than 65535 parameters.
ORM_EXPORT std::string render_insert(const table& into, std::span<const column* const> columns,
                                     std::size_t rows, std::span<const column* const> returning);

// An INSERT of one row that sets the other columns when its primary key is there already. `defaulted` columns
// follow `columns` in the parameters: DEFAULT in a new row, their values in one that is there. One that is
// there is left alone unless its `version` is the last parameter. Requires: the primary key is among
// `columns`.
ORM_EXPORT std::string render_upsert(const table& into, std::span<const column* const> columns,
                                     std::span<const column* const> defaulted,
                                     std::span<const column* const> returning,
                                     const column* version = nullptr);

// An UPDATE of the one row whose primary key is the last parameter, or whose key and `version` are the last
// two; the others are the columns' values.
ORM_EXPORT std::string render_update_row(const table& of, std::span<const column* const> columns,
                                         std::span<const column* const> returning,
                                         const column* version = nullptr);

// What an INSERT does with a row that a unique constraint or index refuses.
struct conflict_rule {
    enum class action : std::uint8_t { refuse, do_nothing, update };

    action then = action::refuse;
    std::vector<const column*> target{};     // of the constraint; none: of any, for do_nothing only
    std::vector<const column*> overwrite{};  // set to what was to be inserted
    std::vector<assignment> set{};           // of the row that is there
};

// " ON CONFLICT …" with its parameters, which follow `before` others; empty to refuse.
// Throws: query_error for values of a related model and aggregates.
ORM_EXPORT statement render_conflict(const table& into, const conflict_rule& rule, std::size_t before);

// INSERT of rows from one array parameter a column, inserted in the arrays' order. `conflict` is the text of
// render_conflict().
ORM_EXPORT std::string render_insert_arrays(const table& into, std::span<const column* const> columns,
                                            std::string_view conflict,
                                            std::span<const column* const> returning);

// The same where the database makes the keys by db_default: the answers come in the arrays' order.
ORM_EXPORT std::string render_insert_arrays_with_keys(const table& into,
                                                      std::span<const column* const> columns,
                                                      std::span<const column* const> returning);

// INSERT of `rows` rows, a parameter for each value.
ORM_EXPORT std::string render_insert_rows(const table& into, std::span<const column* const> columns,
                                          std::size_t rows, std::string_view conflict,
                                          std::span<const column* const> returning);

// UPDATE of rows by their key. The first column is the key; parameters: an array a column, or with `rows` a
// parameter for each value.
ORM_EXPORT std::string render_update_arrays(const table& of, std::span<const column* const> columns);
ORM_EXPORT std::string render_update_rows(const table& of, std::span<const column* const> columns,
                                          std::size_t rows);

}  // namespace orm::inline v0::sql
