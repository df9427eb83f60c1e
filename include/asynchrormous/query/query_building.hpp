// The methods of managers and QuerySets that give another QuerySet.
#pragma once

#include <asynchrormous/query/annotate.hpp>
#include <asynchrormous/query/combined.hpp>
#include <asynchrormous/query/dates.hpp>
#include <asynchrormous/query/eager_loading.hpp>
#include <asynchrormous/query/lock.hpp>
#include <asynchrormous/query/order.hpp>
#include <asynchrormous/query/partial.hpp>
#include <asynchrormous/query/query_core.hpp>
#include <asynchrormous/query/slice.hpp>
#include <asynchrormous/query/structs.hpp>
#include <asynchrormous/query/trees.hpp>

#include <source_location>

namespace orm::inline v0::query_detail {

template <class Self, class M, class Row, class Evaluation>
class query_building : public query_core<Self, M, Row, Evaluation> {
protected:
    using core = query_core<Self, M, Row, Evaluation>;
    using core::query;
    using core::self;
    template <class... Terms>
    using building_with = typename core::template building_with<Terms...>;
    using typename core::building;
    using typename core::scope;
    using typename core::value;
    template <class T>
    using result = typename core::template result<T>;

public:
    // Rows for which all terms hold: keywords, Q and comparisons of F.
    // Throws: query_error when the QuerySet is sliced.
    template <class... Terms>
    [[nodiscard]] building_with<Terms...> filter(const Terms&... terms) const {
        if constexpr (sizeof...(Terms) == 0)
            return this->with(query());
        else
            return this->template with<Terms...>(filtered<scope>(query(), false, terms...));
    }

    // Rows for which the terms do not all hold; NULLs count as not holding, as in Django.
    template <class... Terms>
    [[nodiscard]] building_with<Terms...> exclude(const Terms&... terms) const {
        if constexpr (sizeof...(Terms) == 0)
            return this->with(query());
        else
            return this->template with<Terms...>(filtered<scope>(query(), true, terms...));
    }

    // order_by<"-pages", "author__name">(); no names: unordered. Replaces an earlier or the model's ordering.
    template <step... Names>
    [[nodiscard]] building order_by() const {
        return this->with(query().order_by_names(order_of_names<scope, Names...>()));
    }
    // order_by(F<&Book::author, &Author::name>.desc(), F<"pages"> % 10)
    template <order_term... Terms>
        requires(sizeof...(Terms) > 0)
    [[nodiscard]] building_with<Terms...> order_by(const Terms&... terms) const {
        return this->template with<Terms...>(query().order_by({ordering_of<scope>(terms)...}));
    }

    // Names are template arguments, so that the compiler can check them.
    template <class... Names>
        requires(sizeof...(Names) > 0 && (std::is_convertible_v<Names, std::string_view> && ...))
    building order_by(const Names&...) const {
        static_assert(runtime_name<Names...>::value,
                      "asynchrormous: names are checked at compile time: write order_by<\"-pages\">()");
        return all();
    }

    [[nodiscard]] building reverse() const { return this->with(query().reverse()); }
    [[nodiscard]] building distinct() const { return this->with(query().distinct()); }
    [[nodiscard]] building none() const { return this->with(query().none()); }
    // The same rows, to be asked for anew.
    [[nodiscard]] building all(std::source_location where = std::source_location::current()) const {
        return building(query(), self().chosen_database().at(where));
    }
    // Throw: query_error for a negative number.
    [[nodiscard]] building limit(std::int64_t rows) const {
        return this->with(sliced(query(), slice(0, rows)));
    }
    [[nodiscard]] building offset(std::int64_t rows) const {
        return this->with(sliced(query(), slice(rows)));
    }

    // The rows locked until the transaction ends (SELECT … FOR UPDATE); without names all that the query
    // joins, else these: select_for_update<"self", "author">({.skip_locked = true}). count() and aggregates
    // lock nothing. Throws: query_error for options that exclude each other; when it is evaluated,
    // transaction_management_error outside of a transaction, query_error for rows that cannot be locked;
    // with nowait, lock_not_available.
    template <reflect::fixed_string... Of>
    [[nodiscard]] building select_for_update(const lock_options& options = {}) const {
        return this->with(query().lock(locking_of(options, {locked_path<model_of<scope>, Of>()...})));
    }

    // Rows start to stop; after .async() they are on the wire when this returns. A fetch that was started
    // already is not asked for again, neither here nor for the row at a position.
    [[nodiscard]] building operator[](slice part) const {
        building rows(sliced(query(), part), self().chosen_database(), this->part_of_started(part));
        if constexpr (std::is_same_v<Evaluation, evaluation::deferred>) rows.start();
        return rows;
    }
    // Throws: does_not_exist<M> when there are fewer rows.
    [[nodiscard]] result<value> operator[](std::int64_t position) const {
        sql::query one = sliced(query(), slice(position, position + 1));
        if constexpr (std::is_copy_constructible_v<value>) {
            if (auto rows = self().started())
                return this->template map_started<value>(rows, row_at<M, value>{position, std::move(one)});
        }
        return this->one_row(one);
    }

