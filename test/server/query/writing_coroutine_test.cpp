// The writes of several statements, awaited and at the same time, and given up half way.
#include "fixture.hpp"

using namespace library;
using namespace orm::literals;
using orm::defaults;
using test::filled_library;

namespace {

template <class T>
T run(orm::task<T> what) {
    return orm::event_loop::current().run(std::move(what));
}

orm::task<bool> make(std::string code) {
    const auto made =
        co_await Country::objects.async().get_or_create("code"_k = code, defaults("name"_k = "x"));
    co_return made.created;
}

}  // namespace

TEST_CASE_FIXTURE(filled_library, "rows are saved, refreshed and deleted in coroutines") {
    run([](filled_library& library) -> orm::task<> {
        Book book = library.wizard;
        book.title = "awaited";
        book = co_await Book::objects.async().save(book, orm::update_fields<"title">);
        book = co_await Book::objects.async().refresh(book);
        CHECK(book.title == "awaited");
        std::vector<Country> made{{.code = "de"}, {.code = "fr"}};
        made = co_await Country::objects.async().bulk_create(made, orm::batch_size(1));
        made[0].name = "Germany";
        CHECK(co_await Country::objects.async().bulk_update<"name">(made) == 2);
        const auto found = co_await Country::objects.async().in_bulk({"de", "us"});
        CHECK(found.at("de").name == "Germany");
        const auto gone = co_await Country::objects.async().filter("code"_k = "fr").delete_counted();
        CHECK(gone.of<Country>() == 1);
    }(*this));
}

TEST_CASE_FIXTURE(filled_library, "coroutines that get_or_create the same row at once make it once") {
    run([]() -> orm::task<> {
        std::vector<orm::task<bool>> all;
        for (int n = 0; n < 20; ++n) all.push_back(make("de"));
        int created = 0;
        for (const bool each : co_await orm::when_all(std::move(all))) created += each;
        CHECK(created == 1);
    }());
    CHECK(Country::objects.count() == 3);
}

TEST_CASE_FIXTURE(filled_library, "a bulk_create that is given up leaves nothing behind") {
    run([]() -> orm::task<> {
        std::vector<Author> many(60'000);
        const auto written = Author::objects.async().bulk_create(std::move(many));
        written.cancel();
        CHECK_THROWS_AS(co_await written, orm::operation_cancelled);
        CHECK(co_await Author::objects.async().count() == 3);
    }());
}
