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
    std::string_view field;
    std::size_t offset;                                             // of the member in the row, in bytes
    const model_detail::related_rows* (*find)(const void* member);  // null: the key is NULL
    sql::parameter (*key)(const void* row, const void* member);     // by which its rows are found
    intrusive_ptr<model_detail::relation_slot> note{};  // of a member that has to be told its owner
};

template <class T>
struct slot_in {
    static constexpr bool is_key = model_detail::is_foreign_key<without_optional<T>>;
    static constexpr bool exists = model_detail::is_relation<T> || is_key;

    static const model_detail::related_rows* find(const void* member) {
        const T& in_row = *static_cast<const T*>(member);
        if constexpr (model_detail::is_optional<T>)
            return in_row ? &*in_row : nullptr;
        else
            return &in_row;
    }
    // Requires: find() gives something.
    template <class M>
    static sql::parameter key(const void* row, const void* member) {
        if constexpr (is_key)
            return column_writer<T>::write({}, *static_cast<const T*>(member));
        else
            return encoded_key<M>(row);
    }
};

template <class M, class Types>
struct slots_among;
template <class M, class... Ts>
struct slots_among<M, reflect::type_list<Ts...>> {
    using all = model_detail::parts<M>;
    static constexpr bool told = (told_its_owner<Ts> || ...);

    static std::string_view name_of_member(std::size_t member) {
        std::size_t at = 0;
        while (all::places.at[at] != member) ++at;
        return model_detail::sources<M>.at[at].name;
    }
    template <class T>
    static void add(std::vector<member_slot>& out, std::size_t member) {
        if constexpr (slot_in<T>::exists)
            out.push_back({name_of_member(member), offset_of_member<M>(member), &slot_in<T>::find,
                           &slot_in<T>::template key<M>});
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

// The rows of a result, as compiled code goes through them.
struct row_range {
    const void* first;
    std::size_t count;
    std::size_t stride;  // bytes
    std::string_view model;
    void* const* scattered = nullptr;  // not null: where each row is, instead
};

// Tells the members of all rows where they came from; those that are loaded know it already.
ORM_EXPORT void note_origins(const row_range& rows, std::span<const member_slot> slots,
                             const intrusive_ptr<ref_counted>& origin);

template <class M, class Row>
void note_origins(const std::vector<Row>& rows, const intrusive_ptr<ref_counted>& origin) {
    if (rows.empty()) return;
    const M& first = rows.front();
    note_origins({&first, rows.size(), sizeof(Row), model_detail::text_of<M>.model()}, slots_of<M>::get(),
                 origin);
}

ORM_EXPORT void note_owners(const void* row, std::span<const member_slot> slots);

// Tells the members of a row that need it whose they are.
template <class M>
void note_owners(const M& row) {
    if constexpr (slots_of<M>::told) note_owners(&row, slots_of<M>::get());
}

template <class M>
void note_row(const M& row, const intrusive_ptr<ref_counted>& origin) {
    if (origin)
        note_origins({&row, 1, sizeof(M), model_detail::text_of<M>.model()}, slots_of<M>::get(), origin);
    else
        note_owners(row);
}

}  // namespace orm::inline v0::query_detail
