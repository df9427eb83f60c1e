// A QuerySet as a named source (WITH): a plain struct says which of its columns are read, and is the model of
// the QuerySet that reads them.
//     struct Popular { orm::foreign_key<Author> author{}; std::int64_t n = 0; };
//     auto popular = cte<Popular>(Book::objects.values<"author">().annotate("n"_k = count<>));
//     popular.filter("n__gt"_k = 3, "author__name__startswith"_k = "U").order_by<"-n">()
// recursive<Branch>(seeds, next_row(…)) begins with the rows of a QuerySet and makes further rows of each.
// The one rule: a member is named and typed like a column of the rows; the source is named like the struct.
#pragma once

#include <asynchrormous/query/subquery.hpp>

#include <array>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace orm::inline v0 {

// Whether the server computes the source once and keeps its rows, or as part of what reads it. Without either
// PostgreSQL decides: it keeps what is recursive or read more than once.
inline constexpr sql::materialization materialized = sql::materialization::always;
inline constexpr sql::materialization not_materialized = sql::materialization::never;

// Of a recursion: drop is UNION, which leaves out rows that were found before and so ends in a circle; keep
// is UNION ALL.
enum class repeats : std::uint8_t { drop, keep };

// What the errors spell. All are false.
template <class Struct, reflect::fixed_string Member, class Rows>
struct cte_member_without_column {
    static constexpr bool value = false;
};
template <class Struct, reflect::fixed_string Member, class MemberType, class ColumnType>
struct cte_member_of_another_type {
    static constexpr bool value = false;
};
template <class Struct, class Rows>
struct seeds_have_other_columns {
    static constexpr bool value = false;
};
template <class Struct, reflect::fixed_string Member, class MemberType, class ValueType>
struct next_row_of_another_type {
    static constexpr bool value = false;
};
template <class Struct, reflect::fixed_string Path>
struct next_row_sets_no_member {
    static constexpr bool value = false;
};
template <class T>
struct not_a_queryset_to_name {
    static constexpr bool value = false;
};

namespace query_detail {

// The row of a source: a struct that is neither a model nor a value, nor one of the kinds of rows.
template <class T>
concept source_row =
    std::is_aggregate_v<T> && !std::is_empty_v<T> && !model<T> && !model_detail::has_codec<T>;

template <source_row T>
struct row_layout<T> : layout_of_table<T> {};
template <source_row T>
struct columns_in<T> : columns_with_model<T, entry_list<>> {};

template <class Struct>
constexpr const sql::table& source_table() {
    return model_detail::table_holder<Struct>::value;
}

// The column that a member is named like, as a field or with the _id of a key.
template <class Row>
constexpr std::size_t column_for(const sql::column& member) {
    const std::size_t as_field = column_named<Row>(member.field);
    return as_field != no_column ? as_field : column_named<Row>(member.name);
}

// Keys of different models are different, where the models are known.
template <class A, class B>
inline constexpr bool same_model = true;
template <model_detail::any_foreign_key A, model_detail::any_foreign_key B>
inline constexpr bool same_model<A, B> = std::is_same_v<A, B>;

template <class Member, class Column>
inline constexpr bool same_value = std::is_same_v<bare_t<Member>, bare_t<Column>> &&
                                   same_model<without_optional<Member>, without_optional<Column>>;

template <class Struct, class Row, std::size_t I>
constexpr bool check_source_member() {
    constexpr const sql::column& member = source_table<Struct>().columns[I];
    constexpr std::size_t at = column_for<Row>(member);
    constexpr reflect::fixed_string<member.field.size()> name(member.field);
    static_assert(at != no_column || cte_member_without_column<Struct, name, row_value_t<Row>>::value,
                  "asynchrormous: the rows of this source have no column for this member: name it like one "
                  "of their columns; the template arguments are the struct, the member and the rows");
    if constexpr (at == no_column) {
        return false;
    } else {
        using type = column_type<Struct, I>;
        using column = reflect::type_at<at, typename columns_in<Row>::types>;
        constexpr bool fits = same_value<type, column> &&
                              (model_detail::is_optional<type> || !model_detail::is_optional<column>);
        static_assert(fits || cte_member_of_another_type<Struct, name, type, column>::value,
                      "asynchrormous: this member has another type than the column that it reads; the "
                      "template arguments are the struct, the member, its type and the column's");
        return fits;
    }
}

// One static_assert where the struct cannot be a row of these rows.
template <class Struct, class Row>
constexpr bool check_source() {
    if constexpr (!std::is_aggregate_v<Struct>) {
        static_assert(not_a_flat_struct<Struct>::value,
                      "asynchrormous: the row of a source is a plain struct: no constructors, no private "
                      "members");
        return false;
    } else if constexpr (!check_needs_nothing<Row>() || !valid_model<Struct>) {
        return false;
    } else {
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return (check_source_member<Struct, Row, I>() && ...);
        }(std::make_index_sequence<column_count<Struct>>());
    }
}

