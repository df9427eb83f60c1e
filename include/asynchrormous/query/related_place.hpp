// Whose row a related member is part of, and what the member means in SQL. The owner is found by the
// member's place in it: rows carry no pointer for it. So a related member is used where it stands in its
// row, `auto& books = author.books;`, and never copied out of it.
#pragma once

#include <asynchrormous/model/relation_hops.hpp>
#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/query/origin.hpp>
#include <asynchrormous/query/write.hpp>
#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/query.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace orm::inline v0 {

// What the error about a related member whose `Via` is no key or many_to_many of M spells. False.
template <class M, reflect::fixed_string Via>
struct no_way_back {
    static constexpr bool value = false;
};

namespace query_detail {

// Of one related member of one model. Lifetime: static.
struct related_place {
    const sql::table* owner;
    const sql::relation* relation;
    std::size_t offset;  // of the member in the owner's rows, in bytes
    sql::parameter (*key_of_owner)(const void* row);
    sql::path to_owner;      // from a row of the other model to the column that holds the owner's key
    const sql::column* far;  // of a table between: its key to the other model; null where there is none

    const sql::table& target() const { return *relation->target; }
    // The table whose rows make the relation: the one between, or the other model's.
    const sql::table& links() const { return far ? *to_owner.hops.front().into : target(); }
    const sql::column& near() const { return *to_owner.target; }
};

// A related member of one row.
struct related_owner {
    const related_place* place;
    sql::parameter key;  // of the owner
};

// Throws: query_error when the row was not saved.
ORM_EXPORT related_owner owner_at(const related_place& place, const void* row);
[[noreturn]] ORM_EXPORT void throw_unknown_owner(std::string_view target);

// --- the owner's model -------------------------------------------------------------------------------------

template <class T>
struct other_side {
    using type = void;
};
template <class T>
struct other_side<std::optional<T>> : other_side<T> {};
template <model_detail::any_foreign_key T>
struct other_side<T> {
    using type = typename T::model;
};
template <class M, class Through, reflect::fixed_string From, reflect::fixed_string To>
struct other_side<many_to_many<M, Through, From, To>> {
    using type = M;
};

template <class... Lists>
using all_members = typename model_detail::joined<Lists...>::type;

// The model that M's member `Via` leads to; void: there is none of this name.
template <class M, reflect::fixed_string Via>
struct owner_by_name {
    using members = all_members<model_detail::column_types<M>, model_detail::relation_types<M>>;
    static constexpr std::size_t place = [] {
        std::size_t at = 0;
        for (const auto& source : model_detail::sources<M>.at) {
            if (source.name == Via.view()) return at;
            ++at;
        }
        return at;
    }();
    static constexpr bool found = place < model_detail::parts<M>::columns + model_detail::parts<M>::relations;

