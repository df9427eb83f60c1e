// Creating and dropping the tables of models. Each gives a lazy: orm::create_tables<Author, Book>().get() in
// plain code, co_await in a coroutine.
#pragma once

#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <span>

namespace orm::inline v0 {

namespace schema {

// All tables or none: the statements travel as one, in the open transaction if there is one.
ORM_EXPORT lazy<void> run_create(std::span<const sql::table* const> tables);
ORM_EXPORT lazy<void> run_drop(std::span<const sql::table* const> tables);

}  // namespace schema

// Tables, constraints and indexes of the models, in an order that their foreign keys allow.
// Throws, when read: programming_error when a table is there already.
template <class... Models>
[[nodiscard]] lazy<void> create_tables() {
    static constexpr auto tables = tables_of<Models...>();
    return schema::run_create(tables);
}

// Drops those of the tables that exist.
// Throws, when read: a database_error when others still refer to them.
template <class... Models>
[[nodiscard]] lazy<void> drop_tables() {
    static constexpr auto tables = tables_of<Models...>();
    return schema::run_drop(tables);
}

}  // namespace orm::inline v0
