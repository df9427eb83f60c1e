#include "computed.hpp"

#include <asynchrormous/query/cast.hpp>
#include <asynchrormous/query/subquery.hpp>

using orm::ArraySubquery, orm::Exists, orm::F, orm::OuterRef, orm::Q, orm::Subquery;

namespace oracle {

namespace {

void check_values_of_subqueries() {
    const auto own = Book::objects.filter("author"_k = OuterRef<"id">).order_by<"-pages", "pk">();
    computed<Author>("first title", Subquery(own.values_list<"title">()));
    computed<Author>("first nullable column", Subquery(own.values_list<"subtitle">()));
    computed<Author>("first related column", Subquery(own.values_list<"editor__name">()));
    computed<Author>("second key", Subquery(own.offset(1).limit(1).values_list<"pk">()));
    computed<Author>("in the model's order",
                     Subquery(Book::objects.filter("author"_k = OuterRef<"id">).values_list<"title">()));
    computed<Author>("or a default", orm::Coalesce(Subquery(own.values_list<"title">()), "none"));
    computed<Author>("in a sum", Subquery(own.values_list<"pages">()) + 1);
    computed<Author>("exists", Exists(own.filter("stars"_k = 5)));
    computed<Author>("exists not", !Exists(own.filter("stars"_k = 5)));
    computed("of a related column of the outer row",
             Subquery(Country::objects.filter("pk"_k = OuterRef<"author__country">).values_list<"name">()));
    computed("of the same model", Subquery(Book::objects.filter("pages__gt"_k = OuterRef<"pages">)
                                               .order_by<"pages", "pk">()
                                               .values_list<"pk">()));
    computed("not correlated", Subquery(Author::objects.order_by<"-pk">().values_list<"name">()));
    computed("of two outer columns",
             Exists(Review::objects.filter("book"_k = OuterRef<"pk">, "score"_k = OuterRef<"stars">)));
}

void check_conditions_of_subqueries() {
    const auto own = Book::objects.filter("author"_k = OuterRef<"id">);
    check("where exists", Author::objects.filter(Exists(own.filter("stars"_k = 5))));
    check("not exists", Author::objects.filter(!Exists(own.filter("stars"_k = 5))));
    check("exclude exists", Author::objects.exclude(Exists(own.filter("stars"_k = 5))));
    check("exists or", Author::objects.filter(Q(Exists(own.filter("stars"_k = 5))) || Q("rating__gt"_k = 3)));
    check("exists of none", Author::objects.filter(Exists(own.none())));
    check("exists of excluded", Author::objects.filter(Exists(own.exclude("stars"_k = 5))));
    check("exists nested", Author::objects.filter(Exists(own.filter(
                               Exists(Review::objects.filter("book"_k = OuterRef<"pk">, "score"_k = 5))))));
    check("exists over two levels",
          Author::objects.filter(Exists(own.filter(Exists(
              Review::objects.filter("reviewer"_k = OuterRef<OuterRef<"pk">>, "book"_k = OuterRef<"pk">))))));
    check("in", Book::objects.filter("author__in"_k = Author::objects.filter("rating__gt"_k = 1)));
    check("in keys", Book::objects.filter(
                         "author__in"_k = Author::objects.filter("rating__gt"_k = 1).values_list<"pk">()));
    check("in texts", Book::objects.filter(
                          "title__in"_k = Book::objects.filter("stars"_k = 5).values_list<"subtitle">()));
    check("in a slice",
          Book::objects.filter("pk__in"_k = Book::objects.order_by<"-pages", "pk">()[orm::slice(0, 20)]));
    check("where in the model's order",
          Book::objects.filter("pk__in"_k = Book::objects.filter("stars"_k = 5)));
    check("in none", Book::objects.filter("author__in"_k = Author::objects.none()));
    check("in over a relation", Author::objects.filter("books__in"_k = Book::objects.filter("stars"_k = 5)));
    check("in distinct",
          Book::objects.filter(
              "pages__in"_k =
                  Book::objects.order_by().filter("stars"_k = 5).values_list<"pages">().distinct()));
    check("not in", Book::objects.exclude("author__in"_k = Author::objects.filter("rating__gt"_k = 1)));
    check("not in, nullable",
          Book::objects.exclude("editor__in"_k = Author::objects.filter("rating__gt"_k = 1)));
    check(
        "not in keys with NULLs",
        Author::objects.exclude("pk__in"_k = Book::objects.filter("pk__lt"_k = 30).values_list<"editor">()));
    check("not in none", Book::objects.exclude("author__in"_k = Author::objects.none()));
    check("gt", Book::objects.filter("pages__gt"_k = Book::objects.filter("stars"_k = 1)
                                                         .order_by<"-pages", "pk">()
                                                         .values_list<"pages">()[orm::slice(0, 1)]));
    check("equal to one of the outer row",
          Book::objects.filter(
              "pages"_k =
                  Subquery(Book::objects.filter("pk"_k = OuterRef<"sequel_of">).values_list<"pages">())));
    check("exclude equal to one of the outer row",
          Book::objects.exclude(
              "pages"_k =
                  Subquery(Book::objects.filter("pk"_k = OuterRef<"sequel_of">).values_list<"pages">())));
    check_write("update to a subquery", [] {
        return Book::objects.update(
            "subtitle"_k =
                Subquery(Author::objects.filter("pk"_k = OuterRef<"editor">).values_list<"name">()));
    });
    check_write("delete by exists", [] {
        return Book::objects.filter(!Exists(Review::objects.filter("book"_k = OuterRef<"pk">))).delete_();
    });
    check_write("update in", [] {
        return Book::objects.filter("author__in"_k = Author::objects.filter("rating__gt"_k = 1))
            .update("pages"_k = 9);
    });
}

}  // namespace

void check_subqueries() {
    begin_topic("subqueries");
    check_values_of_subqueries();
    check_conditions_of_subqueries();
}

}  // namespace oracle
