// The lists in a model's meta: unique_together, index, check, and how many terms an ordering has.
#pragma once

#include <asynchrormous/model/describe.hpp>
#include <asynchrormous/model/meta.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace orm::inline v0::model_detail {

constexpr std::size_t count_entries(std::span<const meta_entry> entries, option kind) {
    std::size_t count = 0;
    for (const meta_entry& entry : entries) count += entry.kind == kind;
    return count;
}

constexpr bool is_group(const meta_entry& entry) {
    return entry.kind == option::unique_together || entry.kind == option::index;
}

template <class M>
struct groups_holder {
    static constexpr std::size_t size = count_entries(entries_of<M>(), option::unique_together) +
                                        count_entries(entries_of<M>(), option::index);

    struct fields_array {
        std::string_view at[count_entries(entries_of<M>(), option::group_field)];
    };
    static constexpr fields_array fields = [] {
        fields_array result{};
        std::size_t i = 0;
        for (const meta_entry& entry : entries_of<M>())
            if (entry.kind == option::group_field) result.at[i++] = entry.field;
        return result;
    }();

    struct groups_array {
        sql::column_group at[size];
    };
    static constexpr groups_array groups = [] {
        groups_array result{};
        std::size_t i = 0;
        const std::string_view* next = fields.at;
        for (const meta_entry& entry : entries_of<M>()) {
            if (!is_group(entry)) continue;
            const auto count = static_cast<std::size_t>(entry.number);
            result.at[i++] = {{next, count}, entry.kind == option::unique_together};
            next += count;
        }
        return result;
    }();
};

template <class M>
constexpr std::span<const sql::column_group> groups_of() {
    constexpr std::size_t fields = count_entries(entries_of<M>(), option::group_field);
    if constexpr (fields > 0)
        return groups_holder<M>::groups.at;
    else
        return {};
}

template <class M>
struct checks_holder {
    struct checks_array {
        sql::check_constraint at[count_entries(entries_of<M>(), option::check)];
    };
    static constexpr checks_array checks = [] {
        checks_array result{};
        sql::check_constraint* next = result.at;
        for (const meta_entry& entry : entries_of<M>()) {
            if (entry.kind == option::check) next->name = entry.text;
            if (entry.kind == option::check_condition) next->condition = entry.text;
            if (entry.kind == option::check_message) next++->message = entry.text;
        }
        return result;
    }();
};

template <class M>
constexpr std::span<const sql::check_constraint> checks_of() {
    if constexpr (count_entries(entries_of<M>(), option::check) > 0)
        return checks_holder<M>::checks.at;
    else
        return {};
}

}  // namespace orm::inline v0::model_detail
