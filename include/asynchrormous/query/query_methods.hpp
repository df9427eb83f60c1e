// The methods that managers and QuerySets share: those that build (query_building.hpp), those that ask
// (query_answers.hpp), those that write (query_writes.hpp, query_bulk.hpp), and raw SQL.
#pragma once

#include <asynchrormous/query/query_bulk.hpp>
#include <asynchrormous/query/raw.hpp>

#include <string>
#include <vector>

namespace orm::inline v0 {

template <class Self, class M, class Row, class Evaluation>
class query_methods : public query_detail::query_bulk<Self, M, Row, Evaluation> {
protected:
    using core = query_detail::query_core<Self, M, Row, Evaluation>;
    template <class T>
    using result = typename core::template result<T>;

public:
    using evaluated = Evaluation;

    // Rows of the model from SQL of your own, columns found by name: raw("SELECT * FROM book WHERE pages >
    // $1", 9). Throws: column_mismatch when a column of the model is missing.
    template <class... Values>
    result<std::vector<M>> raw(std::string text, const Values&... values) const {
        return this->template run<std::vector<M>>(query_detail::raw_statement(std::move(text), values...),
                                                  query_detail::decode_by_name<M>(), postgres::access::raw);
    }

    template <class Task = Self>
        requires std::is_same_v<Evaluation, evaluation::blocking>
    auto operator co_await() const& {
        static_assert(awaited_without_async<Task>::value,
                      "asynchrormous: this QuerySet blocks; add .async() to it: co_await books.async()");
        return runtime_detail::value_awaiter<std::vector<Row>>(nullptr);
    }
};

}  // namespace orm::inline v0
