// The third way of the README: coroutines.
#include "library.hpp"
#include "server.hpp"

namespace {

const auto books = Book::objects.filter("pages__gt"_k = 300).async();
Author ursula;

// [coroutines]
// 3. Coroutines.
orm::task<> report() {
    auto top = co_await books.order_by<"-pages">()[orm::slice(0, 10)];
    co_await orm::atomic([&]() -> orm::task<> {  // the transaction follows the coroutine; nested = savepoint
        co_await Book::objects.async().create({.title = "Tehanu", .pages = 252, .author = ursula});
    });
}
// [/coroutines]

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        ursula = fill_library().ursula;
        // [run]
        orm::event_loop::current().run(report());
        // [/run]
        check(Book::objects.get("title"_k = "Tehanu").author == ursula);
    });
}
