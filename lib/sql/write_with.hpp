// WITH: the queries that others read by name, before the statement that reads them.
#pragma once

#include "plan.hpp"
#include "sink.hpp"

#include <span>

namespace orm::inline v0::sql {

// `also`: values of the statement that are not in the plan.
void write_with(sql_sink& out, const plan& of, std::span<const term> also = {});

}  // namespace orm::inline v0::sql
