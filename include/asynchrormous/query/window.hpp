// Window functions: what a row is among others of the same result.
//     Window(Rank()).partition_by<"author">().order_by<"-pages">()
//     Window(sum<"pages">).order_by<"published">().rows(-2, 0)
// Every aggregate is a window function too. Windows stand wherever expressions do but in aggregates and in
// update(); a filter on one chooses among rows that have their windows already.
#pragma once

#include <asynchrormous/query/aggregate.hpp>

#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

namespace orm::inline v0 {

using sql::frame_exclusion;

// A bound of a frame: rows before the current one are negative.
inline constexpr std::nullopt_t unbounded = std::nullopt;
inline constexpr std::int64_t current_row = 0;

// What the errors spell. All are false.
template <class Function>
struct window_function_without_window {
    static constexpr bool value = false;
};
template <class Function>
struct not_a_window_function {
    static constexpr bool value = false;
};
template <class Aggregate>
struct ordered_aggregate_as_window {
    static constexpr bool value = false;
};
template <class Part>
struct window_in_a_window {
    static constexpr bool value = false;
};

// What Window() makes a window of: Rank(), Lag(F<"pages">).
template <class Call>
struct window_function : expression_base {
    static constexpr bool contains_aggregate = Call::contains_aggregate;

    Call call;

    constexpr explicit window_function(Call of) : call(std::move(of)) {}

    template <class Scope>
    static constexpr bool valid_in() {
        static_assert(
            window_function_without_window<Call>::value,
            "asynchrormous: a window function needs its window: Window(Rank()).order_by<\"-pages\">()");
        return false;
    }
};

namespace query_detail {

template <class... E>
struct window_partition {
    static constexpr bool contains_aggregate = (query_detail::contains_aggregate<E> || ...);
    std::tuple<E...> by{};
};

// Throws: query_error for a frame that begins after its end.
ORM_EXPORT sql::window_frame window_frame_of(sql::frame_mode mode, std::optional<std::int64_t> start,
                                             std::optional<std::int64_t> end, frame_exclusion exclusion);

// Throws: query_error for a frame that needs another ordering.
ORM_EXPORT sql::expression_ptr make_window(sql::window_parts parts);

// Throws: query_error.
[[noreturn]] ORM_EXPORT void refuse_distinct_window();

template <class Kind, class Filter, class Order, class Default, class... Args>
std::true_type find_aggregate_base(const aggregate_expression<Kind, Filter, Order, Default, Args...>*);
std::false_type find_aggregate_base(const void*);

template <class Kind, class Filter, class Order, class Default, class... Args>
std::is_same<Order, absent> find_unordered(
    const aggregate_expression<Kind, Filter, Order, Default, Args...>*);

template <class T>
inline constexpr bool is_aggregate = decltype(find_aggregate_base(static_cast<const T*>(nullptr)))::value;

template <class T>
inline constexpr bool is_window_function = false;
template <class Call>
inline constexpr bool is_window_function<window_function<Call>> = true;

// A window's function in a scope: valid, type, bind(function, parts).
template <class Scope, class Function>
struct windowed {
    static constexpr bool check() {
        constexpr bool unordered = decltype(find_unordered(static_cast<const Function*>(nullptr)))::value;
        static_assert(unordered || ordered_aggregate_as_window<Function>::value,
                      "asynchrormous: PostgreSQL has no order_by of an aggregate that is a window function: "
                      "order the window, Window(array_agg<…>).order_by<…>()");
        return unordered && Function::template valid_in<Scope>();
    }
    template <class F = Function>
    using type = typename F::template type_in<Scope>;

    static sql::expression_ptr bind(const Function& function, sql::window_parts parts) {
        if (function.of_distinct) refuse_distinct_window();
        return function.template bind_over<Scope>(&make_window, &parts);
    }
};
template <class Scope, class Call>
struct windowed<Scope, window_function<Call>> {
    static constexpr bool check() { return Call::template valid_in<Scope>(); }
    template <class C = Call>
    using type = typename C::template type_in<Scope>;

