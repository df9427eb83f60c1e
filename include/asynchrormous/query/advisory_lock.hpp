// Advisory locks: locks on numbers of your own, which the server keeps but gives no meaning (PostgreSQL
// documentation, chapter 13.3.5). Those of a transaction end with it; those of a session hold a connection
// until they are given up.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace orm::inline v0 {

namespace postgres {
class held_session;
}

// What is locked: one number, two smaller ones (another space of locks), or the hash of a name, which is the
// same everywhere and for ever.
class advisory_key {
public:
    constexpr advisory_key(std::int64_t number) noexcept : high_(number) {}
    constexpr advisory_key(std::int32_t kind, std::int32_t number) noexcept
        : high_(kind), low_(number), pair_(true) {}
    constexpr explicit advisory_key(std::string_view name) noexcept
        : high_(static_cast<std::int64_t>(hash(name))) {}

    constexpr bool pair() const noexcept { return pair_; }
    constexpr std::int64_t first() const noexcept { return high_; }
    constexpr std::int32_t second() const noexcept { return low_; }

private:
    // FNV-1a, 64 bits.
    static constexpr std::uint64_t hash(std::string_view name) noexcept {
        std::uint64_t made = 0xcbf29ce484222325;
        for (const char c : name) made = (made ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        return made;
    }

    std::int64_t high_;
    std::int32_t low_ = 0;
    bool pair_ = false;
};

struct advisory_options {
    std::optional<database> using_{};
    bool shared = false;  // together with others that are shared, against one that is not
};

// A lock of the session, and the connection that has it. Its end unlocks in the background and gives the
// connection back. Threads: that of the database's loop.
class ORM_EXPORT advisory_lock {
public:
    explicit advisory_lock(intrusive_ptr<postgres::held_session> held) noexcept;
    advisory_lock(advisory_lock&& other) noexcept;
    advisory_lock& operator=(advisory_lock other) noexcept;
    ~advisory_lock();

    // False once it was given up, and when its connection was lost: then somebody else may have it.
    bool held() const noexcept;
    // Ready when others can have it. Throws (through the lazy): connection_lost, and it is given up all the
    // same.
    [[nodiscard]] lazy<void> unlock();

private:
    intrusive_ptr<postgres::held_session> held_;
};

// Waits for the lock: `auto lock = co_await orm::lock_session(7);`. It has a connection to itself from the
// first moment on: leave the pool enough of them. Cancelled, it takes nothing. Throws (through the lazy):
// database_error, timeout_error when no connection becomes free.
[[nodiscard]] ORM_EXPORT lazy<advisory_lock> lock_session(advisory_key key,
                                                          const advisory_options& options = {});
// Empty where somebody else has it.
[[nodiscard]] ORM_EXPORT lazy<std::optional<advisory_lock>> try_lock_session(
    advisory_key key, const advisory_options& options = {});

// The same until the end of the open transaction; it cannot be given up before.
// Throws: transaction_management_error outside of atomic().
[[nodiscard]] ORM_EXPORT lazy<void> lock_transaction(advisory_key key, const advisory_options& options = {});
[[nodiscard]] ORM_EXPORT lazy<bool> try_lock_transaction(advisory_key key,
                                                         const advisory_options& options = {});

}  // namespace orm::inline v0
