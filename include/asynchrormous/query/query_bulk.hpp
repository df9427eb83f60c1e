// The methods of managers and QuerySets that write many rows at once, or need more than one statement.
#pragma once

#include <asynchrormous/query/bulk.hpp>
#include <asynchrormous/query/get_or_create.hpp>
#include <asynchrormous/query/in_bulk.hpp>
#include <asynchrormous/query/on_conflict.hpp>
#include <asynchrormous/query/query_writes.hpp>

#include <array>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

template <class Self, class M, class Row, class Evaluation>
class query_bulk : public query_writes<Self, M, Row, Evaluation> {
protected:
    using core = query_core<Self, M, Row, Evaluation>;
    using core::query;
    using typename core::scope;
    template <class T>
    using result = typename core::template result<T>;

public:
    // Inserts all rows, or none. Returns: them with what the database filled in, in the same order; with
    // ignore_conflicts those that were inserted, with update_conflicts all as they are in the database then.
    template <class... Options>
    result<std::vector<M>> bulk_create(std::vector<M> rows, const Options&... options) const {
        bulk_request request{.of = &table_of<M>()};
        if constexpr (check_bulk_create<M, Options...>()) (apply_option<M>(request, options), ...);
        return this->template start_steps<std::vector<M>, bulk_create_state<M>>(std::move(request),
                                                                                std::move(rows));
    }

    // Writes these fields of all rows, which must be saved: bulk_update<"pages", "title">(books).
    // Returns: how many were there. Throws: query_error for a row that was never saved, and for a key twice.
    template <step... Names, class... Options>
    result<std::int64_t> bulk_update(std::vector<M> rows, const Options&... options) const {
        static_assert(sizeof...(Names) > 0,
                      "asynchrormous: bulk_update<…>() needs the names of the fields to write");
        using given = written_fields<M, Names...>;
        bulk_request request{
            .of = &table_of<M>(), .update = true, .fields = {given::columns.begin(), given::columns.end()}};
        if constexpr ((check_bulk_update_option<M, Options>() && ...))
            (apply_option<M>(request, options), ...);
        return this->template start_steps<std::int64_t, bulk_update_state<M>>(std::move(request),
                                                                              std::move(rows));
    }

    // The row that matches, or a new one of the conditions that name a field alone and of defaults(…):
    //     auto [book, created] = Book::objects.get_or_create("isbn"_k = isbn, defaults("title"_k =
    //     "Tehanu"));
    // Right when others do the same at the same time, if a unique constraint says which rows are the same.
    // Throws: multiple_objects_returned<M>; unique_violation when another constraint refuses the new row.
    template <class... Terms>
    result<created_row<M>> get_or_create(const Terms&... terms) const {
        const auto conditions = std::tuple_cat(conditions_among(terms)...);
        find_or_insert how{sql::render_select(matching(conditions).order_by_names({}).slice(0, get_limit))};
        return this->template start_steps<created_row<M>, find_or_insert_state<M>>(
            std::move(how), made(new_row<M>(conditions, std::tuple_cat(defaults_among(terms)...))));
    }

    // Updates the row that matches by defaults(…), or inserts one as get_or_create() does; of
    // create_defaults(…) instead, where they are given.
    //     Page::objects.update_or_create("url"_k = url, defaults("hits"_k = F<"hits"> + 1),
    //                                    create_defaults("hits"_k = 1));
    template <class... Terms>
    result<created_row<M>> update_or_create(const Terms&... terms) const {
        const auto conditions = std::tuple_cat(conditions_among(terms)...);
        const auto values = std::tuple_cat(defaults_among(terms)...);
        if constexpr (std::tuple_size_v<decltype(values)> == 0) {
            return get_or_create(terms...);
        } else {
            const sql::query rows = matching(conditions);
            const auto update = [&rows](const auto&... each) {
                std::vector<sql::assignment> set{assignment_of<M, scope>(each)...};
                add_stamps<M>(set);
                return sql::render_update(rows, set, returned_rows<M>::columns());
            };
            find_or_insert how{std::apply(update, values), postgres::access::write, !one_row(conditions)};
            return this->template start_steps<created_row<M>, find_or_insert_state<M>>(
                std::move(how), made(row_to_create(conditions, values, terms...)));
        }
    }

    // What to do with rows that a unique constraint refuses (on_conflict.hpp); without names: any constraint.
    template <step... Names>
    [[nodiscard]] conflict_target<M, Evaluation, Names...> on_conflict() const {
        return conflict_target<M, Evaluation, Names...>(route::chosen_by(this->self().chosen_database()));
    }

    // The rows with these keys, by key: in_bulk({1, 2, 3}), in_bulk<"slug">(slugs); without keys all rows.
    // Keys that no row has are left out.
    template <step... Field>
    auto in_bulk(const std::vector<typename bulk_key<M, Field...>::type>& keys) const {
        using key = bulk_key<M, Field...>;
        using values = std::vector<typename key::type>;
        if constexpr (key::valid)
            return rows_by<key>(filtered<scope>(query(), false, keyword<in_lookup(key::name), values>{keys}));
        else
            return rows_by<key>(query());
    }
    template <step... Field>
    auto in_bulk() const {
        return rows_by<bulk_key<M, Field...>>(query());
    }

private:
    template <class Conditions>
    sql::query matching(const Conditions& conditions) const {
        const sql::query all = query();
        const auto filter = [&all](const auto&... each) {
            if constexpr (sizeof...(each) == 0)
                return all;
            else
                return filtered<scope>(all, false, each...);
        };
        return std::apply(filter, conditions);
    }
    template <class... Terms>
    static constexpr bool one_row(const std::tuple<const Terms&...>&) {
        return names_one_row<M, Terms...>();
    }
    template <class Conditions, class Values, class... Terms>
    static M row_to_create(const Conditions& conditions, const Values& values, const Terms&... terms) {
        if constexpr ((is_create_defaults<Terms> || ...))
            return new_row<M>(conditions, std::tuple_cat(create_defaults_among(terms)...));
        else
            return new_row<M>(conditions, values);
    }
    // Of a related manager: the row belongs to the owner.
    M made(M row) const {
        if constexpr (requires { this->self().adopt(row); }) this->self().adopt(row);
        return row;
    }
    template <class Key>
    auto rows_by(const sql::query& rows) const {
        using decode = decode_in_bulk<M, Key, Row>;
        return this->template run<typename decode::rows_by_key>(sql::render_select(rows.order_by_names({})),
                                                                decode());
    }
};

}  // namespace orm::inline v0::query_detail
