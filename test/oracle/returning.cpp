// update_returning and delete_returning: the rows that were changed, after the one and before the other.
#include "oracle.hpp"

#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/subquery.hpp>

#include <algorithm>

using orm::F, orm::Q;

namespace oracle {

namespace {

// In the order of their keys, of which the statements say nothing.
template <class Row>
std::vector<Row> by_key(std::vector<Row> rows) {
    const auto key = [](const Row& row) {
        if constexpr (orm::model<Row>)
            return row.id;
        else
            return row["id"_k];
    };
    std::sort(rows.begin(), rows.end(), [&key](const Row& a, const Row& b) { return key(a) < key(b); });
    return rows;
}

template <class Change>
void returned(std::string_view name, Change change) {
    check_write(name, [&] { return by_key(change()); });
}

void check_updates() {
    returned("update: keys",
             [] { return Book::objects.filter("stars"_k = 3).update_returning<"id">("pages"_k = 1); });
    returned("update: what was set", [] {
        return Book::objects.filter("stars"_k = 3)
            .update_returning<"id", "pages">("pages"_k = F<"pages"> + 1);
    });
    returned("update: what was not set", [] {
        return Book::objects.filter("stars"_k = 3).update_returning<"id", "title", "subtitle">("pages"_k = 1);
    });
    returned("update: whole rows", [] {
        return Book::objects.filter("pages"_k = 25)
            .update_returning("title"_k = "x", "stars"_k = std::nullopt);
    });
    returned("update: keys of others", [] {
        return Book::objects.filter("pages"_k = 25)
            .update_returning<"id", "author", "editor">("editor"_k = 2);
    });
    returned("update: all types", [] {
        return Book::objects.filter("pages"_k = 25)
            .update_returning<"id", "published", "keywords", "binding", "isbn", "in_print", "created">(
                "price"_k = 1.5);
    });
    returned("update: filtered over a relation", [] {
        return Book::objects.filter("editor__name"_k = "Ada").update_returning<"id", "pages">("pages"_k = 2);
    });
    returned("update: filtered over many", [] {
        return Author::objects.filter("books__stars__gt"_k = 4)
            .update_returning<"id", "rating">("rating"_k = 2.5);
    });
    returned("update: excluded", [] {
        return Author::objects.exclude("books__stars"_k = 5).update_returning<"id", "name">("rating"_k = 2.5);
    });
    returned("update: by a count", [] {
        return Author::objects.annotate("n"_k = orm::count<"books">)
            .filter("n__gt"_k = 6)
            .update_returning<"id", "rating">("rating"_k = 0.5);
    });
    returned("update: to a case", [] {
        return Book::objects.filter("pk__lt"_k = 30)
            .update_returning<"id", "stars">("stars"_k =
                                                 orm::Case(orm::When("pages__gt"_k = 100, 5)).otherwise(1));
    });
    returned("update: to a sub-query", [] {
        return Book::objects.filter("pk__lt"_k = 30)
            .update_returning<"id", "subtitle">(
                "subtitle"_k = orm::Subquery(
                    Author::objects.filter("pk"_k = orm::OuterRef<"editor">).values_list<"name">()));
    });
    returned("update: none", [] { return Book::objects.none().update_returning<"id">("pages"_k = 1); });
    returned("update: no rows",
             [] { return Book::objects.filter("pages"_k = 1).update_returning<"id">("pages"_k = 2); });
    returned("update: rows that are so already", [] {
        return Book::objects.filter("pages"_k = 25).update_returning<"id", "pages">("pages"_k = 25);
    });
}

void check_deletes() {
    returned("delete: keys", [] { return Review::objects.filter("score"_k = 3).delete_returning<"id">(); });
    returned("delete: columns", [] {
        return Review::objects.filter("score"_k = 3).delete_returning<"id", "book", "reviewer", "text">();
    });
    returned("delete: whole rows",
             [] { return Review::objects.exclude("score__lt"_k = 5).delete_returning(); });
    returned("delete: what others refer to",
             [] { return Book::objects.filter("pages"_k = 25).delete_returning<"id", "title">(); });
    returned("delete: filtered over a relation",
             [] { return Review::objects.filter("book__stars"_k = 2).delete_returning<"id">(); });
    returned("delete: filtered over many",
             [] { return Tag::objects.filter("books__stars"_k = 5).delete_returning(); });
    returned("delete: none", [] { return Review::objects.none().delete_returning<"id">(); });
    returned("delete: by exists", [] {
        return Book::objects.filter(!orm::Exists(Review::objects.filter("book"_k = orm::OuterRef<"pk">)))
            .delete_returning<"id", "pages">();
    });
    check_refused("update: of a slice", [] {
        return Book::objects.order_by<"pk">()[orm::slice(0, 3)].update_returning<"id">("pages"_k = 1);
    });
    check_refused("delete: of a slice",
                  [] { return Book::objects.order_by<"pk">()[orm::slice(0, 3)].delete_returning<"id">(); });
}

}  // namespace

void check_returning() {
    begin_topic("returning");
    check_updates();
    check_deletes();
}

}  // namespace oracle
