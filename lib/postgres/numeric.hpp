// PostgreSQL's numeric as text, exactly as the server prints it.
//
//     int16 digits | int16 weight | uint16 sign | uint16 scale | digits, each 0 to 9999
//
// The first digit counts 10000^weight; scale is how many decimals are shown (numeric.c, numeric_send).
#pragma once

#include <asynchrormous/postgres/result.hpp>

#include <string>

namespace orm::inline v0::postgres {

// Throws: decode_error.
std::string numeric_text(field_view field);

}  // namespace orm::inline v0::postgres
