// orm::bit_string, orm::money, orm::xml, orm::tsvector and orm::nd_array<T> in models and queries.
#pragma once

#include <asynchrormous/postgres/more_codecs.hpp>
#include <asynchrormous/postgres/nd_array_codec.hpp>
