// Where errors go that nobody looked at: those of lazies that were dropped without being read.
#pragma once

#include <asynchrormous/export.hpp>

#include <exception>

namespace orm::inline v0 {

using error_hook = void (*)(std::exception_ptr) noexcept;

// Null: they are dropped silently, which is the default. Threads: any. Returns: the hook before.
ORM_EXPORT error_hook set_unobserved_error_hook(error_hook hook) noexcept;

// For whoever calls back: hands it an error that has nowhere else to go.
ORM_EXPORT void tell_unobserved_error(std::exception_ptr why) noexcept;

}  // namespace orm::inline v0
