// When constraints are checked that can wait: foreign keys made by create_tables() wait for the commit.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace orm::inline v0 {

enum class constraint_check : std::uint8_t { deferred, immediate };

// From here to the end of the transaction: deferred to the commit, or at each statement. What was deferred
// so far is checked at once when it becomes immediate: an integrity_error then is this one's. Without names
// all constraints that are deferrable.
// Throws: transaction_management_error outside of atomic(); through the lazy, programming_error for a name
// that is of no deferrable constraint.
[[nodiscard]] ORM_EXPORT lazy<void> set_constraints(constraint_check when,
                                                    std::initializer_list<std::string_view> names = {});

}  // namespace orm::inline v0
