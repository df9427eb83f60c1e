// update_returning<"id", "pages">(…) and delete_returning<"id">(): the columns of the rows that were changed,
// as named rows; without names whole rows of the model.
#pragma once

#include <asynchrormous/query/annotate.hpp>
#include <asynchrormous/query/rows.hpp>

#include <utility>
#include <vector>

namespace orm::inline v0 {

// What the error about a column of another model spells. False.
template <class Model, reflect::fixed_string Path>
struct returned_column_of_related_model {
    static constexpr bool value = false;
};

namespace query_detail {

template <class M, reflect::fixed_string Name, class Target = field_of<M, Name>>
struct returned_column {
    static constexpr bool check() {
        if constexpr (!Target::valid) {
            return false;
        } else {
            constexpr bool own = Target::path.hops.empty();
            static_assert(own || returned_column_of_related_model<M, Name>::value,
                          "asynchrormous: what an update or delete gives back are fields of the model "
                          "itself; the template arguments are model and path");
            return own;
        }
    }
    static constexpr bool valid = check();

    template <bool Valid, class T>
    struct entry_of {
        using type = annotation<Name, bool>;
    };
    template <class T>
    struct entry_of<true, T> {
        using type = annotation<Name, typename selected<typename T::type>::type>;
    };
    using entry = typename entry_of<valid, Target>::type;

    static sql::selected_column column() {
        if constexpr (valid)
            return {{}, Target::reference()};
        else
            return {};
    }
};

template <class M>
inline constexpr auto own_paths = []<std::size_t... I>(std::index_sequence<I...>) {
    const sql::table& table = model_detail::table_holder<M>::value;
    return std::array{sql::path{&table, {}, &table.columns[I]}...};
}(std::make_index_sequence<column_count<M>>());

template <class M, reflect::fixed_string... Names>
struct returned_rows {
    using row = named_row<typename returned_column<M, Names>::entry...>;
    static std::vector<sql::selected_column> columns() { return {returned_column<M, Names>::column()...}; }
};
template <class M>
struct returned_rows<M> {
    using row = M;
    static std::vector<sql::selected_column> columns() {
        std::vector<sql::selected_column> all;
        for (const sql::path& path : own_paths<M>) all.push_back({{}, sql::field(path)});
        return all;
    }
};

// Rows as they are, whatever kind of QuerySet they came from.
template <class Row>
struct decode_returned {
    std::vector<Row> operator()(const postgres::result_view& result, const sql::statement& from) const {
        return read_rows<Row>(result, from, row_layout<Row>::places);
    }
};

}  // namespace query_detail

}  // namespace orm::inline v0
