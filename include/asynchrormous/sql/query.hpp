// A query as an immutable value: one pointer to a persistent chain of clauses, newest first.
// Adding a clause makes one link and shares the rest, copying copies the pointer. Nothing is decided here but
// what Django checks when a method is called; the planner folds the chain when the query is rendered.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/node_memory.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace orm::inline v0::sql {

// A column of select(): its name in the result, empty where it needs none. Lifetime: the name is static.
struct selected_column {
    std::string_view name{};
    expression_ptr what{};
};

enum class clause_kind : std::uint8_t {
    source,
    from,
    tree,
    relate,
    with,
    combine,
    filter,
    pending_filter,
    order_by,
    reverse,
    distinct,
    distinct_on,
    slice,
    none,
    select,
    annotate,
    lock,
    load,
};

enum class combinator : std::uint8_t { union_all, union_distinct, intersection, difference };

// Whether the server computes a query under a name once and keeps its rows, or as part of what reads it.
// automatic: kept when it is recursive or read more than once.
enum class materialization : std::uint8_t { automatic, always, never };

// How the columns of a query become those of its name. `columns`: for each column of the query its place
// among the table's, or unread_column; empty: one after the other. Lifetime: the places are static.
inline constexpr std::uint16_t unread_column = 0xffff;
struct source_options {
    std::span<const std::uint16_t> columns{};
    materialization keep = materialization::automatic;
};

// How the rows of a SELECT are locked until the end of the transaction, strongest first (PostgreSQL
// documentation, chapter 13.3.2).
enum class row_lock : std::uint8_t { update, no_key_update, share, key_share };

// What to do where somebody else has the lock.
enum class lock_wait : std::uint8_t { wait, nowait, skip_locked };

struct locking {
    row_lock strength = row_lock::update;
    lock_wait when_locked = lock_wait::wait;
    // The related rows that are locked, each by a path that ends in its key or in a key to it; one without a
    // target: the rows themselves. None: all that the query joins. Lifetime: what they point to is static.
    std::vector<path> of{};
};

// What comes with the rows of a query: how it gets to them is known to the layer that made it. Of what the
// query itself has to join, the hops to each row; its columns follow all others of the result.
class ORM_EXPORT loading : public ref_counted {
public:
    const std::vector<std::vector<hop>>& joined() const noexcept { return joined_; }

protected:
    loading() = default;
    ~loading() override;

    std::vector<std::vector<hop>> joined_{};
};

// A link of the chain. The concrete clauses are private to lib/sql.
class ORM_EXPORT clause : public ref_counted {
public:
    static void* operator new(std::size_t size) { return allocate_node(size); }
    static void operator delete(void* memory, std::size_t size) noexcept { free_node(memory, size); }

    clause_kind kind() const noexcept { return kind_; }
    std::uint64_t shape() const noexcept { return shape_; }
    const intrusive_ptr<const clause>& previous() const noexcept { return previous_; }
    const table& source() const noexcept { return *source_; }
    bool sliced() const noexcept { return has(clause_kind::slice); }
    bool combined() const noexcept { return has(clause_kind::combine); }
    bool locked() const noexcept { return has(clause_kind::lock); }
    bool loads() const noexcept { return has(clause_kind::load); }

protected:
    clause(clause_kind kind, const table& source, std::uint64_t shape) noexcept;
    clause(clause_kind kind, intrusive_ptr<const clause> previous, std::uint64_t shape) noexcept;
    ~clause() override;

    // Requires: nobody else knows the clause yet.
    void set_shape(std::uint64_t whole) noexcept { shape_ = whole; }

private:
    bool has(clause_kind kind) const noexcept { return (kinds_ >> static_cast<unsigned>(kind) & 1) != 0; }

    intrusive_ptr<const clause> previous_{};
    const table* source_;
    std::uint64_t shape_;
    std::uint32_t kinds_;  // of all clauses of the chain, a bit each
    clause_kind kind_;
};

class pending_filter;

enum class tree_direction : std::uint8_t { down, up };

class ORM_EXPORT query {
public:
    // Lifetime: the table is static.
    explicit query(const table& source);

    // The rows of another query under the name of `as`, whose columns stand for that query's in their order:
    // WITH name AS (…), written once however often it is read. Where `rows` is a union with something that
    // reads query(as) itself, it is a recursive one. Lifetime: the table is static.
    [[nodiscard]] static query from(const table& as, query rows, source_options how = {});

    // Such a query for paths that lead into the table of `as`, and for subqueries that read query(as).
    [[nodiscard]] query with(const table& as, query rows) const;

    // The keys in a tree, for subquery() only: see sql::tree().
    [[nodiscard]] static query of_tree(query seeds, const column& key, tree_direction direction);

