#include "error_text.hpp"

#include <array>
#include <cstddef>

namespace orm::inline v0::postgres {
namespace {

constexpr std::size_t longest_sql = 400;

using maker = std::exception_ptr (*)(const server_report&, std::string_view);

template <class Error>
std::exception_ptr make(const server_report& report, std::string_view sql) {
    return std::make_exception_ptr(Error(report, sql));
}

struct rule {
    std::string_view prefix;
    maker make_it;
};

// The first rule whose prefix fits decides: single states stand before their class.
constexpr std::array rules{
    rule{"23505", make<unique_violation>},
    rule{"23503", make<foreign_key_violation>},
    rule{"23502", make<not_null_violation>},
    rule{"23514", make<check_violation>},
    rule{"23P01", make<exclusion_violation>},
    rule{"23", make<integrity_error>},
    rule{"22", make<data_error>},
    rule{"40001", make<serialization_failure>},
    rule{"40P01", make<deadlock_detected>},
    rule{"40", make<transaction_rollback_error>},
    rule{"57014", make<query_cancelled>},
    rule{"42", make<programming_error>},
    rule{"20", make<programming_error>},
    rule{"21", make<programming_error>},
    rule{"3D", make<programming_error>},
    rule{"3F", make<programming_error>},
    rule{"44", make<programming_error>},
    rule{"0A", make<not_supported_error>},
    rule{"08", make<operational_error>},
    rule{"26", make<operational_error>},
    rule{"27", make<operational_error>},
    rule{"28", make<operational_error>},
    rule{"53", make<operational_error>},
    rule{"54", make<operational_error>},
    rule{"55P03", make<lock_not_available>},
    rule{"55", make<operational_error>},
    rule{"57", make<operational_error>},
    rule{"58", make<operational_error>},
    rule{"HV", make<operational_error>},
    rule{"24", make<internal_error>},
    rule{"25", make<internal_error>},
    rule{"2B", make<internal_error>},
    rule{"2D", make<internal_error>},
    rule{"2F", make<internal_error>},
    rule{"34", make<internal_error>},
    rule{"38", make<internal_error>},
    rule{"39", make<internal_error>},
    rule{"3B", make<internal_error>},
    rule{"F0", make<internal_error>},
    rule{"P0", make<internal_error>},
    rule{"XX", make<internal_error>},
};

void append_field(std::string& text, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    text.append(", ").append(name).append(" \"").append(value).append("\"");
}

// A multi-byte character is not cut in two.
std::string_view shortened(std::string_view sql) {
    if (sql.size() <= longest_sql) return sql;
    std::size_t end = longest_sql;
    while (end > 0 && (static_cast<unsigned char>(sql[end]) & 0xC0U) == 0x80U) --end;
    return sql.substr(0, end);
}

std::string_view advice(outcome what) {
    switch (what) {
        case outcome::not_sent:
            return "the statement was not sent, so it can be repeated";
        case outcome::not_run:
            return "the statement was not run or was rolled back, so it can be repeated";
        case outcome::may_have_run:
            break;
    }
    return "the statement may have run: look at the data before you repeat it";
}

}  // namespace

std::string with_sql(std::string_view text, std::string_view sql) {
    std::string all(text);
    if (sql.empty()) return all;
    const std::string_view part = shortened(sql);
    all.append("\nSQL: ").append(part);
    if (part.size() < sql.size()) all += " ...";
    return all;
}

std::string describe(const server_report& report, std::string_view sql) {
    std::string text =
        report.message.empty() ? "the server reported an error without a text" : report.message;
    text += " (";
    text += report.sqlstate.empty() ? "without SQLSTATE" : "SQLSTATE " + report.sqlstate;
    append_field(text, "constraint", report.constraint);
    append_field(text, "table", report.table);
    append_field(text, "column", report.column);
    if (report.position > 0) text += ", at character " + std::to_string(report.position);
    text += ')';
    if (!report.hint.empty()) text += "\nHINT: " + report.hint;
    return with_sql(text, sql);
}

std::exception_ptr server_error(const server_report& report, std::string_view sql) {
    for (const rule& one : rules)
        if (std::string_view(report.sqlstate).starts_with(one.prefix)) return one.make_it(report, sql);
    return make<database_error>(report, sql);
}

std::string text_of(const std::exception_ptr& error) {
    if (!error) return "unknown";
    try {
        std::rethrow_exception(error);
    } catch (const database_error& server) {
        return server.from_server() ? server.message() : server.what();
    } catch (const std::exception& other) {
        return other.what();
    } catch (...) {
        return "unknown";
    }
}

std::exception_ptr aborted_by(const std::exception_ptr& cause, std::string_view sql) {
    const std::string text =
        "not run, because an earlier statement of the transaction failed: " + text_of(cause) +
        "; roll back, then start again";
    return std::make_exception_ptr(transaction_aborted(text, sql, cause));
}

std::exception_ptr lost_error(outcome what, std::string_view reason, std::string_view sql) {
    std::string text = "the connection was lost: ";
    text.append(reason).append("; ").append(advice(what));
    return std::make_exception_ptr(connection_lost(text, sql, what));
}

}  // namespace orm::inline v0::postgres
