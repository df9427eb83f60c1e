// QuerySets: lazy, immutable, checked against the model at compile time. A method that gives a QuerySet
// builds; a method that gives an answer evaluates: at once, or after .async() as a lazy that is on the wire
// when the method returns. One type for each model, row and evaluation, whatever the conditions.
// Threads: confined to the thread of its event loop once it was evaluated; building is free.
#pragma once

#include <asynchrormous/query/query_methods.hpp>

#include <source_location>
#include <utility>
#include <vector>

namespace orm::inline v0 {

template <class M, class Row, class Evaluation>
class basic_queryset : public query_methods<basic_queryset<M, Row, Evaluation>, M, Row, Evaluation> {
    using list = std::vector<row_value_t<Row>>;
    using rows_state = lazy_state<list>;

public:
    using value_type = row_value_t<Row>;
    using const_iterator = typename list::const_iterator;

    explicit basic_queryset(sql::query query, query_detail::query_settings chosen = {},
                            intrusive_ptr<rows_state> started = nullptr)
        : query_(std::move(query)), chosen_(std::move(chosen)), started_(std::move(started)) {}

    // Sends the query unless that was done, and gives this QuerySet, not another one.
    const basic_queryset& start() const& {
        static_cast<void>(fetch());
        return *this;
    }
    basic_queryset start() && {
        static_cast<void>(fetch());
        return std::move(*this);
    }

    // Reading the rows blocks only if they are not there yet; reading them twice asks once.
    const_iterator begin(std::source_location where = std::source_location::current()) const {
        if (!started_ && query_detail::wants_places()) chosen_ = chosen_.at(where);
        return rows().begin();
    }
    const_iterator end() const { return rows().end(); }
    std::size_t size() const { return rows().size(); }
    bool empty() const { return rows().empty(); }
    const list& rows() const& {
        static_cast<void>(fetch());
        started_->wait();
        started_->rethrow_if_failed();
        return started_->value();
    }
    list rows() && { return take_fetch().get(); }

    // As with lazies: awaiting a named QuerySet gives a reference to its rows, a temporary one the rows.
    using query_methods<basic_queryset, M, Row, Evaluation>::operator co_await;
    auto operator co_await() const&
        requires std::is_same_v<Evaluation, evaluation::deferred>
    {
        const lazy<list> rows = fetch();
        return rows.operator co_await();
    }
    auto operator co_await() &&
        requires std::is_same_v<Evaluation, evaluation::deferred>
    {
        return take_fetch().operator co_await();
    }

    // when_all(), with_timeout() and the like take QuerySets as they are.
    friend lazy<list> as_lazy(event_loop&, const basic_queryset& rows)
        requires std::is_same_v<Evaluation, evaluation::deferred>
    {
        return rows.fetch();
    }

    const sql::query& query() const { return query_; }
    const query_detail::query_settings& chosen_database() const { return chosen_; }
    const intrusive_ptr<rows_state>& started() const { return started_; }

private:
    // Asks anew after an error that somebody has seen: the next reader may have better luck.
    lazy<list> fetch() const {
        const bool failed = started_ && started_->failed() && started_->looked_at();
        if (!started_ || failed)
            started_ = this->template send_rows<list>(query_, query_detail::decode_rows<Row>()).state();
        return lazy<list>(started_);
    }
    // The rows can be moved out if nobody else holds them.
    lazy<list> take_fetch() {
        static_cast<void>(fetch());
        return lazy<list>(std::move(started_));
    }

    sql::query query_;
    mutable query_detail::query_settings chosen_;
    mutable intrusive_ptr<rows_state> started_;
};

}  // namespace orm::inline v0