// Where each column of the rows goes.
template <class Struct, class Row>
inline constexpr auto source_places = [] {
    std::array<std::uint16_t, columns_in<Row>::types::size> places{};
    for (std::uint16_t& each : places) each = sql::unread_column;
    for (const sql::column& member : source_table<Struct>().columns)
        places[column_for<Row>(member)] = member.index;
    return places;
}();

template <class Struct, class Row>
constexpr bool check_seeds() {
    if constexpr (!check_source<Struct, Row>()) {
        return false;
    } else {
        constexpr bool same = columns_in<Row>::types::size == column_count<Struct>;
        static_assert(same || seeds_have_other_columns<Struct, row_value_t<Row>>::value,
                      "asynchrormous: the seeds of a recursion have the columns of its struct and no others: "
                      "give them values<…>(); the template arguments are the struct and the rows");
        return same;
    }
}

// `step` has a column for each of the table, in the table's order; `absent` those that may be NULL where the
// table's are not, and end the recursion there.
struct recursion_parts {
    std::vector<sql::expression_ptr> conditions{};
    std::vector<sql::expression_ptr> step{};
    std::vector<sql::expression_ptr> absent{};
};
ORM_EXPORT sql::query recursion(const sql::query& seeds, const sql::table& as, recursion_parts parts,
                                repeats again, sql::source_options how);

template <reflect::fixed_string Name>
constexpr bool names_member(const sql::column& member) {
    return member.field == Name.view() || member.name == Name.view();
}

// A term of next_row(): a member of the struct itself, a value of its type or NULL where that ends it.
template <class Struct, reflect::fixed_string Name, class V>
struct next_term {
    using target = field_of<Struct, Name>;
    using E = operand_t<const V&>;

    static constexpr bool check() {
        if constexpr (!target::valid || !result_of<Struct, E>::valid) {
            return false;
        } else if constexpr (!target::path.hops.empty()) {
            static_assert(next_row_sets_no_member<Struct, Name>::value,
                          "asynchrormous: next_row() gives members of the struct itself; the template "
                          "arguments are the struct and the path");
            return false;
        } else {
            using member = column_type<Struct, target::path.target->index>;
            using value = typename result_of<Struct, E>::type;
            constexpr bool same = same_value<member, value>;
            static_assert(same || next_row_of_another_type<Struct, Name, member, value>::value,
                          "asynchrormous: this value of next_row() has another type than the member: "
                          "Cast<T>(…) makes one of the other; the template arguments are the struct, the "
                          "member, its type and the value's");
            return same;
        }
    }
    static constexpr bool valid = check();

    static void bind(const V& value, recursion_parts& into) {
        if constexpr (valid) {
            constexpr const sql::column& member = *target::path.target;
            sql::expression_ptr made = as_expression(value).template bind<Struct>();
            if constexpr (any_optional<typename result_of<Struct, E>::type> && !member.nullable)
                into.absent.push_back(made);
            into.step[member.index] = std::move(made);
        }
    }
};

}  // namespace query_detail

