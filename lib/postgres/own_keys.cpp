#include "own_keys.hpp"

#include <algorithm>
#include <cstddef>

namespace orm::inline v0::postgres {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view spaces = " \t\r\n\f\v";

bool is_url(std::string_view text) {
    return text.starts_with("postgresql://") || text.starts_with("postgres://");
}

std::optional<std::string> take_from_url(std::string& text, std::string_view key) {
    std::optional<std::string> found;
    for (std::size_t at = text.rfind('?'); at < text.size() && at != npos;) {
        const std::size_t end = std::min(text.find('&', at + 1), text.size());
        const std::string_view one = std::string_view(text).substr(at + 1, end - at - 1);
        if (one.substr(0, one.find('=')) != key || one.size() == key.size()) {
            at = end;
            continue;
        }
        found = one.substr(key.size() + 1);
        // The first one leaves its question mark to the next.
        const bool keeps_mark = text[at] == '?' && end < text.size();
        text.erase(at + keeps_mark, end - at);
    }
    return found;
}

// The end of a value that begins at `at`: quoted, or up to a space; a backslash takes what follows with it.
std::size_t end_of_value(std::string_view text, std::size_t at) {
    const bool quoted = at < text.size() && text[at] == '\'';
    for (at += quoted; at < text.size(); ++at) {
        if (quoted && text[at] == '\'') return at + 1;
        if (!quoted && spaces.find(text[at]) != npos) return at;
        if (text[at] == '\\') ++at;
    }
    return text.size();
}

std::optional<std::string> take_from_keywords(std::string& text, std::string_view key) {
    std::optional<std::string> found;
    std::size_t at = text.find_first_not_of(spaces);
    while (at != npos) {
        const std::size_t equals = text.find('=', at);
        if (equals == npos) break;
        const std::string_view before = std::string_view(text).substr(at, equals - at);
        const std::string_view name = before.substr(0, before.find_last_not_of(spaces) + 1);
        const std::size_t value = std::min(text.find_first_not_of(spaces, equals + 1), text.size());
        const std::size_t end = end_of_value(text, value);
        if (name == key) {
            found = text.substr(value, end - value);
            text.erase(at, end - at);
        } else {
            at = end;
        }
        at = text.find_first_not_of(spaces, at);
    }
    return found;
}

}  // namespace

std::optional<std::string> take_own_key(std::string& text, std::string_view key) {
    return is_url(text) ? take_from_url(text, key) : take_from_keywords(text, key);
}

}  // namespace orm::inline v0::postgres
