// The statements that make and remove the tables of models, as text; running them is the query layer's part.
// Names of constraints and indexes follow from tables and columns: "book_author_id_fkey". Foreign keys are
// DEFERRABLE INITIALLY DEFERRED as Django's are: rows may refer to each other until the transaction ends.
//   on_delete   cascade, set_null, set_default: ON DELETE CASCADE, SET NULL, SET DEFAULT
//               protect:  ON DELETE RESTRICT, refused at once
//               restrict, do_nothing: ON DELETE NO ACTION, refused unless the referring rows go in the same
//               transaction
// PostgreSQL's enums of C++ enums with a database_type are made where they are missing, and never dropped.
// The table between the two sides of a many_to_many without a through model comes and goes with the table of
// the model that has the many_to_many.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/sql/table.hpp>

#include <span>
#include <string>
#include <vector>

namespace orm::inline v0::schema {

// Tables come after those they refer to; foreign keys that close a circle are added at the end, then indexes.
// Referenced tables that are not in the list must exist already.
// Throws: query_error for names that PostgreSQL cannot have.
ORM_EXPORT std::vector<std::string> create_statements(std::span<const sql::table* const> tables);

// One DROP TABLE IF EXISTS for all of them, so that circles need no CASCADE. Empty for no tables.
ORM_EXPORT std::vector<std::string> drop_statements(std::span<const sql::table* const> tables);

}  // namespace orm::inline v0::schema