    // Throws: query_error when the query is sliced.
    [[nodiscard]] query filter(expression_ptr condition) const;
    [[nodiscard]] query exclude(expression_ptr condition) const;
    // What a pending filter follows, and the rows that it leaves. Throws: as filter().
    intrusive_ptr<const clause> before_filter(bool negated) const;
    [[nodiscard]] static query filtered(intrusive_ptr<const pending_filter> last) noexcept;

    // Replaces an earlier or the model's ordering; no terms: unordered.
    // Throws: query_error when the query is sliced.
    [[nodiscard]] query order_by(std::vector<ordering> terms) const;
    // Lifetime: the terms are static; where they are is their structure.
    [[nodiscard]] query order_by_names(std::span<const ordering> terms) const;
    [[nodiscard]] query reverse() const;
    [[nodiscard]] query distinct() const;

    // Composes with an earlier slice: [5:] then [:2] is LIMIT 2 OFFSET 5.
    [[nodiscard]] query slice(std::uint64_t offset, std::optional<std::uint64_t> limit) const;

    [[nodiscard]] query none() const;

    // The columns of each row instead of the model's; replaces an earlier selection. Annotations that are
    // added later follow them. What is aggregated later is grouped by these columns.
    [[nodiscard]] query select(std::vector<selected_column> columns) const;

    // A value under a name, which later clauses may use as named(). Not selected: an alias. Lifetime: the
    // name is static. Throws: query_error when the name is taken.
    [[nodiscard]] query annotate(std::string_view name, expression_ptr what, bool selected = true) const;

    // A relation under a name of its own, joined only to the rows that meet the condition (Django's
    // FilteredRelation): fields are reached through it by field(path, name), in the condition too. Lifetime:
    // name and path are static. Throws: query_error when the name is taken.
    [[nodiscard]] query relate(std::string_view name, std::span<const hop> to,
                               expression_ptr condition) const;

    // The first row, in the query's order, for each combination of these values; the rows keep that order.
    [[nodiscard]] query distinct_on(std::vector<expression_ptr> terms) const;

    // The rows of this query and of others, combined. Columns are those of this query. What follows may order
    // by the columns, slice, and select(), which then selects in each of the queries.
    [[nodiscard]] query combine(combinator how, std::vector<query> others) const;

    // Rows that nobody else can change before the transaction ends; replaces an earlier one. count() and
    // aggregates have no rows to lock. Throws: query_error when the query is combined.
    [[nodiscard]] query lock(locking how) const;

    // Replaces what an earlier call said. Throws: query_error after union_() and its like; `method` names who
    // asks for it.
    [[nodiscard]] query load(intrusive_ptr<const loading> what, const char* method) const;
    // Null: only the rows.
    intrusive_ptr<const loading> loads() const noexcept;

    // The slice taken for each group of rows that are equal in `by`, instead of for all of them; the query
    // is not sliced afterwards. `more` is a further condition on the rows that are numbered. Throws:
    // query_error when something was added after the slice.
    [[nodiscard]] query slice_within(expression_ptr by, expression_ptr more) const;

    const table& source() const noexcept { return head_->source(); }
    bool sliced() const noexcept { return head_->sliced(); }
    bool ordered() const noexcept;  // by order_by() or the model's meta
    bool combined() const noexcept { return head_->combined(); }
    bool empty() const noexcept;  // can have no rows, known without planning: none() or a slice of nothing

    // Structure without bound values, for caches of rendered text.
    std::uint64_t shape() const noexcept { return head_->shape(); }
    const clause& head() const noexcept { return *head_; }

private:
    explicit query(intrusive_ptr<const clause> head) noexcept
        : head_(static_cast<intrusive_ptr<const clause>&&>(head)) {}

    intrusive_ptr<const clause> head_;
};

// What an outer() of the subquery means: an expression of the query around it.
struct outer_binding {
    std::string_view name{};
    std::uint32_t level = 1;
    expression_ptr what{};
};

enum class subquery_kind : std::uint8_t { scalar, exists, array };

// (SELECT …), EXISTS(SELECT 1 …), ARRAY(SELECT …). On the right of `in` it is a scalar one. Its rows are
// those of the query with its selection, or the primary key.
ORM_EXPORT expression_ptr subquery(subquery_kind kind, query rows, std::vector<outer_binding> outer,
                                   type result);

// On the right of `in`: the keys of the seeds, of what refers to them by `key`, of what refers to those …
// (down), or of what they refer to (up). Circles end where they began. Seeds are selected as in subquery().
// Requires: `key` is a foreign key to its own table.
ORM_EXPORT expression_ptr tree(query seeds, const column& key, tree_direction direction,
                               std::vector<outer_binding> outer = {});

}  // namespace orm::inline v0::sql
