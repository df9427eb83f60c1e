// The slots of a model's keys and related members: where they are in a row, so that compiled code goes
// through the rows of a result and says there where they came from.
#pragma once

#include <asynchrormous/query/origin.hpp>
#include <asynchrormous/query/related_place.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

struct member_slot {
    std::size_t offset;                                             // of the member in the row, in bytes
    const model_detail::related_rows* (*find)(const void* member);  // null: the key is NULL
    intrusive_ptr<model_detail::relation_slot> note{};  // of a member that has to be told its owner
};

template <class T>
struct slot_in {
    static constexpr bool exists = model_detail::is_relation<T> || model_detail::is_foreign_key<T>;
    static const model_detail::related_rows* find(const void* member) {
        return static_cast<const T*>(member);
    }
};
template <class T>
struct slot_in<std::optional<T>> {
    static constexpr bool exists = model_detail::is_foreign_key<T>;
    static const model_detail::related_rows* find(const void* member) {
        const auto& key = *static_cast<const std::optional<T>*>(member);
        return key ? &*key : nullptr;
    }
};

template <class M, class Types>
struct slots_among;
template <class M, class... Ts>
struct slots_among<M, reflect::type_list<Ts...>> {
    using all = model_detail::parts<M>;
    static constexpr bool told = (told_its_owner<Ts> || ...);

    template <class T>
    static void add(std::vector<member_slot>& out, std::size_t member) {
        if constexpr (slot_in<T>::exists)
            out.push_back({offset_of_member<M>(member), &slot_in<T>::find, nullptr});
    }
    template <std::size_t Relation>
    static void note(std::vector<member_slot>& out) {
        using type = reflect::type_at<Relation, model_detail::relation_types<M>>;
        if constexpr (told_its_owner<type>) {
            const related_place& place = placed<M, Relation>::get();
            for (member_slot& each : out)
                if (each.offset == place.offset) each.note = make_intrusive<member_origin>(&place);
        }
    }
    static std::vector<member_slot> find() {
        std::vector<member_slot> out;
        std::size_t member = 0;
        (add<Ts>(out, member++), ...);
        if constexpr (told) {
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                (note<I>(out), ...);
            }(std::make_index_sequence<all::relations>());
        }
        return out;
    }
    static std::span<const member_slot> get() {
        static const std::vector<member_slot> found = find();
        return found;
    }
};

template <class M>
using slots_of = slots_among<M, typename model_detail::flat<M>::type>;

ORM_EXPORT void note_owners(const void* row, std::span<const member_slot> slots);

// Tells the members of a row that need it whose they are.
template <class M>
void note_owners(const M& row) {
    if constexpr (slots_of<M>::told) note_owners(&row, slots_of<M>::get());
}

}  // namespace orm::inline v0::query_detail
