// What delete_() throws when rows still refer to what was to be deleted.
#pragma once

#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/query/decode.hpp>
#include <asynchrormous/sql/table.hpp>

#include <exception>
#include <string>

namespace orm::inline v0 {

// Rows of referencing_table() keep it: on_delete::protect.
class ORM_EXPORT protected_error : public foreign_key_violation {
public:
    using foreign_key_violation::foreign_key_violation;
    ~protected_error() override;

    const std::string& referencing_table() const noexcept { return report().table; }
};

// on_delete::restrict, where the delete is a transaction of its own; in another one it is refused when that
// ends, by a foreign_key_violation, as do_nothing always is. The rule is known of keys between models that
// relations lead to from the one that was deleted; of others it is a protected_error.
class ORM_EXPORT restricted_error final : public protected_error {
public:
    using protected_error::protected_error;
    ~restricted_error() override;
};

namespace query_detail {

struct ORM_EXPORT decode_deleted : decode_affected {
    explicit decode_deleted(const sql::table& from) : deleted(&from) {}

    // The error instead of the server's.
    std::exception_ptr failed(std::exception_ptr why) const noexcept;

    const sql::table* deleted;
};

}  // namespace query_detail

}  // namespace orm::inline v0
