// Where the server's notices go (RAISE NOTICE, warnings): to one hook of the process, or nowhere.
// The hook runs on the loop's thread between results, never inside libpq. It must not throw and must not
// block.
#pragma once

#include <asynchrormous/export.hpp>

#include <cstdint>
#include <string>

namespace orm::inline v0 {

struct notice {
    std::string severity{};  // in English, whatever the server's language: NOTICE, WARNING, INFO, ...
    std::string sqlstate{};
    std::string message{};
    std::string detail{};
    std::string hint{};
    std::uint64_t dropped = 0;  // earlier notices of the same connection that came too fast to be kept
};

using notice_hook = void (*)(const notice&) noexcept;

// Returns: the hook before, null when there was none. Threads: any.
ORM_EXPORT notice_hook set_notice_hook(notice_hook hook) noexcept;

}  // namespace orm::inline v0
