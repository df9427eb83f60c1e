// Memory for the nodes of query trees: a query makes and drops a dozen of them, so each thread keeps a few
// blocks of each size at hand.
#pragma once

#include <asynchrormous/export.hpp>

#include <cstddef>

namespace orm::inline v0::sql {

// Throws: std::bad_alloc.
ORM_EXPORT void* allocate_node(std::size_t size);

// On any thread, with the size that was asked for.
ORM_EXPORT void free_node(void* memory, std::size_t size) noexcept;

// The same for containers of few elements.
template <class T>
struct node_allocator {
    using value_type = T;

    node_allocator() = default;
    template <class U>
    node_allocator(const node_allocator<U>&) noexcept {}

    T* allocate(std::size_t count) { return static_cast<T*>(allocate_node(count * sizeof(T))); }
    void deallocate(T* memory, std::size_t count) noexcept { free_node(memory, count * sizeof(T)); }

    friend bool operator==(const node_allocator&, const node_allocator&) noexcept { return true; }
};

}  // namespace orm::inline v0::sql
