// The texts of writes of one row and of many.
#include "tables.hpp"

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

const column* const given[] = {&column_of(book, "id"), &column_of(book, "title")};
const column* const titles[] = {&column_of(book, "title")};
const column* const pages[] = {&column_of(book, "pages")};
const column* const key[] = {&column_of(book, "id")};

}  // namespace

TEST_CASE("an upsert leaves defaults to the database in a new row, and sets them in one that is there") {
    CHECK(
        render_upsert(book, given, pages, pages) ==
        R"(INSERT INTO "book" ("id", "title", "pages") VALUES ($1, $2, DEFAULT) ON CONFLICT ("id") DO UPDATE )"
        R"(SET "title" = EXCLUDED."title", "pages" = $3 RETURNING "pages")");
    CHECK(render_upsert(book, key, {}, {}) ==
          R"(INSERT INTO "book" ("id") VALUES ($1) ON CONFLICT ("id") DO UPDATE SET "id" = EXCLUDED."id")");
}

TEST_CASE("an update of one row has its key last") {
    CHECK(render_update_row(book, titles, pages) ==
          R"(UPDATE "book" SET "title" = $1 WHERE "id" = $2 RETURNING "pages")");
    CHECK(render_update_row(book, {}, {}) == R"(UPDATE "book" SET "id" = "id" WHERE "id" = $1)");
}

TEST_CASE("a row with a version is overwritten only where it has the one that was read") {
    CHECK(render_update_row(book, titles, key, pages[0]) ==
          R"(UPDATE "book" SET "title" = $1 WHERE "id" = $2 AND "pages" = $3 RETURNING "id")");
    CHECK(
        render_upsert(book, given, pages, {}, pages[0]) ==
        R"(INSERT INTO "book" ("id", "title", "pages") VALUES ($1, $2, DEFAULT) ON CONFLICT ("id") DO UPDATE )"
        R"(SET "title" = EXCLUDED."title", "pages" = $3 WHERE "book"."pages" = $4)");
}

TEST_CASE("rows from arrays are inserted in the arrays' order, and updated by their key") {
    CHECK(render_insert_arrays(book, given, " ON CONFLICT DO NOTHING", key) ==
          R"(INSERT INTO "book" ("id", "title") SELECT "c1", "c2" FROM UNNEST($1, $2) WITH ORDINALITY )"
          R"(AS "given" ("c1", "c2", "place") ORDER BY "place" ON CONFLICT DO NOTHING RETURNING "id")");
    CHECK(render_update_arrays(book, given) ==
          R"(UPDATE "book" SET "title" = "given"."c2" FROM UNNEST($1, $2) AS "given" ("c1", "c2") )"
          R"(WHERE "book"."id" = "given"."c1")");
    CHECK(render_update_rows(book, given, 2) ==
          R"(UPDATE "book" SET "title" = "given"."c2" FROM (VALUES ($1, $2), ($3, $4)) )"
          R"(AS "given" ("c1", "c2") WHERE "book"."id" = "given"."c1")");
}

TEST_CASE("what becomes of conflicts is numbered behind the row's own parameters") {
    using enum conflict_rule::action;
    CHECK(render_conflict(book, {}, 2).text.empty());
    CHECK(render_conflict(book, {.then = do_nothing}, 2).text == " ON CONFLICT DO NOTHING");
    conflict_rule rule{.then = update, .target = {titles[0]}, .overwrite = {pages[0]}};
    rule.set.push_back({titles[0], str("x")});
    const statement made = render_conflict(book, rule, 2);
    CHECK(made.text == R"( ON CONFLICT ("title") DO UPDATE SET "pages" = EXCLUDED."pages", "title" = $3)");
    CHECK(made.parameters.size() == 1);
}
