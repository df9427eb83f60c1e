// The methods of managers and QuerySets that ask the database: at once, or after .async() as a lazy that is
// on the wire when the method returns.
#pragma once

#include <asynchrormous/query/aggregate.hpp>
#include <asynchrormous/query/explain.hpp>
#include <asynchrormous/query/query_building.hpp>
#include <asynchrormous/query/returning.hpp>
#include <asynchrormous/query/row_stream.hpp>
#include <asynchrormous/query/sql_text.hpp>

#include <array>
#include <source_location>

namespace orm::inline v0 {

// What the errors spell. Both are false.
template <class M>
struct streamed_by_blocking {
    static constexpr bool value = false;
};
template <class M>
struct iterated_without_blocking {
    static constexpr bool value = false;
};

namespace query_detail {

template <class Self, class M, class Row, class Evaluation>
class query_answers : public query_building<Self, M, Row, Evaluation> {
protected:
    using core = query_core<Self, M, Row, Evaluation>;
    using core::query;
    using core::self;
    using typename core::scope;
    using typename core::value;
    template <class T>
    using result = typename core::template result<T>;

public:
    // The one row that matches. Throws: does_not_exist<M>, multiple_objects_returned<M>.
    template <class... Terms>
    result<value> get(const Terms&... terms) const {
        sql::query matching = query();
        if constexpr (sizeof...(Terms) > 0) matching = filtered<scope>(matching, false, terms...);
        if (!matching.sliced()) matching = matching.order_by_names({}).slice(0, get_limit);
        return this->one_row(matching);
    }

    // The first or last row in the QuerySet's order, or in that of the primary key (of rows without one, of
    // all columns); none: empty.
    result<std::optional<value>> first() const { return optional_row(ordered().slice(0, 1)); }
    result<std::optional<value>> last() const { return optional_row(ordered().reverse().slice(0, 1)); }

    // The row with the smallest or largest value. Throws: does_not_exist<M> when there is no row.
    template <step... Names>
    result<value> earliest() const {
        static_assert(sizeof...(Names) > 0, "earliest<…>() needs the names of the fields to order by");
        return this->one_row(query().order_by_names(order_of_names<scope, Names...>()).slice(0, 1));
    }
    template <step... Names>
    result<value> latest() const {
        static_assert(sizeof...(Names) > 0, "latest<…>() needs the names of the fields to order by");
        return this->one_row(query().order_by_names(order_of_names<scope, Names...>()).reverse().slice(0, 1));
    }

    // A started fetch answers both without another query.
    result<std::int64_t> count() const {
        if (auto rows = self().started())
            return this->template map_started<std::int64_t>(std::move(rows), count_rows{row_count<value>});
        return this->template run<std::int64_t>(sql::render_count(query()), decode_count());
    }
    result<bool> exists() const {
        if (auto rows = self().started())
            return this->template map_started<bool>(std::move(rows), any_row{row_count<value>});
        return this->template run<bool>(sql::render_exists(query()), decode_exists());
    }

    // aggregate(sum<"pages">) is the value; aggregate("n"_k = count<>, "most"_k = max<"pages">) a named row.
    template <class Term>
        requires(!is_keyword<Term>)
    auto aggregate(const Term& term) const {
        using type = typename aggregate_result<Term, scope>::type;
        return aggregated<type>(std::array{bind_aggregate<scope>(term)});
    }
    template <reflect::fixed_string... Names, class... Terms>
        requires(sizeof...(Names) > 0)
    auto aggregate(const keyword<Names, Terms>&... terms) const {
        using row = named_row<annotation<Names, typename aggregate_result<Terms, scope>::type>...>;
        return aggregated<row>(std::array{bind_aggregate<scope>(terms.value)...});
    }

