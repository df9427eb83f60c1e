// Versions, timestamps and soft deletion.
#include "press_fixture.hpp"

#include <chrono>

using namespace press;
using test::press_fixture;

namespace {

const orm::timestamptz long_ago = *orm::timestamptz::parse("2001-02-03 04:05:06Z");

bool is_recent(orm::timestamptz moment) {
    const auto age = orm::timestamptz::now().to_time_point() - moment.to_time_point();
    return age >= std::chrono::seconds(0) && age < std::chrono::minutes(10);
}

}  // namespace

TEST_CASE_FIXTURE(press_fixture, "a version counts the writes of its row") {
    Page page = Page::objects.create({.text = "one"});
    CHECK(page.version == 1);
    page.text = "two";
    page = Page::objects.save(page);
    CHECK(page.version == 2);
    page = Page::objects.async().save(page, orm::update_fields<"text">);
    page = Page::objects.save(page, orm::force_update);
    CHECK(page.version == 4);
    CHECK(Page::objects.get().version == 4);
    CHECK(Page::objects.bulk_create({{.text = "bulk"}}).front().version == 1);
    CHECK(Page::objects.get_or_create("text"_k = "made").row.version == 1);
    CHECK(Page::objects.update_or_create("text"_k = "made", orm::defaults("text"_k = "again")).row.version ==
          2);
}

TEST_CASE_FIXTURE(press_fixture, "a row that another one has written is not overwritten") {
    Page mine = Page::objects.create({.text = "start"});
    Page theirs = Page::objects.get("pk"_k = mine.id);
    theirs.text = "theirs";
    theirs = Page::objects.save(theirs);
    mine.text = "mine";
    CHECK_THROWS_AS(static_cast<void>(Page::objects.save(mine)), orm::stale_row<Page>);
    CHECK_THROWS_AS(static_cast<void>(Page::objects.save(mine, orm::update_fields<"text">)),
                    orm::stale_row<Page>);
    CHECK_THROWS_AS(static_cast<void>(Page::objects.save(mine, orm::force_update)), orm::concurrent_update);
    CHECK_THROWS_AS(Page::objects.async().save(mine).get(), orm::object_not_updated);
    CHECK_THROWS_AS(Page::objects.delete_(mine), orm::stale_row<Page>);
    CHECK_THROWS_WITH_AS(static_cast<void>(Page::objects.save(mine)),
                         doctest::Contains(("Page with the key " + std::to_string(mine.id)).c_str()),
                         orm::stale_row<Page>);
    CHECK(Page::objects.get("pk"_k = mine.id).text == "theirs");
    CHECK(Page::objects.delete_(theirs) == 1);
}

TEST_CASE_FIXTURE(press_fixture, "saving a row that was deleted does not bring it back") {
    Page page = Page::objects.create({.text = "gone"});
    CHECK(Page::objects.hard_delete(page) == 1);
    CHECK_THROWS_AS(static_cast<void>(Page::objects.save(page)), orm::stale_row<Page>);
    CHECK(Page::all_objects.count() == 0);
    // A row that was never read has version 0: it is inserted, over none but one of version 0.
    CHECK(Page::objects.save({.id = 7, .text = "new"}).version == 1);
    CHECK_THROWS_AS(static_cast<void>(Page::objects.save({.id = 7, .text = "again"})), orm::stale_row<Page>);
}

TEST_CASE_FIXTURE(press_fixture, "a stale row does not spoil its transaction") {
    Page page = Page::objects.create({.text = "one"});
    Page old = page;
    page = Page::objects.save(page);
    orm::atomic([&] {
        CHECK_THROWS_AS(static_cast<void>(Page::objects.save(old)), orm::stale_row<Page>);
        page = Page::objects.save(page);
    });
    CHECK(Page::objects.get().version == 3);
}

