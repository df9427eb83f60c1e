// in_bulk(): rows by their keys, or by another field that is unique.
#pragma once

#include <asynchrormous/query/bulk.hpp>
#include <asynchrormous/query/rows.hpp>

#include <nlohmann/json_fwd.hpp>  // and std::map, which in_bulk() gives

#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

template <std::size_t N>
constexpr reflect::fixed_string<N + 4> in_lookup(const reflect::fixed_string<N>& name) {
    reflect::fixed_string<N + 4> made;
    std::size_t at = 0;
    for (const char c : name.view()) made.text[at++] = c;
    for (const char c : std::string_view("__in")) made.text[at++] = c;
    return made;
}

// The field that in_bulk<…>() goes by; the key without a name.
template <class M, step... Names>
struct bulk_key {
    static_assert(sizeof...(Names) == 1, "asynchrormous: in_bulk<\"field\">() goes by one field");
    static constexpr auto name = model_detail::joined_name<Names...>();
    static constexpr bool valid = unique_columns<M, Names...>::check();
    static constexpr std::size_t place = valid ? unique_columns<M, Names...>::columns[0]->index : 0;
    using type = bare_t<column_type<M, place>>;
};
template <class M>
struct bulk_key<M> : bulk_key<M, step("pk")> {};

template <class M, class Key, class Row>
struct decode_in_bulk {
    using value = row_value_t<Row>;
    using rows_by_key = std::map<typename Key::type, value>;

    rows_by_key operator()(const postgres::result_view& result, const sql::statement& from) const {
        rows_by_key found;
        for (value& row : decode_rows<Row>()(result, from)) {
            auto key = key_of_row(static_cast<const M&>(row));
            found.emplace(std::move(key), std::move(row));
        }
        return found;
    }

private:
    static typename Key::type key_of_row(const M& row) {
        const auto& column = column_of<Key::place>(row);
        if constexpr (model_detail::is_optional<std::remove_cvref_t<decltype(column)>>)
            return typename Key::type(*column);
        else if constexpr (model_detail::any_foreign_key<std::remove_cvref_t<decltype(column)>>)
            return column.key();
        else
            return column;
    }
};

}  // namespace orm::inline v0::query_detail