    static sql::expression_ptr bind(const window_function<Call>& function, sql::window_parts parts) {
        parts.function = function.call.template bind<Scope>();
        return make_window(std::move(parts));
    }
};

template <class Part>
constexpr bool check_window_part() {
    static_assert(!contains_window<Part> || window_in_a_window<Part>::value,
                  "asynchrormous: PostgreSQL has no window in a window: annotate() the inner one in a query "
                  "of its own");
    return !contains_window<Part>;
}

}  // namespace query_detail

template <class Function, class Partition = query_detail::window_partition<>,
          class Order = query_detail::aggregate_order<>>
struct window_expression : expression_methods<window_expression<Function, Partition, Order>> {
    static constexpr bool contains_aggregate =
        (query_detail::is_window_function<Function> && query_detail::contains_aggregate<Function>) ||
        Partition::contains_aggregate || Order::contains_aggregate;

    Function function;
    Partition partition{};
    Order order{};
    sql::window_frame frame{};

    constexpr explicit window_expression(Function of, Partition by = {}, Order in = {},
                                         sql::window_frame within = {})
        : function(std::move(of)), partition(std::move(by)), order(std::move(in)), frame(within) {}

    // The rows that a row is among: those with the same values; all of them without.
    template <step... Names>
        requires(sizeof...(Names) > 0)
    constexpr auto partition_by() const {
        return partition_by(F<Names>...);
    }
    template <expression... E>
        requires(sizeof...(E) > 0)
    constexpr auto partition_by(const E&... by) const {
        using parts = query_detail::window_partition<E...>;
        return window_expression<Function, parts, Order>(function, parts{std::tuple(by...)}, order, frame);
    }

    template <step... Names>
        requires(sizeof...(Names) > 0)
    constexpr auto order_by() const {
        return order_by(query_detail::ordered_name<Names>()...);
    }
    template <query_detail::order_term... Terms>
        requires(sizeof...(Terms) > 0)
    constexpr auto order_by(const Terms&... terms) const {
        using by = query_detail::aggregate_order<decltype(query_detail::as_ordered(terms))...>;
        return window_expression<Function, Partition, by>(
            function, partition, by{std::tuple(query_detail::as_ordered(terms)...)}, frame);
    }

    // Which rows of them count, from start to end: of rows, of groups of rows that are equal in the order, or
    // by the distance of the value that orders. rows(-2, 0): this row and the two before; unbounded reaches
    // to the first or the last. Throw: query_error when start is after end.
    auto rows(std::optional<std::int64_t> start, std::optional<std::int64_t> end,
              frame_exclusion exclusion = frame_exclusion::none) const {
        return within(sql::frame_mode::rows, start, end, exclusion);
    }
    auto range(std::optional<std::int64_t> start, std::optional<std::int64_t> end,
               frame_exclusion exclusion = frame_exclusion::none) const {
        return within(sql::frame_mode::range, start, end, exclusion);
    }
    auto groups(std::optional<std::int64_t> start, std::optional<std::int64_t> end,
                frame_exclusion exclusion = frame_exclusion::none) const {
        return within(sql::frame_mode::groups, start, end, exclusion);
    }

    template <class Scope>
    static constexpr bool valid_in() {
        if constexpr (!query_detail::check_window_part<reflect::type_list<Function, Partition, Order>>())
            return false;
        else
            return parts_valid<Scope>(static_cast<const Partition*>(nullptr)) &&
                   query_detail::windowed<Scope, Function>::check();
    }
    template <class Scope>
    using type_in = typename query_detail::windowed<Scope, Function>::template type<>;

