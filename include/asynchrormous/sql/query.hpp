// A query as an immutable value: one pointer to a persistent chain of clauses, newest first.
// Adding a clause makes one link and shares the rest, copying copies the pointer. Nothing is decided here but
// what Django checks when a method is called; the planner folds the chain when the query is rendered.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/table.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace orm::inline v0::sql {

// One term of ORDER BY. A foreign key orders by the default ordering of the model it points to (else by its
// key), unless `by_column` says that the column itself was named: "author_id" or "author__pk".
struct ordering {
    expression_ptr by{};
    bool descending = false;
    bool by_column = false;
};

enum class clause_kind : std::uint8_t { source, filter, order_by, reverse, distinct, slice, none, select };

// A link of the chain. The concrete clauses are private to lib/sql.
class ORM_EXPORT clause : public ref_counted {
public:
    clause_kind kind() const noexcept { return kind_; }
    std::uint64_t shape() const noexcept { return shape_; }
    const intrusive_ptr<const clause>& previous() const noexcept { return previous_; }
    const table& source() const noexcept { return *source_; }
    bool sliced() const noexcept { return sliced_; }

protected:
    clause(clause_kind kind, const table& source) noexcept;
    clause(clause_kind kind, intrusive_ptr<const clause> previous, std::uint64_t shape) noexcept;
    ~clause() override;

private:
    intrusive_ptr<const clause> previous_{};
    const table* source_;
    std::uint64_t shape_;
    clause_kind kind_;
    bool sliced_;
};

class ORM_EXPORT query {
public:
    // Lifetime: the table is static.
    explicit query(const table& source);

    // Throws: query_error when the query is sliced.
    [[nodiscard]] query filter(expression_ptr condition) const;
    [[nodiscard]] query exclude(expression_ptr condition) const;

    // Replaces an earlier or the model's ordering; no terms: unordered.
    // Throws: query_error when the query is sliced.
    [[nodiscard]] query order_by(std::vector<ordering> terms) const;
    [[nodiscard]] query reverse() const;
    [[nodiscard]] query distinct() const;

    // Composes with an earlier slice: [5:] then [:2] is LIMIT 2 OFFSET 5.
    [[nodiscard]] query slice(std::uint64_t offset, std::optional<std::uint64_t> limit) const;

    [[nodiscard]] query none() const;

    // The columns of each row instead of the model's; replaces an earlier selection.
    [[nodiscard]] query select(std::vector<expression_ptr> columns) const;

    const table& source() const noexcept { return head_->source(); }
    bool sliced() const noexcept { return head_->sliced(); }
    bool ordered() const noexcept;  // by order_by() or the model's meta
    bool empty() const noexcept;    // can have no rows, known without planning: none() or a slice of nothing

    // Structure without bound values, for caches of rendered text.
    std::uint64_t shape() const noexcept { return head_->shape(); }
    const clause& head() const noexcept { return *head_; }

private:
    explicit query(intrusive_ptr<const clause> head) noexcept
        : head_(static_cast<intrusive_ptr<const clause>&&>(head)) {}

    intrusive_ptr<const clause> head_;
};

}  // namespace orm::inline v0::sql
