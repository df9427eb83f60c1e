// W5 and W6 as a user of the library writes them.
#include "write_sides.hpp"

#include <asynchrormous/orm.hpp>

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

Book book(int n) {
    return {.title = "The new book with the number " + std::to_string(n),
            .pages = n % 900,
            .price = n / 100.0,
            .published = orm::date::from_postgres(n % 5000),
            .author = n % 1000 + 1,
            .isbn = "979-" + std::to_string(n)};
}

// All of them leave at the end of one tick.
orm::task<std::uint64_t> inserted(int rows) {
    std::vector<orm::lazy<Book>> all;
    all.reserve(static_cast<std::size_t>(rows));
    for (int n = 0; n < rows; ++n) all.push_back(Book::objects.async().create(book(n)));
    std::uint64_t made = 0;
    for (const auto& each : all) made += (co_await each).id != 0;
    co_return made;
}
orm::task<std::uint64_t> updated(int rows) {
    std::vector<orm::lazy<std::int64_t>> all;
    for (int n = 1; n <= rows; ++n)
        all.push_back(Book::objects.async()
                          .filter("id"_k = n)
                          .update("pages"_k = n, "title"_k = "Title " + std::to_string(n)));
    std::uint64_t changed = 0;
    for (const auto& each : all) changed += static_cast<std::uint64_t>(co_await each);
    co_return changed;
}

class library_writes final : public write_side {
public:
    explicit library_writes(const std::string& url) : database_(orm::connect(url, {.max_connections = 1})) {}

    std::uint64_t insert_one_by_one(int rows) override {
        return orm::atomic([&] {
            std::uint64_t made = 0;
            for (int n = 0; n < rows; ++n) made += Book::objects.create(book(n)).id != 0;
            return made;
        });
    }
    std::uint64_t insert_together(int rows) override {
        return orm::event_loop::current().run(orm::atomic([rows] { return inserted(rows); }));
    }
    std::uint64_t insert_bulk(int rows) override {
        std::vector<Book> all;
        all.reserve(static_cast<std::size_t>(rows));
        for (int n = 0; n < rows; ++n) all.push_back(book(n));
        std::uint64_t made = 0;
        for (const Book& each : Book::objects.bulk_create(std::move(all))) made += each.id != 0;
        return made;
    }

    std::uint64_t update_one_by_one(int rows) override {
        return orm::atomic([&] {
            std::uint64_t changed = 0;
            for (int n = 1; n <= rows; ++n)
                changed += static_cast<std::uint64_t>(
                    Book::objects.filter("id"_k = n)
                        .update("pages"_k = n, "title"_k = "Title " + std::to_string(n)));
            return changed;
        });
    }
    std::uint64_t update_together(int rows) override {
        return orm::event_loop::current().run(orm::atomic([rows] { return updated(rows); }));
    }
    std::uint64_t update_bulk(int rows) override {
        std::vector<Book> all;
        all.reserve(static_cast<std::size_t>(rows));
        for (int n = 1; n <= rows; ++n)
            all.push_back({.id = n, .title = "Title " + std::to_string(n), .pages = n});
        return static_cast<std::uint64_t>(Book::objects.bulk_update<"pages", "title">(std::move(all)));
    }

private:
    orm::database database_;
};

}  // namespace

std::unique_ptr<write_side> connect_library_writes(const std::string& url) {
    return std::make_unique<library_writes>(url);
}

}  // namespace bench
