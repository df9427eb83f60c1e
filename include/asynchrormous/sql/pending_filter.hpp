// A filter whose condition is no tree yet: of the structure that stands in the program text, only the values
// are made. The tree is made when the text of a query of this shape is not known.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/parameter.hpp>
#include <asynchrormous/sql/query.hpp>

#include <atomic>
#include <cstdint>
#include <span>

namespace orm::inline v0::sql {

// Threads: any, as nodes.
class ORM_EXPORT pending_filter : public clause {
public:
    // In an order that only the structure decides.
    std::span<const parameter> values() const noexcept { return values_; }

    // Made once. Its value nodes refer to values(): it lives as long as this.
    expression_ptr tree() const;

protected:
    explicit pending_filter(intrusive_ptr<const clause> previous) noexcept
        : clause(clause_kind::pending_filter, static_cast<intrusive_ptr<const clause>&&>(previous), 0) {}
    ~pending_filter() override;

    // What it is: the structure, of which the number of values is a part, by the address of something static,
    // and how it varies beside the values.
    void settle(const void* structure, std::uint64_t variant, std::span<const parameter> values) noexcept;

private:
    virtual expression_ptr make_tree() const = 0;

    std::span<const parameter> values_{};
    mutable std::atomic<const expression*> tree_ = nullptr;  // a reference
};

// A value that somebody else keeps. Lifetime: at least the node's.
ORM_EXPORT expression_ptr value_at(const parameter& kept);

}  // namespace orm::inline v0::sql