    // The rows with computed values: annotate("n"_k = count<"books">, "twice"_k = F<"n"> * 2). Later terms
    // and clauses use them by name. Values over relations are computed for each row.
    template <reflect::fixed_string Name, class V, class... More>
    [[nodiscard]] auto annotate(const keyword<Name, V>& term, const More&... more) const {
        return adding<true>(term, more...);
    }
    // The same as names only: the rows stay as they are.
    template <reflect::fixed_string Name, class V, class... More>
    [[nodiscard]] auto alias(const keyword<Name, V>& term, const More&... more) const {
        return adding<false>(term, more...);
    }

    // Rows of these columns only, fields or annotations: values<"title", "author__name">() by name,
    // values_list<…>() as tuples, one column flat. Aggregates that are annotated later are for each group of
    // equal rows.
    template <reflect::fixed_string... Names>
    [[nodiscard]] auto values() const {
        return selecting<values_of, Names...>();
    }
    template <reflect::fixed_string... Names>
    [[nodiscard]] auto values_list() const {
        return selecting<tuples_of, Names...>();
    }
    // With computed columns after the named ones: values<"title">("long"_k = Q("pages__gt"_k = 300)).
    template <reflect::fixed_string... Names, reflect::fixed_string... More, class... V>
        requires(sizeof...(More) > 0)
    [[nodiscard]] auto values(const keyword<More, V>&... computed) const {
        return annotate(computed...).template values<Names..., More...>();
    }
    template <reflect::fixed_string... Names, reflect::fixed_string... More, class... V>
        requires(sizeof...(More) > 0)
    [[nodiscard]] auto values_list(const keyword<More, V>&... computed) const {
        return annotate(computed...).template values_list<Names..., More...>();
    }

    // Rows of the model with some of its columns, partial<Book, …>, the primary key always among them:
    // only<"title", "author__name">(), or all but defer<"body">(). Columns that were not loaded cannot be
    // read. only() replaces an earlier one, defer() leaves out more.
    template <reflect::fixed_string... Names>
    [[nodiscard]] auto only() const {
        if constexpr (names_key<M, Names...>())
            return selecting<partial_rows<M>::template of, Names...>();
        else
            return selecting<partial_rows<M>::template of,
                             name_of_column<M, model_detail::unchecked_table<M>.primary_key>(), Names...>();
    }
    template <reflect::fixed_string... Names>
    [[nodiscard]] auto defer() const {
        if constexpr (!(check_own_column<M, Names>() && ...))
            return all();
        else if constexpr (is_partial<Row>)
            return selecting_left(typename entries_left<typename row_kind<Row>::value, Names...>::type());
        else
            return leaving<columns_left<M, Names...>>(typename columns_left<M, Names...>::indices());
    }

    // Rows read into a struct whose members are named and typed like the columns.
    template <class Struct>
    [[nodiscard]] auto to() const {
        if constexpr (check_struct<Struct, Row>())
            return this->template with_rows<structs_of<Struct, Row>>(query());
        else
            return all();
    }

    // The rows of this QuerySet and of others, of any model, with the same rows, each once; union_all: as
    // often as they come. After it only slices, orderings by columns of the rows, count() and exists().
    template <class... QuerySets>
    [[nodiscard]] building union_(const QuerySets&... others) const {
        return combined(sql::combinator::union_distinct, others...);
    }
    template <class... QuerySets>
    [[nodiscard]] building union_all(const QuerySets&... others) const {
        return combined(sql::combinator::union_all, others...);
    }
    // Those that are in all of them, and those that are in none of the others.
    template <class... QuerySets>
    [[nodiscard]] building intersection(const QuerySets&... others) const {
        return combined(sql::combinator::intersection, others...);
    }
    template <class... QuerySets>
    [[nodiscard]] building difference(const QuerySets&... others) const {
        return combined(sql::combinator::difference, others...);
    }

    // The first row, in the QuerySet's order, of those that are equal in these names.
    template <reflect::fixed_string First, reflect::fixed_string... Names>
    [[nodiscard]] building distinct() const {
        return this->with(query().distinct_on({name_in<scope, First>(), name_in<scope, Names>()...}));
    }

    // The days, months, … that a field has, each once, in order and without NULL: the dates they begin on. A
    // timestamptz is taken in UTC. Throws: query_error when the QuerySet is sliced.
    template <reflect::fixed_string Name>
    [[nodiscard]] auto dates(date_part part, date_order order = date_order::ascending) const {
        return distinct_dates_of<Name, true>({.day = part, .order = order});
    }
    // The same as values of the field's type, in the zone for a timestamptz; none: in UTC.
    template <reflect::fixed_string Name>
    [[nodiscard]] auto datetimes(date_part part, std::string_view zone = {},
                                 date_order order = date_order::ascending) const {
        return distinct_dates_of<Name, false>({.day = part, .zone = zone, .order = order});
    }
    template <reflect::fixed_string Name>
    [[nodiscard]] auto datetimes(time_part part, std::string_view zone = {},
                                 date_order order = date_order::ascending) const {
        return distinct_dates_of<Name, false>({.hour = part, .zone = zone, .order = order});
    }

