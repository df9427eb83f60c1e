// Where rows came from, as far as what is loaded for them later needs to know: kept in the slots of their
// keys and related members, and only where there is something to say.
#pragma once

#include <asynchrormous/model/relation_slot.hpp>
#include <asynchrormous/postgres/database.hpp>

#include <optional>

namespace orm::inline v0::query_detail {

struct related_place;

// Of one member of the rows of one result.
class ORM_EXPORT member_origin : public model_detail::relation_slot {
public:
    explicit member_origin(const related_place* where) : relation_slot(as_origin()), place(where) {}

    const related_place* place;  // of a member that cannot know its owner by its type; else null
};

// Null: nothing is known.
inline const member_origin* origin_in(const intrusive_ptr<model_detail::relation_slot>& slot) {
    return slot ? static_cast<const member_origin*>(slot->origin()) : nullptr;
}

// The database that rows loaded later come from, unless a transaction is open: that of the rows.
ORM_EXPORT std::optional<database> database_of(const member_origin* origin);

}  // namespace orm::inline v0::query_detail
