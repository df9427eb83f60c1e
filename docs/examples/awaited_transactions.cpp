// Transactions in coroutines.
#include "library.hpp"
#include "server.hpp"

#include <chrono>

namespace {

using namespace std::chrono_literals;

// [helper]
orm::task<Author> add_author(std::string name) {  // knows nothing of transactions
    co_return co_await Author::objects.async().create({.name = name});
}

orm::task<std::int64_t> both_or_none() {
    co_return co_await orm::atomic([]() -> orm::task<std::int64_t> {
        Author author = co_await add_author("Arkady");  // in the transaction: it is ambient
        co_await orm::sleep_for(1ms);                   // others run meanwhile, not in the transaction
        co_await Book::objects.async().create({.title = "Roadside Picnic", .author = author});
        co_return author.id;
    });
}
// [/helper]

// [together]
orm::task<> together() {
    co_await orm::atomic([]() -> orm::task<> {
        co_await add_author("Boris");
        // Pipelined on the transaction's one connection.
        auto [authors, books] =
            co_await orm::when_all(Author::objects.async().count(), Book::objects.async().count());
        check(authors == 4 && books == 6);
    });
}
// [/together]

// [abandoned]
orm::task<> abandoned() {
    auto slow = []() -> orm::task<> {
        co_await add_author("Late");
        co_await orm::sleep_for(1h);
    };
    try {
        co_await orm::with_timeout(orm::atomic(slow), 50ms);
        check(false);
    } catch (const orm::timeout_error&) {
    }
    check(!co_await Author::objects.async().filter("name"_k = "Late").exists());
}
// [/abandoned]

// [again]
orm::task<int> longer(std::int64_t id) {
    co_return co_await orm::retry(
        {.isolation = orm::isolation::serializable, .attempts = 10}, [&]() -> orm::task<int> {
            Book book = co_await Book::objects.async().get("id"_k = id);
            book.pages += 10;
            co_await orm::on_commit([]() -> orm::task<> {  // awaited after the commit
                co_await orm::sleep_for(1ms);
            });
            co_return (co_await Book::objects.async().save(book)).pages;
        });
}
// [/again]

// [outlives]
orm::task<> outlives() {
    orm::lazy<Author> late = co_await orm::atomic([]() -> orm::task<orm::lazy<Author>> {
        auto straggler = []() -> orm::task<Author> {
            co_await orm::sleep_for(10ms);
            co_return co_await add_author("Straggler");
        };
        co_return orm::start(straggler());  // belongs to the transaction, which does not wait for it
    });
    try {
        co_await late;
        check(false);
    } catch (const orm::database_error&) {  // "the transaction has ended"
    }
}
// [/outlives]

orm::task<> isolation() {
    auto writer = []() -> orm::task<> {
        co_await orm::atomic([]() -> orm::task<> {
            co_await add_author("Unseen");
            co_await orm::sleep_for(20ms);
            throw std::runtime_error("rolled back");
        });
    };
    auto writing = orm::start(writer());
    co_await orm::sleep_for(5ms);
    check(!co_await Author::objects.async().filter("name"_k = "Unseen").exists());
    bool failed = false;
    try {
        co_await writing;
    } catch (const std::runtime_error&) {
        failed = true;
    }
    check(failed);
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        static_cast<void>(fill_library());
        orm::event_loop& loop = orm::event_loop::current();
        const std::int64_t id = loop.run(both_or_none());
        check(Book::objects.get("title"_k = "Roadside Picnic").author.key() == id);
        loop.run(together());
        loop.run(abandoned());
        loop.run(isolation());
        check(loop.run(longer(Book::objects.get("title"_k = "Solaris").id)) > 0);
        loop.run(outlives());
    });
}
