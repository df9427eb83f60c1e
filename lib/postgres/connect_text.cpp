#include "connect_text.hpp"

#include <algorithm>

namespace orm::inline v0::postgres {
namespace {

bool is_code(std::string_view text) {
    return text.size() == 5 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
           });
}

// `connection to server at "10.0.0.1", port 5432 failed: ` repeats what our message begins with.
std::string_view without_place(std::string_view message) {
    constexpr std::string_view end = " failed: ";
    if (!message.starts_with("connection to server ")) return message;
    const auto at = message.find(end);
    return at == std::string_view::npos ? message : message.substr(at + end.size());
}

}  // namespace

refusal read_refusal(std::string_view message) {
    message = without_place(message);
    constexpr std::string_view before = ":  ";
    const auto colon = message.find(before);
    if (colon == std::string_view::npos) return {{}, std::string(message)};
    const auto code = message.substr(colon + before.size(), 5);
    const auto rest = message.substr(std::min(message.size(), colon + before.size() + 5));
    if (!is_code(code) || !rest.starts_with(": ")) return {{}, std::string(message)};
    std::string text(rest.substr(2, rest.find("\nLOCATION:") - 2));
    return {std::string(code), text};
}

}  // namespace orm::inline v0::postgres