    // The rows of the model that refer to these by a key to the model itself, those that refer to them, …;
    // or what these refer to, and so on. Circles end. The rows themselves are among them only where another
    // one leads there; with …_or_self always.
    template <reflect::fixed_string Key>
    [[nodiscard]] auto descendants() const {
        return walking<Key>(sql::tree_direction::down, false);
    }
    template <reflect::fixed_string Key>
    [[nodiscard]] auto descendants_or_self() const {
        return walking<Key>(sql::tree_direction::down, true);
    }
    template <reflect::fixed_string Key>
    [[nodiscard]] auto ancestors() const {
        return walking<Key>(sql::tree_direction::up, false);
    }
    template <reflect::fixed_string Key>
    [[nodiscard]] auto ancestors_or_self() const {
        return walking<Key>(sql::tree_direction::up, true);
    }

    // The rows of other models that each row refers to, or that refer to it one to one, in the same query:
    // select_related<"author__publisher", "editor">(). Calls add up; without names: none of them.
    // Equal ones are one object, shared by all rows of the result.
    template <step... Names>
    [[nodiscard]] building select_related() const {
        if constexpr (check_rows_of_model<Row>()) {
            const std::array<wanted_path, sizeof...(Names)> paths{joined_path<M, step_text<Names>()>()...};
            return this->with(query_detail::select_related(query(), paths));
        } else {
            return all();
        }
    }

    // Relations of any kind by one query for each, after the rows: prefetch_related<"books__tags">(). With
    // Prefetch<"books">(…) by a QuerySet of their own. Calls add up; without names: none of them.
    // Relations that start from the same rows are asked for together.
    template <step... Names, prefetch_term... Prefetches>
    [[nodiscard]] building prefetch_related(const Prefetches&... own) const {
        if constexpr (check_rows_of_model<Row>()) {
            const std::array<wanted_path, sizeof...(Names) + sizeof...(Prefetches)> paths{
                fetched_path<M, step_text<Names>()>()..., fetched_path<M>(own)...};
            return this->with(query_detail::prefetch_related(query(), paths));
        } else {
            return all();
        }
    }

    // From here on terminals give lazies that are on the wire when they return.
    [[nodiscard]] basic_queryset<M, Row, evaluation::deferred> async(
        std::source_location where = std::source_location::current()) const {
        return basic_queryset<M, Row, evaluation::deferred>(query(), self().chosen_database().at(where),
                                                            self().started());
    }
    [[nodiscard]] building using_(database where) const {
        return building(query(), self().chosen_database().with(std::move(where)));
    }
    // How keys and related members of the rows are fetched when they are read and not loaded.
    [[nodiscard]] building fetch_mode(fetch mode) const {
        return building(query(), self().chosen_database().with(mode));
    }
    // Throws: connect_error when no database of this thread has the alias.
    [[nodiscard]] building using_(std::string_view alias) const { return using_(database::named(alias)); }

private:
    template <bool Shown, reflect::fixed_string Name, class V, class... More>
    auto adding(const keyword<Name, V>& term, const More&... more) const {
        using added = annotation_term<Row, scope, Name, V, Shown>;
        using row = row_given_t<extended<Row, typename added::entry>, scope, operand_t<const V&>>;
        auto rows = this->template with_rows<row>(added::add(query(), term.value));
        if constexpr (sizeof...(More) == 0)
            return rows;
        else if constexpr (Shown)
            return rows.annotate(more...);
        else
            return rows.alias(more...);
    }

    template <template <class...> class Rows, reflect::fixed_string... Names>
    auto selecting() const {
        if constexpr (check_column_names<Names...>())
            return this->template with_rows<selected_rows_t<Rows, Row, scope, Names...>>(
                query().select({selection<scope, Names>::column_of()...}));
        else
            return all();
    }

    template <class Columns, std::size_t... I>
    auto leaving(std::index_sequence<I...>) const {
        return selecting<partial_rows<M>::template of, name_of_column<M, Columns::kept.at[I]>()...>();
    }

    template <reflect::fixed_string... Names, class... T>
    auto selecting_left(entry_list<annotation<Names, T>...>) const {
        return selecting<partial_rows<M>::template of, Names...>();
    }

    template <reflect::fixed_string Name, bool Dates>
    auto distinct_dates_of(const date_question& asked) const {
        using found = dates_of<scope, Name, Dates>;
        using rows = typename row_needs<Row>::template same_for<typename found::rows>;
        return this->template with_rows<rows>(found::ask(query(), asked));
    }

    template <reflect::fixed_string Key>
    auto walking(sql::tree_direction direction, bool with_self) const {
        return this->template with_rows<typename row_needs<Row>::template same_for<M>>(
            tree_key<M, Key>::walk(query(), direction, with_self, row_needs_t<Row>()));
    }

    template <class... Others>
    building combined(sql::combinator how, const Others&... others) const {
        if constexpr ((check_combined<Row, Others>() && ...))
            return this->with(query().combine(how, {others.query()...}));
        else
            return all();
    }
};

}  // namespace orm::inline v0::query_detail
