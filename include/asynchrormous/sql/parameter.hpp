// A bound value: its type, and its bytes in PostgreSQL's binary format, encoded when the query is built.
// Values are never written into SQL text.
#pragma once

#include <asynchrormous/sql/node_memory.hpp>
#include <asynchrormous/sql/type.hpp>

#include <optional>
#include <string>
#include <vector>

namespace orm::inline v0::sql {

struct parameter {
    sql::type type{};
    std::optional<std::string> bytes{};  // nullopt is NULL

    friend bool operator==(const parameter&, const parameter&) = default;
};

// Those of a statement.
using parameter_list = std::vector<parameter, node_allocator<parameter>>;

}  // namespace orm::inline v0::sql
