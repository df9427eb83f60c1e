// Coroutines: tasks, several queries at once, deadlines, several threads, an application's own loop.
#include "library.hpp"
#include "server.hpp"

#include <asynchrormous/runtime/stop.hpp>

#include <uv.h>

#include <chrono>
#include <memory>
#include <thread>

namespace {

using namespace std::chrono_literals;

// [task]
orm::task<std::string> longest_title() {  // lazy: it starts when it is awaited or run
    auto books = Book::objects.async().order_by<"-pages">();
    const std::vector<Book>& all = co_await books;  // awaited again, it asks no second time
    std::optional<Book> first = co_await books.first();
    std::int64_t n = co_await books.count();  // answered from the rows that are there
    check(all.size() == static_cast<std::size_t>(n));
    co_return first->title;
}
// [/task]

// [when all]
orm::task<> several_at_once() {
    auto [n, books, longest] =
        co_await orm::when_all(Author::objects.async().count(), Book::objects.order_by<"pages">().async(),
                               Book::objects.async().aggregate(orm::max<"pages">));
    check(n == 2 && books.size() == 5 && longest == 580);

    // The same by hand: lazies are on their way before they are awaited.
    auto authors = Author::objects.async().count();
    auto pages = Book::objects.async().aggregate(orm::sum<"pages">);
    check(co_await authors == 2 && co_await pages == 1575);
}
// [/when all]

// [blocking inside]
orm::task<> wrong() {
    check_throws<orm::synchronous_only_operation>([] { return Book::objects.count(); });
    auto n = Book::objects.async().count();
    check_throws<orm::synchronous_only_operation>([&] { return n.get(); });  // not there yet
    co_await n;
    check(n == 5);  // it is there now: reading it does not block
}
// [/blocking inside]

// [deadlines]
orm::task<> deadlines(std::stop_token stop) {
    auto slow = [] { return orm::execute("SELECT pg_sleep(60)"); };
    try {
        co_await orm::with_timeout(slow(), 50ms);
        check(false);
    } catch (const orm::timeout_error&) {
    }
    try {
        co_await orm::with_stop(slow(), stop);  // #include <asynchrormous/runtime/stop.hpp>
        check(false);
    } catch (const orm::operation_cancelled&) {
    }
}
// [/deadlines]

// [start]
orm::task<> background() {
    orm::lazy<std::string> title = orm::start(longest_title());  // runs on its own from here
    co_await orm::sleep_for(1ms);
    check(co_await title == "Summa Technologiae");

    orm::lazy<void> forever = orm::start([]() -> orm::task<> { co_await orm::sleep_for(1h); }());
    forever.cancel();  // destroys the coroutine where it waits
    bool cancelled = false;
    try {
        co_await forever;
    } catch (const orm::operation_cancelled&) {
        cancelled = true;
    }
    check(cancelled);
}
// [/start]

void threads(const std::string& url) {
    // [threads]
    auto work = [&url] {  // a thread has its own loop, its own pool and its own default database
        orm::database mine = orm::connect(url);
        check(Book::objects.count() == 5);
        mine.close().get();
    };
    std::thread first(work), second(work);
    first.join();
    second.join();
    // [/threads]
}

void borrowed_loop(const std::string& url) {
    std::thread([&url] {
        // [borrowed]
        uv_loop_t application;
        uv_loop_init(&application);
        {
            orm::event_loop loop(&application);  // this thread's current one from here on
            auto program = [](std::string where) -> orm::task<> {
                orm::database db = co_await orm::connect(where);
                check_throws<orm::synchronous_only_operation>([] { return Book::objects.count(); });
                check(co_await Book::objects.async().count() == 5);
                co_await db.close();
            };
            orm::lazy<void> done = orm::start(program(url));
            uv_run(&application, UV_RUN_DEFAULT);  // as the application does anyway
            check(done.ready());
            done.get();
            loop.shutdown();
        }
        uv_run(&application, UV_RUN_DEFAULT);  // lets go of the last handles
        check(uv_loop_close(&application) == 0);
        // [/borrowed]
    }).join();
}

}  // namespace

int main() {
    return run_example([](const std::string& url) {
        orm::database db = orm::connect(url);
        static_cast<void>(fill_library());
        // [run]
        std::string title = orm::event_loop::current().run(longest_title());
        // [/run]
        check(title == "Summa Technologiae");
        std::stop_source stop;
        std::thread stopper([&stop] {
            std::this_thread::sleep_for(200ms);
            stop.request_stop();
        });
        orm::event_loop& loop = orm::event_loop::current();
        loop.run(several_at_once());
        loop.run(wrong());
        loop.run(deadlines(stop.get_token()));
        stopper.join();
        loop.run(background());
        threads(url);
        borrowed_loop(url);
    });
}
