#include "fixture.hpp"

#include <stdexcept>

using namespace library;
using namespace orm::literals;
using test::filled_library;
using test::strings;
using test::titles;

namespace {

template <class T>
T run(orm::task<T> what) {
    return orm::event_loop::current().run(std::move(what));
}

}  // namespace

TEST_CASE_FIXTURE(filled_library, "every terminal can be awaited") {
    run([](filled_library& library) -> orm::task<> {
        const auto books = Book::objects.async();
        const std::vector<Book>& all = co_await books;
        CHECK(all.size() == 5);
        CHECK(titles(co_await Book::objects.async().order_by<"-pages">()[orm::slice(0, 1)]) ==
              strings{"The Farthest Shore"});
        CHECK(co_await books.filter("pages__gt"_k = 200).count() == 3);
        CHECK((co_await books.get("title"_k = "Solaris")).pages == 204);
        CHECK((co_await books.order_by<"pages">().first())->pages == 12);
        CHECK(co_await books.exists());
        CHECK(co_await books.filter("title"_k = "Solaris").update("pages"_k = 205) == 1);
        const Author added = co_await Author::objects.async().create({.name = "Added"});
        CHECK(added.id > 0);
        CHECK(co_await Author::objects.async().filter("pk"_k = added.id).delete_() == 1);
        CHECK(co_await books.aggregate(orm::max<"pages">) == 223);
        CHECK((co_await books.aggregate("n"_k = orm::count<>, "least"_k = orm::min<"pages">))["least"_k] ==
              12);
        CHECK((co_await books.order_by<"pages">().last())->title == "The Farthest Shore");
        CHECK((co_await books.latest<"pages">()).title == "The Farthest Shore");
        CHECK((co_await books.earliest<"pages">()).title == "100%_Songs\\");
        CHECK((co_await books.order_by<"pages">()[1]).title == "The Tombs of Atuan");
        CHECK((co_await books.order_by<"pages">().limit(2).values_list<"pages">()) == std::vector{12, 163});
        CHECK((co_await books.filter("title"_k = "Solaris").values<"pages">()).at(0)["pages"_k] == 205);
        const Country saved = co_await Country::objects.async().save({.code = "us", .name = "USA"});
        CHECK(saved.name == "USA");
        CHECK(co_await books.none().count() == 0);
        CHECK_FALSE((co_await books.none().first()).has_value());
        CHECK((co_await books.none()).empty());
        CHECK(co_await orm::execute("UPDATE author SET born = $1", std::optional<orm::date>()) == 3);
        CHECK((co_await Author::objects.async().raw("SELECT * FROM author")).size() == 3);
        CHECK((co_await books.explain()).empty() == false);
        CHECK((co_await library.db().close(), true));
    }(*this));
}

TEST_CASE_FIXTURE(
    filled_library,
    "awaiting a named QuerySet gives its rows by reference, a temporary one the rows themselves") {
    run([]() -> orm::task<> {
        const auto books = Book::objects.async().order_by<"pages">();
        const std::vector<Book>& rows = co_await books;
        const std::vector<Book>& again = co_await books;
        CHECK(&rows == &again);
        CHECK(&rows == &books.rows());  // blocking is no matter: they are there
        CHECK(books.count().ready());
        strings seen;
        for (const Book& book : co_await Book::objects.async().order_by<"pages">().start())
            seen.push_back(book.title);
        CHECK(seen == titles(rows));
        std::vector<Book> taken = co_await Book::objects.async().order_by<"pages">()[orm::slice(0, 2)];
        CHECK(taken.size() == 2);
    }());
}

TEST_CASE_FIXTURE(filled_library, "rows that are there answer a blocking QuerySet inside the loop, too") {
    const auto books = Book::objects.order_by<"pages">();
    CHECK(books.size() == 5);
    run([&]() -> orm::task<> {
        CHECK(books.count() == 5);
        CHECK(books.exists());
        CHECK(books[4].title == "The Farthest Shore");
        CHECK(titles(books).size() == 5);
        CHECK_THROWS_AS(static_cast<void>(books.all().count()), orm::synchronous_only_operation);
        co_return;
    }());
}

TEST_CASE_FIXTURE(filled_library, "errors arrive where the result is awaited") {
    run([]() -> orm::task<> {
        CHECK_THROWS_AS(co_await Book::objects.async().get("title"_k = "x"), orm::does_not_exist<Book>);
        CHECK_THROWS_AS(co_await Country::objects.async().create({.code = "us"}), orm::unique_violation);
        CHECK(co_await Book::objects.async().count() == 5);
    }());
}

TEST_CASE_FIXTURE(filled_library, "queries of one tick are awaited together") {
    const auto [count, rows, most] =
        run(orm::when_all(Book::objects.async().count(), Book::objects.order_by<"pages">().async(),
                          Book::objects.async().aggregate(orm::max<"pages">)));
    CHECK(count == 5);
    CHECK(rows.size() == 5);
    CHECK(most == 223);
}

TEST_CASE_FIXTURE(filled_library, "many coroutines share a few connections and each gets its own rows") {
    const auto one = [](std::int64_t id) -> orm::task<std::int64_t> {
        co_return (co_await Book::objects.async().get("pk"_k = id)).id;
    };
    std::vector<orm::task<std::int64_t>> tasks;
    std::vector<std::int64_t> wanted;
    for (int i = 0; i < 500; ++i) {
        wanted.push_back(i % 2 ? wizard.id : solaris.id);
        tasks.push_back(one(wanted.back()));
    }
    CHECK(run(orm::when_all(std::move(tasks))) == wanted);
    CHECK(db().statistics().open <= 10);
}

