// libpqxx: prepared statements in a transaction, rows converted to structs.
#include "../macro/books.hpp"
#include "../macro/checksum.hpp"
#include "timed.hpp"

#include <ctime>
#include <pqxx/pqxx>
#include <vector>

namespace {

struct book {
    std::int64_t id;
    std::string title;
    int pages;
    double price;
    std::string published;
    std::int64_t author;
    std::string isbn;
    std::string author_name{};
};

// Days from 2000-01-01 to an ISO date.
std::int32_t days_of(const std::string& date) {
    std::tm parts{};
    parts.tm_year = std::stoi(date.substr(0, 4)) - 1900;
    parts.tm_mon = std::stoi(date.substr(5, 2)) - 1;
    parts.tm_mday = std::stoi(date.substr(8, 2));
    return static_cast<std::int32_t>(timegm(&parts) / 86'400 - 10'957);
}

book read(const pqxx::row& row) {
    return {row[0].as<std::int64_t>(), row[1].as<std::string>(), row[2].as<int>(),
            row[3].as<double>(),       row[4].as<std::string>(), row[5].as<std::int64_t>(),
            row[6].as<std::string>()};
}

std::uint64_t digest_of(const book& b) {
    return bench::digest(b.id, b.title, b.pages, b.price, days_of(b.published), b.author, b.isbn);
}

class libpqxx {
public:
    libpqxx() : connection_(bench::database_url()) {
        const std::string columns = "SELECT id, title, pages, price, published, author_id, isbn FROM book";
        connection_.prepare("all", columns);
        connection_.prepare("one", columns + " WHERE id = $1");
        connection_.prepare(
            "joined",
            "SELECT b.id, b.title, b.pages, b.price, b.published, b.author_id, b.isbn, a.id, a.name, "
            "a.country"
            " FROM book b JOIN author a ON a.id = b.author_id WHERE a.name = $1 AND b.pages >= $2"
            " AND b.price < $3 ORDER BY b.published DESC, b.id LIMIT $4");
        connection_.prepare("insert",
                            "INSERT INTO book (title, pages, price, published, author_id, isbn)"
                            " VALUES ($1, $2, $3, date '2000-01-01' + $4::int, $5, $6) RETURNING id");
        connection_.prepare("update", "UPDATE book SET pages = $2, title = $3 WHERE id = $1");
    }

    std::uint64_t operator()(const bench::errand& asked) {
        if (asked.workload == "W1") return one_by_one(asked.count);
        if (asked.workload == "W3") return all_books(asked.count);
        if (asked.workload == "W4") return joined(asked.count);
        if (asked.workload == "W5.one") return insert(asked.count);
        if (asked.workload == "W6.one") return update(asked.count);
        throw bench::unknown_workload{asked.workload};
    }

private:
    std::uint64_t one_by_one(int queries) {
        pqxx::nontransaction work(connection_);
        std::uint64_t sum = 0;
        for (int n = 0; n < queries; ++n)
            sum += digest_of(read(work.exec_prepared1("one", bench::key_of_query(n))));
        return sum;
    }

    std::uint64_t all_books(int times) {
        pqxx::nontransaction work(connection_);
        std::uint64_t sum = 0;
        for (int n = 0; n < times; ++n) {
            std::vector<book> all;
            for (const auto& row : work.exec_prepared("all")) all.push_back(read(row));
            for (const book& each : all) sum += digest_of(each);
        }
        return sum;
    }

    std::uint64_t joined(int queries) {
        pqxx::nontransaction work(connection_);
        std::uint64_t sum = 0;
        for (int n = 0; n < queries; ++n)
            for (const auto& row :
                 work.exec_prepared("joined", bench::author_of_query(n), bench::pages_of_query(n),
                                    bench::price_limit, bench::joined_rows)) {
                book each = read(row);
                each.author_name = row[8].as<std::string>();
                sum += digest_of(each) + bench::digest(each.author_name) * 23;
            }
        return sum;
    }

    std::uint64_t insert(int rows) {
        pqxx::work work(connection_);
        std::uint64_t made = 0;
        for (int n = 0; n < rows; ++n)
            made +=
                work.exec_prepared1("insert", "The new book with the number " + std::to_string(n), n % 900,
                                    n / 100.0, n % 5000, n % 1000 + 1, "979-" + std::to_string(n))[0]
                    .as<std::int64_t>() != 0;
        work.commit();
        return made;
    }

    std::uint64_t update(int rows) {
        pqxx::work work(connection_);
        std::uint64_t changed = 0;
        for (int n = 1; n <= rows; ++n)
            changed += work.exec_prepared("update", n, n, "Title " + std::to_string(n)).affected_rows();
        work.commit();
        return changed;
    }

    pqxx::connection connection_;
};

}  // namespace

int main(int argc, char** argv) {
    libpqxx one;
    return bench::run_peer(argc, argv, 1, [&](const bench::errand& asked) { return one(asked); });
}