    template <bool Found, class Members>
    struct of {
        using type = void;
    };
    template <class Members>
    struct of<true, Members> {
        using type = typename other_side<reflect::type_at<place, Members>>::type;
    };
    using type = typename of<found, members>::type;
};

// How many of a model's related members have this type, and which one is the first.
template <class Member, class Types>
struct place_among;
template <class Member, class... Ts>
struct place_among<Member, reflect::type_list<Ts...>> {
    static constexpr std::size_t count = (std::size_t{std::is_same_v<Ts, Member>} + ... + 0);
    static constexpr std::size_t first = [] {
        std::size_t at = 0;
        static_cast<void>(((std::is_same_v<Ts, Member> ? false : (++at, true)) && ...));
        return at;
    }();
};
template <class M, class Member>
using place_in = place_among<Member, model_detail::relation_types<M>>;

template <class T, class Member>
constexpr std::size_t count_in() {
    if constexpr (std::is_void_v<T>)
        return 0;
    else
        return place_in<T, Member>::count;
}

// Among the models that a through model has keys to, the one with this member; void: not known for sure.
template <class Member, class... Ts>
struct owner_among {
    static constexpr std::size_t first = [] {
        std::size_t at = 0;
        static_cast<void>(((count_in<Ts, Member>() == 0 ? (++at, true) : false) && ...));
        return at;
    }();
    using found = reflect::type_at<first, reflect::type_list<Ts..., void>>;
    static constexpr bool sure =
        ((count_in<Ts, Member>() == 0 || (std::is_same_v<Ts, found> && count_in<Ts, Member>() == 1)) && ...);
    using type = std::conditional_t<sure, found, void>;
};
template <class Member, class Columns>
struct owner_by_through;
template <class Member, class... Ts>
struct owner_by_through<Member, reflect::type_list<Ts...>>
    : owner_among<Member, typename other_side<Ts>::type...> {};

// void: only the row knows, which was told by whatever read or wrote it.
template <class Member>
struct owner_model;
template <class M, reflect::fixed_string Via>
struct owner_model<related_set<M, Via>> : owner_by_name<M, Via> {};
template <class M, reflect::fixed_string Via>
struct owner_model<related_one<M, Via>> : owner_by_name<M, Via> {};
template <class M, class Through, reflect::fixed_string From, reflect::fixed_string To>
struct owner_model<many_to_many<M, Through, From, To>>
    : owner_by_through<many_to_many<M, Through, From, To>, model_detail::column_types<Through>> {};
template <class M, reflect::fixed_string From, reflect::fixed_string To>
struct owner_model<many_to_many<M, model_detail::own_table, From, To>> {
    using type = void;
};
template <class M, reflect::fixed_string From, reflect::fixed_string To>
struct owner_model<many_to_many<M, symmetrical, From, To>> {
    using member = many_to_many<M, symmetrical, From, To>;
    using type = std::conditional_t<place_in<M, member>::count == 1, M, void>;
};

// Whether a member's owner has to be written into its rows.
template <class Member>
inline constexpr bool told_its_owner = false;
template <class M, reflect::fixed_string From, reflect::fixed_string To>
inline constexpr bool told_its_owner<many_to_many<M, model_detail::own_table, From, To>> = true;
template <class M, class Through, reflect::fixed_string From, reflect::fixed_string To>
inline constexpr bool told_its_owner<many_to_many<M, Through, From, To>> =
    std::is_void_v<typename owner_model<many_to_many<M, Through, From, To>>::type>;

// --- a place -----------------------------------------------------------------------------------------------

// The bytes from the beginning of a row to its member, groups flattened.
template <class Owner>
std::size_t offset_of_member(std::size_t member) {
    const Owner& row = reflect::detail::imagined<Owner>.object;
    const auto offset = [&](const auto&... members) {
        const void* const at[] = {static_cast<const void*>(&members)...};
        return static_cast<std::size_t>(static_cast<const char*>(at[member]) -
                                        reinterpret_cast<const char*>(&row));
    };
    return model_detail::with_flat_members(row, offset);
}

template <class Owner>
sql::parameter encoded_key(const void* row) {
    constexpr auto& table = model_detail::unchecked_table<Owner>;
    const auto& key = column_of<table.primary_key>(*static_cast<const Owner*>(row));
    return column_writer<std::remove_cvref_t<decltype(key)>>::write(table.key().type, key);
}

template <class Owner, std::size_t Relation>
struct placed {
    static constexpr const sql::table& table = model_detail::unchecked_table<Owner>;
    static constexpr const sql::relation& relation = table.relations[Relation];
    static constexpr model_detail::relation_hops hops = model_detail::hops_of(table, relation);
    static constexpr bool over_table = hops.size == 2;
    static constexpr sql::hop back =
        over_table ? model_detail::reverse_hop(*relation.target, *hops.at[1].from, *hops.at[0].into)
                   : sql::hop();

    static const related_place& get() {
        using all = model_detail::parts<Owner>;
        static const related_place place{
            &table,
            &relation,
            offset_of_member<Owner>(all::places.at[all::columns + Relation]),
            &encoded_key<Owner>,
            {relation.target, std::span<const sql::hop>(&back, over_table ? 1 : 0), hops.at[0].to},
            over_table ? hops.at[1].from : nullptr};
        return place;
    }
};

// The place that a member's type tells, else what its slot says. Throws: query_error when nobody told it.
template <class Member>
const related_place& place_of(const Member& member) {
    using owner = typename owner_model<Member>::type;
    if constexpr (told_its_owner<Member>) {
        const member_origin* origin = origin_in(member.slot());
        if (!origin || !origin->place) throw_unknown_owner(reflect::type_name<typename Member::model>());
        return *origin->place;
    } else {
        static_cast<void>(valid_model<owner>);
        return placed<owner, place_in<owner, Member>::first>::get();
    }
}

// Throws: query_error when the owner was not saved.
template <class Member>
related_owner owner_of(const Member& member) {
    const related_place& place = place_of(member);
    return owner_at(place, reinterpret_cast<const char*>(&member) - place.offset);
}

}  // namespace query_detail
}  // namespace orm::inline v0
