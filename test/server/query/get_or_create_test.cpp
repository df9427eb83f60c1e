#include "fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <atomic>
#include <set>
#include <thread>

using namespace library;
using namespace orm::literals;
using orm::create_defaults;
using orm::defaults;
using orm::F;
using orm::testing::captured_queries;
using test::filled_library;
using test::library_fixture;

namespace counting {

struct Page {
    std::int64_t id = 0;
    std::string url{};
    std::int64_t hits = 0;
    std::optional<std::string> note{};

    static constexpr auto meta = orm::meta(orm::column<&Page::url>(orm::unique));
    static constexpr orm::manager<Page> objects{};
};

// Nothing says that two of them are the same.
struct Visit {
    std::int64_t id = 0;
    std::string name{};
    int count = 0;

    static constexpr orm::manager<Visit> objects{};
};

struct Item;
struct Shelf {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<Item, "shelf"> items{};

    static constexpr orm::manager<Shelf> objects{};
};
struct Item {
    std::int64_t id = 0;
    std::string name{};
    orm::foreign_key<Shelf> shelf{};

    static constexpr auto meta = orm::meta(orm::unique_together("shelf", "name"));
    static constexpr orm::manager<Item> objects{};
};

struct page_fixture : library_fixture {
    page_fixture() { orm::create_tables<Page, Visit>().get(); }

    // Each with a connection and a loop of its own, all at once.
    template <class Work>
    void in_threads(int count, Work work) const {
        std::atomic<int> ready = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < count; ++i)
            threads.emplace_back([&, i] {
                const orm::database db = orm::connect(schema_url(), {.max_connections = 1});
                db.make_current();
                for (++ready; ready < count;) std::this_thread::yield();
                work(i);
                db.close().get();
            });
        for (std::thread& each : threads) each.join();
    }
};

}  // namespace counting

using counting::Page;
using counting::page_fixture;
using counting::Visit;

TEST_CASE_FIXTURE(filled_library, "get_or_create finds a row, or makes one of its conditions and defaults") {
    auto [found, created] =
        Book::objects.get_or_create("title"_k = "Solaris", "author"_k = stanislaw, defaults("pages"_k = 1));
    CHECK_FALSE(created);
    CHECK(found.id == solaris.id);
    CHECK(found.pages == 204);
    const captured_queries sent;
    const orm::created_row<Book> made =
        Book::objects.async()
            .get_or_create("title"_k = "Eden", "author"_k = stanislaw,
                           defaults("pages"_k = 7, "editor"_k = std::nullopt,
                                    "keywords"_k = std::vector<std::string>{"a"}))
            .get();
    CHECK(sent.all().size() == 2);
    CHECK(made.created);
    CHECK(made.row.id > 0);
    CHECK(made.row.times.created > orm::timestamptz());
    const Book kept = Book::objects.get("title"_k = "Eden");
    CHECK(kept.pages == 7);
    CHECK(kept.author == stanislaw);
    CHECK(kept.keywords == std::vector<std::string>{"a"});
    // a look-up says nothing about a new row
    const auto [third, third_made] = Book::objects.get_or_create(
        "title__iexact"_k = "fiasco", defaults("title"_k = "Fiasco", "author"_k = stanislaw));
    CHECK(third_made);
    CHECK(third.title == "Fiasco");
    CHECK_FALSE(Book::objects.get_or_create("title__iexact"_k = "FIASCO").created);
    CHECK_THROWS_AS(Book::objects.get_or_create("author"_k = ursula), orm::multiple_objects_returned<Book>);
    CHECK_THROWS_WITH_AS(Book::objects.get_or_create("title"_k = "x", defaults("stars"_k = 100000)),
                         doctest::Contains("stars"), orm::query_error);
}

TEST_CASE_FIXTURE(filled_library,
                  "get_or_create says which constraint refuses its row, and spoils no transaction") {
    orm::atomic([&] {
        CHECK_THROWS_AS(Country::objects.get_or_create("name"_k = "new", defaults("code"_k = "us")),
                        orm::unique_violation);
        CHECK(Country::objects.get_or_create("code"_k = "fr", defaults("name"_k = "France")).created);
    });
    CHECK(Country::objects.count() == 3);
}

