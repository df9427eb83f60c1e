// Rows and columns with libpq by hand: prepared, binary, into structs.
#include "checksum.hpp"
#include "growth_sides.hpp"

#include <libpq-fe.h>

#include <endian.h>

#include <cstring>
#include <stdexcept>
#include <vector>

namespace bench {

namespace {

std::int32_t int4(const PGresult* result, int row, int column) {
    std::uint32_t wire;
    std::memcpy(&wire, PQgetvalue(result, row, column), sizeof wire);
    return static_cast<std::int32_t>(be32toh(wire));
}
std::int64_t int8(const PGresult* result, int row, int column) {
    std::uint64_t wire;
    std::memcpy(&wire, PQgetvalue(result, row, column), sizeof wire);
    return static_cast<std::int64_t>(be64toh(wire));
}

struct plain_row {
    std::int64_t id;
    std::string title;
    std::int32_t pages;
};

struct wide_row {
    std::int64_t id;
    std::int32_t values[60];
};

class libpq_growth final : public growth_side {
public:
    explicit libpq_growth(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
        prepare("rows", "SELECT id, title, pages FROM growing_rows LIMIT $1::bigint");
    }
    ~libpq_growth() override { PQfinish(connection_); }

    std::uint64_t rows(int count) override {
        const std::uint64_t limit = htobe64(static_cast<std::uint64_t>(count));
        const char* const value = reinterpret_cast<const char*>(&limit);
        const int size = 8, format = 1;
        PGresult* result = checked(PQexecPrepared(connection_, "rows", 1, &value, &size, &format, 1));
        std::vector<plain_row> all;
        all.reserve(static_cast<std::size_t>(PQntuples(result)));
        for (int row = 0; row < PQntuples(result); ++row)
            all.push_back(
                {int8(result, row, 0),
                 {PQgetvalue(result, row, 1), static_cast<std::size_t>(PQgetlength(result, row, 1))},
                 int4(result, row, 2)});
        PQclear(result);
        std::uint64_t sum = 0;
        for (const plain_row& row : all)
            sum += static_cast<std::uint64_t>(row.id) * 3 + digest(row.title) * 5 +
                   static_cast<std::uint64_t>(row.pages) * 7;
        return sum;
    }

    std::uint64_t columns(int count) override {
        if (count != prepared_columns_) prepare_columns(count);
        PGresult* result = checked(PQexecPrepared(connection_, "columns", 0, nullptr, nullptr, nullptr, 1));
        std::vector<wide_row> all(static_cast<std::size_t>(PQntuples(result)));
        for (int row = 0; row < PQntuples(result); ++row) {
            wide_row& into = all[static_cast<std::size_t>(row)];
            into.id = int8(result, row, 0);
            for (int column = 0; column < count; ++column)
                into.values[column] = int4(result, row, column + 1);
        }
        PQclear(result);
        std::uint64_t sum = 0;
        for (const wide_row& row : all) {
            sum += static_cast<std::uint64_t>(row.id);
            for (int column = 0; column < count; ++column)
                sum += static_cast<std::uint64_t>(row.values[column]);
        }
        return sum;
    }

private:
    PGresult* checked(PGresult* result) const {
        const ExecStatusType status = PQresultStatus(result);
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
            throw std::runtime_error(PQerrorMessage(connection_));
        return result;
    }
    void prepare(const char* name, const std::string& sql) {
        PQclear(checked(PQprepare(connection_, name, sql.c_str(), 0, nullptr)));
    }
    void prepare_columns(int count) {
        if (prepared_columns_ != 0) PQclear(checked(PQexec(connection_, "DEALLOCATE columns")));
        std::string sql = "SELECT id";
        for (int column = 1; column <= count; ++column) sql += ", c" + std::to_string(column);
        prepare("columns", sql + " FROM growing_columns");
        prepared_columns_ = count;
    }

    PGconn* connection_;
    int prepared_columns_ = 0;
};

}  // namespace

std::unique_ptr<growth_side> connect_libpq_growth(const std::string& url) {
    return std::make_unique<libpq_growth>(url);
}

}  // namespace bench
