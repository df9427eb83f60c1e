// W5 and W6 with libpq by hand: prepared, binary, in bulk by UNNEST of binary arrays.
#include "write_sides.hpp"

#include <libpq-fe.h>

#include <endian.h>

#include <bit>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace bench {

namespace {

constexpr unsigned oid_int8 = 20, oid_int4 = 23, oid_text = 25, oid_float8 = 701, oid_date = 1082;

struct new_book {
    std::int64_t id;
    std::string title;
    std::int32_t pages;
    double price;
    std::int32_t published;
    std::int64_t author;
    std::string isbn;
};

new_book book(int n) {
    return {0,
            "The new book with the number " + std::to_string(n),
            n % 900,
            n / 100.0,
            n % 5000,
            n % 1000 + 1,
            "979-" + std::to_string(n)};
}

void put(std::string& out, std::int32_t value) {
    const std::uint32_t wire = htobe32(static_cast<std::uint32_t>(value));
    out.append(reinterpret_cast<const char*>(&wire), 4);
}
void put(std::string& out, std::int64_t value) {
    const std::uint64_t wire = htobe64(static_cast<std::uint64_t>(value));
    out.append(reinterpret_cast<const char*>(&wire), 8);
}
void put(std::string& out, double value) { put(out, std::bit_cast<std::int64_t>(value)); }
void put(std::string& out, const std::string& value) { out += value; }

// The parameters of one statement.
class values {
public:
    template <class T>
    void add(const T& value) {
        std::string& bytes = bytes_.emplace_back();
        put(bytes, value);
    }
    void add_bytes(std::string bytes) { bytes_.push_back(std::move(bytes)); }

    void fix() {
        for (const std::string& each : bytes_) {
            pointers.push_back(each.data());
            sizes.push_back(static_cast<int>(each.size()));
            formats.push_back(1);
        }
    }
    int count() const { return static_cast<int>(pointers.size()); }

    std::vector<const char*> pointers{};
    std::vector<int> sizes{};
    std::vector<int> formats{};

private:
    std::vector<std::string> bytes_{};
};

// A binary array; size of the elements, 0: each says its own.
class array {
public:
    array(unsigned element, std::size_t count) {
        put(bytes_, std::int32_t{1});
        put(bytes_, std::int32_t{0});
        put(bytes_, static_cast<std::int32_t>(element));
        put(bytes_, static_cast<std::int32_t>(count));
        put(bytes_, std::int32_t{1});
    }
    template <class T>
    void add(const T& value) {
        if constexpr (std::is_same_v<T, std::string>)
            put(bytes_, static_cast<std::int32_t>(value.size()));
        else
            put(bytes_, static_cast<std::int32_t>(sizeof value));
        put(bytes_, value);
    }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_{};
};

class libpq_writes final : public write_side {
public:
    explicit libpq_writes(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
        const std::string into = "INSERT INTO book (title, pages, price, published, author_id, isbn) ";
        prepare("insert", into + "VALUES ($1, $2, $3, $4, $5, $6) RETURNING id");
        prepare("bulk", into +
                            "SELECT * FROM UNNEST($1::text[], $2::int[], $3::float8[], $4::date[], "
                            "$5::bigint[], $6::text[]) RETURNING id");
        prepare("update", "UPDATE book SET pages = $2, title = $3 WHERE id = $1");
        prepare("bulk_update",
                "UPDATE book SET pages = u.pages, title = u.title FROM UNNEST($1::bigint[], $2::int[], "
                "$3::text[]) AS u(id, pages, title) WHERE book.id = u.id");
    }
    ~libpq_writes() override { PQfinish(connection_); }

    std::uint64_t insert_one_by_one(int rows) override {
        run("BEGIN");
        std::uint64_t made = 0;
        for (int n = 0; n < rows; ++n) {
            new_book each = book(n);
            made += take_key(exec("insert", insert_values(each)), each);
        }
        run("COMMIT");
        return made;
    }
    std::uint64_t insert_together(int rows) override {
        std::vector<new_book> all;
        for (int n = 0; n < rows; ++n) all.push_back(book(n));
        std::uint64_t made = 0;
        pipelined(
            rows, "insert", [&](int n) { return insert_values(all[static_cast<std::size_t>(n)]); },
            [&](int n, PGresult* result) { made += take_key(result, all[static_cast<std::size_t>(n)]); });
        return made;
    }
    std::uint64_t insert_bulk(int rows) override {
        std::vector<new_book> all;
        all.reserve(static_cast<std::size_t>(rows));
        for (int n = 0; n < rows; ++n) all.push_back(book(n));
        array title(oid_text, all.size()), pages(oid_int4, all.size()), price(oid_float8, all.size()),
            published(oid_date, all.size()), author(oid_int8, all.size()), isbn(oid_text, all.size());
        for (const new_book& each : all) {
            title.add(each.title);
            pages.add(each.pages);
            price.add(each.price);
            published.add(each.published);
            author.add(each.author);
            isbn.add(each.isbn);
        }
        values sent;
        for (array* column : {&title, &pages, &price, &published, &author, &isbn})
            sent.add_bytes(column->take());
        sent.fix();
        PGresult* result = exec("bulk", sent);
        std::uint64_t made = 0;
        for (int n = 0; n < PQntuples(result); ++n) {
            all[static_cast<std::size_t>(n)].id = int8(result, n);
            made += all[static_cast<std::size_t>(n)].id != 0;
        }
        PQclear(result);
        return made;
    }

