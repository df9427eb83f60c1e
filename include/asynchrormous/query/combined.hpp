// QuerySets that union_() and the like put together: of any model, but with the same rows. What they know by
// name and do not show is no matter.
#pragma once

#include <asynchrormous/query/row.hpp>

#include <type_traits>

namespace orm::inline v0 {

template <class M, class Row, class Evaluation>
class basic_queryset;

// What the errors spell. All are false.
template <class Other>
struct not_a_queryset_to_combine {
    static constexpr bool value = false;
};
template <class Rows, class OtherRows>
struct combined_rows_differ {
    static constexpr bool value = false;
};

namespace query_detail {

template <class A, class B>
inline constexpr bool same_rows = std::is_same_v<row_value_t<A>, row_value_t<B>>;
// Their columns may be in another order.
template <class Struct, class A, class B>
inline constexpr bool same_rows<structs_of<Struct, A>, structs_of<Struct, B>> = same_rows<A, B>;

template <class T>
struct row_to_combine {
    using type = void;
};
template <class M, class Row, class Evaluation>
struct row_to_combine<basic_queryset<M, Row, Evaluation>> {
    using type = Row;
};

template <class Row, class Other>
constexpr bool check_combined() {
    using row = typename row_to_combine<Other>::type;
    if constexpr (std::is_void_v<row>) {
        static_assert(not_a_queryset_to_combine<Other>::value,
                      "asynchrormous: only QuerySets are combined: write Book::objects.all() for a manager");
        return false;
    } else {
        constexpr bool same = same_rows<Row, row>;
        static_assert(same || combined_rows_differ<row_value_t<Row>, row_value_t<row>>::value,
                      "asynchrormous: QuerySets that are combined need the same rows; give both the same "
                      "values_list<…>(), or names and types by values<…>(); the template arguments are the "
                      "rows here and there");
        return same;
    }
}

}  // namespace query_detail
}  // namespace orm::inline v0
