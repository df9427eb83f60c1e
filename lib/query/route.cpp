#include <asynchrormous/postgres/transaction.hpp>
#include <asynchrormous/query/evaluation.hpp>
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

}  // namespace query_detail

}  // namespace orm::inline v0
