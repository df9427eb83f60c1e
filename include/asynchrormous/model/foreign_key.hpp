// A reference to a row of another model: its primary key, and the row itself once it was loaded.
// The key is the column; a nullable reference is std::optional<foreign_key<M>>. Copies share the loaded row.
// Key is the type of M's primary key; it is written out because M may be incomplete here, and checked later.
#pragma once

#include <asynchrormous/model/relation_slot.hpp>
#include <asynchrormous/reflect/members.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

// The value of the row's primary key; of a key that is itself a foreign key, that one's key.
template <class M>
constexpr auto key_of(const M& row);

namespace model_detail {

template <class K, class Key>
concept key_value = std::convertible_to<K, Key> && !std::same_as<std::remove_cvref_t<K>, reflect::any_field>;

}  // namespace model_detail

template <class M, class Key = std::int64_t>
class foreign_key : public model_detail::related_rows {
public:
    using model = M;
    using key_type = Key;

    constexpr foreign_key() = default;

    // A key. Integers of any width convert, as they do to Key itself.
    template <model_detail::key_value<Key> K>
        requires(!std::same_as<std::remove_cvref_t<K>, foreign_key> &&
                 !std::same_as<std::remove_cvref_t<K>, M>)
    constexpr foreign_key(K&& key) : key_(static_cast<Key>(std::forward<K>(key))) {}

    // An object: its key, and a copy of it as the loaded row.
    template <std::same_as<M> T>
    foreign_key(const T& object) : key_(key_of(object)) {
        if constexpr (std::copy_constructible<T>) set_loaded(object);
    }

    constexpr const Key& key() const { return key_; }

    // Requires: the key of object is key(). Called by whatever loads relations.
    void set_loaded(M object) const {
        set_slot(make_intrusive<model_detail::loaded_row<M>>(model_detail::origin_of(slot()),
                                                             std::optional<M>(std::move(object))));
    }

    // The row, loaded when that was not done: by a query in blocking code; inside the loop it throws.
    // Throws: does_not_exist<M> when no row has this key; relation_not_loaded inside the loop, or where
    // fetching is set to raise.
    M& operator*() const {
        if (!loaded()) query_detail::follow(*this);
        return *static_cast<model_detail::loaded_row<M>&>(*slot()).row;
    }
    M* operator->() const { return &**this; }

    // Loads the row unless that was done: co_await book.author.load(). Then `->` works. What many coroutines
    // load in one tick is one query. In the open transaction, else the database the row came from.
    // Throws (through the lazy): does_not_exist<M> when no row has this key.
    // Lifetime of the reference: until this key and its copies are gone or set anew.
    [[nodiscard]] lazy<M&> load() const { return query_detail::load<M>(*this); }

    friend constexpr bool operator==(const foreign_key& a, const foreign_key& b) { return a.key_ == b.key_; }
    friend constexpr auto operator<=>(const foreign_key& a, const foreign_key& b) {
        return a.key_ <=> b.key_;
    }
    template <std::same_as<M> T>
    friend constexpr bool operator==(const foreign_key& a, const T& object) {
        return a.key_ == key_of(object);
    }

private:
    Key key_{};
};

// A foreign key that no two rows share: its column is UNIQUE. The other side may have a related_one.
template <class M, class Key = std::int64_t>
class one_to_one : public foreign_key<M, Key> {
public:
    using foreign_key<M, Key>::foreign_key;
};

namespace model_detail {

template <class T>
inline constexpr bool is_one_to_one = false;
template <class M, class Key>
inline constexpr bool is_one_to_one<one_to_one<M, Key>> = true;

template <class T>
inline constexpr bool is_foreign_key = is_one_to_one<T>;
template <class M, class Key>
inline constexpr bool is_foreign_key<foreign_key<M, Key>> = true;

template <class T>
concept any_foreign_key = is_foreign_key<T>;

}  // namespace model_detail
}  // namespace orm::inline v0
