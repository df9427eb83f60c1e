// The prepared statements of one connection: which exist, under which name, and which must go.
// The key is text and parameter OIDs. Names hold a random number per connection and are never used twice:
// behind a pooler a plain counter has executed another client's statement. Bounded, least recently used goes
// first.
//
//   absent ──add──▶ parsing ──COMMAND_OK──▶ ready ──retire──▶ on its way out ──closed──▶ forgotten
//                      └──error, ABORTED──▶ forgotten ◀──26000──┘
#pragma once

#include <asynchrormous/sql/parameter.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace orm::inline v0::postgres {

enum class statement_state : std::uint8_t {
    parsing,  // its Parse is on the way: one flight, others may already execute behind it
    ready,    // the server confirmed it
    gone,     // does not exist, or is to be closed; only slots in flight still point to it
};

// How its last run alone went. Only what is quick shares a Sync, since all of a group wait for the slowest.
enum class statement_pace : std::uint8_t { untried, quick, slow };

struct prepared_statement {
    std::string text{};
    std::vector<std::uint32_t> oids{};
    std::string name{};
    statement_state state = statement_state::parsing;
    std::uint32_t users = 0;  // slots in flight
    statement_pace pace = statement_pace::untried;
    bool to_close = false;             // exists on the server, nobody shall use it
    std::exception_ptr parse_error{};  // why it is gone, when its own Parse failed
    bool text_refused = false;         // by its Parse: sending the text again cannot help
    prepared_statement* newer = nullptr;
    prepared_statement* older = nullptr;
};

class statement_cache {
public:
    statement_cache(std::size_t capacity, std::uint64_t nonce) noexcept
        : capacity_(capacity), nonce_(nonce) {}
    statement_cache(const statement_cache&) = delete;
    statement_cache& operator=(const statement_cache&) = delete;

    // parsing or ready; null when absent. Counts as a use for the order of eviction.
    prepared_statement* find(std::string_view text, std::span<const sql::parameter> parameters);
    prepared_statement& add(std::string_view text, std::span<const sql::parameter> parameters);

    void use(prepared_statement& which) noexcept { ++which.users; }
    void unuse(prepared_statement& which) noexcept;

    // It does not exist on the server (any more).
    void forget(prepared_statement& which);
    // It exists and nobody shall use it any more: next_to_close() will give it out.
    void retire(prepared_statement& which);
    // Retires the least recently used ones until there is room for one more; those in use stay.
    void make_room();
    // One that nobody in flight uses; the caller answers with forget() or, if it lives on, retire(). Null:
    // none.
    prepared_statement* next_to_close() noexcept;
    // DISCARD ALL went through: no statement exists any more.
    void clear();

    std::size_t size() const noexcept { return index_.size(); }

private:
    struct key {
        std::string_view text;
        std::span<const std::uint32_t> oids;
        bool operator==(const key& other) const noexcept;
    };
    struct key_hash {
        std::size_t operator()(const key& of) const noexcept;
    };
    static key key_of(const prepared_statement& which) noexcept { return {which.text, which.oids}; }

    void link(prepared_statement& which) noexcept;
    void unlink(prepared_statement& which) noexcept;
    void orphan(prepared_statement& which);
    void bury(prepared_statement& which) noexcept;
    void collect_oids(std::span<const sql::parameter> parameters);

    std::unordered_map<key, std::unique_ptr<prepared_statement>, key_hash> index_;
    prepared_statement* newest_ = nullptr;
    prepared_statement* oldest_ = nullptr;
    std::vector<std::unique_ptr<prepared_statement>> orphans_;  // gone, to be closed or still in flight
    std::vector<std::uint32_t> scratch_;
    std::size_t capacity_;
    std::uint64_t nonce_;
    std::uint64_t counter_ = 0;
};

}  // namespace orm::inline v0::postgres
