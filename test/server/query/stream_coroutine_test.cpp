// Rows that come chunk by chunk, awaited; and streams that are given up at each point where they wait.
#include "fixture.hpp"
#include "stepped_loop.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <stdexcept>

using namespace library;
using namespace orm::literals;
using orm::F;
using orm::testing::captured_queries;
using test::filled_library;
using test::on_another_thread;
using test::stepped_loop;
using test::strings;

namespace {

auto by_title() { return Book::objects.async().order_by<"title">(); }

orm::task<strings> titles_of(int chunk) {
    strings result;
    auto rows = by_title().stream(chunk);
    while (auto row = co_await rows.next()) result.push_back(row->title);
    CHECK_FALSE((co_await rows.next()).has_value());
    co_return result;
}

template <class Task>
auto run(Task what) {
    return orm::event_loop::current().run(std::move(what));
}

}  // namespace

TEST_CASE_FIXTURE(filled_library, "awaited rows are those of the QuerySet, whatever the chunks") {
    const strings all = test::titles(Book::objects.order_by<"title">());
    for (int chunk : {1, 2, 5, 6, 2000}) CHECK(run(titles_of(chunk)) == all);
    run([](strings expected) -> orm::task<> {
        const auto [first, second, count] =
            co_await orm::when_all(titles_of(1), titles_of(2), Book::objects.async().count());
        CHECK(first == expected);
        CHECK(second == expected);
        CHECK(count == 5);
        auto tuples = by_title().values_list<"title", "pages">().stream(2);
        strings titles;
        while (const auto row = co_await tuples.next()) titles.push_back(std::get<0>(*row));
        CHECK(titles == expected);
    }(all));
}

TEST_CASE_FIXTURE(filled_library, "a stream begins by one round trip, and waits for its commit") {
    run([]() -> orm::task<> {
        static_cast<void>(co_await Book::objects.async().count());
        const captured_queries queries;
        auto rows = by_title().prefetch_related<"author">().stream(3);
        const auto row = co_await rows.next();
        CHECK(row->author.loaded());
        CHECK(queries.all().at(0).text == "BEGIN");  // not read only: others are asked for authors
        CHECK(queries.all().at(1).text == "SET LOCAL cursor_tuple_fraction = 1");
        CHECK(queries.all().at(3).text.starts_with("FETCH FORWARD 3 FROM orm_1 -- SELECT"));
        CHECK(queries.all().at(4).text.starts_with("SELECT"));
        while (co_await rows.next()) continue;
        CHECK(queries.all().at(5).text.starts_with("FETCH"));
        CHECK(queries.all().back().text == "COMMIT");
        CHECK(queries.all().back().finished);
        auto last_is_empty = by_title().stream(5);
        while (co_await last_is_empty.next()) continue;
        CHECK(queries.all().back().text == "COMMIT");
        CHECK(queries.all().back().finished);
    }());
}

TEST_CASE_FIXTURE(filled_library, "what is awaited between the rows of a transaction runs in it") {
    run([]() -> orm::task<> {
        co_await orm::atomic([]() -> orm::task<> {
            auto rows = by_title().stream(2);
            strings seen;
            while (const auto row = co_await rows.next()) {
                seen.push_back(row->title);
                const auto update = [id = row->id]() -> orm::task<> {
                    co_await Book::objects.async().filter("id"_k = id).update("stars"_k = 2);
                };
                const auto [other, updated] =
                    co_await orm::when_all(Book::objects.async().get("id"_k = row->id), orm::atomic(update));
                static_cast<void>(updated);
                CHECK(other.title == row->title);
            }
            CHECK(seen.size() == 5);
            auto again = by_title().stream(1);
            co_await orm::atomic([&]() -> orm::task<> {
                std::size_t rest = 0;
                while (co_await again.next()) ++rest;
                CHECK(rest == 5);
            });
            auto left = by_title().stream(1);
            static_cast<void>(co_await left.next());
        });
        CHECK(co_await Book::objects.async().filter("stars"_k = 2).count() == 5);
    }());
}

