#include "../../golden/lock_cases.hpp"
#include "fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace library;
using namespace orm::literals;
using test::filled_library;

TEST_CASE_FIXTURE(filled_library, "the server takes every lock") {
    orm::atomic(
        [] { golden::locks([](const auto& rows, std::string_view) { CHECK_NOTHROW(rows.rows()); }); });
}

TEST_CASE_FIXTURE(filled_library, "a lock outside of a transaction is refused before anything is sent") {
    const orm::testing::captured_queries sent;
    const auto books = Book::objects.select_for_update();
    CHECK_THROWS_WITH_AS(books.rows(), doctest::Contains("atomic()"), orm::transaction_management_error);
    CHECK_THROWS_AS(books.all().rows(), orm::transaction_management_error);  // its text is remembered
    CHECK_THROWS_AS(static_cast<void>(books.exists()), orm::transaction_management_error);
    CHECK_THROWS_AS(static_cast<void>(books.first()), orm::transaction_management_error);
    const auto later = books.async().first();
    CHECK_THROWS_AS(static_cast<void>(later.get()), orm::transaction_management_error);
    orm::atomic([&] {
        CHECK_THROWS_AS(static_cast<void>(books.using_(db()).first()), orm::transaction_management_error);
    });
    CHECK(sent.empty());
    // Locks nothing, as in Django.
    CHECK(Book::objects.select_for_update().count() == 5);
    CHECK(books.all().aggregate(orm::max<"pages">) == 223);
    CHECK(books.filter("title"_k = "Solaris").update("pages"_k = 1) == 1);
}

TEST_CASE_FIXTURE(filled_library, "what is locked stays locked until the end; others fail, skip or wait") {
    orm::database other = orm::connect(schema_url(), {.alias = "other"});
    const auto locked = [&](const orm::lock_options& options) {
        return orm::atomic(other, [&] {
            return Book::objects.filter("author"_k = stanislaw).select_for_update(options).rows().size();
        });
    };
    orm::atomic([&] {
        CHECK(Book::objects.filter("title"_k = "Solaris").select_for_update().rows().size() == 1);
        CHECK_THROWS_AS(static_cast<void>(locked({.nowait = true})), orm::lock_not_available);
        CHECK_THROWS_AS(static_cast<void>(locked({.nowait = true, .strength = orm::row_lock::key_share})),
                        orm::lock_not_available);
        CHECK(locked({.skip_locked = true}) == 0);
        CHECK(orm::atomic(other, [] { return Book::objects.count(); }) == 5);  // reading needs no lock
    });
    CHECK(locked({.nowait = true}) == 1);
    orm::atomic([&] {
        CHECK(Book::objects.filter("title"_k = "Solaris").select_for_update({.no_key = true}).exists());
        CHECK(locked({.nowait = true, .strength = orm::row_lock::key_share}) == 1);
        CHECK_THROWS_AS(static_cast<void>(locked({.nowait = true, .strength = orm::row_lock::share})),
                        orm::lock_not_available);
    });
    orm::atomic([&] {
        CHECK(Book::objects.select_for_update({.strength = orm::row_lock::share}).rows().size() == 5);
        CHECK(locked({.nowait = true, .strength = orm::row_lock::share}) == 1);
    });
    other.close().get();
}
