// SOCI: prepared statements with bound variables, rows into structs.
#include "../macro/books.hpp"
#include "../macro/checksum.hpp"
#include "timed.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <ctime>
#include <vector>

namespace {

struct book {
    long long id = 0;
    std::string title{};
    int pages = 0;
    double price = 0;
    std::tm published{};
    long long author = 0;
    std::string isbn{};
    std::string author_name{};
};

std::uint64_t digest_of(const book& b) {
    std::tm day = b.published;
    const auto days = static_cast<std::int32_t>(timegm(&day) / 86'400 - 10'957);
    return bench::digest(b.id, b.title, b.pages, b.price, days, b.author, b.isbn);
}

const std::string columns = "SELECT id, title, pages, price, published, author_id, isbn FROM book";

class soci_session {
public:
    soci_session() : sql_(soci::postgresql, bench::database_url()) {}

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
        book b;
        long long key = 0;
        soci::statement one =
            (sql_.prepare << columns + " WHERE id = :key", soci::into(b.id), soci::into(b.title),
             soci::into(b.pages), soci::into(b.price), soci::into(b.published), soci::into(b.author),
             soci::into(b.isbn), soci::use(key));
        std::uint64_t sum = 0;
        for (int n = 0; n < queries; ++n) {
            key = bench::key_of_query(n);
            one.execute(true);
            sum += digest_of(b);
        }
        return sum;
    }

    std::uint64_t all_books(int times) {
        std::uint64_t sum = 0;
        for (int n = 0; n < times; ++n) {
            book b;
            std::vector<book> all;
            soci::statement every =
                (sql_.prepare << columns, soci::into(b.id), soci::into(b.title), soci::into(b.pages),
                 soci::into(b.price), soci::into(b.published), soci::into(b.author), soci::into(b.isbn));
            every.execute();
            while (every.fetch()) all.push_back(b);
            for (const book& each : all) sum += digest_of(each);
        }
        return sum;
    }

    std::uint64_t joined(int queries) {
        book b;
        std::string name;
        int pages = 0, limit = bench::joined_rows;
        double price = bench::price_limit;
        soci::statement newest =
            (sql_.prepare
                 << "SELECT b.id, b.title, b.pages, b.price, b.published, b.author_id, b.isbn, a.name"
                    " FROM book b JOIN author a ON a.id = b.author_id WHERE a.name = :name"
                    " AND b.pages >= :pages AND b.price < :price"
                    " ORDER BY b.published DESC, b.id LIMIT :limit",
             soci::into(b.id), soci::into(b.title), soci::into(b.pages), soci::into(b.price),
             soci::into(b.published), soci::into(b.author), soci::into(b.isbn), soci::into(b.author_name),
             soci::use(name), soci::use(pages), soci::use(price), soci::use(limit));
        std::uint64_t sum = 0;
        for (int n = 0; n < queries; ++n) {
            name = bench::author_of_query(n);
            pages = bench::pages_of_query(n);
            newest.execute();
            while (newest.fetch()) sum += digest_of(b) + bench::digest(b.author_name) * 23;
        }
        return sum;
    }

    std::uint64_t insert(int rows) {
        soci::transaction all(sql_);
        std::string title, isbn;
        int pages = 0, day = 0, author = 0;
        double price = 0;
        long long key = 0;
        soci::statement one =
            (sql_.prepare << "INSERT INTO book (title, pages, price, published, author_id, isbn)"
                             " VALUES (:title, :pages, :price, date '2000-01-01' + "
                             "CAST(:day AS int), :author, :isbn) RETURNING id",
             soci::use(title), soci::use(pages), soci::use(price), soci::use(day), soci::use(author),
             soci::use(isbn), soci::into(key));
        std::uint64_t made = 0;
        for (int n = 0; n < rows; ++n) {
            title = "The new book with the number " + std::to_string(n);
            pages = n % 900;
            price = n / 100.0;
            day = n % 5000;
            author = n % 1000 + 1;
            isbn = "979-" + std::to_string(n);
            one.execute(true);
            made += key != 0;
        }
        all.commit();
        return made;
    }

    std::uint64_t update(int rows) {
        soci::transaction all(sql_);
        std::string title;
        int key = 0;
        soci::statement one =
            (sql_.prepare << "UPDATE book SET pages = :pages, title = :title WHERE id = :key",
             soci::use(key, "pages"), soci::use(title, "title"), soci::use(key, "key"));
        std::uint64_t changed = 0;
        for (key = 1; key <= rows; ++key) {
            title = "Title " + std::to_string(key);
            one.execute(true);
            changed += static_cast<std::uint64_t>(one.get_affected_rows());
        }
        all.commit();
        return changed;
    }

    soci::session sql_;
};

}  // namespace

int main(int argc, char** argv) {
    soci_session one;
    return bench::run_peer(argc, argv, 1, [&](const bench::errand& asked) { return one(asked); });
}
