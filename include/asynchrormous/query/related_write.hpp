// The statements that change relations: each operation is one.
#pragma once

#include <asynchrormous/query/related_items.hpp>
#include <asynchrormous/query/related_place.hpp>
#include <asynchrormous/query/write.hpp>

#include <cstdint>

namespace orm::inline v0 {

// What set() did, in rows of the relation: links, or rows whose key was changed.
struct related_changes {
    std::int64_t added = 0;
    std::int64_t removed = 0;

    friend bool operator==(const related_changes&, const related_changes&) = default;
};

namespace query_detail {

// The rows of the other model that belong to the owner.
ORM_EXPORT sql::query related_query(const related_owner& owner);

// `link`: the other columns of a row of the table between.
ORM_EXPORT sql::statement add_statement(const related_owner& owner, sql::parameter keys, row_image link);
ORM_EXPORT sql::statement remove_statement(const related_owner& owner, sql::parameter keys);
ORM_EXPORT sql::statement clear_statement(const related_owner& owner);
ORM_EXPORT sql::statement set_statement(const related_owner& owner, sql::parameter keys, row_image link);
// Inserts the row and its link. Requires: a table between.
ORM_EXPORT sql::statement create_statement(const related_owner& owner, row_image& row, row_image link);

// A new row with its link, for guarded_write.
struct make_linked {
    related_owner owner;
    row_image link;

    sql::statement operator()(row_image& row) { return create_statement(owner, row, std::move(link)); }
    static constexpr bool adding() { return true; }
    static constexpr bool may_add() { return true; }
    static constexpr bool must_be_there() { return false; }
};

struct ORM_EXPORT decode_changes {
    related_changes operator()(const postgres::result_view& result, const sql::statement&) const;
};

// Without the two keys of the link, which may be unset.
template <class Through>
row_image link_image(const related_place& place, const Through& row) {
    row_image image;
    const std::span<const sql::column> columns = table_of<Through>().columns;
    const Through initial{};
    const auto add = [&](const sql::column& column, const auto& value, const auto& unset) {
        if (&column != &place.near() && &column != place.far) add_column(image, column, value, unset);
    };
    with_columns(row, [&](const auto&... values) {
        with_columns(initial, [&](const auto&... initials) {
            std::size_t c = 0;
            (add(columns[c++], values, initials), ...);
        });
    });
    refuse_unset_keys(table_of<Through>(), image);
    return image;
}

template <class Through>
const Through* link_given(const through_defaults<Through>& given) {
    return &given.link;
}
template <class Through, class Item>
const Through* link_given(const Item&) {
    return nullptr;
}

template <class Member, class... Items>
row_image link_among(const related_place& place, const Items&... items) {
    using through = typename way_of<Member>::through;
    if constexpr (std::is_void_v<through>) {
        return {};
    } else {
        const through* given = nullptr;
        ((given = given ? given : link_given<through>(items)), ...);
        return given ? link_image(place, *given) : link_image(place, through{});
    }
}

// Sets a key to the owner.
template <class T>
void set_key(T& member, const sql::parameter& key) {
    const postgres::field_view bytes{key.bytes->data(), static_cast<std::int32_t>(key.bytes->size())};
    column_reader<T>::read(member, bytes, sql::oid_of(key.type));
}

}  // namespace query_detail
}  // namespace orm::inline v0
