// The methods that managers and QuerySets share. Those that give a QuerySet build; those that give an answer
// evaluate, each written once as a lazy: blocking evaluation reads it at once.
#pragma once

#include <asynchrormous/query/aggregate.hpp>
#include <asynchrormous/query/correlated.hpp>
#include <asynchrormous/query/decode.hpp>
#include <asynchrormous/query/errors.hpp>
#include <asynchrormous/query/evaluation.hpp>
#include <asynchrormous/query/explain.hpp>
#include <asynchrormous/query/mapped.hpp>
#include <asynchrormous/query/named_row.hpp>
#include <asynchrormous/query/order.hpp>
#include <asynchrormous/query/q.hpp>
#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/query/raw.hpp>
#include <asynchrormous/query/rows.hpp>
#include <asynchrormous/query/slice.hpp>
#include <asynchrormous/query/sql_text.hpp>
#include <asynchrormous/query/write.hpp>

#include <array>
#include <optional>
#include <vector>

namespace orm::inline v0 {

template <class M, class Row, class Evaluation>
class basic_queryset;

template <class M, class Row = M>
using queryset = basic_queryset<M, Row, evaluation::blocking>;
template <class M, class Row = M>
using async_queryset = basic_queryset<M, Row, evaluation::deferred>;

// What managers and QuerySets share. Self gives query(), chosen_database() and started(), the fetch that is
// under way or done, if any.
template <class Self, class M, class Row, class Evaluation>
class query_methods {
    template <class T>
    using result = typename Evaluation::template result<T>;
    using building = basic_queryset<M, Row, Evaluation>;
    // With terms that may refer to a query around it.
    template <class... Terms>
    using building_with = basic_queryset<M, query_detail::row_given_t<Row, M, Terms...>, Evaluation>;

public:
    using evaluated = Evaluation;

    // Rows for which all terms hold: keywords, Q and comparisons of F.
    // Throws: query_error when the QuerySet is sliced.
    template <class... Terms>
    [[nodiscard]] building_with<Terms...> filter(const Terms&... terms) const {
        if constexpr (sizeof...(Terms) == 0)
            return all();
        else
            return with<Terms...>(query().filter(sql::all_of({query_detail::bind<M>(terms)...})));
    }

    // Rows for which the terms do not all hold; NULLs count as not holding, as in Django.
    template <class... Terms>
    [[nodiscard]] building_with<Terms...> exclude(const Terms&... terms) const {
        if constexpr (sizeof...(Terms) == 0)
            return all();
        else
            return with<Terms...>(query().exclude(sql::all_of({query_detail::bind<M>(terms)...})));
    }

    // order_by<"-pages", "author__name">(); no names: unordered. Replaces an earlier or the model's ordering.
    template <step... Names>
    [[nodiscard]] building order_by() const {
        return with(query().order_by({query_detail::ordering_of<M, Names>()...}));
    }
    // order_by(F<&Book::author, &Author::name>.desc(), F<"pages"> % 10)
    template <query_detail::order_term... Terms>
        requires(sizeof...(Terms) > 0)
    [[nodiscard]] building_with<Terms...> order_by(const Terms&... terms) const {
        return with<Terms...>(query().order_by({query_detail::ordering_of<M>(terms)...}));
    }

    // Names are template arguments, so that the compiler can check them.
    template <class... Names>
        requires(sizeof...(Names) > 0 && (std::is_convertible_v<Names, std::string_view> && ...))
    building order_by(const Names&...) const {
        static_assert(query_detail::runtime_name<Names...>::value,
                      "asynchrormous: names are checked at compile time: write order_by<\"-pages\">()");
        return all();
    }

    [[nodiscard]] building reverse() const { return with(query().reverse()); }
    [[nodiscard]] building distinct() const { return with(query().distinct()); }
    [[nodiscard]] building none() const { return with(query().none()); }
    // The same rows, to be asked for anew.
    [[nodiscard]] building all() const { return with(query()); }
    // Throw: query_error for a negative number.
    [[nodiscard]] building limit(std::int64_t rows) const {
        return with(query_detail::sliced(query(), slice(0, rows)));
    }
    [[nodiscard]] building offset(std::int64_t rows) const {
        return with(query_detail::sliced(query(), slice(rows)));
    }

    // Rows start to stop; after .async() they are on the wire when this returns. A fetch that was started
    // already is not asked for again, neither here nor for the row at a position.
    [[nodiscard]] building operator[](slice part) const {
        building rows(query_detail::sliced(query(), part), self().chosen_database(), part_of_started(part));
        if constexpr (std::is_same_v<Evaluation, evaluation::deferred>) rows.start();
        return rows;
    }
    // Throws: does_not_exist<M> when there are fewer rows.
    [[nodiscard]] result<Row> operator[](std::int64_t position) const {
        sql::query one = query_detail::sliced(query(), slice(position, position + 1));
        if constexpr (std::is_copy_constructible_v<Row>) {
            if (auto rows = self().started())
                return map_started<Row>(rows, query_detail::row_at<M, Row>{position, std::move(one)});
        }
        return one_row(one);
    }