// How a recursion goes on from a row: see next_row().
template <class Conditions, reflect::fixed_string Name, class V, class... More>
class recursion_step {
public:
    using terms = std::tuple<keyword<Name, V>, More...>;

    constexpr recursion_step(terms members, Conditions conditions)
        : members_(std::move(members)), conditions_(std::move(conditions)) {}

    // Only rows, old and next, for which all terms hold: "depth__lt"_k = 5, "category__children__name"_k = …
    template <class... Terms>
    constexpr auto filter(const Terms&... holding) const {
        using all = query_detail::conjunction<Conditions, Terms...>;
        return recursion_step<all, Name, V, More...>(members_, all{std::tuple(conditions_, holding...)});
    }

    template <class Struct>
    query_detail::recursion_parts bind() const {
        query_detail::recursion_parts parts;
        for (const sql::path& own : query_detail::own_paths<Struct>) parts.step.push_back(sql::field(own));
        std::apply([&parts](const auto&... each) { (bind_term<Struct>(each, parts), ...); }, members_);
        if (sql::expression_ptr only = query_detail::bind<Struct>(conditions_))
            parts.conditions.push_back(std::move(only));
        return parts;
    }

private:
    template <class Struct, reflect::fixed_string Member, class Value>
    static void bind_term(const keyword<Member, Value>& term, query_detail::recursion_parts& parts) {
        query_detail::next_term<Struct, Member, Value>::bind(term.value, parts);
    }

    terms members_;
    Conditions conditions_;
};

// The rows that follow from a row of the recursion: values for its members, which those that are not named
// keep: next_row("category"_k = F<"category__children">, "depth"_k = F<"depth"> + 1). Names are those of the
// struct and of what its keys lead to. Where a value is NULL that the member cannot be, no row follows.
template <reflect::fixed_string Name, class V, class... More>
constexpr auto next_row(const keyword<Name, V>& member, const More&... more) {
    using none = query_detail::conjunction<>;
    return recursion_step<none, Name, V, More...>(std::tuple(member, more...), none{});
}

// Rows of a QuerySet by name, as a QuerySet of Struct. Columns that no member is named like are not read.
template <class Struct, class M, class Row, class Evaluation>
[[nodiscard]] basic_queryset<Struct, Struct, Evaluation> cte(
    const basic_queryset<M, Row, Evaluation>& rows,
    sql::materialization keep = sql::materialization::automatic) {
    if constexpr (query_detail::check_source<Struct, Row>())
        return basic_queryset<Struct, Struct, Evaluation>(
            sql::query::from(query_detail::source_table<Struct>(), rows.query(),
                             {query_detail::source_places<Struct, Row>, keep}),
            rows.chosen_database());
    else
        return basic_queryset<Struct, Struct, Evaluation>(rows.query());
}
// The same of a manager.
template <class Struct, class Manager>
    requires requires(const Manager& of) { of.all().query(); }
[[nodiscard]] auto cte(const Manager& of, sql::materialization keep = sql::materialization::automatic) {
    return cte<Struct>(of.all(), keep);
}

// The seeds, the rows that follow from them, those that follow from these, and so on.
template <class Struct, class M, class Row, class Evaluation, class Step>
[[nodiscard]] basic_queryset<Struct, Struct, Evaluation> recursive(
    const basic_queryset<M, Row, Evaluation>& seeds, const Step& step, repeats again = repeats::drop,
    sql::materialization keep = sql::materialization::automatic) {
    if constexpr (query_detail::check_seeds<Struct, Row>())
        return basic_queryset<Struct, Struct, Evaluation>(
            query_detail::recursion(seeds.query(), query_detail::source_table<Struct>(),
                                    step.template bind<Struct>(), again,
                                    {query_detail::source_places<Struct, Row>, keep}),
            seeds.chosen_database());
    else
        return basic_queryset<Struct, Struct, Evaluation>(seeds.query());
}

}  // namespace orm::inline v0
