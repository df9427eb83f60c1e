// Keys of a connection string that are the library's own: taken out before libpq, which refuses what it does
// not know, reads the rest.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace orm::inline v0::postgres {

// Of a URL's query or a keyword string; the last one counts, as with libpq. Returns: its value as written,
// nothing when the key is not there.
std::optional<std::string> take_own_key(std::string& text, std::string_view key);

}  // namespace orm::inline v0::postgres
