#include "support.hpp"

#include <libpq-fe.h>

#include <unistd.h>

#include <stdexcept>

namespace test {

namespace {

std::vector<text_row> rows_of(const PGresult* result) {
    std::vector<text_row> rows(static_cast<std::size_t>(PQntuples(result)));
    for (int row = 0; row < PQntuples(result); ++row)
        for (int column = 0; column < PQnfields(result); ++column) {
            std::optional<std::string>& cell = rows[static_cast<std::size_t>(row)].emplace_back();
            if (!PQgetisnull(result, row, column))
                cell.emplace(PQgetvalue(result, row, column),
                             static_cast<std::size_t>(PQgetlength(result, row, column)));
        }
    return rows;
}

void require_success(PGconn* connection, const PGresult* result, std::string_view sql) {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return;
    throw std::runtime_error(std::string(PQerrorMessage(connection)) + "in: " + std::string(sql));
}

plain_connection& shared_connection() {
    static plain_connection connection;
    return connection;
}

}  // namespace

std::string database_url(std::string_view schema) {
    std::string url = server().url();
    if (schema.empty()) return url;
    if (url.find("://") == std::string::npos)
        return url + " options='-c search_path=" + std::string(schema) + "'";
    url += url.find('?') == std::string::npos ? '?' : '&';
    return url + "options=-csearch_path%3D" + std::string(schema);
}

plain_connection::plain_connection(const std::string& url)
    : connection_(PQconnectdb(url.c_str()), &PQfinish) {
    if (PQstatus(handle()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(handle()));
    PQsetNoticeProcessor(handle(), [](void*, const char*) {}, nullptr);
}

std::vector<text_row> plain_connection::exec(std::string_view sql) {
    const result_handle result(PQexec(handle(), std::string(sql).c_str()), &PQclear);
    require_success(handle(), result.get(), sql);
    return rows_of(result.get());
}

std::string plain_connection::value(std::string_view sql) {
    const std::vector<text_row> rows = exec(sql);
    return rows.empty() || rows[0].empty() ? std::string() : rows[0][0].value_or("");
}

plain_connection::result_handle plain_connection::exec_binary(
    std::string_view sql, std::initializer_list<binary_value> parameters) {
    std::vector<Oid> types;
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    for (const binary_value& parameter : parameters) {
        types.push_back(parameter.oid);
        values.push_back(parameter.bytes ? parameter.bytes->data() : nullptr);
        lengths.push_back(parameter.bytes ? static_cast<int>(parameter.bytes->size()) : 0);
        formats.push_back(1);
    }
    result_handle result(PQexecParams(handle(), std::string(sql).c_str(), static_cast<int>(types.size()),
                                      types.data(), values.data(), lengths.data(), formats.data(), 1),
                         &PQclear);
    require_success(handle(), result.get(), sql);
    return result;
}

std::vector<text_row> exec_sql(std::string_view sql) { return shared_connection().exec(sql); }

std::string sql_value(std::string_view sql) { return shared_connection().value(sql); }

// The process id keeps two runs on one DATABASE_URL apart.
fresh_schema::fresh_schema() {
    static int count = 0;
    name_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    exec_sql("CREATE SCHEMA " + name_);
}

fresh_schema::~fresh_schema() {
    try {
        exec_sql("DROP SCHEMA IF EXISTS " + name_ + " CASCADE");
    } catch (const std::exception& failure) {
        MESSAGE("schema " << name_ << " was left behind: " << failure.what());
    }
}

}  // namespace test
