// Random queries of windows, subqueries, trees, combinations, DISTINCT ON and slices on a real server: what
// filter() keeps is what the condition says of each row, and count() and exists() agree with the rows.
#include "server/support.hpp"
#include "unit/sql/tables.hpp"

#include <libpq-fe.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

using namespace sql_test;

namespace {

constexpr const char* tables =
    "SET jit = off;"
    "CREATE TABLE country (id bigint PRIMARY KEY, name varchar);"
    "CREATE TABLE author (id bigint PRIMARY KEY, name text, age int, country_id bigint, mentor_id bigint);"
    "CREATE TABLE book (id bigint PRIMARY KEY, title varchar, pages int, rating int, published date,"
    "                   added timestamptz, author_id bigint, editor_id bigint, sequel_to_id bigint);"
    "CREATE TABLE review (id bigint PRIMARY KEY, score int, book_id bigint);"
    "INSERT INTO country VALUES (1, 'NO'), (2, 'SE');"
    "INSERT INTO author VALUES (1, 'a', 10, 1, NULL), (2, 'b', NULL, 2, 1), (3, 'c', 30, NULL, 2);"
    "INSERT INTO book SELECT n, left('xyzzy', n), n % 3 * 100, nullif(n, 3), NULL, now(), n % 3 + 1,"
    "                        nullif(n % 4, 0), nullif((n + 3) % 5, 0) FROM generate_series(1, 6) n;"
    "INSERT INTO review VALUES (1, 1, 1), (2, 5, 1), (3, 3, 2), (4, 4, 4);";

using rows = std::vector<std::vector<std::string>>;

class server_rows {
public:
    server_rows() : connection_(schema_.url()) { connection_.exec(tables); }

    // Values of the tests are text.
    rows of(const statement& asked) {
        rows all;
        if (asked.empty) return all;
        std::vector<std::string> texts;
        std::vector<const char*> values;
        std::vector<Oid> types;
        for (const parameter& each : asked.parameters) {
            texts.push_back(shown(each));
            types.push_back(parameter_oid_of(each.type));
        }
        for (const std::string& each : texts) values.push_back(each.c_str());
        const test::plain_connection::result_handle answer(
            PQexecParams(connection_.handle(), asked.text.str().c_str(), static_cast<int>(values.size()),
                         types.data(), values.data(), nullptr, nullptr, 0),
            PQclear);
        INFO(asked.text.str());
        REQUIRE_MESSAGE(PQresultStatus(answer.get()) == PGRES_TUPLES_OK, PQresultErrorMessage(answer.get()));
        for (int row = 0; row < PQntuples(answer.get()); ++row) {
            all.emplace_back();
            for (int i = 0; i < PQnfields(answer.get()); ++i)
                all.back().push_back(PQgetvalue(answer.get(), row, i));
        }
        return all;
    }

private:
    test::fresh_schema schema_;
    test::plain_connection connection_;
};

class random_query {
public:
    random_query(std::uint64_t seed, bool slices) : state_(seed * 7919 + 1), slices_(slices) {}

    std::size_t below(std::size_t n) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(state_ >> 33) % n;
    }

    query ranked() {
        const expression_ptr rank =
            window({.function = call({"RANK()"}, {}, int8),
                    .partition = {of(book, below(2) ? "author" : "editor__country__name")},
                    .order = {term()}});
        return query(book).annotate("rank", rank, false);
    }

    // Over the rows of ranked().
    expression_ptr condition(std::size_t depth) {
        switch (below(depth > 0 ? 11 : 5)) {
            case 0:
                return compare(lookup_kind::gt, of(book, "pages"), number(3));
            case 1:
                return compare(lookup_kind::lt, of(book, "rating"), num(static_cast<int>(below(6))));
            case 2:
                return is_null(of(book, "editor__country__name"), below(2) == 0);
            case 3:
            case 4:
                return compare(lookup_kind::lte, named("rank", int8), num(static_cast<int>(below(3)) + 1));
            case 5:
                return in(subquery(subquery_kind::scalar, any(depth - 1), {}, int8));
            case 6:
                return in(tree(any(depth - 1), column_of(book, "sequel_to"),
                               below(2) ? tree_direction::up : tree_direction::down));
            case 7:
                return correlated();
            case 8:
                return negate(condition(depth - 1));
            default:
                return below(2) ? any_of({condition(depth - 1), condition(depth - 1)})
                                : all_of({condition(depth - 1), condition(depth - 1)});
        }
    }

