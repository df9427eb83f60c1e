#include <asynchrormous/observe/redacted.hpp>
#include <asynchrormous/observe/slow_query_log.hpp>
#include <asynchrormous/postgres/to_text.hpp>

#include <cstdio>
#include <utility>

namespace orm::inline v0 {

namespace {

std::string in_ms(std::chrono::nanoseconds time) {
    char text[48];
    std::snprintf(text, sizeof text, "%.3f ms", std::chrono::duration<double, std::milli>(time).count());
    return text;
}

void append_parameters(std::string& line, std::span<const sql::parameter> parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i)
        line +=
            (i == 0 ? " [$1 = " : ", $" + std::to_string(i + 1) + " = ") + postgres::to_text(parameters[i]);
    line += ']';
}

void print(std::string_view line) {
    std::fprintf(stderr, "asynchrormous: %.*s\n", static_cast<int>(line.size()), line.data());
}

}  // namespace

std::string log_line(const statement_event& statement) {
    std::string line = in_ms(statement.total()) + " (pool " + in_ms(statement.in_pool()) + ", pipeline " +
                       in_ms(statement.in_pipeline()) + ", server " + in_ms(statement.on_server()) + ")";
    if (statement.error) {
        line += " failed: " + std::string(statement.error_type);
        if (!statement.sqlstate.empty()) line += " " + std::string(statement.sqlstate);
    } else {
        line += ", " + std::to_string(statement.rows) + " rows, " + std::to_string(statement.affected) +
                " affected";
    }
    if (statement.database && !statement.database->alias.empty()) line += ", on " + statement.database->alias;
    if (statement.where)
        line += ", at " + std::string(statement.where->file_name()) + ":" +
                std::to_string(statement.where->line());
    line += ": " + (statement.parameters.empty() ? shown_text(statement) : std::string(statement.text));
    if (!statement.parameters.empty()) append_parameters(line, statement.parameters);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return line;
}

slow_query_log::slow_query_log(const slow_query_options& options, callback<std::string_view> sink)
    : options_(options), sink_(sink ? std::move(sink) : callback<std::string_view>(&print)) {}

slow_query_log::~slow_query_log() = default;

void slow_query_log::on_done(const statement_event& done) {
    if (done.total() >= options_.threshold) write(done);
}

void slow_query_log::on_error(const statement_event& failed) {
    if (options_.failed || failed.total() >= options_.threshold) write(failed);
}

void slow_query_log::write(const statement_event& what) {
    const std::string line = log_line(what);
    const std::lock_guard alone(one_at_a_time_);
    sink_(line);
}

}  // namespace orm::inline v0
