// What asks for one row, or changes rows: how they are chosen, and what is refused.
#include "oracle.hpp"

#include <asynchrormous/query/subquery.hpp>

using orm::count, orm::F, orm::Q, orm::slice;

namespace oracle {

namespace {

void check_get() {
    const auto books = Book::objects.all();
    check("get of ordered rows", [] { return Book::objects.order_by<"-title">().get("pk"_k = 5); });
    check("get of filtered rows", [&] { return books.filter("pages__gte"_k = 0).get("pk"_k = 5); });
    check("get over a relation", [] { return Author::objects.get("books__pk"_k = 17); });
    check("get over many, the same row twice",
          [] { return Author::objects.filter("pk"_k = 3).get("books__pages__gte"_k = 0); });
    check("get over many, distinct",
          [] { return Author::objects.filter("pk"_k = 3, "books__pages__gte"_k = 0).distinct().get(); });
    check("get of more than twenty", [&] { return books.get("pages__gte"_k = 0); });
    check("get of two", [&] { return books.get("pk__in"_k = {3, 4}); });
    check("get with Q", [&] { return books.get(Q("pk"_k = 3) || Q("pk"_k = 100000)); });
    check("get with a column", [&] { return books.filter("pk"_k = 9).get("pages__gte"_k = F<"price">); });
    check("get of a slice", [] { return Book::objects.order_by<"pk">()[slice(3, 4)].get(); });
    check("get of a slice of two", [] { return Book::objects.order_by<"pk">()[slice(3, 5)].get(); });
    check("get of an empty slice", [] { return Book::objects.order_by<"pk">()[slice(3, 3)].get(); });
    check("get of flat values", [&] { return books.filter("pk"_k = 9).values_list<"editor__name">().get(); });
    check("get of a text key", [] { return Country::objects.get("code"_k = "pl"); });
    check("get of NULL", [] { return Country::objects.get("founded"_k = std::nullopt, "name"_k = "日本"); });
    check("get too large", [&] { return books.get("pages"_k = std::int64_t{1} << 40); });
    check("get in nothing", [&] { return books.get("pk__in"_k = std::vector<int>{}); });
}

void check_ends() {
    const auto grouped = Book::objects.order_by<"stars">().values_list<"stars">().annotate("n"_k = count<>);
    check("first of a filter, unordered", [] { return Author::objects.filter("country"_k = "us").first(); });
    check("last of a filter, unordered", [] { return Author::objects.filter("country"_k = "us").last(); });
    check("first, order cleared", [] { return Book::objects.order_by().filter("stars"_k = 3).first(); });
    check("last, order cleared", [] { return Book::objects.order_by().filter("stars"_k = 3).last(); });
    check("first of reversed", [] { return Book::objects.order_by<"pages", "pk">().reverse().first(); });
    check("last of reversed", [] { return Book::objects.order_by<"pages", "pk">().reverse().last(); });
    check("last of the model's order, reversed", [] { return Country::objects.reverse().last(); });
    check("first of a related order", [] { return Book::objects.order_by<"author__name", "pk">().first(); });
    check("last of NULLs", [] { return Book::objects.order_by<"stars", "pk">().last(); });
    check("last, NULLs first",
          [] { return Book::objects.order_by(F<"stars">.asc().nulls_first(), F<"pk">.asc()).last(); });
    check("first of flat values", [] { return Book::objects.values_list<"title">().first(); });
    check("last of flat values, unordered", [] { return Author::objects.values_list<"name">().last(); });
    check("first of distinct values",
          [] { return Book::objects.order_by<"pages">().values_list<"pages">().distinct().first(); });
    check("last of distinct values",
          [] { return Book::objects.order_by<"pages">().values_list<"pages">().distinct().last(); });
    check("first of groups", [&] { return grouped.first(); });
    check("last of groups", [&] { return grouped.last(); });
    check("first over many", [] { return Author::objects.filter("books__stars"_k = 5).first(); });
    check("first of none", [] { return Book::objects.none().first(); });
    check("last of none", [] { return Book::objects.none().last(); });
    check("earliest of none", [] { return Book::objects.none().earliest<"pages">(); });
    check("latest of two", [] { return Book::objects.latest<"stars", "-pages", "pk">(); });
    check("earliest over a hop", [] { return Book::objects.earliest<"author__born", "pk">(); });
    check("earliest of ordered rows",
          [] { return Book::objects.order_by<"-pages">().earliest<"pages", "pk">(); });
    check("latest of filtered rows",
          [] { return Book::objects.filter("stars"_k = 3).latest<"created", "pk">(); });
    check("latest by a moment", [] { return Book::objects.latest<"checked", "pk">(); });
    check_refused("last of a slice", [] { return Book::objects.order_by<"pk">()[slice(3, 9)].last(); });
    check_refused("earliest of a slice",
                  [] { return Book::objects.order_by<"pk">()[slice(3, 9)].earliest<"pages">(); });
    check("a position beyond the end", [] { return Book::objects.order_by<"pk">()[1000]; });
    check_refused("a negative position", [] { return Book::objects.order_by<"pk">()[-1]; });
}

void check_after_a_slice() {
    const auto some = Book::objects.order_by<"pk">()[slice(2, 9)];
    check_refused("filter of a slice", [&] { return some.filter("pages__gt"_k = 1).rows(); });
    check_refused("exclude of a slice", [&] { return some.exclude("pages__gt"_k = 1).rows(); });
    check("filter by nothing of a slice", some.filter());
    check_refused("order of a slice", [&] { return some.order_by<"title">().rows(); });
    check_refused("reverse of a slice", [&] { return some.reverse().rows(); });
    check_refused("distinct of a slice", [&] { return some.distinct<"title">().rows(); });
    check_refused("update of a slice", [&] { return some.update("pages"_k = 1); });
    check_refused("delete of a slice", [&] { return some.delete_(); });
    check_refused("get with a condition of a slice", [&] { return some.get("pk"_k = 4); });
    check_refused("negative slice", [] { return Book::objects.order_by<"pk">()[slice(-3, -1)].rows(); });
    check("values of a slice", some.values_list<"title", "pages">());
    check("annotate a slice", some.annotate("a"_k = F<"pages"> * 2));
    check("slice as rows of a lookup", Book::objects.filter("pk__in"_k = some).order_by<"pk">());
}

// contains(), in_bulk(), len() and bool() of Django.
void check_other_questions() {
    const auto books = Book::objects.order_by<"pk">();
    check("contains", [&] { return books.filter("stars"_k = 3).filter("pk"_k = 17).exists(); });
    check("how many rows", [&] { return static_cast<std::int64_t>(books.filter("stars"_k = 3).size()); });
    check("whether there are rows", [&] { return !books.filter("stars"_k = 3).empty(); });
    check("whether there are rows of none", [&] { return !books.none().empty(); });
    check("in bulk", books.filter("pk__in"_k = {5, 7, 100000}));
    check("in bulk by a text", Country::objects.filter("code__in"_k = {"at", "pl"}).order_by<"pk">());
    check("in bulk of none", books.filter("pk__in"_k = std::vector<int>{}));
    check("raw", [] { return Book::objects.raw("SELECT * FROM book WHERE pages > $1 ORDER BY id", 200); });
    check("raw of several values", [] {
        return Author::objects.raw("SELECT * FROM author WHERE name = $1 OR rating > $2 ORDER BY id", "Ada",
                                   2.5);
    });
    check("raw in other order of columns", [] {
        return Tag::objects.raw("SELECT name || '!' AS name, id, 5 AS more FROM tag ORDER BY id DESC");
    });
    check("of the database of that name", books.using_(orm::database::current()).filter("stars"_k = 3));
}

void check_updates() {
    check_write("update: rows that are so already",
                [] { return Book::objects.filter("pages"_k = 25).update("pages"_k = 25); });
    check_write("update: of rows that repeat",
                [] { return Author::objects.filter("books__stars__gt"_k = 1).update("rating"_k = 1.5); });
    check_write("update: of distinct rows", [] {
        return Author::objects.filter("books__stars__gt"_k = 1).distinct().update("rating"_k = 1.5);
    });
    check_write("update: excluding many",
                [] { return Book::objects.exclude("tags__name"_k = "sea").update("pages"_k = 1); });
    check_write("update: of ordered rows",
                [] { return Book::objects.order_by<"-author__name", "pages">().update("stars"_k = 2); });
    check_write("update: over two hops", [] {
        return Book::objects.filter("author__country__founded__gt"_k = 1000).update("stars"_k = 2);
    });
    check_write("update: by a related column and to an own one", [] {
        return Book::objects.filter("editor__rating__gt"_k = 1)
            .update("pages"_k = F<"pages"> + 1, "subtitle"_k = F<"title">);
    });
    check_write("update: each from the old values", [] {
        return Book::objects.filter("stars__isnull"_k = false)
            .update("pages"_k = F<"stars"> * 10, "stars"_k = std::nullopt);
    });
    check_write("update: a key to NULL by a hop", [] {
        return Book::objects.filter("editor__name"_k = "Ada").update("editor"_k = std::nullopt);
    });
    check_write("update: values of it",
                [] { return Book::objects.values<"title">().filter("stars"_k = 1).update("pages"_k = 3); });
    check_write("update: by the key",
                [] { return Book::objects.filter("pk__in"_k = {3, 4}).update("title"_k = "%s %% $1"); });
    check_write("update: a text key's row",
                [] { return Country::objects.filter("pk"_k = "at").update("name"_k = "x"); });
    check_write("update: in a union's rows", [] {
        const auto keys = Book::objects.order_by()
                              .filter("stars"_k = 1)
                              .values_list<"pk">()
                              .union_(Book::objects.order_by().filter("stars"_k = 2).values_list<"pk">());
        return Book::objects.filter("pk__in"_k = keys).update("pages"_k = 4);
    });
    check_write("delete: in a slice", [] {
        return Review::objects.filter("pk__in"_k = Review::objects.order_by<"-pk">()[slice(0, 9)]).delete_();
    });
    check_write("delete: of rows that repeat",
                [] { return Tag::objects.filter("books__stars__gt"_k = 4).delete_(); });
    check_write("delete: of ordered rows",
                [] { return Review::objects.order_by<"score">().filter("score"_k = 1).delete_(); });
    check_write("delete: over a relation",
                [] { return BookTag::objects.filter("book__author__name"_k = "Ada").delete_(); });
}

}  // namespace

void check_one_row() {
    begin_topic("one_row");
    check_get();
    check_ends();
    check_after_a_slice();
    check_other_questions();
    check_updates();
}

}  // namespace oracle
