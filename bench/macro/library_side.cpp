// The same workloads as a user of the library writes them.
#include "books.hpp"
#include "checksum.hpp"
#include "sides.hpp"

#include <asynchrormous/orm.hpp>

#include <algorithm>
#include <vector>

namespace bench {

namespace {

using namespace orm::literals;

struct Author {
    std::int64_t id = 0;
    std::string name{};
    std::string country{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    double price = 0;
    orm::date published{};
    orm::foreign_key<Author> author{};
    std::string isbn{};

    static constexpr orm::manager<Book> objects{};
};

std::uint64_t digest_of(const Book& b) {
    return digest(b.id, b.title, b.pages, b.price, b.published.to_postgres(), b.author.key(), b.isbn);
}

// One of those that take turns: asks for every width-th book.
orm::task<std::uint64_t> every(int width, int from, int queries) {
    std::uint64_t sum = 0;
    for (int n = from; n < queries; n += width)
        sum += digest_of(co_await Book::objects.async().get("id"_k = key_of_query(n)));
    co_return sum;
}

orm::task<std::uint64_t> together(int width, int queries) {
    std::vector<orm::task<std::uint64_t>> tasks;
    for (int from = 0; from < std::min(width, queries); ++from) tasks.push_back(every(width, from, queries));
    std::uint64_t sum = 0;
    for (const std::uint64_t part : co_await orm::when_all(std::move(tasks))) sum += part;
    co_return sum;
}

orm::task<std::uint64_t> stream() {
    std::uint64_t sum = 0;
    auto rows = Book::objects.async().stream();
    while (const auto book = co_await rows.next()) sum += digest_of(*book);
    co_return sum;
}

class library_side final : public side {
public:
    library_side(const std::string& url, int connections)
        : database_(orm::connect(url, {.max_connections = connections})) {}

    std::uint64_t one_by_one(int queries) override {
        std::uint64_t sum = 0;
        for (int n = 0; n < queries; ++n) sum += digest_of(Book::objects.get("id"_k = key_of_query(n)));
        return sum;
    }

    std::uint64_t in_flight(int queries, int width) override {
        return orm::event_loop::current().run(together(width, queries));
    }

    std::uint64_t all_books() override {
        std::uint64_t sum = 0;
        for (const Book& book : Book::objects.all()) sum += digest_of(book);
        return sum;
    }

    std::uint64_t streamed_books() override {
        std::uint64_t sum = 0;
        for (const Book& book : Book::objects.iterator()) sum += digest_of(book);
        return sum;
    }
    std::uint64_t awaited_books() override { return orm::event_loop::current().run(stream()); }

    std::uint64_t joined(int queries) override {
        std::uint64_t sum = 0;
        for (int n = 0; n < queries; ++n) {
            const auto newest = Book::objects.select_related<"author">()
                                    .filter("author__name"_k = author_of_query(n),
                                            "pages__gte"_k = pages_of_query(n), "price__lt"_k = price_limit)
                                    .order_by<"-published", "id">()
                                    .limit(joined_rows);
            for (const Book& book : newest) sum += digest_of(book) + digest(book.author->name) * 23;
        }
        return sum;
    }

private:
    orm::database database_;
};

}  // namespace

std::unique_ptr<side> connect_library(const std::string& url, int connections) {
    return std::make_unique<library_side>(url, connections);
}

}  // namespace bench
