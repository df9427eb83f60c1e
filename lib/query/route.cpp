#include "joined_rows.hpp"
#include "postgres/watch.hpp"
#include "prefetch_run.hpp"

#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/postgres/transaction.hpp>
#include <asynchrormous/query/evaluation.hpp>
#include <asynchrormous/query/query_operation.hpp>
#include <asynchrormous/query/route.hpp>
#include <asynchrormous/runtime/context.hpp>

namespace orm::inline v0 {

void require_blocking_allowed(const event_loop& loop) {
    if (loop.may_block()) return;
    throw synchronous_only_operation(
        loop.borrowed() ? "a blocking QuerySet was evaluated on an event loop that the application runs; add "
                          ".async() and co_await it, or drive that loop by event_loop::run() where nothing "
                          "else does"
                        : "a blocking QuerySet was evaluated inside its own event loop, which would stop "
                          "every other task; add .async() and co_await it");
}

namespace query_detail {

route route::choose(const std::optional<database>& chosen) {
    if (!chosen)
        if (auto* open = dynamic_cast<transaction*>(current_context().get()))
            return route(*open, current_context());
    database where = chosen ? *chosen : database::current();
    postgres::executor& executor = where.executor();
    return route(executor, where.owner());
}

route route::to(transaction& open) { return route(open, intrusive_ptr<ref_counted>(&open)); }

std::optional<database> route::chosen_by(const query_settings& settings) {
    const bool in_transaction = dynamic_cast<transaction*>(current_context().get()) != nullptr;
    if (settings.unless_in_transaction() && in_transaction) return std::nullopt;
    return settings.chosen();
}

route route::choose(const query_settings& settings) { return choose(chosen_by(settings)); }

void require_transaction(const postgres::executor& where) {
    if (dynamic_cast<const transaction*>(&where)) return;
    throw transaction_management_error(
        "select_for_update() was evaluated outside of a transaction, where its locks would be gone at once: "
        "put it and what relies on it into atomic()");
}

intrusive_ptr<transaction> route::open_transaction() const {
    return intrusive_ptr<transaction>(dynamic_cast<transaction*>(executor_));
}

event_loop& route::loop() const { return executor_ ? executor_->loop() : event_loop::current(); }

statement_operation::statement_operation(route where, sql::statement statement, postgres::access access,
                                         intrusive_ptr<const sql::loading> loads) noexcept
    : where_(std::move(where)), statement_(std::move(statement)), access_(access), loads_(std::move(loads)) {}

statement_operation::~statement_operation() {
    if (run_) run_->abandon();
    postgres::statement_watch::abandoned(*this);
}

const std::source_location* statement_operation::written() const noexcept {
    const auto* const origin = static_cast<const result_origin*>(statement_.note.get());
    return origin && origin->written ? &*origin->written : nullptr;
}

void statement_operation::take_back() noexcept {
    if (run_)
        run_->abandon();
    else
        where_.executor().cancel(*this);
}

bool statement_operation::load(const row_array& rows, const postgres::result_view& result) {
    const auto& wanted = static_cast<const related_loading&>(*loads_);
    std::vector<void*> all(rows.count);
    for (std::size_t i = 0; i < rows.count; ++i) all[i] = static_cast<char*>(rows.first) + i * rows.stride;
    read_joined(wanted, result, all, statement_);
    if (wanted.afterwards.empty() || all.empty()) return true;
    query_settings settings;
    if (const auto* origin = static_cast<const result_origin*>(statement_.note.get()))
        settings = query_settings(origin->where_from).with(origin->mode);
    run_ = make_intrusive<prefetch_run>(where_, std::move(settings), *this);
    return run_->start(wanted.afterwards, std::move(all));
}

void statement_operation::start() {
    if (!statement_.empty && !statement_.locks) return where_.executor().submit(*this);
    try {
        if (statement_.empty) return answer_without_rows();
        require_transaction(where_.executor());
        where_.executor().submit(*this);
    } catch (...) {
        on_error(std::current_exception());
    }
}

postgres::request statement_operation::request() const noexcept {
    return {statement_.text, statement_.parameters, access_, statement_.plain};
}

}  // namespace query_detail

}  // namespace orm::inline v0
