#include "result_handle.hpp"

#include <asynchrormous/postgres/result.hpp>

#include <libpq-fe.h>

#include <charconv>

namespace orm::inline v0::postgres {

void pg_clear::operator()(pg_result* result) const noexcept { PQclear(result); }

int result_view::rows() const noexcept { return PQntuples(result_); }
int result_view::columns() const noexcept { return PQnfields(result_); }

field_view result_view::at(int row, int column) const noexcept {
    // libpq gives NULL the length 0: only then it need be asked. This is called for each cell.
    const int size = PQgetlength(result_, row, column);
    if (size == 0 && PQgetisnull(result_, row, column)) return {};
    return {PQgetvalue(result_, row, column), size};
}

void result_view::row(int row, field_view* out) const noexcept {
    const int count = columns();
    for (int column = 0; column < count; ++column) out[column] = at(row, column);
}

std::uint32_t result_view::type_oid(int column) const noexcept { return PQftype(result_, column); }

std::string_view result_view::column_name(int column) const noexcept {
    const char* const name = PQfname(result_, column);
    return name ? name : std::string_view();
}

// PQcmdStatus and PQcmdTuples only read, but take a pointer to non-const.
std::string_view result_view::command_tag() const noexcept {
    const char* const tag = PQcmdStatus(const_cast<pg_result*>(result_));
    return tag ? tag : std::string_view();
}

std::int64_t result_view::affected_rows() const noexcept {
    const std::string_view digits = result_ ? PQcmdTuples(const_cast<pg_result*>(result_)) : "";
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

std::size_t result_view::bytes() const noexcept { return result_ ? PQresultMemorySize(result_) : 0; }

}  // namespace orm::inline v0::postgres
