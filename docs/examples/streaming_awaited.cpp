// Rows one after the other in constant memory, in coroutines: stream().
#include "library.hpp"
#include "server.hpp"

#include <utility>

namespace {

orm::task<> send_somewhere(const Book&) { co_await orm::sleep_for(std::chrono::microseconds(1)); }

// [stream]
orm::task<> export_all() {
    auto books = Book::objects.async().order_by<"id">().stream();  // on its way
    while (auto book = co_await books.next())                      // std::optional<Book>: yours
        co_await send_somewhere(*book);  // meanwhile the next chunk arrives, and no more than that
}
// [/stream]

// [several]
orm::task<int> thick_books(int from, int to) {
    int count = 0;
    auto books = Book::objects.async().filter("pages__range"_k = std::pair(from, to)).stream(100);
    while (co_await books.next()) ++count;
    co_return count;
}

orm::task<> several() {  // each on a connection of its own
    const auto [thin, thick] = co_await orm::when_all(thick_books(0, 299), thick_books(300, 9999));
    check(thin == 2 && thick == 3);
}
// [/several]

// [transaction]
orm::task<> one_transaction() {
    co_await orm::atomic([]() -> orm::task<> {
        auto books = Book::objects.async().stream(2);
        while (auto book = co_await books.next())
            co_await Book::objects.async().filter("id"_k = book->id).update("pages"_k = book->pages + 1);
    });
    check(co_await Book::objects.async().aggregate(orm::sum<"pages">) == 1580);
}
// [/transaction]

orm::task<> all() {
    co_await export_all();
    co_await several();
    co_await one_transaction();
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        fill_library();
        orm::event_loop::current().run(all());
    });
}