    // Loads relations of rows that are there, what is not loaded yet, as prefetch_related() does:
    // Author::objects.async().prefetch_related_objects<"books__tags">(authors).
    // Lifetime: the rows stay where they are until it is done.
    template <step... Names, class Rows, prefetch_term... Prefetches>
    result<void> prefetch_related_objects(const Rows& rows, const Prefetches&... own) const {
        static_assert(sizeof...(Names) + sizeof...(Prefetches) > 0,
                      "prefetch_related_objects<…>() needs the names of the relations to load");
        const std::array<wanted_path, sizeof...(Names) + sizeof...(Prefetches)> paths{
            fetched_path<M, step_text<Names>()>()..., fetched_path<M>(own)...};
        std::vector<void*> all;
        for (const M& row : rows) all.push_back(const_cast<M*>(&row));
        return Evaluation::template finish<void>(
            prefetch_objects(self().chosen_database(), std::move(all), paths, &Evaluation::enter));
    }

    // The rows one after the other, in constant memory however many there are, from a cursor of the server:
    // `chunk_size` at a time, the next chunk fetched while one is used. Nothing is kept of them. Inside of
    // atomic() its connection is used, where other queries may run between the rows; else the stream holds a
    // connection, in a transaction of its own, until its end or its destruction.
    //     auto books = Book::objects.async().stream();
    //     while (auto book = co_await books.next()) use(*book);
    // Throws: query_error for a chunk_size below 1; what the query throws comes from next().
    row_stream<value> stream(int chunk_size = 2000,
                             std::source_location where = std::source_location::current()) const {
        static_assert(awaited || streamed_by_blocking<M>::value,
                      "asynchrormous: stream() is awaited row by row; add .async() before it, or write for "
                      "(… : books.iterator()) in plain code");
        return row_stream<value>(this->chunks(chunk_size, where));
    }
    // The same in plain code: for (const Book& book : Book::objects.iterator()) use(book);
    row_iteration<value> iterator(int chunk_size = 2000,
                                  std::source_location where = std::source_location::current()) const {
        static_assert(!awaited || iterated_without_blocking<M>::value,
                      "asynchrormous: iterator() blocks between the rows; after .async() write stream() and "
                      "while (auto row = co_await rows.next())");
        return row_iteration<value>(this->chunks(chunk_size, where));
    }

    // How the server would run the query.
    result<std::string> explain(explain_options options = {}) const {
        return this->template run<std::string>(
            explain_statement(sql::render_select(query()), options), decode_lines(),
            options.analyze ? postgres::access::write : postgres::access::read);
    }

    // The statement that iterating would send, without a database.
    [[nodiscard]] sql_text sql() const {
        static_cast<void>(check_needs_nothing<Row>());
        return readable(sql::render_select(query()));
    }

private:
    static constexpr bool awaited = std::is_same_v<Evaluation, evaluation::deferred>;

    intrusive_ptr<chunk_source> chunks(int chunk_size, const std::source_location& where) const {
        static_cast<void>(check_needs_nothing<Row>());
        return make_intrusive<chunk_source>(query(), self().chosen_database().at(where), chunk_size,
                                            kind_of_rows<Row>, &Evaluation::enter);
    }

    sql::query ordered() const {
        const sql::query rows = query();
        return rows.ordered() ? rows : rows.order_by(order_of_rows());
    }
    // The key, or all columns where there is none.
    static std::vector<sql::ordering> order_of_rows() {
        if constexpr (model<M>) {
            return {ordering_of<scope, step("pk")>()};
        } else {
            std::vector<sql::ordering> all;
            for (const sql::path& own : own_paths<M>) all.push_back({sql::field(own), false, true});
            return all;
        }
    }

    result<std::optional<value>> optional_row(const sql::query& rows) const {
        return this->template run_rows<std::optional<value>>(rows, decode_optional<Row>());
    }

    template <class T, std::size_t N>
    result<T> aggregated(const std::array<sql::expression_ptr, N>& terms) const {
        return this->template run<T>(sql::render_aggregate(query(), terms), decode_single<T>());
    }
};

}  // namespace query_detail

}  // namespace orm::inline v0
