// What add(), remove() and set() of related members take: rows that are saved, their keys, ranges of either,
// and through_defaults() for the links. All of them become one array of keys.
#pragma once

#include <asynchrormous/query/related_place.hpp>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace orm::inline v0 {

// The other columns of the links that add(), set() and create() make over a through model of yours:
//     order.products.add(product, orm::through_defaults(Line{.quantity = 3}));
// Its two keys need not be set. Without it links get the initial values of the model's members.
template <class Through>
struct through_defaults {
    explicit through_defaults(Through row) : link(std::move(row)) {}
    Through link;
};

// What the errors about arguments of add(), remove(), set() and create() spell. False.
template <class M, class Item>
struct no_row_or_key_of {
    static constexpr bool value = false;
};
template <class Through, class Given>
struct other_through_model {
    static constexpr bool value = false;
};
template <class Member>
struct holds_one_row {
    static constexpr bool value = false;
};
template <class Member>
struct linked_over_a_table {
    static constexpr bool value = false;
};
template <class M, reflect::fixed_string Via>
struct key_without_null {
    static constexpr bool value = false;
};

namespace query_detail {

template <class T>
inline constexpr bool is_through_defaults = false;
template <class T>
inline constexpr bool is_through_defaults<through_defaults<T>> = true;

// The user's model between; void: there is none, or a table of the library's.
template <class T>
struct through_of {
    using type = void;
};
template <class M, class Through, reflect::fixed_string From, reflect::fixed_string To>
struct through_of<many_to_many<M, Through, From, To>> {
    using type = Through;
};
template <class M, reflect::fixed_string From, reflect::fixed_string To>
struct through_of<many_to_many<M, model_detail::own_table, From, To>> {
    using type = void;
};
template <class M, reflect::fixed_string From, reflect::fixed_string To>
struct through_of<many_to_many<M, symmetrical, From, To>> {
    using type = void;
};

// What M's member `Via` is, by which a reverse side leads back.
template <class M, reflect::fixed_string Via>
struct way_back {
    using owner = owner_by_name<M, Via>;
    static constexpr bool by_key = owner::place < model_detail::parts<M>::columns;
    static constexpr std::size_t column = by_key ? owner::place : 0;
    using type = reflect::type_at<owner::place, typename owner::members>;
    using through = typename through_of<type>::type;
    static constexpr bool nullable = model_detail::is_optional<type>;
};

template <class Member>
struct way_of;
template <class M, reflect::fixed_string Via>
struct way_of<related_set<M, Via>> : way_back<M, Via> {};
template <class M, reflect::fixed_string Via>
struct way_of<related_one<M, Via>> : way_back<M, Via> {};
template <class M, class Through, reflect::fixed_string From, reflect::fixed_string To>
struct way_of<many_to_many<M, Through, From, To>> {
    static constexpr bool by_key = false;
    using through = typename through_of<many_to_many<M, Through, From, To>>::type;
};

template <class M>
using key_type_of_model = bare_t<column_type<M, model_detail::unchecked_table<M>.primary_key>>;

template <class M, class Item>
constexpr bool names_row() {
    if constexpr (std::is_base_of_v<M, Item>)
        return true;
    else if constexpr (model_detail::is_foreign_key<Item>)
        return std::is_same_v<typename Item::model, M>;
    else
        return std::is_convertible_v<const Item&, key_type_of_model<M>> &&
               std::is_arithmetic_v<Item> == std::is_arithmetic_v<key_type_of_model<M>>;
}

template <class M, class Item>
constexpr bool names_rows() {
    if constexpr (names_row<M, Item>())
        return true;
    else if constexpr (requires(const Item& range) { *range.begin(); })
        return names_row<M, std::remove_cvref_t<decltype(*std::declval<const Item&>().begin())>>();
    else
        return false;
}

template <class Member, class Item>
constexpr bool check_item() {
    using M = typename Member::model;
    if constexpr (is_through_defaults<Item>) {
        using through = typename way_of<Member>::through;
        using given = decltype(Item::link);
        constexpr bool fits = std::is_same_v<through, given>;
        static_assert(fits || other_through_model<through, given>::value,
                      "asynchrormous: through_defaults() takes a row of the relation's through model; the "
                      "template arguments are that model (void where there is none) and the one given");
        return fits;
    } else {
        constexpr bool fits = names_rows<M, Item>();
        static_assert(fits || no_row_or_key_of<M, Item>::value,
                      "asynchrormous: add(), remove() and set() take saved rows of the related model, their "
                      "primary keys, or ranges of either; the template arguments are the model and what was "
                      "given");
        return fits;
    }
}

template <class Member>
inline constexpr bool of_one_row = false;
template <class M, reflect::fixed_string Via>
inline constexpr bool of_one_row<related_one<M, Via>> = true;

template <class Member>
constexpr bool check_several() {
    static_assert(
        !of_one_row<Member> || holds_one_row<Member>::value,
        "asynchrormous: a related_one holds one row at most: create() it, or save() a row whose key "
        "refers here");
    return !of_one_row<Member>;
}

template <class Member, class... Items>
constexpr bool check_items() {
    if constexpr (!check_several<Member>())
        return false;
    else
        return (check_item<Member, Items>() && ...);
}

template <class Member>
struct removal {
    static constexpr bool check() { return check_several<Member>(); }
};
template <class M, reflect::fixed_string Via>
struct removal<related_set<M, Via>> {
    static constexpr bool check() {
        constexpr bool possible = !way_back<M, Via>::by_key || way_back<M, Via>::nullable;
        static_assert(possible || key_without_null<M, Via>::value,
                      "asynchrormous: remove(), clear() and set() would make this key NULL, which it cannot "
                      "be; add() the rows to another owner or delete_() them, or make the key "
                      "std::optional<foreign_key<…>>; the template arguments are the model and its key");
        return possible;
    }
};

template <class Member>
constexpr bool check_bulk() {
    constexpr bool possible = way_of<Member>::by_key;
    static_assert(possible || linked_over_a_table<Member>::value,
                  "asynchrormous: rows over a table between need two statements: bulk_create() them by their "
                  "own manager, then add() what it gives back");
    return possible;
}

template <class Member>
constexpr bool check_found_or_made() {
    constexpr bool possible = way_of<Member>::by_key;
    static_assert(possible || linked_over_a_table<Member>::value,
                  "asynchrormous: over a table between, get_or_create() the row by the manager of its own "
                  "model and add() it: add() leaves a link that is there as it is");
    return possible;
}

// Throws: query_error for the key of a row that was not saved, and for an integer that no key can be.
ORM_EXPORT void check_key(const sql::table& of, const std::string& bytes);
[[noreturn]] ORM_EXPORT void throw_impossible_key(const sql::table& of);

template <class M>
struct key_collector {
    using key = key_type_of_model<M>;
    static constexpr const sql::table& table = model_detail::unchecked_table<M>;

    std::vector<std::string> keys{};

    template <class Item>
    void add(const Item& item) {
        if constexpr (is_through_defaults<Item>) {
        } else if constexpr (!names_row<M, Item>()) {
            for (const auto& each : item) add(each);
        } else if constexpr (std::is_base_of_v<M, Item>) {
            encode(convert<key>(key_of(static_cast<const M&>(item))));
        } else {
            encode(convert<key>(item));
        }
    }

    void encode(const converted<key>& from) {
        if (!from.value) throw_impossible_key(table);
        postgres::codec<key>::encode(*from.value, keys.emplace_back());
        check_key(table, keys.back());
    }
};

// The keys of all items as one array.
template <class M, class... Items>
sql::parameter keys_among(const Items&... items) {
    key_collector<M> collector;
    (collector.add(items), ...);
    constexpr sql::type type = model_detail::unchecked_table<M>.key().type;
    return array_of({type.kind, true, type.identity}, collector.keys);
}

}  // namespace query_detail
}  // namespace orm::inline v0
