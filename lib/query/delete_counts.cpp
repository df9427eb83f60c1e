#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/query/delete_counts.hpp>
#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <utility>

namespace orm::inline v0 {

std::int64_t deleted_rows::of(std::string_view table) const noexcept {
    for (const table_count& each : tables)
        if (each.table == table) return each.rows;
    return 0;
}

namespace query_detail {

counted_delete::counted_delete(event_loop& on, const std::optional<database>& chosen,
                               sql::statement statement, const sql::table& from, std::exception_ptr of_none)
    : steps_state<deleted_rows>(on, chosen),
      statement_(std::move(statement)),
      from_(from),
      of_none_(std::move(of_none)) {}
counted_delete::~counted_delete() = default;

void counted_delete::advance() {
    if (!sent_) {
        if (!before()) return;
        sent_ = true;
        if (!statement_.empty) return delete_and_look();
    }
    if (in_flight() > 0) return;
    if (!std::exchange(committed_, true) && commit_level()) return;
    if (after()) end();
}

void counted_delete::delete_and_look() {
    begin_level();
    look(false);
    send(std::move(statement_), postgres::access::write, [this](const postgres::result_view& result) {
        matched_ = result.affected_rows();
        if (matched_ == 0 && of_none_) std::rethrow_exception(of_none_);
    });
    look(true);
}

// PostgreSQL documentation: 28.2 The Cumulative Statistics System. The views of the transaction are read from
// the session's own counters, so they are up to date.
void counted_delete::look(bool afterwards) {
    sql::statement ask;
    ask.text =
        "SELECT relid::bigint, relname::text, n_tup_del FROM pg_catalog.pg_stat_xact_user_tables "
        "WHERE n_tup_del > 0 ORDER BY relname";
    send(std::move(ask), postgres::access::read, [this, afterwards](const postgres::result_view& result) {
        for (int r = 0; r < result.rows(); ++r) {
            const auto number = [&](int c) {
                return postgres::read<std::int64_t>(result.at(r, c), result.type_oid(c));
            };
            const seen found{number(0), number(2)};
            if (!afterwards) {
                before_.push_back(found);
                continue;
            }
            const auto was = std::find_if(before_.begin(), before_.end(),
                                          [&](const seen& each) { return each.table == found.table; });
            const std::int64_t rows = found.rows - (was == before_.end() ? 0 : was->rows);
            if (rows == 0) continue;
            counts_.tables.push_back({std::string(result.at(r, 1).bytes()), rows});
            counts_.total += rows;
        }
        if (afterwards && matched_ > counts_.total)
            throw query_error(
                "delete_counted() cannot know how many rows went: the server counts none, since its setting "
                "track_counts is off; nothing was deleted");
    });
}

deleted_rows counted_delete::value() { return std::move(counts_); }

}  // namespace query_detail

}  // namespace orm::inline v0
