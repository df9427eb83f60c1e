// What libpq says of a refused login, taken apart. There is no call for its SQLSTATE: it is read from the
// verbose text, `FATAL:  28P01: password authentication failed ...` and a line of the server's source
// position behind it.
#pragma once

#include <asynchrormous/export.hpp>

#include <string>
#include <string_view>

namespace orm::inline v0::postgres {

struct refusal {
    std::string sqlstate;  // empty: the text is libpq's own
    std::string text;
};

refusal read_refusal(std::string_view message);

}  // namespace orm::inline v0::postgres
