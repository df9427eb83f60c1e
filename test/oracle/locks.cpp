// select_for_update(): the rows are the same, and what cannot be locked is refused.
#include "oracle.hpp"

using orm::F, orm::slice;

namespace oracle {

namespace {

// In a transaction of its own.
template <class Rows>
void locked(std::string_view name, const Rows& rows) {
    check(name, [&] { return orm::atomic([&] { return rows.all().rows(); }); });
}

}  // namespace

void check_locks() {
    begin_topic("locks");
    const auto books = Book::objects.order_by<"pk">();
    const auto some = books.filter("stars"_k = 3);
    locked("rows", some.select_for_update());
    locked("nowait", some.select_for_update({.nowait = true}));
    locked("skip locked", some.select_for_update({.skip_locked = true}));
    locked("no key", some.select_for_update({.no_key = true}));
    locked("sliced", books.select_for_update()[slice(2, 7)]);
    locked("over a relation", books.filter("author__name"_k = "Ada").select_for_update());
    locked("over a nullable relation, of itself",
           books.filter("editor__name"_k = "Ada").select_for_update<"self">());
    locked("ordered over a nullable relation, of itself",
           Book::objects.order_by<"editor__name", "pk">().select_for_update<"self">());
    locked("filtered afterwards", books.select_for_update().filter("stars"_k = 3));
    locked("values", some.select_for_update().values_list<"pk", "title">());
    locked("none", books.none().select_for_update());
    check("count", [&] { return orm::atomic([&] { return some.select_for_update().count(); }); });
    check("get",
          [] { return orm::atomic([] { return Book::objects.select_for_update().get("pk"_k = 7); }); });
    check("first", [&] { return orm::atomic([&] { return books.select_for_update().first(); }); });
    check_refused("nowait and skip locked",
                  [&] { return some.select_for_update({.nowait = true, .skip_locked = true}).rows(); });
    check_write("then updated", [&] {
        const auto rows = some.select_for_update().rows();
        return Book::objects.filter("pk__lte"_k = rows.back().id, "stars"_k = 3)
            .update("pages"_k = F<"pages"> + 1);
    });
}

}  // namespace oracle
