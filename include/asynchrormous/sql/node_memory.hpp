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

}  // namespace orm::inline v0::sql