TEST_CASE_FIXTURE(filled_library, "errors come from next(), each time, and spare the connection") {
    run([](orm::database db) -> orm::task<> {
        auto rows = Book::objects.async().order_by().annotate("n"_k = 1000 / (F<"pages"> - 223)).stream(1);
        int seen = 0;
        for (int i = 0; i < 4; ++i) {
            try {
                if (co_await rows.next()) ++seen;
            } catch (const orm::data_error& e) {
                CHECK(e.sql().find("library_book") != std::string::npos);
                seen += 10;
            }
        }
        CHECK(seen == 22);
        // The stream stands still, and has its connection no more.
        for (int i = 0; i < 100 && db.statistics().owned > 0; ++i)
            CHECK(co_await Book::objects.async().count() == 5);
        CHECK(db.statistics().owned == 0);
        try {
            auto thrown_through = by_title().stream(1);
            while (co_await thrown_through.next()) throw std::runtime_error("enough");
        } catch (const std::runtime_error&) {
        }
        CHECK((co_await titles_of(1)).size() == 5);
        CHECK_THROWS_AS(static_cast<void>(Book::objects.iterator()), orm::synchronous_only_operation);
    }(db()));
}

namespace {

orm::task<> plain_stream(int& read) {
    auto rows = by_title().prefetch_related<"author__country">().stream(2);
    while (co_await rows.next()) ++read;
}

orm::task<> in_transaction(int& read) {
    co_await orm::atomic([&]() -> orm::task<> {
        auto rows = by_title().stream(1);
        while (const auto row = co_await rows.next()) {
            ++read;
            co_await Book::objects.async().filter("id"_k = row->id).update("stars"_k = 1);
            co_await orm::atomic([&]() -> orm::task<> {
                auto inner = by_title().stream(4);
                while (co_await inner.next()) continue;
            });
        }
        orm::set_rollback(true);
    });
}

orm::task<> failing(int& read) {
    try {
        auto rows = Book::objects.async().order_by().annotate("n"_k = 1000 / (F<"pages"> - 223)).stream(1);
        while (co_await rows.next()) ++read;
    } catch (const orm::data_error&) {
        read = 5;
    }
}

// Returns: after how many events it was done.
template <class Work>
int abandon_everywhere(const std::string& url, Work work) {
    stepped_loop loop(url);
    for (int events = 0;; ++events) {
        int read = 0;
        auto running = orm::start(work(read));
        for (int i = 0; i < events && !running.ready(); ++i) loop.step();
        const bool done = running.ready();
        if (!done) running.cancel();
        // The only connection: this waits until it is clean.
        auto after = orm::start([]() -> orm::task<std::string> {
            const auto found = co_await Author::objects.async().raw(
                "SELECT count(*) AS id, (txid_current_if_assigned() IS NULL)::text AS name, "
                "NULL::date AS born, NULL AS country_id FROM pg_cursors WHERE name <> ''");
            co_return found.at(0).name + std::to_string(found.at(0).id);
        }());
        loop.until_ready(after);
        auto changed = Book::objects.async().filter("stars"_k = 1).count();
        loop.until_ready(changed);
        INFO("abandoned after " << events << " events");
        CHECK(after.get() == "true0");
        CHECK(changed.get() == 0);
        if (done) {
            running.get();
            CHECK(read == 5);
            return events;
        }
    }
}

}  // namespace

TEST_CASE_FIXTURE(filled_library, "a stream given up at any event leaves a clean connection") {
    on_another_thread([&] { CHECK(abandon_everywhere(schema_url(), plain_stream) > 5); });
    on_another_thread([&] { CHECK(abandon_everywhere(schema_url(), in_transaction) > 10); });
    on_another_thread([&] { CHECK(abandon_everywhere(schema_url(), failing) > 2); });
}

TEST_CASE_FIXTURE(filled_library, "a stream that outlives its loop's database does no harm") {
    on_another_thread([&] {
        std::optional<orm::row_stream<Book>> rows;
        stepped_loop loop(schema_url());
        rows.emplace(by_title().stream(1));
        for (int i = 0; i < 2; ++i) loop.step();
    });
}
