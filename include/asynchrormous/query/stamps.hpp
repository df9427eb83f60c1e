// What the library itself writes into a row when it is saved: the moments of auto_now and auto_now_add, and
// the number of its version. Models without such columns pay nothing.
#pragma once

#include <asynchrormous/query/returning.hpp>
#include <asynchrormous/query/write.hpp>
#include <asynchrormous/sql/timestamp.hpp>

#include <chrono>
#include <type_traits>
#include <vector>

namespace orm::inline v0::query_detail {

template <class M>
inline constexpr bool has_moments = [] {
    for (const sql::column& each : model_detail::table_holder<M>::value.columns)
        if (each.auto_now || each.auto_now_add) return true;
    return false;
}();

// Null: none.
template <class M>
inline constexpr const sql::column* version_of = [] {
    const sql::column* found = nullptr;
    for (const sql::column& each : model_detail::table_holder<M>::value.columns)
        if (each.version) found = &each;
    return found;
}();

// Any other type: no moment.
template <class T>
void set_moment(T& member, timestamptz now) {
    if constexpr (model_detail::is_optional<T>)
        set_moment(member.emplace(), now);
    else if constexpr (std::is_same_v<T, timestamptz>)
        member = now;
    else if constexpr (std::is_same_v<T, timestamp>)
        member = timestamp::from_postgres(now.to_postgres());  // in UTC
    else if constexpr (std::is_same_v<T, date>)
        member = std::chrono::floor<std::chrono::days>(now.to_time_point());
}
template <class T>
bool is_initial(const T& member, const T& initial) {
    if constexpr (requires { member == initial; })
        return member == initial;
    else
        return false;
}

// adding: as a new row, whatever it has for auto_now_add.
template <class M>
void set_moments(M& row, bool adding) {
    if constexpr (has_moments<M>) {
        const timestamptz now = timestamptz::now();
        const M initial{};
        const auto set = [&](const sql::column& column, auto& member, const auto& unset) {
            if (column.auto_now || (column.auto_now_add && (adding || is_initial(member, unset))))
                set_moment(member, now);
        };
        with_columns(row, [&](auto&... members) {
            with_columns(initial, [&](const auto&... initials) {
                std::size_t c = 0;
                (set(table_of<M>().columns[c++], members, initials), ...);
            });
        });
    }
}

// The version that a row has.
template <class M>
sql::parameter version_in(const M& row) {
    const auto& member = column_of<version_of<M>->index>(row);
    return column_writer<std::remove_cvref_t<decltype(member)>>::write(version_of<M>->type, member);
}
template <class M>
void count_version(M& row) {
    auto& member = column_of<version_of<M>->index>(row);
    member = static_cast<std::remove_reference_t<decltype(member)>>(member + 1);
}

// A new row, as other statements than those of save() insert it.
template <class M>
void stamp_new(M& row) {
    set_moments(row, true);
    if constexpr (version_of<M> != nullptr) count_version(row);
}

// What an UPDATE of rows that are there sets besides: the moments of auto_now, and one more version.
ORM_EXPORT sql::assignment stamp_of(const sql::path& column);
template <class M>
void add_stamps(std::vector<sql::assignment>& terms) {
    for (const sql::path& path : own_paths<M>) {
        bool wanted = path.target->auto_now || path.target->version;
        for (const sql::assignment& each : terms) wanted = wanted && each.target != path.target;
        if (wanted) terms.push_back(stamp_of(path));
    }
}

// A row as it is to be written: stamped, and taken apart.
template <model M>
row_image stamped_image(M& row, bool adding) {
    set_moments(row, adding);
    if constexpr (version_of<M> != nullptr) {
        sql::parameter was = version_in(row);
        count_version(row);
        row_image image = image_of(row);
        image.version = version_of<M>;
        image.version_was = std::move(was);
        return image;
    } else {
        return image_of(row);
    }
}

}  // namespace orm::inline v0::query_detail