    // Books, whichever way. What is sliced is in a complete order.
    query any(std::size_t depth) {
        query made = depth > 0 && below(3) == 0
                         ? any(depth - 1).combine(static_cast<combinator>(below(4)), {any(depth - 1)})
                         : single(depth);
        if (!slices_ || below(2)) return made;
        std::vector<ordering> order{term(), {.by = of(book, "id")}};
        if (below(2)) order[0].by = call({"LENGTH({0})"}, {of(book, "title")}, int4);
        return made.sliced() ? made : made.order_by(std::move(order)).slice(below(2), below(5));
    }

private:
    query single(std::size_t depth) {
        query made = ranked();
        for (std::size_t i = below(3); i > 0; --i)
            made = below(2) ? made.filter(condition(depth)) : made.exclude(condition(depth));
        if (slices_ && below(4) == 0) made = made.distinct();
        if (slices_ && below(4) == 0)
            made = made.distinct_on({of(book, below(2) ? "author" : "pages")})
                       .order_by({term(), {.by = of(book, "id")}});
        return made;
    }

    expression_ptr in(expression_ptr keys) {
        return compare(lookup_kind::in, of(book, "id"), std::move(keys));
    }

    // A score of the row's own, compared with a value of it.
    expression_ptr correlated() {
        const query own = query(review)
                              .filter(compare(lookup_kind::exact, of(review, "book"), outer("id", 1, int8)))
                              .order_by({{.by = of(review, "id")}})
                              .select({{"", of(review, "score")}})
                              .slice(0, 1);
        return compare(lookup_kind::lte,
                       subquery(subquery_kind::scalar, own, {{"id", 1, of(book, "id")}}, int4),
                       below(2) ? named("rank", int8) : num(3));
    }

    expression_ptr number(std::size_t hundreds) { return num(static_cast<int>(below(hundreds)) * 100); }

    ordering term() {
        static constexpr std::string_view columns[] = {"id", "pages", "rating", "title"};
        return {.by = of(book, columns[below(std::size(columns))]),
                .descending = below(2) == 0,
                .nulls = static_cast<nulls_order>(below(3))};
    }

    std::uint64_t state_;
    bool slices_;
};

}  // namespace

TEST_CASE("filter() keeps the rows of which the condition is true, exclude() the others") {
    server_rows server;
    for (std::uint64_t seed = 0; seed < 600; ++seed) {
        random_query random(seed, false);
        const query all = random.ranked().order_by({{.by = of(book, "id")}});
        // In one piece: what has no window would be decided before the windows are.
        const expression_ptr what = any_of({random.condition(3), random.condition(3)});
        const std::vector<selected_column> id = {{"", of(book, "id")}};
        rows kept, left_out;
        for (const auto& row : server.of(render_select(all.select({id[0], {"", what}}))))
            (row[1] == "t" ? kept : left_out).push_back({row[0]});
        CAPTURE(seed);
        CHECK(server.of(render_select(all.filter(what).select(id))) == kept);
        CHECK(server.of(render_select(all.exclude(what).select(id))) == left_out);
    }
}

TEST_CASE("count() and exists() agree with the rows of any query") {
    server_rows server;
    for (std::uint64_t seed = 0; seed < 600; ++seed) {
        const query asked = random_query(seed, true).any(2);
        const std::size_t found = server.of(render_select(asked)).size();
        const statement counted = render_count(asked);
        CAPTURE(seed);
        CHECK((counted.empty ? "0" : server.of(counted)[0][0]) == std::to_string(found));
        CHECK(server.of(render_exists(asked)).empty() == (found == 0));
    }
}