    template <class Scope>
    sql::expression_ptr bind() const {
        sql::window_parts parts{.frame = frame};
        std::apply(
            [&](const auto&... each) { (parts.partition.push_back(each.template bind<Scope>()), ...); },
            partition.by);
        parts.order = query_detail::aggregate_clause<Scope, Order>::bind_order(order);
        return query_detail::windowed<Scope, Function>::bind(function, std::move(parts));
    }

private:
    window_expression within(sql::frame_mode mode, std::optional<std::int64_t> start,
                             std::optional<std::int64_t> end, frame_exclusion exclusion) const {
        return window_expression(function, partition, order,
                                 query_detail::window_frame_of(mode, start, end, exclusion));
    }
    template <class Scope, class... E>
    static constexpr bool parts_valid(const query_detail::window_partition<E...>*) {
        return (E::template valid_in<Scope>() && ...) && query_detail::aggregate_clause<Scope, Order>::valid;
    }
};

namespace query_detail {

template <class Function, class Partition, class Order>
inline constexpr bool is_window<window_expression<Function, Partition, Order>> = true;

template <reflect::fixed_string Text, class Result, class... Args>
constexpr auto make_window_function(Args&&... args) {
    return window_function(make_lenient_call<Text, Result>(std::forward<Args>(args)...));
}

// LAG and LEAD: NULL beyond the rows, or the default.
struct shifted : maybe_null<same_as_first> {};
struct shifted_or : any_policy {
    template <reflect::fixed_string Text, class V, class, class Default>
    static constexpr bool check() {
        return common_type::check<Text, V, Default>();
    }
    template <class V, class, class Default>
    using type = nullable_t<common_t<V, Default>, any_optional<V, Default>>;
};

}  // namespace query_detail

// A window function or an aggregate over the rows around each row.
template <class Function>
constexpr auto Window(const Function& function) {
    constexpr bool fits = query_detail::is_window_function<Function> || query_detail::is_aggregate<Function>;
    static_assert(fits || not_a_window_function<Function>::value,
                  "asynchrormous: Window takes a window function, Rank() or Lag(F<…>), or an aggregate, "
                  "sum<…>; what is computed of it stands outside: Window(sum<\"pages\">) * 2");
    if constexpr (fits) return window_expression<Function>(function);
}

// clang-format off
constexpr auto RowNumber() { return query_detail::make_window_function<"ROW_NUMBER()", never_null<fixed<std::int64_t>>>(); }
constexpr auto Rank() { return query_detail::make_window_function<"RANK()", never_null<fixed<std::int64_t>>>(); }
constexpr auto DenseRank() { return query_detail::make_window_function<"DENSE_RANK()", never_null<fixed<std::int64_t>>>(); }
constexpr auto PercentRank() { return query_detail::make_window_function<"PERCENT_RANK()", never_null<fixed<double>>>(); }
constexpr auto CumeDist() { return query_detail::make_window_function<"CUME_DIST()", never_null<fixed<double>>>(); }
// Throws: the database's error unless buckets is positive.
constexpr auto Ntile(std::int32_t buckets) { return query_detail::make_window_function<"NTILE({0})", never_null<fixed<std::int32_t>>>(buckets); }
template <class E> constexpr auto FirstValue(E&& of) { return query_detail::make_window_function<"FIRST_VALUE({0})", maybe_null<same_as_first>>(std::forward<E>(of)); }
template <class E> constexpr auto LastValue(E&& of) { return query_detail::make_window_function<"LAST_VALUE({0})", maybe_null<same_as_first>>(std::forward<E>(of)); }
// The value of the frame's nth row, counted from 1.
template <class E> constexpr auto NthValue(E&& of, std::int32_t nth) { return query_detail::make_window_function<"NTH_VALUE({0}, {1})", maybe_null<same_as_first>>(std::forward<E>(of), nth); }
// The value of the row so many rows before or after this one, or the default where there is none.
template <class E> constexpr auto Lag(E&& of, std::int32_t rows = 1) { return query_detail::make_window_function<"LAG({0}, {1})", query_detail::shifted>(std::forward<E>(of), rows); }
template <class E> constexpr auto Lead(E&& of, std::int32_t rows = 1) { return query_detail::make_window_function<"LEAD({0}, {1})", query_detail::shifted>(std::forward<E>(of), rows); }
template <class E, class Default> constexpr auto Lag(E&& of, std::int32_t rows, Default&& otherwise) { return query_detail::make_window_function<"LAG({0}, {1}, {2})", query_detail::shifted_or>(std::forward<E>(of), rows, std::forward<Default>(otherwise)); }
template <class E, class Default> constexpr auto Lead(E&& of, std::int32_t rows, Default&& otherwise) { return query_detail::make_window_function<"LEAD({0}, {1}, {2})", query_detail::shifted_or>(std::forward<E>(of), rows, std::forward<Default>(otherwise)); }
// clang-format on

}  // namespace orm::inline v0
