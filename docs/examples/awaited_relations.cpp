// Related rows, awaited.
#include "server.hpp"

#include <string>
#include <vector>

using namespace orm::literals;

namespace {

struct Author {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<struct Book, "author"> books{};

    static constexpr orm::manager<Author> objects{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    orm::foreign_key<Author> author{};

    static constexpr orm::manager<Book> objects{};
};

// [loading]
orm::task<std::string> line_of(const Book& book) {
    Author& author = co_await book.author.load();
    co_return author.name + ": " + book.title;  // book.author->name works from here on, too
}

orm::task<> print() {
    std::vector<Book> books = co_await Book::objects.async().order_by<"title">();
    std::vector<orm::task<std::string>> lines;
    for (const Book& book : books) lines.push_back(line_of(book));
    // The keys that all of them load in this tick are one query.
    check((co_await orm::when_all(std::move(lines))).at(0) == "Ursula: Tehanu");
}
// [/loading]

orm::task<> change() {
    Author ursula = (co_await Author::objects.async().first()).value();
    // [changing]
    auto books = ursula.books.async();
    co_await books.create({.title = "The Lathe of Heaven"});
    check(co_await books.filter("title__contains"_k = "Lathe").count() == 1);
    std::vector<Book>& all = co_await ursula.books.load();
    check(all.size() == 2);
    // [/changing]
}

orm::task<> refuse() {
    Book book = (co_await Book::objects.async().first()).value();
    // [refusing]
    check_throws<orm::relation_not_loaded>([&] { return book.author->name; });
    // [/refusing]
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Author, Book>().get();
        Author::objects.create({.name = "Ursula"}).books.create({.title = "Tehanu"});
        orm::event_loop& loop = orm::event_loop::current();
        loop.run(print());
        loop.run(change());
        loop.run(refuse());
    });
}
