// A row made of keyword arguments: what get_or_create() and update_or_create() insert.
#pragma once

#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/query/assignment.hpp>
#include <asynchrormous/query/keyword.hpp>

#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

// What the error about an expression as a value of a new row spells. False.
template <class M, reflect::fixed_string Name>
struct expression_in_a_new_row {
    static constexpr bool value = false;
};

namespace query_detail {

// Throw: query_error.
[[noreturn]] ORM_EXPORT void throw_null_given(const sql::column& to);
[[noreturn]] ORM_EXPORT void throw_out_of_range(const sql::column& to);

template <class T, class V>
void set_value(const sql::column& column, T& member, const V& value) {
    if constexpr (std::is_same_v<V, std::nullopt_t>) {
        if constexpr (model_detail::is_optional<T>)
            member.reset();
        else
            throw_null_given(column);
    } else if constexpr (model_detail::is_optional<V>) {
        value ? set_value(column, member, *value) : set_value(column, member, std::nullopt);
    } else if constexpr (model_detail::is_optional<T>) {
        set_value(column, member.emplace(), value);
    } else if constexpr (model_detail::any_foreign_key<T> && model_detail::is_foreign_key<V>) {
        member = T(value.key());
    } else if constexpr (model_detail::any_foreign_key<T> && !model<V>) {
        typename T::key_type key{};
        set_value(column, key, value);
        member = T(std::move(key));
    } else if constexpr (std::is_integral_v<T> && std::is_integral_v<V> && !std::is_same_v<T, bool>) {
        if (!std::in_range<T>(value)) throw_out_of_range(column);
        member = static_cast<T>(value);
    } else if constexpr (requires { T(value); }) {
        member = T(value);
    } else {
        member = T(value.begin(), value.end());
    }
}

template <class M, reflect::fixed_string Name, class V>
constexpr bool check_new_value() {
    using target = field_of<M, Name>;
    if constexpr (!target::valid) {
        return false;
    } else if constexpr (!target::path.hops.empty() || !target::path.target->generated.empty()) {
        return check_assignment<M, M, Name, V>();  // says what is wrong
    } else if constexpr (expression<V>) {
        static_assert(expression_in_a_new_row<M, Name>::value,
                      "asynchrormous: an expression says what becomes of a row that is there, not what a new "
                      "one has: give the new row's values in create_defaults(…)");
        return false;
    } else {
        return check_value<M, Name, V>();
    }
}

template <class M, reflect::fixed_string Name, class V>
void set_field(M& row, const keyword<Name, V>& term) {
    if constexpr (check_new_value<M, Name, V>()) {
        constexpr const sql::column& column = *field_of<M, Name>::path.target;
        set_value(column, column_of<column.index>(row), term.value);
    }
}

// Conditions say something about a new row where they name a field alone.
template <class M, class Term>
void set_if_field(M&, const Term&) {}
template <class M, reflect::fixed_string Name, class V>
void set_if_field(M& row, const keyword<Name, V>& term) {
    if constexpr (Name.view().find("__") == std::string_view::npos) set_field(row, term);
}

// Whether the conditions let one row match at most.
template <class M, class Term>
struct named_column {
    static constexpr const sql::column* value = nullptr;
};
template <class M, reflect::fixed_string Name, class V>
struct named_column<M, keyword<Name, V>> {
    static constexpr const sql::column* find() {
        if constexpr (Name.view().find("__") != std::string_view::npos) {
            return nullptr;
        } else if constexpr (!lookup_of<M, Name>::valid || expression<V>) {
            return nullptr;
        } else {
            const sql::path path = lookup_of<M, Name>::path;
            return path.hops.empty() && !path.target->nullable ? path.target : nullptr;
        }
    }
    static constexpr const sql::column* value = find();
};

constexpr bool name_one_row(const sql::table& of, std::span<const sql::column* const> named) {
    const auto has = [&](std::string_view field) {
        for (const sql::column* each : named)
            if (each && each->field == field) return true;
        return false;
    };
    for (const sql::column* each : named)
        if (each && (each->primary_key || each->unique)) return true;
    for (const sql::column_group& group : of.groups) {
        bool all = group.unique;
        for (const std::string_view field : group.fields) all = all && has(field);
        if (all) return true;
    }
    return false;
}

template <class M, class... Terms>
constexpr bool names_one_row() {
    const std::array<const sql::column*, sizeof...(Terms)> named{named_column<M, Terms>::value...};
    return name_one_row(model_detail::table_holder<M>::value, named);
}

}  // namespace query_detail

}  // namespace orm::inline v0