TEST_CASE_FIXTURE(filled_library, "update_or_create updates the row that matches, or inserts it") {
    captured_queries sent;
    auto [row, created] =
        Book::objects.update_or_create("title"_k = "Solaris", "author"_k = stanislaw,
                                       defaults("pages"_k = F<"pages"> + 1), create_defaults("pages"_k = 1));
    CHECK(sent.all().size() == 1);
    CHECK_FALSE(created);
    CHECK(row.pages == 205);
    CHECK(row.id == solaris.id);
    const auto made =
        Book::objects.update_or_create("title"_k = "Eden", "author"_k = stanislaw,
                                       defaults("pages"_k = F<"pages"> + 1), create_defaults("pages"_k = 1));
    CHECK(made.created);
    CHECK(made.row.pages == 1);
    CHECK(Book::objects.update_or_create("title"_k = "Eden", defaults("pages"_k = 9)).row.pages == 9);
    CHECK_FALSE(Book::objects.update_or_create("title"_k = "Eden").created);
    CHECK_THROWS_AS(Book::objects.update_or_create("author"_k = ursula, defaults("pages"_k = 0)),
                    orm::multiple_objects_returned<Book>);
    CHECK_FALSE(Book::objects.filter("pages"_k = 0).exists());
    orm::atomic([&] {
        CHECK_THROWS_AS(Book::objects.update_or_create("author"_k = ursula, defaults("pages"_k = 0)),
                        orm::multiple_objects_returned<Book>);
        CHECK_FALSE(Book::objects.filter("pages"_k = 0).exists());
    });
}

TEST_CASE_FIXTURE(page_fixture, "threads that get_or_create the same rows make each of them once") {
    std::atomic<int> made = 0;
    in_threads(4, [&](int) {
        for (int n = 0; n < 100; ++n)
            if (Page::objects.get_or_create("url"_k = "/" + std::to_string(n), defaults("hits"_k = 0))
                    .created)
                ++made;
    });
    CHECK(made == 100);
    CHECK(Page::objects.count() == 100);
}

TEST_CASE_FIXTURE(page_fixture, "threads that count with update_or_create and on_conflict lose nothing") {
    in_threads(4, [&](int thread) {
        for (int n = 0; n < 100; ++n) {
            const std::string url = "/" + std::to_string(n % 7);
            if (thread % 2 == 0)
                Page::objects.update_or_create("url"_k = url, defaults("hits"_k = F<"hits"> + 1),
                                               create_defaults("hits"_k = 1));
            else
                Page::objects.on_conflict<"url">()
                    .update("hits"_k = F<"hits"> + orm::excluded<"hits">)
                    .create({.url = url, .hits = 1});
        }
    });
    std::int64_t hits = 0;
    for (const Page& page : Page::objects.all()) hits += page.hits;
    CHECK(hits == 400);
    CHECK(Page::objects.count() == 7);
}

TEST_CASE_FIXTURE(page_fixture, "get_or_create within transactions that fight waits for the other") {
    std::atomic<int> made = 0;
    in_threads(2, [&](int) {
        for (int n = 0; n < 30; ++n)
            orm::atomic([&] {
                if (Page::objects.get_or_create("url"_k = "/" + std::to_string(n)).created) ++made;
            });
    });
    CHECK(made == 30);
    CHECK(Page::objects.count() == 30);
}

TEST_CASE_FIXTURE(page_fixture, "on_conflict does nothing, or updates with what was to be inserted") {
    const std::optional<Page> made =
        Page::objects.on_conflict<"url">().do_nothing().create({.url = "/a", .hits = 1});
    REQUIRE(made.has_value());
    CHECK(made->id > 0);
    CHECK_FALSE(Page::objects.async()
                    .on_conflict<"url">()
                    .do_nothing()
                    .create({.url = "/a", .hits = 9})
                    .get()
                    .has_value());
    CHECK(Page::objects.get("url"_k = "/a").hits == 1);
    CHECK_FALSE(Page::objects.on_conflict().do_nothing().create({.url = "/a"}).has_value());
    Page row = Page::objects.on_conflict<"url">()
                   .update<"hits">("note"_k = F<"note">)
                   .create({.url = "/a", .hits = 5, .note = "x"});
    CHECK(row.hits == 5);
    CHECK_FALSE(row.note.has_value());
    CHECK(row.id == made->id);
    const auto counting = Page::objects.async().on_conflict<"url">().update(
        "hits"_k = F<"hits"> + orm::excluded<"hits"> * 10, "note"_k = "seen");
    const std::vector<Page> rows =
        counting.bulk_create({{.url = "/a", .hits = 2}, {.url = "/b", .hits = 3}}).get();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].hits == 25);
    CHECK(rows[0].note == "seen");
    CHECK(rows[1].hits == 3);
    CHECK_FALSE(rows[1].note.has_value());
    CHECK_THROWS_AS(
        Page::objects.on_conflict<"url">().update<"hits">().bulk_create({{.url = "/c"}, {.url = "/c"}}),
        orm::database_error);
}

