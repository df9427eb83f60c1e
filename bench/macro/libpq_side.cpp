// Hand-written libpq: prepared once, binary both ways, values read where they lie in the result.
#include "books.hpp"
#include "checksum.hpp"
#include "sides.hpp"

#include <libpq-fe.h>

#include <arpa/inet.h>
#include <endian.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace bench {

namespace {

struct plain_book {
    std::int64_t id;
    std::string title;
    std::int32_t pages;
    double price;
    std::int32_t published;  // days since 2000-01-01
    std::int64_t author;
    std::string isbn;
};

std::int32_t int4(const PGresult* result, int row, int column) {
    std::uint32_t wire;
    std::memcpy(&wire, PQgetvalue(result, row, column), sizeof wire);
    return static_cast<std::int32_t>(ntohl(wire));
}

std::int64_t int8(const PGresult* result, int row, int column) {
    std::uint64_t wire;
    std::memcpy(&wire, PQgetvalue(result, row, column), sizeof wire);
    return static_cast<std::int64_t>(be64toh(wire));
}

std::string text(const PGresult* result, int row, int column) {
    return {PQgetvalue(result, row, column), static_cast<std::size_t>(PQgetlength(result, row, column))};
}

plain_book read(const PGresult* result, int row) {
    return {int8(result, row, 0), text(result, row, 1),
            int4(result, row, 2), std::bit_cast<double>(int8(result, row, 3)),
            int4(result, row, 4), int8(result, row, 5),
            text(result, row, 6)};
}

std::uint64_t digest_of(const plain_book& b) {
    return digest(b.id, b.title, b.pages, b.price, b.published, b.author, b.isbn);
}

const std::string book_columns = "SELECT id, title, pages, price, published, author_id, isbn FROM book";

class libpq_side final : public side {
public:
    libpq_side(const std::string& url, sync how) : connection_(PQconnectdb(url.c_str())), sync_(how) {
        prepare("all", book_columns);
        prepare("one", book_columns + " WHERE id = $1");
        prepare(
            "joined",
            "SELECT book.id, book.title, book.pages, book.price, book.published, book.author_id, book.isbn,"
            " author.id, author.name, author.country FROM book JOIN author ON author.id = book.author_id"
            " WHERE author.name = $1 AND book.pages >= $2 AND book.price < $3"
            " ORDER BY book.published DESC, book.id LIMIT $4");
    }
    ~libpq_side() override { PQfinish(connection_); }

    std::uint64_t one_by_one(int queries) override {
        std::uint64_t sum = 0;
        for (int n = 0; n < queries; ++n) {
            const parameter key(key_of_query(n));
            PGresult* result =
                PQexecPrepared(connection_, "one", 1, &key.value, &parameter::size, &parameter::format, 1);
            sum += one(result);
        }
        return sum;
    }

    std::uint64_t in_flight(int queries, int width) override {
        if (PQenterPipelineMode(connection_) != 1) fail();
        std::uint64_t sum = 0;
        for (int done = 0; done < queries; done += width) sum += batch(done, std::min(done + width, queries));
        if (PQexitPipelineMode(connection_) != 1) fail();
        return sum;
    }

    std::uint64_t all_books() override {
        PGresult* result = PQexecPrepared(connection_, "all", 0, nullptr, nullptr, nullptr, 1);
        if (PQresultStatus(result) != PGRES_TUPLES_OK) fail();
        const int rows = PQntuples(result);
        std::vector<plain_book> all;
        all.reserve(static_cast<std::size_t>(rows));
        for (int row = 0; row < rows; ++row) all.push_back(read(result, row));
        PQclear(result);
        std::uint64_t sum = 0;
        for (const plain_book& book : all) sum += digest_of(book);
        return sum;
    }

