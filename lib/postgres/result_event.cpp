#include "result_event.hpp"

#include <charconv>
#include <string_view>

namespace orm::inline v0::postgres {
namespace {

std::string field(const PGresult* result, int code) {
    const char* const text = PQresultErrorField(result, code);
    return text ? text : "";
}

int position_of(const PGresult* result) {
    const std::string text = field(result, PG_DIAG_STATEMENT_POSITION);
    int position = 0;
    std::from_chars(text.data(), text.data() + text.size(), position);
    return position;
}

// What libpq says itself has no fields, only a text that ends in a line feed.
std::string message_of(const PGresult* result) {
    if (std::string primary = field(result, PG_DIAG_MESSAGE_PRIMARY); !primary.empty()) return primary;
    std::string text = PQresultErrorMessage(result);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

postgres::answer answer_of(ExecStatusType status) noexcept {
    switch (status) {
        case PGRES_COMMAND_OK:
            return answer::command_ok;
        case PGRES_TUPLES_OK:
            return answer::tuples_ok;
        case PGRES_EMPTY_QUERY:
            return answer::empty_query;
        case PGRES_PIPELINE_SYNC:
            return answer::sync;
        case PGRES_PIPELINE_ABORTED:
            return answer::aborted;
        case PGRES_FATAL_ERROR:
        case PGRES_BAD_RESPONSE:
            return answer::failed;
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH:
            return answer::copy;
        default:
            return answer::unknown;
    }
}

}  // namespace

server_report report_of(const PGresult* result) {
    return {.severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED),
            .sqlstate = field(result, PG_DIAG_SQLSTATE),
            .message = message_of(result),
            .detail = field(result, PG_DIAG_MESSAGE_DETAIL),
            .hint = field(result, PG_DIAG_MESSAGE_HINT),
            .context = field(result, PG_DIAG_CONTEXT),
            .schema = field(result, PG_DIAG_SCHEMA_NAME),
            .table = field(result, PG_DIAG_TABLE_NAME),
            .column = field(result, PG_DIAG_COLUMN_NAME),
            .data_type = field(result, PG_DIAG_DATATYPE_NAME),
            .constraint = field(result, PG_DIAG_CONSTRAINT_NAME),
            .routine = field(result, PG_DIAG_SOURCE_FUNCTION),
            .position = position_of(result)};
}

session_status session_of(const PGconn* connection) noexcept {
    switch (PQtransactionStatus(connection)) {
        case PQTRANS_IDLE:
            return session_status::idle;
        case PQTRANS_INTRANS:
            return session_status::in_block;
        case PQTRANS_INERROR:
            return session_status::failed_block;
        default:
            return session_status::unknown;
    }
}

result_event::result_event(PGconn* connection, PGresult* result, bool with_value) {
    event.result.reset(result);
    event.answer = answer_of(PQresultStatus(result));
    event.tag = result_view(result).command_tag();
    if (with_value && event.answer == answer::tuples_ok && PQntuples(result) > 0 && PQnfields(result) > 0)
        event.value = result_view(result).at(0, 0).bytes();
    if (event.answer == answer::sync) event.session = session_of(connection);
    if (event.answer != answer::failed) return;
    event.report = &report.emplace(report_of(result));
    event.made_by_libpq = report->sqlstate.empty() && PQstatus(connection) == CONNECTION_BAD;
}

}  // namespace orm::inline v0::postgres
