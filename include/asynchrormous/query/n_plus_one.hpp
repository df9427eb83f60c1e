// A development mode that finds queries in loops: the same statement, asked again and again for the rows of
// one result. Off, it costs nothing.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/callback.hpp>

#include <cstddef>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>

namespace orm::inline v0 {

// The same statement ran this often for keys or related members of the rows of one result.
struct n_plus_one {
    std::string_view model{};      // of the rows: "Book"
    std::string_view member{};     // what was read of them: "author"
    std::string_view statement{};  // that was repeated
    std::string_view query{};      // that the rows came from
    std::size_t times = 0;
    // Where the QuerySet was written that the rows came from: its async(), all() or the loop over it.
    std::optional<std::source_location> where{};

    // One line that says all this, and what to write instead.
    ORM_EXPORT std::string text() const;
};

// From now on, a statement that runs more than `threshold` times for rows of one result that is read on this
// thread after this call is reported, once for each statement and result. No report: on stderr. 0: off again.
// The report must not throw.
ORM_EXPORT void detect_n_plus_one(std::size_t threshold = 5, callback<const n_plus_one&> report = {});

}  // namespace orm::inline v0
