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

namespace {

const void* at_offset(const void* row, std::size_t bytes) { return static_cast<const char*>(row) + bytes; }

const void* row_at(const row_range& rows, std::size_t i) {
    return rows.scattered ? rows.scattered[i] : at_offset(rows.first, i * rows.stride);
}

std::vector<std::string> keys_of(const row_range& rows, const member_slot& slot) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < rows.count; ++i) {
        const void* row = row_at(rows, i);
        const void* member = at_offset(row, slot.offset);
        const model_detail::related_rows* found = slot.find(member);
        if (found && !found->loaded()) keys.push_back(std::move(*slot.key(row, member).bytes));
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

}  // namespace

void note_origins(const row_range& rows, std::span<const member_slot> slots,
                  const intrusive_ptr<ref_counted>& origin) {
    const intrusive_ptr<result_origin> result(static_cast<result_origin*>(origin.get()));
    for (const member_slot& slot : slots) {
        const related_place* place =
            slot.note ? static_cast<const member_origin&>(*slot.note).place : nullptr;
        auto note = make_intrusive<member_origin>(place, result, slot.field, rows.model);
        if (result->mode == fetch::peers) note = make_intrusive<peer_group>(*note, keys_of(rows, slot));
        for (std::size_t i = 0; i < rows.count; ++i) {
            const auto* found = slot.find(at_offset(row_at(rows, i), slot.offset));
            if (found && !found->loaded()) found->set_slot(note);
        }
    }
}

void note_owners(const void* row, std::span<const member_slot> slots) {
    for (const member_slot& each : slots)
        if (each.note) each.find(static_cast<const char*>(row) + each.offset)->set_slot(each.note);
}

}  // namespace orm::inline v0::query_detail