    std::uint64_t streamed_books() override {
        command("BEGIN READ ONLY");
        command("DECLARE books NO SCROLL CURSOR FOR " + book_columns);
        std::uint64_t sum = 0;
        int rows = 0;
        do {
            PGresult* result = PQexecParams(connection_, "FETCH FORWARD 2000 FROM books", 0, nullptr, nullptr,
                                            nullptr, nullptr, 1);
            if (PQresultStatus(result) != PGRES_TUPLES_OK) fail();
            rows = PQntuples(result);
            for (int row = 0; row < rows; ++row) sum += digest_of(read(result, row));
            PQclear(result);
        } while (rows > 0);
        command("COMMIT");
        return sum;
    }

    std::uint64_t joined(int queries) override {
        std::uint64_t sum = 0;
        for (int n = 0; n < queries; ++n) {
            const std::string name = author_of_query(n);
            const std::uint32_t pages = htonl(static_cast<std::uint32_t>(pages_of_query(n)));
            const std::uint64_t price = htobe64(std::bit_cast<std::uint64_t>(price_limit));
            const std::uint64_t limit = htobe64(joined_rows);
            const char* const values[] = {name.data(), reinterpret_cast<const char*>(&pages),
                                          reinterpret_cast<const char*>(&price),
                                          reinterpret_cast<const char*>(&limit)};
            const int lengths[] = {static_cast<int>(name.size()), 4, 8, 8}, formats[] = {1, 1, 1, 1};
            sum += with_authors(PQexecPrepared(connection_, "joined", 4, values, lengths, formats, 1));
        }
        return sum;
    }

private:
    struct parameter {
        explicit parameter(long long key) : wire(htobe64(static_cast<std::uint64_t>(key))) {}
        parameter(const parameter&) = delete;
        parameter& operator=(const parameter&) = delete;

        std::uint64_t wire;
        const char* value = reinterpret_cast<const char*>(&wire);
        static constexpr int size = 8, format = 1;
    };

    [[noreturn]] void fail() const { throw std::runtime_error(PQerrorMessage(connection_)); }

    void command(const std::string& sql) const {
        PGresult* result = PQexec(connection_, sql.c_str());
        const bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
        PQclear(result);
        if (!done) fail();
    }

    void prepare(const char* name, const std::string& sql) {
        PGresult* result = PQprepare(connection_, name, sql.c_str(), 0, nullptr);
        const bool prepared = PQresultStatus(result) == PGRES_COMMAND_OK;
        PQclear(result);
        if (!prepared) fail();
    }

    std::uint64_t one(PGresult* result) const {
        if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1) fail();
        const std::uint64_t sum = digest_of(read(result, 0));
        PQclear(result);
        return sum;
    }

    std::uint64_t with_authors(PGresult* result) const {
        if (PQresultStatus(result) != PGRES_TUPLES_OK) fail();
        struct joined_book {
            plain_book book;
            std::int64_t id;
            std::string name, country;
        };
        const int rows = PQntuples(result);
        std::vector<joined_book> all;
        all.reserve(static_cast<std::size_t>(rows));
        for (int row = 0; row < rows; ++row)
            all.push_back(
                {read(result, row), int8(result, row, 7), text(result, row, 8), text(result, row, 9)});
        PQclear(result);
        std::uint64_t sum = 0;
        for (const joined_book& row : all) sum += digest_of(row.book) + digest(row.name) * 23;
        return sum;
    }

    std::uint64_t batch(int from, int to) {
        for (int n = from; n < to; ++n) {
            const parameter key(key_of_query(n));
            PQsendQueryPrepared(connection_, "one", 1, &key.value, &parameter::size, &parameter::format, 1);
            if (sync_ == sync::each || n + 1 == to) PQpipelineSync(connection_);
        }
        std::uint64_t sum = 0;
        for (int n = from; n < to; ++n) {
            sum += one(PQgetResult(connection_));
            PQclear(PQgetResult(connection_));  // null: the end of this query's results
            if (sync_ == sync::each || n + 1 == to) PQclear(PQgetResult(connection_));
        }
        return sum;
    }

    PGconn* connection_;
    sync sync_;
};

}  // namespace

std::unique_ptr<side> connect_libpq(const std::string& url, sync how) {
    return std::make_unique<libpq_side>(url, how);
}

}  // namespace bench
