// Names in the text of a path, "author__name". Every lookup of a program is resolved by these while it is
// compiled, so they do with few steps of constant evaluation.
#pragma once

#include <cstddef>
#include <string_view>

namespace orm::inline v0::model_detail {

constexpr bool same_bytes(const char* a, const char* b, std::size_t size) {
#ifdef __clang__
    return __builtin_memcmp(a, b, size) == 0;  // one step
#else
    for (std::size_t i = 0; i < size; ++i)
        if (a[i] != b[i]) return false;
    return true;
#endif
}

constexpr bool same_text(std::string_view a, std::string_view b) {
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): both have this size
    return a.size() == b.size() && (a.empty() || same_bytes(a.data(), b.data(), a.size()));
}

// The name, up to the end of the text or to "__".
constexpr bool begins_with_name(std::string_view text, std::string_view name) {
    if (name.size() > text.size() || name.empty()) return false;
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the text is as long as the name, or longer
    if (!same_bytes(text.data(), name.data(), name.size())) return false;
    const char* behind = text.data() + name.size();
    const std::size_t left = text.size() - name.size();
    return left == 0 || (left > 1 && behind[0] == '_' && behind[1] == '_');
}

// What comes before the first "__".
constexpr std::string_view first_segment(std::string_view text) {
    const char* begin = text.data();
    const std::size_t size = text.size();
    for (std::size_t i = 1; i < size; ++i)
        if (begin[i] == '_' && begin[i - 1] == '_') return {begin, i - 1};
    return text;
}

}  // namespace orm::inline v0::model_detail