    std::uint64_t update_one_by_one(int rows) override {
        run("BEGIN");
        std::uint64_t changed = 0;
        for (int n = 1; n <= rows; ++n) changed += affected(exec("update", update_values(n)));
        run("COMMIT");
        return changed;
    }
    std::uint64_t update_together(int rows) override {
        std::uint64_t changed = 0;
        pipelined(
            rows, "update", [&](int n) { return update_values(n + 1); },
            [&](int, PGresult* result) { changed += affected(result); });
        return changed;
    }
    std::uint64_t update_bulk(int rows) override {
        const auto count = static_cast<std::size_t>(rows);
        array id(oid_int8, count), pages(oid_int4, count), title(oid_text, count);
        for (int n = 1; n <= rows; ++n) {
            id.add(std::int64_t{n});
            pages.add(n);
            title.add("Title " + std::to_string(n));
        }
        values sent;
        for (array* column : {&id, &pages, &title}) sent.add_bytes(column->take());
        sent.fix();
        return affected(exec("bulk_update", sent));
    }

private:
    static values insert_values(const new_book& each) {
        values sent;
        sent.add(each.title);
        sent.add(each.pages);
        sent.add(each.price);
        sent.add(each.published);
        sent.add(each.author);
        sent.add(each.isbn);
        return sent;
    }
    static values update_values(int n) {
        values sent;
        sent.add(std::int64_t{n});
        sent.add(n);
        sent.add("Title " + std::to_string(n));
        return sent;
    }

    [[noreturn]] void fail() const { throw std::runtime_error(PQerrorMessage(connection_)); }
    PGresult* checked(PGresult* result) const {
        const ExecStatusType status = PQresultStatus(result);
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail();
        return result;
    }
    void run(const char* sql) { PQclear(checked(PQexec(connection_, sql))); }
    void prepare(const char* name, const std::string& sql) {
        PQclear(checked(PQprepare(connection_, name, sql.c_str(), 0, nullptr)));
    }
    PGresult* exec(const char* name, values sent) {
        if (sent.count() == 0) sent.fix();
        return checked(PQexecPrepared(connection_, name, sent.count(), sent.pointers.data(),
                                      sent.sizes.data(), sent.formats.data(), 1));
    }

    // BEGIN, all of them, COMMIT behind one Sync, a few hundred in flight.
    template <class Values, class Read>
    void pipelined(int rows, const char* name, Values make, Read read) {
        constexpr int width = 256;
        run("BEGIN");
        if (PQenterPipelineMode(connection_) != 1) fail();
        for (int from = 0; from < rows; from += width) {
            const int to = std::min(from + width, rows);
            for (int n = from; n < to; ++n) {
                values sent = make(n);
                sent.fix();
                PQsendQueryPrepared(connection_, name, sent.count(), sent.pointers.data(), sent.sizes.data(),
                                    sent.formats.data(), 1);
            }
            PQpipelineSync(connection_);
            for (int n = from; n < to; ++n) {
                read(n, checked(PQgetResult(connection_)));
                PQclear(PQgetResult(connection_));
            }
            PQclear(PQgetResult(connection_));
        }
        if (PQexitPipelineMode(connection_) != 1) fail();
        run("COMMIT");
    }

    static std::int64_t int8(const PGresult* result, int row) {
        std::uint64_t wire;
        std::memcpy(&wire, PQgetvalue(result, row, 0), sizeof wire);
        return static_cast<std::int64_t>(be64toh(wire));
    }
    static std::uint64_t take_key(PGresult* result, new_book& into) {
        into.id = int8(result, 0);
        PQclear(result);
        return into.id != 0;
    }
    static std::uint64_t affected(PGresult* result) {
        const auto rows = static_cast<std::uint64_t>(std::atoll(PQcmdTuples(result)));
        PQclear(result);
        return rows;
    }

    PGconn* connection_;
};

}  // namespace

std::unique_ptr<write_side> connect_libpq_writes(const std::string& url) {
    return std::make_unique<libpq_writes>(url);
}

}  // namespace bench
