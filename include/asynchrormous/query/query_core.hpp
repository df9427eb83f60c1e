// The part that all methods of managers and QuerySets stand on: where a statement goes, and how its answer
// becomes a result.
#pragma once

#include <asynchrormous/query/correlated.hpp>
#include <asynchrormous/query/decode.hpp>
#include <asynchrormous/query/evaluation.hpp>
#include <asynchrormous/query/mapped.hpp>
#include <asynchrormous/query/origin.hpp>
#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/query/row.hpp>
#include <asynchrormous/query/scope.hpp>

#include <optional>
#include <vector>

namespace orm::inline v0 {

template <class M, class Row, class Evaluation>
class basic_queryset;

template <class M, class Row = M>
using queryset = basic_queryset<M, Row, evaluation::blocking>;
template <class M, class Row = M>
using async_queryset = basic_queryset<M, Row, evaluation::deferred>;

namespace query_detail {

// Self gives query(), chosen_database() and started(), the fetch that is under way or done, if any.
template <class Self, class M, class Row, class Evaluation>
class query_core {
protected:
    template <class T>
    using result = typename Evaluation::template result<T>;
    using building = basic_queryset<M, Row, Evaluation>;
    using scope = scope_of<M, Row>;
    // With terms that may refer to a query around it.
    template <class... Terms>
    using building_with = basic_queryset<M, row_given_t<Row, scope, Terms...>, Evaluation>;
    using value = row_value_t<Row>;

    const Self& self() const { return static_cast<const Self&>(*this); }
    decltype(auto) query() const { return self().query(); }
    template <class... Terms>
    building_with<Terms...> with(sql::query changed) const {
        return building_with<Terms...>(std::move(changed), self().chosen_database());
    }
    // The same with other rows.
    template <class NewRow>
    auto with_rows(sql::query changed) const {
        return basic_queryset<M, NewRow, Evaluation>(std::move(changed), self().chosen_database());
    }

    template <class T, class Decode>
    result<T> run(sql::statement statement, Decode decode,
                  postgres::access access = postgres::access::read) const {
        return Evaluation::template finish<T>(send<T>(std::move(statement), std::move(decode), access));
    }

    template <class T, class Decode>
    lazy<T> send(sql::statement statement, Decode decode, postgres::access access,
                 intrusive_ptr<const sql::loading> loads = nullptr) const {
        static_cast<void>(check_needs_nothing<Row>());
        route where = statement.empty ? route::nowhere() : route::choose(self().chosen_database());
        if (!statement.empty) Evaluation::enter(where.loop());
        note_origin(self().chosen_database(), statement, access == postgres::access::read);
        return launch<T>(std::move(where), std::move(statement), access, std::move(decode), std::move(loads));
    }

    // A call of several statements: State(loop, database, args…).
    template <class T, class State, class... Args>
    result<T> start_steps(Args&&... args) const {
        static_cast<void>(check_needs_nothing<Row>());
        const std::optional<database> chosen = route::chosen_by(self().chosen_database());
        event_loop& loop = route::choose(chosen).loop();
        Evaluation::enter(loop);
        return Evaluation::template finish<T>(
            State::start(make_intrusive<State>(loop, chosen, std::forward<Args>(args)...)));
    }

    // With what the query loads besides.
    template <class T, class Decode>
    lazy<T> send_rows(const sql::query& rows, Decode decode) const {
        return send<T>(sql::render_select(rows), std::move(decode), postgres::access::read, rows.loads());
    }
    template <class T, class Decode>
    result<T> run_rows(const sql::query& rows, Decode decode) const {
        return Evaluation::template finish<T>(send_rows<T>(rows, std::move(decode)));
    }

    result<value> one_row(const sql::query& rows) const {
        return run_rows<value>(rows, decode_one<M, Row>());
    }

    // f computes it from the fetch, once that is done.
    template <class T, class F>
    result<T> map_started(intrusive_ptr<operation_state> rows, F f) const {
        if (!rows->ready()) Evaluation::enter(rows->loop());
        return Evaluation::template finish<T>(map_lazy<T>(std::move(rows), std::move(f)));
    }

    intrusive_ptr<lazy_state<std::vector<value>>> part_of_started(slice part) const {
        if constexpr (std::is_copy_constructible_v<value>) {
            if (auto rows = self().started())
                return map_lazy<std::vector<value>>(std::move(rows), rows_between<value>{part}).state();
        }
        return nullptr;
    }
};

}  // namespace query_detail

}  // namespace orm::inline v0
