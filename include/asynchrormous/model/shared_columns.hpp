// Groups of columns that many models have, ready to be embedded:
//     struct Book { …; orm::embedded<orm::timestamps> times{}; orm::embedded<orm::soft_deletion> deletion{};
//     };
// Their columns are the model's: book.times.created_at, filter("deleted_at__isnull"_k = true).
#pragma once

#include <asynchrormous/model/embedded.hpp>
#include <asynchrormous/model/meta.hpp>
#include <asynchrormous/sql/timestamp.hpp>

#include <optional>

namespace orm::inline v0 {

// When the row was created and when it was saved last, by this program's clock.
struct timestamps {
    timestamptz created_at{};
    timestamptz updated_at{};

    static constexpr auto meta =
        orm::meta(column<&timestamps::created_at>(auto_now_add), column<&timestamps::updated_at>(auto_now));
};

// Rows that are deleted stay: delete_() writes the moment here (query/soft_deletion.hpp).
struct soft_deletion {
    std::optional<timestamptz> deleted_at{};
};

}  // namespace orm::inline v0
