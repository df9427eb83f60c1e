// Which outer queries an expression or a row of a QuerySet refers to, as a list of needs_outer<…>.
#pragma once

#include <asynchrormous/query/outer_reference.hpp>
#include <asynchrormous/reflect/type_list.hpp>

#include <cstdint>
#include <type_traits>

namespace orm::inline v0 {

template <class M, class Row, class Evaluation>
class basic_queryset;
template <sql::subquery_kind Kind, class M, class Row>
struct subquery_expression;

namespace query_detail {

template <class List, class New>
struct with_need;
template <class... Have, class New>
struct with_need<reflect::type_list<Have...>, New> {
    using type = std::conditional_t<(std::is_same_v<Have, New> || ...), reflect::type_list<Have...>,
                                    reflect::type_list<Have..., New>>;
};

// All of several lists, each once.
template <class... Lists>
struct merge;
template <>
struct merge<> {
    using type = reflect::type_list<>;
};
template <class List>
struct merge<List> {
    using type = List;
};
template <class List, class... More>
struct merge<List, reflect::type_list<>, More...> : merge<List, More...> {};
template <class List, class First, class... Rest, class... More>
struct merge<List, reflect::type_list<First, Rest...>, More...>
    : merge<typename with_need<List, First>::type, reflect::type_list<Rest...>, More...> {};
template <class... Lists>
using merge_t = typename merge<reflect::type_list<>, Lists...>::type;

// One query further out.
template <class Need>
struct outside {
    using type = reflect::type_list<>;
};
template <reflect::fixed_string Path, class T, std::uint32_t Level>
    requires(Level > 1)
struct outside<needs_outer<Path, T, Level>> {
    using type = reflect::type_list<needs_outer<Path, T, Level - 1>>;
};
template <class Needs>
struct all_outside;
template <class... Needs>
struct all_outside<reflect::type_list<Needs...>> {
    using type = merge_t<typename outside<Needs>::type...>;
};

template <class Scope, class Term>
struct needs_of;
template <class Scope, class Term>
using needs_of_t = typename needs_of<Scope, Term>::type;

template <class Scope, class Parts>
struct needs_of_parts;
template <class Scope, class... Parts>
struct needs_of_parts<Scope, reflect::type_list<Parts...>> {
    using type = merge_t<needs_of_t<Scope, Parts>...>;
};

// Of a term or expression; what is not valid there has none.
template <class Scope, class Term>
struct needs_of : needs_of_parts<Scope, typename parts_of<Term>::type> {};
template <class Scope, std::uint32_t Level, reflect::fixed_string Name, class T>
struct needs_of<Scope, typed_outer_reference<Level, Name, T>> {
    using type = reflect::type_list<needs_outer<Name, without_optional<T>, Level>>;
};
template <class Scope, std::uint32_t Level, step... Steps>
struct needs_of<Scope, outer_reference<Level, Steps...>>
    : needs_of<Scope, typed_outer_reference<Level, outer_reference<Level, Steps...>::name,
                                            typename outer_reference<Level, Steps...>::known>> {};

// By what it is compared with; after an error about that there is nothing.
template <class Scope, class Lookup>
struct needs_of_lookup {
    using type = reflect::type_list<>;
};
template <class Scope, class Lookup>
    requires requires { typename Lookup::value; }
struct needs_of_lookup<Scope, Lookup> : needs_of<Scope, typename Lookup::value> {};
template <class Scope, class Lookup>
    requires(
        !requires { typename Lookup::value; } && requires { typename Lookup::meant::value; })
struct needs_of_lookup<Scope, Lookup> : needs_of<Scope, typename Lookup::meant::value> {};

template <class Scope, reflect::fixed_string Name, class V>
    requires is_untyped_outer<V>
struct needs_of<Scope, keyword<Name, V>> : needs_of_lookup<Scope, keyword_lookup<Scope, Name, V>> {};
template <class Scope, class Left, sql::lookup_kind Lookup, class V>
    requires(is_untyped_outer<V> && !is_untyped_outer<Left>)
struct needs_of<Scope, comparison<Left, Lookup, V>> {
    using type = merge_t<needs_of_t<Scope, Left>,
                         needs_of_t<Scope, typename outer_comparison<Scope, Left, Lookup, V>::value>>;
};

template <class Scope, class Left, sql::lookup_kind Lookup, expression V>
    requires(is_untyped_outer<Left> && std::is_void_v<typename Left::known> && !is_untyped_outer<V>)
struct needs_of<Scope, comparison<Left, Lookup, V>> {
    using type = merge_t<needs_of_t<Scope, typename comparison_of_outer<Scope, Left, Lookup, V>::left>,
                         needs_of_t<Scope, V>>;
};

// The bounds of a range; after an error about it there is nothing.
template <class Scope, class Range>
struct needs_of_range {
    using type = reflect::type_list<>;
};
template <class Scope, class Range>
    requires(Range::valid)
struct needs_of_range<Scope, Range>
    : needs_of_parts<Scope, reflect::type_list<typename Range::low::type, typename Range::high::type>> {};
template <class Scope, class Lookup>
struct needs_of_bounds {
    using type = reflect::type_list<>;
};
template <class Scope, class Lookup>
    requires requires { typename Lookup::range; }
struct needs_of_bounds<Scope, Lookup> : needs_of_range<Scope, typename Lookup::range> {};
template <class Scope, class Lookup>
    requires(
        !requires { typename Lookup::range; } && requires { typename Lookup::meant::range; })
struct needs_of_bounds<Scope, Lookup> : needs_of_range<Scope, typename Lookup::meant::range> {};

template <class Scope, reflect::fixed_string Name, class Low, class High>
    requires pair_with_expression<std::pair<Low, High>>
struct needs_of<Scope, keyword<Name, std::pair<Low, High>>>
    : needs_of_bounds<Scope, keyword_lookup<Scope, Name, std::pair<Low, High>>> {};
template <class Scope, class Left, class Low, class High>
    requires pair_with_expression<std::pair<Low, High>>
struct needs_of<Scope, comparison<Left, sql::lookup_kind::range, std::pair<Low, High>>> {
    using meant = comparison_in<Scope, Left, sql::lookup_kind::range, std::pair<Low, High>>;
    using type = merge_t<needs_of_t<Scope, Left>, typename needs_of_bounds<Scope, meant>::type>;
};

template <class Scope, class M, class Row, class Evaluation>
struct needs_of<Scope, basic_queryset<M, Row, Evaluation>> : all_outside<row_needs_t<Row>> {};
template <class Scope, sql::subquery_kind Kind, class M, class Row>
struct needs_of<Scope, subquery_expression<Kind, M, Row>> : all_outside<row_needs_t<Row>> {};

template <class M, class Row, class Evaluation>
inline constexpr bool refers_outside<basic_queryset<M, Row, Evaluation>> =
    all_outside<row_needs_t<Row>>::type::size != 0;
template <sql::subquery_kind Kind, class M, class Row>
inline constexpr bool refers_outside<subquery_expression<Kind, M, Row>> =
    all_outside<row_needs_t<Row>>::type::size != 0;

template <class Row, class Needs>
struct row_that_needs;
template <class Row>
struct row_that_needs<Row, reflect::type_list<>> {
    using type = Row;
};
template <class Row, class First, class... Rest>
struct row_that_needs<Row, reflect::type_list<First, Rest...>> {
    using type = correlated<typename row_inside<Row>::type, First, Rest...>;
};
template <class Row, class Scope, class... Terms>
struct row_given<true, Row, Scope, Terms...>
    : row_that_needs<Row, merge_t<row_needs_t<Row>, needs_of_t<Scope, Terms>...>> {};

}  // namespace query_detail

}  // namespace orm::inline v0