    // Rows of the named columns only: values<…> by name, values_list<…> as tuples, one column flat.
    template <reflect::fixed_string... Names>
    [[nodiscard]] auto values() const {
        using named = named_row<annotation<Names, query_detail::selected_t<M, Names>>...>;
        return selecting<named, Names...>();
    }
    template <reflect::fixed_string... Names>
    [[nodiscard]] auto values_list() const {
        return selecting<query_detail::list_row<query_detail::selected_t<M, Names>...>, Names...>();
    }

    // From here on terminals give lazies that are on the wire when they return.
    [[nodiscard]] basic_queryset<M, Row, evaluation::deferred> async() const {
        return basic_queryset<M, Row, evaluation::deferred>(query(), self().chosen_database(),
                                                            self().started());
    }
    [[nodiscard]] building using_(database where) const { return building(query(), std::move(where)); }
    // Throws: connect_error when no database of this thread has the alias.
    [[nodiscard]] building using_(std::string_view alias) const { return using_(database::named(alias)); }

    // The one row that matches. Throws: does_not_exist<M>, multiple_objects_returned<M>.
    template <class... Terms>
    result<Row> get(const Terms&... terms) const {
        sql::query matching = query();
        if constexpr (sizeof...(Terms) > 0)
            matching = matching.filter(sql::all_of({query_detail::bind<M>(terms)...}));
        if (!matching.sliced()) matching = matching.order_by({}).slice(0, query_detail::get_limit);
        return one_row(matching);
    }

    // The first or last row in the QuerySet's order, or in that of the primary key; none: empty.
    result<std::optional<Row>> first() const { return optional_row(ordered().slice(0, 1)); }
    result<std::optional<Row>> last() const { return optional_row(ordered().reverse().slice(0, 1)); }

    // The row with the smallest or largest value. Throws: does_not_exist<M> when there is no row.
    template <step... Names>
    result<Row> earliest() const {
        static_assert(sizeof...(Names) > 0, "earliest<…>() needs the names of the fields to order by");
        return one_row(query().order_by({query_detail::ordering_of<M, Names>()...}).slice(0, 1));
    }
    template <step... Names>
    result<Row> latest() const {
        static_assert(sizeof...(Names) > 0, "latest<…>() needs the names of the fields to order by");
        return one_row(query().order_by({query_detail::ordering_of<M, Names>()...}).reverse().slice(0, 1));
    }

    // A started fetch answers both without another query.
    result<std::int64_t> count() const {
        if (auto rows = self().started())
            return map_started<std::int64_t>(
                rows, [](const std::vector<Row>& r) { return static_cast<std::int64_t>(r.size()); });
        return run<std::int64_t>(sql::render_count(query()), query_detail::decode_count());
    }
    result<bool> exists() const {
        if (auto rows = self().started())
            return map_started<bool>(rows, [](const std::vector<Row>& r) { return !r.empty(); });
        return run<bool>(sql::render_exists(query()), query_detail::decode_exists());
    }

    // aggregate(sum<"pages">) is the value; aggregate("n"_k = count<>, "most"_k = max<"pages">) a named row.
    template <class Term>
        requires(!query_detail::is_keyword<Term>)
    auto aggregate(const Term& term) const {
        using type = typename query_detail::aggregate_result<Term, M>::type;
        return aggregated<type>(std::array{query_detail::bind_aggregate<M>(term)});
    }
    template <reflect::fixed_string... Names, class... Terms>
        requires(sizeof...(Names) > 0)
    auto aggregate(const keyword<Names, Terms>&... terms) const {
        using row = named_row<annotation<Names, typename query_detail::aggregate_result<Terms, M>::type>...>;
        return aggregated<row>(std::array{query_detail::bind_aggregate<M>(terms.value)...});
    }

    // Inserts the row and gives it back with what the database filled in.
    result<M> create(M row) const {
        query_detail::row_image image = query_detail::image_of(row);
        return write_row(std::move(row), image, query_detail::insert_statement<M>(image));
    }

    // Inserts a row whose key is not there yet, else updates all its columns; gives the row back.
    [[nodiscard]] result<M> save(M row) const {
        query_detail::row_image image = query_detail::image_of(row);
        sql::statement write = image.has_key ? query_detail::upsert_statement<M>(image)
                                             : query_detail::insert_statement<M>(image);
        return write_row(std::move(row), image, std::move(write));
    }

    // Sets columns in all rows: update("pages"_k = 300, "title"_k = F<"subtitle">).
    // Returns: the number of rows matched. Throws: query_error when the QuerySet is sliced.
    template <reflect::fixed_string... Names, class... Values>
    result<std::int64_t> update(const keyword<Names, Values>&... values) const {
        static_assert(sizeof...(Names) > 0, "update() needs at least one column to set");
        const std::array terms{query_detail::assignment_of<M>(values)...};
        return run<std::int64_t>(sql::render_update(query(), terms), query_detail::decode_affected(),
                                 postgres::access::write);
    }

