// Where rows came from, as far as what is loaded for them later needs to know: kept in the slots of their
// keys and related members, and only where there is something to say.
#pragma once

#include <asynchrormous/model/relation_slot.hpp>
#include <asynchrormous/query/settings.hpp>
#include <asynchrormous/sql/render.hpp>

#include <cstddef>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0::query_detail {

struct related_place;

// Of all rows of one result.
class ORM_EXPORT result_origin final : public ref_counted {
public:
    result_origin(const query_settings& settings, std::string_view text);

    std::optional<database> where_from{};
    fetch mode = fetch::one;
    std::string query;                              // its text
    std::optional<std::source_location> written{};  // where the QuerySet was
    // What was asked for its rows since, for the detector.
    struct repetition {
        std::string text;
        std::size_t times = 0;
    };
    std::vector<repetition> asked{};
};

class peer_group;

// Of one member of the rows of one result.
class ORM_EXPORT member_origin : public model_detail::relation_slot {
public:
    explicit member_origin(const related_place* where) : relation_slot(as_origin()), place(where) {}
    member_origin(const related_place* where, intrusive_ptr<result_origin> from, std::string_view named,
                  std::string_view of)
        : relation_slot(as_origin()), place(where), result(std::move(from)), field(named), model(of) {}

    const related_place* place;             // of a member that cannot know its owner by its type; else null
    intrusive_ptr<result_origin> result{};  // null: from the default database, and nobody asks
    std::string_view field{};
    std::string_view model{};
    peer_group* peers = nullptr;
};

class load_ticket;

// With fetch::peers: the same member of all rows of a result, which are loaded when one of them is.
class ORM_EXPORT peer_group final : public member_origin {
public:
    peer_group(const member_origin& one, std::vector<std::string> all)
        : member_origin(one.place, one.result, one.field, one.model), keys(std::move(all)) {
        peers = this;
    }
    ~peer_group() override;

    // Keeps a reference to the ticket's state.
    void keep(load_ticket& ticket);
    // Null: none of this key. Requires: asked.
    load_ticket* find(std::string_view key) const;

    std::vector<std::string> keys;  // sorted, each once
    bool asked = false;

private:
    std::vector<load_ticket*> tickets_{};  // in the order of the keys
};

// Null: nothing is known.
inline const member_origin* origin_in(const intrusive_ptr<model_detail::relation_slot>& slot) {
    return slot ? static_cast<const member_origin*>(slot->origin()) : nullptr;
}

ORM_EXPORT fetch mode_of(const member_origin* origin) noexcept;

// Before a statement is sent: counts it for the rows it is asked for, if it reads, and notes in it what its
// own rows have to know.
ORM_EXPORT void note_origin(const query_settings& settings, sql::statement& statement, bool reads);

// One more query for the rows of one result.
ORM_EXPORT void count_query(const member_origin& cause, std::string_view text);

}  // namespace orm::inline v0::query_detail
