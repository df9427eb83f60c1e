// What delete_() throws when rows still refer to what was to be deleted.
#pragma once

#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/query/decode.hpp>

#include <exception>
#include <string>

namespace orm::inline v0 {

// Rows of referencing_table() keep it: on_delete::protect, or restrict and do_nothing where the delete is a
// transaction of its own (in another one these are refused when that ends, by a foreign_key_violation).
class ORM_EXPORT protected_error : public foreign_key_violation {
public:
    using foreign_key_violation::foreign_key_violation;
    ~protected_error() override;

    const std::string& referencing_table() const noexcept { return report().table; }
};

namespace query_detail {

struct ORM_EXPORT decode_deleted : decode_affected {
    // The error instead of the server's.
    std::exception_ptr failed(std::exception_ptr why) const noexcept;
};

}  // namespace query_detail

}  // namespace orm::inline v0
