// What a transaction may be told when it begins (PostgreSQL documentation, chapter 13.2 and SET TRANSACTION).
#pragma once

#include <asynchrormous/postgres/database.hpp>

#include <cstdint>
#include <optional>

namespace orm::inline v0 {

enum class isolation : std::uint8_t {
    session_default,  // that of the server, in general read_committed
    read_committed,
    repeatable_read,  // one snapshot; a row that somebody changed meanwhile is a serialization_failure
    serializable,     // as if one transaction ran after the other, else serialization_failure: see retry()
};

struct transaction_options {
    std::optional<database> using_{};  // where; none: the open transaction's database, else the default
    orm::isolation isolation = isolation::session_default;
    bool read_only = false;   // the server refuses to write
    bool deferrable = false;  // of a serializable, read-only one: waits for a snapshot that cannot fail
    bool durable = false;     // refuses to be nested: when it returns, it is committed
    bool savepoint = true;  // nested, false: none; an error that leaves the block ends what is around it too

    // Nothing that must be said to the server when it begins.
    bool plain() const noexcept {
        return isolation == isolation::session_default && !read_only && !deferrable;
    }
};

}  // namespace orm::inline v0
