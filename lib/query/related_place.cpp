#include <asynchrormous/query/member_slots.hpp>
#include <asynchrormous/query/related_items.hpp>
#include <asynchrormous/query/related_place.hpp>
#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::query_detail {

namespace {

// An identity key is never 0: that is the key of a row that was not saved.
bool is_unset(const sql::table& of, const std::string& bytes) {
    return of.key().identity && std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
}

}  // namespace

related_owner owner_at(const related_place& place, const void* row) {
    related_owner owner{&place, place.key_of_owner(row)};
    if (!is_unset(*place.owner, *owner.key.bytes)) return owner;
    const std::string model(place.owner->model);
    throw query_error("this " + model + " was not saved: its key is 0, so no " +
                      std::string(place.relation->target->model) + " can belong to it (" + model + "." +
                      std::string(place.relation->field) + "); take the row that " + model +
                      "::objects.create() or save() gives back");
}

void throw_unknown_owner(std::string_view target) {
    const std::string name(target);
    throw query_error("this many_to_many<" + name +
                      "> does not know whose row it is part of: rows that were read, created or saved know "
                      "it, for one that the program made itself write orm::related<&Model::member>(row)");
}

void check_key(const sql::table& of, const std::string& bytes) {
    if (!is_unset(of, bytes)) return;
    const std::string model(of.model);
    throw query_error("a relation was given a " + model +
                      " that was not saved: its key is 0; create() saves a row that belongs here, or save it "
                      "first and take the row that is given back");
}

void throw_impossible_key(const sql::table& of) {
    throw query_error("a relation was given an integer as key that column \"" + std::string(of.key().name) +
                      "\" of " + std::string(of.model) + " cannot hold");
}

std::optional<database> database_of(const member_origin*) { return std::nullopt; }

void note_owners(const void* row, std::span<const member_slot> slots) {
    for (const member_slot& each : slots)
        if (each.note) each.find(static_cast<const char*>(row) + each.offset)->set_slot(each.note);
}

}  // namespace orm::inline v0::query_detail
