#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/query/delete_counts.hpp>
#include <asynchrormous/query/protected_error.hpp>
#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <utility>

namespace orm::inline v0 {

std::int64_t deleted_rows::of(std::string_view table) const noexcept {
    for (const table_count& each : tables)
        if (each.table == table) return each.rows;
    return 0;
}

protected_error::~protected_error() = default;

namespace query_detail {

// SQLSTATE 23001 is what PostgreSQL 18 says of ON DELETE RESTRICT, before it was 23503 as for any key.
std::exception_ptr decode_deleted::failed(std::exception_ptr why) const noexcept {
    try {
        std::rethrow_exception(why);
    } catch (const integrity_error& e) {
        if (e.sqlstate() != "23503" && e.sqlstate() != "23001") return why;
        return std::make_exception_ptr(protected_error(e.report(), e.sql()));
    } catch (...) {
        return why;
    }
}

counted_delete::counted_delete(event_loop& on, const std::optional<database>& chosen,
                               sql::statement statement)
    : steps_state<deleted_rows>(on, chosen), statement_(std::move(statement)) {}
counted_delete::~counted_delete() = default;

void counted_delete::advance() {
    if (!std::exchange(sent_, true) && !statement_.empty) {
        begin_level();
        look(false);
        send(std::move(statement_), postgres::access::write,
             [this](const postgres::result_view& result) { matched_ = result.affected_rows(); });
        look(true);
    }
    if (in_flight() == 0) end();
}

// PostgreSQL documentation: 28.2 The Cumulative Statistics System. The views of the transaction are read from
// the session's own counters, so they are up to date.
void counted_delete::look(bool after) {
    sql::statement ask;
    ask.text =
        "SELECT relid::bigint, relname::text, n_tup_del FROM pg_catalog.pg_stat_xact_user_tables "
        "WHERE n_tup_del > 0 ORDER BY relname";
    send(std::move(ask), postgres::access::read, [this, after](const postgres::result_view& result) {
        for (int r = 0; r < result.rows(); ++r) {
            const auto number = [&](int c) {
                return postgres::read<std::int64_t>(result.at(r, c), result.type_oid(c));
            };
            const seen found{number(0), number(2)};
            if (!after) {
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
        if (after && matched_ > counts_.total)
            throw query_error(
                "delete_counted() cannot know how many rows went: the server counts none, since its setting "
                "track_counts is off; nothing was deleted");
    });
}

deleted_rows counted_delete::value() { return std::move(counts_); }

}  // namespace query_detail

}  // namespace orm::inline v0
