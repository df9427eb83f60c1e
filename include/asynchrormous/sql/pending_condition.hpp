// A condition that is no tree yet: of the structure that stands in the program text, only the values are
// made. The tree is made when the text of a query of this shape is not known.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/node_memory.hpp>
#include <asynchrormous/sql/parameter.hpp>

#include <atomic>
#include <cstdint>
#include <span>

namespace orm::inline v0::sql {

// Threads: any, as nodes.
class ORM_EXPORT pending_condition : public ref_counted {
public:
    static void* operator new(std::size_t size) { return allocate_node(size); }
    static void operator delete(void* memory, std::size_t size) noexcept { free_node(memory, size); }

    // The structure without the values, as of an expression.
    std::uint64_t shape() const noexcept { return shape_; }

    // In an order that only the structure decides.
    std::span<const parameter> values() const noexcept { return values_; }

    // Made once. Its value nodes refer to values(): it lives as long as this.
    expression_ptr tree() const;

protected:
    pending_condition() = default;
    ~pending_condition() override;

    // What it is: the structure by the address of something static, and how it varies beside the values.
    void settle(const void* structure, std::uint64_t variant, std::span<const parameter> values) noexcept;

private:
    virtual expression_ptr make_tree() const = 0;

    std::uint64_t shape_ = 0;
    std::span<const parameter> values_{};
    mutable std::atomic<const expression*> tree_ = nullptr;  // a reference
};

using pending_ptr = intrusive_ptr<const pending_condition>;

// A value that somebody else keeps. Lifetime: at least the node's.
ORM_EXPORT expression_ptr value_at(const parameter& kept);

}  // namespace orm::inline v0::sql
