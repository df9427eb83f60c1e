#include "fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace library;
using namespace orm::literals;
using orm::force_insert;
using orm::force_update;
using orm::update_fields;
using test::filled_library;

namespace saving {

// What the database computes, and a column with a default that may be set back to its initial value.
struct Item {
    std::int64_t id = 0;
    std::string name{};
    int count = 0;
    int price = 0;
    int total = 0;

    static constexpr auto meta = orm::meta(orm::column<&Item::count>(orm::db_default("7")),
                                           orm::column<&Item::total>(orm::generated("count * price")));
    static constexpr orm::manager<Item> objects{};
};

struct item_fixture : test::library_fixture {
    item_fixture() { orm::create_tables<Item>().get(); }
};

}  // namespace saving

using saving::Item;

TEST_CASE_FIXTURE(filled_library, "save with update_fields writes these columns only") {
    Book changed = wizard;
    changed.title = "changed";
    changed.pages = 1;
    CHECK(Book::objects.save(changed, update_fields<"title">).title == "changed");
    Book now = Book::objects.get("pk"_k = wizard.id);
    CHECK(now.title == "changed");
    CHECK(now.pages == wizard.pages);
    changed.author = stanislaw;
    static_cast<void>(Book::objects.save(changed, update_fields<&Book::pages, "author">));
    now = Book::objects.get("pk"_k = wizard.id);
    CHECK(now.pages == 1);
    CHECK(now.author == stanislaw);
    const orm::testing::captured_queries sent;
    static_cast<void>(Book::objects.save(changed, update_fields<>));
    CHECK(sent.empty());
}

TEST_CASE_FIXTURE(filled_library, "save that has to find its row throws not_updated when there is none") {
    const Book gone = wizard;
    Book::objects.filter("sequel_of__isnull"_k = false).update("sequel_of"_k = std::nullopt);
    CHECK(Book::objects.delete_(gone) == 1);
    CHECK(Book::objects.delete_(gone) == 0);
    CHECK_THROWS_AS(static_cast<void>(Book::objects.save(gone, update_fields<"title">)),
                    orm::not_updated<Book>);
    CHECK_THROWS_AS(static_cast<void>(Book::objects.save(gone, force_update)), orm::object_not_updated);
    CHECK_FALSE(Book::objects.filter("pk"_k = gone.id).exists());
    CHECK_THROWS_WITH_AS(
        static_cast<void>(Book::objects.save({.title = "new", .author = ursula}, force_update)),
        doctest::Contains("without a primary key"), orm::query_error);
    orm::lazy<Book> later = Book::objects.async().save(gone, force_update);
    CHECK_THROWS_AS(later.get(), orm::not_updated<Book>);
    CHECK(Book::objects.save(gone).id == gone.id);
    CHECK(Book::objects.get("pk"_k = gone.id).title == gone.title);
}

TEST_CASE_FIXTURE(filled_library, "force_insert never overwrites, force_update writes all columns") {
    Author changed = ursula;
    changed.name = "Ursula";
    changed.country = std::nullopt;
    CHECK_THROWS_AS(static_cast<void>(Author::objects.save(changed, force_insert)), orm::unique_violation);
    CHECK(Author::objects.save(changed, force_update).name == "Ursula");
    CHECK_FALSE(Author::objects.get("pk"_k = ursula.id).country.has_value());
    const Author made = Author::objects.async().save({.name = "New"}, force_insert);
    CHECK(made.id > 0);
}

TEST_CASE_FIXTURE(filled_library, "refresh reads the row again, whole or some of its fields") {
    Book stale = wizard;
    Book::objects.filter("pk"_k = wizard.id).update("title"_k = "new", "pages"_k = 1, "author"_k = stanislaw);
    stale = Book::objects.refresh<"title">(stale);
    CHECK(stale.title == "new");
    CHECK(stale.pages == wizard.pages);
    stale = Book::objects.async().refresh<"author", "pages">(stale);
    CHECK(stale.author == stanislaw);
    CHECK(stale.pages == 1);
    CHECK(Book::objects.refresh(wizard).title == "new");
    CHECK_THROWS_AS(static_cast<void>(Book::objects.refresh(Book{.id = 4711})), orm::does_not_exist<Book>);
    CHECK_THROWS_AS(static_cast<void>(Book::objects.refresh<"title">(Book{.id = 4711})),
                    orm::does_not_exist<Book>);
    CHECK_THROWS_WITH_AS(static_cast<void>(Book::objects.refresh(Book{})), doctest::Contains("never saved"),
                         orm::query_error);
    CHECK_THROWS_WITH_AS(Book::objects.delete_(Book{}), doctest::Contains("delete_()"), orm::query_error);
}

TEST_CASE_FIXTURE(saving::item_fixture, "what the database generates comes back from every write") {
    Item item = Item::objects.create({.name = "a", .price = 3});
    CHECK(item.count == 7);
    CHECK(item.total == 21);
    item.price = 4;
    item = Item::objects.save(item);
    CHECK(item.total == 28);
    item.count = 2;
    item = Item::objects.save(item, update_fields<"count">);
    CHECK(item.total == 8);
    item.price = 5;
    item = Item::objects.save(item, force_update);
    CHECK(item.total == 10);
    CHECK(Item::objects.get("total"_k = 10).id == item.id);
}

TEST_CASE_FIXTURE(saving::item_fixture,
                  "save writes a column with a default that was set back to its initial value") {
    Item item = Item::objects.create({.name = "a", .price = 3});
    item.count = 0;
    item = Item::objects.save(item);
    CHECK(Item::objects.get().count == 0);
    CHECK(Item::objects.save({.id = 50, .name = "given key"}).count == 7);
}
