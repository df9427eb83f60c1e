// Plain structs as PostgreSQL's composite types: a struct with a database_type.
//     CREATE TYPE address AS (street text, number integer);
//     struct Address { std::string street{}; int number = 0; };
//     template <> struct orm::database_type<Address> : orm::named<"address"> {};
// Its members are the type's attributes in their order, and of exactly their types: text, not varchar(n).
// create_tables does not make the type.
#pragma once

#include <asynchrormous/postgres/composite_codec.hpp>