TEST_CASE_FIXTURE(filled_library, "in_bulk gives rows by their keys, or by another unique field") {
    std::map<std::int64_t, Book> books = Book::objects.in_bulk({wizard.id, solaris.id, 4711});
    CHECK(books.size() == 2);
    CHECK(books.at(solaris.id).title == "Solaris");
    const captured_queries sent;
    CHECK(Book::objects.in_bulk({}).empty());
    CHECK(sent.empty());
    const std::map<std::string, Country> countries = Country::objects.async().in_bulk<"code">({"us", "xx"});
    CHECK(countries.size() == 1);
    CHECK(countries.at("us").name == "United States");
    CHECK(Author::objects.filter("country__isnull"_k = false).in_bulk().size() == 2);
}

TEST_CASE_FIXTURE(filled_library, "delete_counted says what the database took along") {
    plain().exec("UPDATE library_book SET sequel_of_id = NULL");
    const std::int64_t keys = Author::objects.count();
    const orm::deleted_rows gone = Author::objects.filter("name"_k = "Ursula K. Le Guin").delete_counted();
    CHECK(gone.of<Author>() == 1);
    CHECK(gone.of<Book>() == 3);
    CHECK(gone.of<Country>() == 0);
    CHECK(gone.total == 4);
    CHECK(Author::objects.count() == keys - 1);
    orm::atomic([&] {
        Book::objects.filter("pk"_k = songs.id).delete_();
        const orm::deleted_rows more = Author::objects.async().delete_counted(anonymous);
        CHECK(more.total == 1);
        CHECK(Author::objects.none().delete_counted().total == 0);
    });
    plain().exec("ALTER ROLE CURRENT_USER SET track_counts = off");
    {
        const orm::database other = orm::connect(schema_url());
        CHECK_THROWS_WITH_AS(Author::objects.using_(other).delete_counted(),
                             doctest::Contains("track_counts"), orm::query_error);
        other.close().get();
    }
    plain().exec("ALTER ROLE CURRENT_USER RESET track_counts");
    CHECK(Author::objects.count() == 1);
}

TEST_CASE_FIXTURE(filled_library, "what rows keep by on_delete is a protected_error naming their table") {
    CHECK_THROWS_AS(Book::objects.delete_(wizard), orm::restricted_error);
    try {
        Book::objects.delete_(wizard);
        FAIL("no error");
    } catch (const orm::protected_error& e) {
        CHECK(e.referencing_table() == "library_book");
        CHECK(e.constraint().find("sequel_of") != std::string::npos);
    }
    CHECK_THROWS_AS(Book::objects.filter("pk"_k = wizard.id).delete_(), orm::protected_error);
    CHECK_THROWS_AS(Book::objects.delete_counted(wizard), orm::protected_error);
    CHECK(Book::objects.count() == 5);
}

TEST_CASE_FIXTURE(page_fixture, "a new row of a related member belongs to its owner") {
    using counting::Item, counting::Shelf;
    orm::create_tables<Shelf, Item>().get();
    const Shelf first = Shelf::objects.create({.name = "a"}), second = Shelf::objects.create({.name = "b"});
    CHECK(first.items.get_or_create("name"_k = "x").created);
    CHECK_FALSE(first.items.get_or_create("name"_k = "x").created);
    CHECK(second.items.async().update_or_create("name"_k = "x", defaults("name"_k = "y")).get().created);
    CHECK(Item::objects.get("name"_k = "x").shelf == first);
    CHECK(Item::objects.get("name"_k = "y").shelf == second);
}
