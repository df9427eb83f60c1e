// NOTIFY: told to all who listen when the transaction commits, at once outside of one.
#pragma once

#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/postgres/notifications.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <optional>
#include <string_view>

namespace orm::inline v0 {

// In the open transaction, else on the thread's default database or `using_`. Equal notifications of one
// transaction are told once. The payload is at most 7,999 bytes: send the key of a row, not the row.
// Throws: query_error for a name or a payload that PostgreSQL does not take; nothing was sent then.
[[nodiscard]] ORM_EXPORT lazy<void> notify(std::string_view channel, std::string_view payload = {},
                                           const std::optional<database>& using_ = {});

}  // namespace orm::inline v0
