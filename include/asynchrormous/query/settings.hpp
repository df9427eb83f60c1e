// What a QuerySet carries beside its query: where it goes, how keys and related members of its rows are
// fetched when they are read later, and for whose sake it is asked.
#pragma once

#include <asynchrormous/model/relation_slot.hpp>
#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <cstdint>
#include <optional>
#include <source_location>
#include <utility>

namespace orm::inline v0 {

// How a key or a related member that is read before it was loaded is fetched; Django's fetch modes.
enum class fetch : std::uint8_t {
    one,    // for this row
    peers,  // for all rows of the result that it is one of, by one query
    raise,  // not at all: reading it throws relation_not_loaded, co_await … .load() still loads
};

// Of QuerySets on this thread that do not say it themselves, from now on. Returns: the one before.
ORM_EXPORT fetch set_default_fetch_mode(fetch mode) noexcept;

namespace query_detail {

// Whether anybody asks where QuerySets were written.
ORM_EXPORT bool wants_places() noexcept;

// One pointer, since every QuerySet that is built from another one takes it along; most have nothing to say.
class ORM_EXPORT query_settings {
public:
    query_settings() = default;
    query_settings(std::optional<database> chosen);
    query_settings(database chosen) : query_settings(std::optional(std::move(chosen))) {}

    // Of rows that are loaded for `origin`, a member of another row: from its database, unless a transaction
    // is open.
    static query_settings because_of(const intrusive_ptr<model_detail::relation_slot>& slot);

    query_settings with(database chosen) const;
    query_settings with(fetch mode) const;
    // Where the QuerySet was written; kept only while somebody asks for it.
    query_settings at(const std::source_location& where) const;

    const std::optional<database>& chosen() const noexcept { return parts().chosen; }
    bool unless_in_transaction() const noexcept { return static_cast<bool>(parts().cause); }
    const std::optional<fetch>& mode() const noexcept { return parts().mode; }
    const std::optional<std::source_location>& where() const noexcept { return parts().where; }
    const intrusive_ptr<model_detail::relation_slot>& cause() const noexcept { return parts().cause; }

private:
    struct said {
        std::optional<database> chosen{};
        std::optional<fetch> mode{};
        std::optional<std::source_location> where{};
        intrusive_ptr<model_detail::relation_slot> cause{};
    };
    struct shared;

    explicit query_settings(said what);
    const said& parts() const noexcept;

    intrusive_ptr<const ref_counted> shared_{};  // a `shared`; null: nothing is said
};

}  // namespace query_detail

}  // namespace orm::inline v0
