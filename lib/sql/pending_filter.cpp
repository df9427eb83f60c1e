#include "nodes.hpp"
#include "shape.hpp"

#include <asynchrormous/sql/pending_filter.hpp>

namespace orm::inline v0::sql {

pending_filter::~pending_filter() {
    if (const expression* tree = tree_.load(std::memory_order_acquire)) tree->release();
}

void pending_filter::settle(const void* structure, std::uint64_t variant,
                            std::span<const parameter> values) noexcept {
    values_ = values;
    set_shape(mix(mix(shape(), structure), variant));
}

expression_ptr pending_filter::tree() const {
    if (const expression* known = tree_.load(std::memory_order_acquire)) return expression_ptr(known);
    expression_ptr made = make_tree();
    const expression* none = nullptr;
    made->add_ref();
    if (tree_.compare_exchange_strong(none, made.get(), std::memory_order_acq_rel)) return made;
    made->release();  // another thread was quicker
    return expression_ptr(none);
}

expression_ptr value_at(const parameter& kept) { return make_intrusive<const value_node>(&kept); }

}  // namespace orm::inline v0::sql