TEST_CASE_FIXTURE(filled_library, "blocking inside the loop throws and names the way out") {
    run([]() -> orm::task<> {
        CHECK_THROWS_WITH_AS(Book::objects.count(), doctest::Contains(".async()"),
                             orm::synchronous_only_operation);
        CHECK_THROWS_AS(static_cast<void>(Book::objects.all().rows()), orm::synchronous_only_operation);
        auto count = Book::objects.async().count();
        CHECK_THROWS_WITH_AS(static_cast<void>(count.get()), doctest::Contains("co_await"),
                             orm::synchronous_only_operation);
        CHECK(co_await count == 5);
        CHECK(count == 5);  // it is there
    }());
}

TEST_CASE_FIXTURE(filled_library, "an awaited atomic commits on return and rolls back on an exception") {
    run([]() -> orm::task<> {
        const std::int64_t id = co_await orm::atomic([]() -> orm::task<std::int64_t> {
            co_return (co_await Author::objects.async().create({.name = "kept"})).id;
        });
        CHECK(co_await Author::objects.async().filter("pk"_k = id).exists());
        const auto fail = []() -> orm::task<> {
            co_await Author::objects.async().create({.name = "lost"});
            throw std::runtime_error("changed my mind");
        };
        CHECK_THROWS_AS(co_await orm::atomic(fail), std::runtime_error);
        CHECK_FALSE(co_await Author::objects.async().filter("name"_k = "lost").exists());
    }());
}

TEST_CASE_FIXTURE(filled_library, "nested awaited blocks are savepoints") {
    run([]() -> orm::task<> {
        co_await orm::atomic([]() -> orm::task<> {
            co_await Author::objects.async().create({.name = "outer"});
            const auto fail = []() -> orm::task<> {
                co_await Author::objects.async().create({.name = "inner"});
                throw std::runtime_error("inner");
            };
            CHECK_THROWS_AS(co_await orm::atomic(fail), std::runtime_error);
            CHECK(co_await Author::objects.async().count() == 4);
        });
        CHECK(co_await Author::objects.async().count() == 4);
    }());
}

TEST_CASE_FIXTURE(filled_library, "a transaction never reaches coroutines that run in between") {
    const auto writer = []() -> orm::task<> {
        co_await orm::atomic([]() -> orm::task<> {
            for (int i = 0; i < 20; ++i) co_await Author::objects.async().create({.name = "unseen"});
            throw std::runtime_error("rolled back");
        });
    };
    const auto stranger = []() -> orm::task<int> {
        int seen = 0;
        for (int i = 0; i < 20; ++i)
            seen += static_cast<int>(co_await Author::objects.async().filter("name"_k = "unseen").count());
        for (int i = 0; i < 5; ++i) co_await Country::objects.async().create({.code = std::to_string(i)});
        co_return seen;
    };
    auto writing = orm::start(writer());
    auto also_writing = orm::start(writer());
    CHECK(run(stranger()) == 0);
    CHECK_THROWS_AS(writing.get(), std::runtime_error);
    CHECK_THROWS_AS(also_writing.get(), std::runtime_error);
    CHECK(Author::objects.filter("name"_k = "unseen").count() == 0);
    CHECK(Country::objects.count() == 7);
}

TEST_CASE_FIXTURE(filled_library, "queries of one transaction run concurrently on its one connection") {
    run([]() -> orm::task<> {
        co_await orm::atomic([]() -> orm::task<> {
            co_await Author::objects.async().create({.name = "mine"});
            const auto [authors, books] =
                co_await orm::when_all(Author::objects.async().count(), Book::objects.async().count());
            CHECK(authors == 4);
            CHECK(books == 5);
        });
    }());
}

TEST_CASE_FIXTURE(filled_library,
                  "a coroutine abandoned at any of its suspensions rolls back and frees its connection") {
    for (int steps = 0; steps < 8; ++steps) {
        int done = 0;
        auto work = orm::start([](int& progress) -> orm::task<> {
            co_await orm::atomic([&]() -> orm::task<> {
                for (int i = 0; i < 3; ++i, ++progress)
                    co_await Author::objects.async().create({.name = "abandoned"});
                co_await orm::atomic([&]() -> orm::task<> {
                    co_await Author::objects.async().create({.name = "abandoned"});
                    ++progress;
                    co_await orm::sleep_for(std::chrono::hours(1));
                });
            });
        }(done));
        while (done < steps && done < 4) static_cast<void>(work.wait_for(std::chrono::milliseconds(1)));
        work.cancel();
        CHECK_THROWS_AS(work.get(), orm::operation_cancelled);
        CHECK(Author::objects.filter("name"_k = "abandoned").count() == 0);
    }
    // The rollback travels in the background: it is waited for, and nobody else got the connection before.
    const std::string open = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'";
    test::plain_connection observer = plain();
    for (int i = 0; i < 1000 && observer.value(open) != "0"; ++i)
        orm::sleep_for(std::chrono::milliseconds(5)).get();
    CHECK(observer.value(open) == "0");
}

TEST_CASE_FIXTURE(filled_library, "a task that misses its deadline is rolled back where it waits") {
    run([]() -> orm::task<> {
        const auto slow = []() -> orm::task<> {
            co_await Author::objects.async().create({.name = "late"});
            co_await orm::sleep_for(std::chrono::hours(1));
        };
        CHECK_THROWS_AS(co_await orm::with_timeout(orm::atomic(slow), std::chrono::milliseconds(30)),
                        orm::timeout_error);
        CHECK_FALSE(co_await Author::objects.async().filter("name"_k = "late").exists());
    }());
}
