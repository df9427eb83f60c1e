// select_for_update() → SQL behind the columns. test/golden compares the text, test/server runs each one in a
// transaction. In the SQL, B stands for "library_book".
#pragma once

#include "../support/library.hpp"

#include <asynchrormous/query/subquery.hpp>

#include <string_view>

namespace golden {

// Outside of templates, where g++ 12 takes them for dependent.
inline auto all_books() { return library::Book::objects.order_by<>(); }
inline auto all_ids() { return all_books().values_list<"id">(); }
inline auto ids_of_lem() {
    using namespace orm::literals;
    return all_ids().filter("author__name"_k = "Stanisław Lem");
}
inline auto ids_with_editor() {
    using namespace orm::literals;
    return all_ids().filter("editor__name"_k = "x");
}
inline auto ids_without_editor() {
    using namespace orm::literals;
    return all_ids().filter("editor__isnull"_k = true);
}
inline auto ids_by_editor() { return all_ids().order_by<"editor__name">(); }
inline auto locked_before_the_rest() {
    using namespace orm::literals;
    const auto locked = all_ids().select_for_update();
    return locked.filter("pages__gt"_k = 300).order_by<"-pages">()[orm::slice(1, 4)];
}
inline auto some_locked_ids() {
    using namespace orm::literals;
    const auto some = all_books().filter("pages__gt"_k = 9).order_by<"id">();
    return some.select_for_update({.skip_locked = true}).values_list<"id">()[orm::slice(0, 1)];
}

// clang-format off
template <class Check>
void locks(Check rows) {
    using orm::row_lock;
    using namespace orm::literals;
    const decltype(all_ids()) ids = all_ids();
    const decltype(all_ids()) of_lem = ids_of_lem();
    const decltype(all_ids()) with_editor = ids_with_editor();
    const decltype(all_ids()) without_editor = ids_without_editor();
    const decltype(all_ids()) by_editor = ids_by_editor();

    rows(ids.select_for_update(), R"(FROM B FOR UPDATE)");
    rows(ids.select_for_update({.nowait = true}), R"(FROM B FOR UPDATE NOWAIT)");
    rows(ids.select_for_update({.skip_locked = true}), R"(FROM B FOR UPDATE SKIP LOCKED)");
    rows(ids.select_for_update({.no_key = true}), R"(FROM B FOR NO KEY UPDATE)");
    rows(ids.select_for_update({.strength = row_lock::no_key_update}), R"(FROM B FOR NO KEY UPDATE)");
    rows(ids.select_for_update({.nowait = true, .strength = row_lock::share}), R"(FROM B FOR SHARE NOWAIT)");
    rows(ids.select_for_update({.strength = row_lock::key_share}), R"(FROM B FOR KEY SHARE)");
    // The last one counts.
    rows(ids.select_for_update({.nowait = true}).select_for_update(), R"(FROM B FOR UPDATE)");
    rows(locked_before_the_rest(),
         R"(FROM B WHERE B."pages" > $1 ORDER BY B."pages" DESC LIMIT $2 OFFSET $3 FOR UPDATE)");
    rows(of_lem.select_for_update(),
         R"(FROM B INNER JOIN "author" ON (B."author_id" = "author"."id") WHERE "author"."name" = $1 FOR UPDATE)");
    rows(of_lem.select_for_update<"self">(),
         R"(FROM B INNER JOIN "author" ON (B."author_id" = "author"."id") WHERE "author"."name" = $1 FOR UPDATE OF B)");
    rows(ids.select_for_update<"self", "author">({.skip_locked = true}),
         R"(FROM B INNER JOIN "author" ON (B."author_id" = "author"."id") FOR UPDATE OF B, "author" SKIP LOCKED)");
    rows(with_editor.select_for_update<"author", "editor">(),
         R"(FROM B INNER JOIN "author" ON (B."editor_id" = "author"."id") INNER JOIN "author" "T3" ON (B."author_id" = "T3"."id") WHERE "author"."name" = $1 FOR UPDATE OF "T3", "author")");
    rows(without_editor.select_for_update<"self">(),
         R"(FROM B WHERE B."editor_id" IS NULL FOR UPDATE OF B)");
    rows(by_editor.select_for_update<"self">(),
         R"(FROM B LEFT OUTER JOIN "author" ON (B."editor_id" = "author"."id") ORDER BY "author"."name" ASC FOR UPDATE OF B)");
    rows(ids.filter("id__in"_k = some_locked_ids()),
         R"(FROM B WHERE B."id" IN (SELECT "U0"."id" FROM B "U0" WHERE "U0"."pages" > $1 ORDER BY "U0"."id" ASC LIMIT $2 FOR UPDATE SKIP LOCKED))");
}
// clang-format on

}  // namespace golden
