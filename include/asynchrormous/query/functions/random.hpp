// Random identifiers made by the database.
#pragma once

#include <asynchrormous/query/call.hpp>
#include <asynchrormous/sql/uuid.hpp>

namespace orm::inline v0 {

// Version 4. UUID7 needs a PostgreSQL that has it (18): Func<"UUIDV7()", orm::uuid>().
constexpr auto UUID4() { return query_detail::make_call<"GEN_RANDOM_UUID()", fixed<uuid>>(); }
constexpr auto RandomUUID() { return UUID4(); }

}  // namespace orm::inline v0
