// What is started together leaves together, in coroutines.
#include "library.hpp"
#include "server.hpp"

namespace {

// [page]
orm::task<> page() {
    auto [authors, books] =
        co_await orm::when_all(Author::objects.async().count(), Book::objects.async().count());
    check(authors == 2 && books == 5);
}
// [/page]

// [import]
orm::task<> import(std::vector<Book> books) {
    co_await orm::atomic([&]() -> orm::task<> {
        std::vector<orm::lazy<Book>> sent;
        for (const Book& book : books)
            sent.push_back(Book::objects.async().create(book));  // all on their way
        for (orm::lazy<Book>& each : sent) co_await each;
    });
}
// [/import]

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        const library_rows rows = fill_library();
        orm::event_loop::current().run(page());
        orm::event_loop::current().run(
            import({{.title = "One", .author = rows.ursula}, {.title = "Two", .author = rows.ursula}}));
        check(Book::objects.count() == 7);
    });
}
