// What a model's meta says, with what the meta of the groups says that it embeds.
#pragma once

#include <asynchrormous/model/columns.hpp>
#include <asynchrormous/model/meta.hpp>
#include <asynchrormous/reflect/type_list.hpp>

#include <cstddef>
#include <span>

namespace orm::inline v0::model_detail {

template <class M>
constexpr std::span<const meta_entry> own_entries_of() {
    if constexpr (requires { M::meta.entries; })
        return {M::meta.entries, M::meta.size};
    else
        return {};
}

// The meta of a group that a model embeds counts as the model's.
template <class M>
constexpr std::size_t all_entries(meta_entry* out);
template <class T>
constexpr std::size_t group_entries(meta_entry* out) {
    if constexpr (is_embedded<T>)
        return all_entries<typename T::group>(out);
    else
        return 0;
}
template <class... Ts>
constexpr std::size_t entries_of_groups(meta_entry* out, reflect::type_list<Ts...>) {
    std::size_t size = 0;
    ((size += group_entries<Ts>(out ? out + size : out)), ...);
    return size;
}
// Returns: how many they are; without `out` they are only counted.
template <class M>
constexpr std::size_t all_entries(meta_entry* out) {
    std::size_t size = 0;
    for (const meta_entry& each : own_entries_of<M>()) {
        if (out) out[size] = each;
        ++size;
    }
    return size + entries_of_groups(out ? out + size : out, reflect::member_types<M>{});
}

template <class M>
struct joined_entries {
    static constexpr std::size_t size = all_entries<M>(nullptr);
    struct entry_array {
        meta_entry at[size + 1];
    };
    static constexpr entry_array all = [] {
        entry_array result{};
        all_entries<M>(result.at);
        return result;
    }();
};

template <class M>
constexpr std::span<const meta_entry> entries_of() {
    if constexpr (flat<M>::nested)
        return {joined_entries<M>::all.at, joined_entries<M>::size};
    else
        return own_entries_of<M>();
}

}  // namespace orm::inline v0::model_detail