TEST_CASE_FIXTURE(press_fixture, "timestamps say when a row was created and saved last") {
    Page page = Page::objects.create({.text = "one"});
    CHECK(is_recent(page.times.created_at));
    CHECK(is_recent(page.times.updated_at));
    CHECK(Page::objects.get().times.created_at == page.times.created_at);
    Page::objects.update("created_at"_k = long_ago, "updated_at"_k = long_ago);
    page = Page::objects.get();
    CHECK(page.times.updated_at == long_ago);  // update() does what it is told
    page = Page::objects.save(page);
    CHECK(page.times.created_at == long_ago);
    CHECK(is_recent(Page::objects.get().times.updated_at));
    CHECK(Page::objects.get().times.created_at == long_ago);
    Page::objects.update("updated_at"_k = long_ago);
    page = Page::objects.save(page, orm::update_fields<"text">);
    CHECK(is_recent(Page::objects.get().times.updated_at));
    Page::objects.update("updated_at"_k = long_ago);
    Page::objects.update_or_create("pk"_k = page.id, orm::defaults("text"_k = "x"));
    CHECK(is_recent(Page::objects.get().times.updated_at));
    CHECK(is_recent(Page::objects.bulk_create({{.text = "bulk"}}).front().times.created_at));
}

TEST_CASE_FIXTURE(press_fixture, "soft deletion marks rows, which the manager leaves out") {
    Page one = Page::objects.create({.text = "one"});
    Page two = Page::objects.create({.text = "two"});
    CHECK(Page::objects.delete_(one) == 1);
    CHECK(Page::objects.count() == 1);
    CHECK(Page::objects.get().text == "two");
    CHECK(Page::objects.with_deleted().count() == 2);
    CHECK(Page::all_objects.count() == 2);
    const Page marked = Page::objects.only_deleted().get();
    CHECK(marked.text == "one");
    CHECK(is_recent(*marked.deletion.deleted_at));
    CHECK(Page::objects.filter("text"_k = "two").delete_() == 1);
    CHECK(Page::objects.all().empty());
    CHECK(Page::objects.delete_() == 0);
    CHECK(Page::objects.async().filter("text"_k = "two").delete_().get() == 0);
}

TEST_CASE_FIXTURE(press_fixture, "deleted rows are restored, or removed for good") {
    Page one = Page::objects.create({.text = "one"});
    Page two = Page::objects.create({.text = "two"});
    CHECK(Page::objects.delete_() == 2);
    CHECK(Page::objects.restore(one) == 1);
    CHECK(Page::objects.restore(one) == 0);
    CHECK(Page::objects.get().text == "one");
    CHECK(Page::objects.only_deleted().restore() == 1);
    CHECK(Page::objects.count() == 2);
    CHECK(Page::objects.filter("text"_k = "two").delete_() == 1);
    CHECK(Page::objects.only_deleted().hard_delete() == 1);
    CHECK(Page::all_objects.count() == 1);
    CHECK(Page::objects.delete_returning<"text">().front()["text"_k] == "one");
    CHECK(Page::all_objects.count() == 1);
}

TEST_CASE_FIXTURE(press_fixture, "who has read a row before it was deleted softly does not bring it back") {
    Page mine = Page::objects.create({.text = "one"});
    CHECK(Page::objects.delete_() == 1);
    CHECK_THROWS_AS(static_cast<void>(Page::objects.save(mine)), orm::stale_row<Page>);
    CHECK(Page::objects.count() == 0);
}

TEST_CASE_FIXTURE(press_fixture, "the texts of these writes") {
    const orm::testing::captured_queries sent;
    Page page = Page::objects.create({.text = "one"});
    page = Page::objects.save(page, orm::update_fields<"text">);
    Page::objects.delete_(page);
    Page::objects.restore();
    std::vector<std::string> texts;
    for (const auto& each : sent.queries()) texts.push_back(each.text);
    const std::vector<std::string> expected{
        R"(INSERT INTO "page" ("text", "version", "created_at", "updated_at", "deleted_at") VALUES )"
        R"(($1, $2, $3, $4, $5) RETURNING "id")",
        R"(UPDATE "page" SET "text" = $1, "version" = $2, "updated_at" = $3 WHERE "id" = $4 AND "version" = $5)",
        R"(UPDATE "page" SET "deleted_at" = $1, "version" = "page"."version" + 1 WHERE "page"."id" = $2 AND )"
        R"("page"."version" = $3 AND "page"."deleted_at" IS NULL)",
        R"(UPDATE "page" SET "deleted_at" = $1, "version" = "page"."version" + 1 WHERE )"
        R"("page"."deleted_at" IS NULL AND "page"."deleted_at" IS NOT NULL)"};
    REQUIRE(texts.size() == expected.size());
    for (std::size_t i = 0; i < texts.size(); ++i) CHECK(texts[i] == expected[i]);
}
