// Names of constraints and indexes: the same for the same model, whatever else is in the database.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace orm::inline v0::schema {

// "book_author_id_fkey"; beyond PostgreSQL's 63 bytes the middle is replaced by a hash of the whole.
std::string object_name(std::string_view table, std::span<const std::string_view> columns,
                        std::string_view suffix);

}  // namespace orm::inline v0::schema
