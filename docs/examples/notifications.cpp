// Notifications between sessions of the database, in plain code.
#include "library.hpp"
#include "server.hpp"

// [headers]
#include <asynchrormous/query/notify.hpp>
// [/headers]

#include <chrono>

namespace {

using namespace std::chrono_literals;

void plain() {
    // [plain]
    orm::notifications news = orm::listen({"books", "authors"});
    orm::notify("books", "17").get();
    orm::notification told = news.next().get().value();
    check(told.channel == "books" && told.payload == "17" && !told.gap);
    // [/plain]
    // [poll]
    auto next = news.next();
    if (!next.wait_for(10ms)) {  // nothing so far: `next` goes on waiting
        orm::notify("authors", "3").get();
        check(next.get()->payload == "3");
    }
    // [/poll]
}

void transactions() {
    orm::notifications news = orm::listen("books");
    // [commit]
    orm::atomic([] {
        Book book = Book::objects.create({.title = "Tehanu", .author = *Author::objects.first()});
        orm::notify("books", std::to_string(book.id)).get();  // told when this commits, and only then
    });
    // [/commit]
    check(Book::objects.get("id"_k = std::stoll(news.next().get()->payload)).title == "Tehanu");
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        orm::create_tables<Author, Book>().get();
        Author::objects.create({.name = "Ursula K. Le Guin"});
        plain();
        transactions();
    });
}
