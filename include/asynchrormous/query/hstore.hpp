// orm::hstore in models and queries; the database needs CREATE EXTENSION hstore.
// Lookups: contains, contained_by, has_key, has_keys, has_any_keys.
#pragma once

#include <asynchrormous/postgres/hstore_codec.hpp>