    // Deletes all rows. Returns: how many there were, without those that the database deleted with them.
    // Throws: query_error when the QuerySet is sliced.
    result<std::int64_t> delete_() const {
        return run<std::int64_t>(sql::render_delete(query()), query_detail::decode_affected(),
                                 postgres::access::write);
    }

    // Rows of the model from SQL of your own, columns found by name: raw("SELECT * FROM book WHERE pages >
    // $1", 9). Throws: column_mismatch when a column of the model is missing.
    template <class... Values>
    result<std::vector<M>> raw(std::string text, const Values&... values) const {
        return run<std::vector<M>>(query_detail::raw_statement(std::move(text), values...),
                                   query_detail::decode_by_name<M>(), postgres::access::raw);
    }

    // How the server would run the query.
    result<std::string> explain(explain_options options = {}) const {
        return run<std::string>(query_detail::explain_statement(sql::render_select(query()), options),
                                query_detail::decode_lines(),
                                options.analyze ? postgres::access::write : postgres::access::read);
    }

    // The statement that iterating would send, without a database.
    [[nodiscard]] sql_text sql() const {
        static_cast<void>(query_detail::check_needs_nothing<Row>());
        return query_detail::readable(sql::render_select(query()));
    }

    template <class Task = Self>
        requires std::is_same_v<Evaluation, evaluation::blocking>
    auto operator co_await() const& {
        static_assert(awaited_without_async<Task>::value,
                      "asynchrormous: this QuerySet blocks; add .async() to it: co_await books.async()");
        return runtime_detail::value_awaiter<std::vector<Row>>(nullptr);
    }

protected:
    template <class T, class Decode>
    result<T> run(sql::statement statement, Decode decode,
                  postgres::access access = postgres::access::read) const {
        return Evaluation::template finish<T>(send<T>(std::move(statement), std::move(decode), access));
    }

    template <class T, class Decode>
    lazy<T> send(sql::statement statement, Decode decode, postgres::access access) const {
        static_cast<void>(query_detail::check_needs_nothing<Row>());
        if (statement.empty) return query_detail::answer_without_rows<T>(decode, statement);
        query_detail::route where = query_detail::route::choose(self().chosen_database());
        Evaluation::enter(where.loop());
        return query_detail::launch<T>(std::move(where), std::move(statement), access, std::move(decode));
    }

private:
    const Self& self() const { return static_cast<const Self&>(*this); }
    sql::query query() const { return self().query(); }
    template <class... Terms>
    building_with<Terms...> with(sql::query changed) const {
        return building_with<Terms...>(std::move(changed), self().chosen_database());
    }

    sql::query ordered() const {
        const sql::query rows = query();
        return rows.ordered() ? rows : rows.order_by({query_detail::ordering_of<M, step("pk")>()});
    }

    template <class NewRow, reflect::fixed_string... Names>
    auto selecting() const {
        static_assert(sizeof...(Names) > 0,
                      "values<…>() and values_list<…>() need the names of their columns");
        using row = typename query_detail::row_needs<Row>::template same_for<NewRow>;
        return basic_queryset<M, row, Evaluation>(
            query().select({sql::selected_column{{}, value_of<M, Names>::reference()}...}),
            self().chosen_database());
    }

    result<Row> one_row(const sql::query& rows) const {
        return run<Row>(sql::render_select(rows), query_detail::decode_one<M, Row>());
    }

    result<std::optional<Row>> optional_row(const sql::query& rows) const {
        return run<std::optional<Row>>(sql::render_select(rows), query_detail::decode_optional<Row>());
    }

    template <class T, std::size_t N>
    result<T> aggregated(const std::array<sql::expression_ptr, N>& terms) const {
        return run<T>(sql::render_aggregate(query(), terms), query_detail::decode_single<T>());
    }

    result<M> write_row(M row, query_detail::row_image& image, sql::statement statement) const {
        query_detail::written_row<M> decode{std::move(row), std::move(image.returning)};
        return run<M>(std::move(statement), std::move(decode), postgres::access::write);
    }

    template <class T, class F>
    result<T> map_started(const intrusive_ptr<lazy_state<std::vector<Row>>>& rows, F f) const {
        if (!rows->ready()) Evaluation::enter(rows->loop());
        return Evaluation::template finish<T>(query_detail::map_lazy<T>(rows, std::move(f)));
    }

    intrusive_ptr<lazy_state<std::vector<Row>>> part_of_started(slice part) const {
        if constexpr (std::is_copy_constructible_v<Row>) {
            if (auto rows = self().started())
                return query_detail::map_lazy<std::vector<Row>>(rows, query_detail::rows_between{part})
                    .state();
        }
        return nullptr;
    }
};

}  // namespace orm::inline v0
