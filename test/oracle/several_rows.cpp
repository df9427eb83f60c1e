// Relations to many rows: when two conditions mean the same row, what exclude() means by them, and NOT IN.
#include "oracle.hpp"

#include <asynchrormous/query/subquery.hpp>

using orm::Exists, orm::F, orm::OuterRef, orm::Q;

namespace oracle {

namespace {

template <class Rows>
auto keys(const Rows& rows) {
    return rows.template order_by<"pk">().template values_list<"pk">();
}

// filter(A, B) and filter(A).filter(B).
void check_same_row() {
    const auto tags = Tag::objects.all();
    const auto countries = Country::objects.all();
    const auto books = Book::objects.all();
    check("many to many, one call", keys(tags.filter("books__stars"_k = 5, "books__pages__gt"_k = 200)));
    check("many to many, two calls",
          keys(tags.filter("books__stars"_k = 5).filter("books__pages__gt"_k = 200)));
    check("three in one call",
          keys(Author::objects.filter("books__stars__gt"_k = 1, "books__pages__gt"_k = 100,
                                      "books__in_print"_k = true)));
    check("two in one call, one in another",
          keys(Author::objects.filter("books__stars__gt"_k = 1, "books__pages__gt"_k = 100)
                   .filter("books__in_print"_k = false)));
    check("two hops, one call",
          keys(countries.filter("authors__books__stars"_k = 5, "authors__books__pages__lt"_k = 100)));
    check("two hops, two calls",
          keys(countries.filter("authors__books__stars"_k = 5).filter("authors__books__pages__lt"_k = 100)));
    check("first hop and second, one call",
          keys(countries.filter("authors__rating__gt"_k = 1, "authors__books__stars"_k = 5)));
    check("first hop and second, two calls",
          keys(countries.filter("authors__rating__gt"_k = 1).filter("authors__books__stars"_k = 5)));
    check("a condition and a key, one call", keys(books.filter("tags__name"_k = "sea", "tags"_k = 3)));
    check("a condition and a key, two calls",
          keys(books.filter("tags__name"_k = "sea").filter("tags"_k = 4)));
    check("isnull and a condition, one call",
          keys(Author::objects.filter("books__isnull"_k = false, "books__stars"_k = 5)));
    check("isnull and a condition, two calls",
          keys(Author::objects.filter("books__isnull"_k = false).filter("books__stars"_k = 5)));
    check("Q or in one call", keys(Author::objects.filter(Q("books__stars"_k = 5) || Q("books__stars"_k = 4),
                                                          "books__pages__gt"_k = 200)));
    check("Q or in two calls", keys(Author::objects.filter(Q("books__stars"_k = 5) || Q("books__stars"_k = 4))
                                        .filter("books__pages__gt"_k = 200)));
    check("Q and Q, then another",
          keys(Author::objects.filter(Q("books__stars__gt"_k = 3) && Q("books__pages__gt"_k = 150))
                   .filter(Q("books__stars__lt"_k = 3) && Q("books__pages__gt"_k = 150))));
    check("through one of one, one call",
          keys(books.filter("author__edited__stars"_k = 5, "author__edited__pages__gt"_k = 150)));
    check("through one of one, two calls",
          keys(books.filter("author__edited__stars"_k = 5).filter("author__edited__pages__gt"_k = 150)));
    check(
        "two calls, distinct",
        keys(Author::objects.filter("books__stars__gt"_k = 1).filter("books__pages__gt"_k = 100).distinct()));
    check("two calls, counted", [] {
        return Author::objects.filter("books__stars__gt"_k = 1).filter("books__pages__gt"_k = 100).count();
    });
    check("one call, compared with each other",
          keys(Author::objects.filter("books__pages__gt"_k = F<"books__stars"> * 50,
                                      "books__stars__gt"_k = 2)));
}

// exclude(A, B) is not what filter(A, B) leaves.
void check_excluded() {
    const auto books = Book::objects.all();
    check("exclude two", keys(Author::objects.exclude("books__stars"_k = 5, "books__pages__lt"_k = 100)));
    check("exclude two, many to many", keys(books.exclude("tags__name"_k = "sea", "tags__pk__lt"_k = 3)));
    check("exclude two, many to many reverse",
          keys(Tag::objects.exclude("books__stars"_k = 5, "books__pages"_k = 275)));
    check("exclude two hops",
          keys(Country::objects.exclude("authors__books__stars"_k = 5, "authors__books__pages__lt"_k = 50)));
    check("exclude three", keys(Author::objects.exclude("books__stars"_k = 5, "books__pages__lt"_k = 100,
                                                        "books__in_print"_k = true)));
    check("exclude an or of two",
          keys(Author::objects.exclude(Q("books__stars"_k = 5) || Q("books__pages__lt"_k = 25))));
    check("exclude the same row", keys(Author::objects.exclude("books__in"_k = Book::objects.filter(
                                                                   "stars"_k = 5, "pages__lt"_k = 100))));
    check("exclude the same row, many to many",
          keys(books.exclude("tags__in"_k = Tag::objects.filter("name"_k = "sea", "pk__lt"_k = 3))));
    check("exclude the same row by exists",
          keys(Author::objects.filter(!Exists(
              Book::objects.filter("author"_k = OuterRef<"pk">, "stars"_k = 5, "pages__lt"_k = 100)))));
    check("exclude two relations",
          keys(Author::objects.exclude("books__stars"_k = 5, "reviews__score"_k = 5)));
    check("exclude two, then filter one",
          keys(Author::objects.exclude("books__stars"_k = 5, "books__pages__lt"_k = 100)
                   .filter("books__stars"_k = 5)));
    check("filter two, exclude one",
          keys(Author::objects.filter("books__stars"_k = 4, "books__pages__gt"_k = 100)
                   .exclude("books__stars"_k = 5)));
}

void check_negated_twice() {
    check("not not many to many", keys(Book::objects.filter(!!Q("tags__name__icontains"_k = "s"))));
    check("not not two", keys(Author::objects.filter(!!Q("books__stars"_k = 5, "books__pages__gt"_k = 100))));
    check("not not two hops", keys(Country::objects.filter(!!Q("authors__books__stars"_k = 5))));
    check("exclude not many to many", keys(Book::objects.exclude(!Q("tags__name__icontains"_k = "s"))));
    check("not not, distinct", keys(Author::objects.filter(!!Q("books__stars__gt"_k = 1)).distinct()));
    check("not not not", keys(Author::objects.filter(!!!Q("books__stars"_k = 5))));
    check("not not of one of one", keys(Book::objects.filter(!!Q("editor__rating__gt"_k = 1))));
}

// NOT IN with NULLs among the rows.
void check_not_in() {
    const auto editors = Book::objects.filter("pk__lt"_k = 40).values_list<"editor">();
    const auto subtitles = Book::objects.filter("pk__lt"_k = 20).values_list<"subtitle">();
    check("not in keys", keys(Author::objects.filter(!Q("pk__in"_k = editors))));
    check("not in texts", keys(Book::objects.exclude("title__in"_k = subtitles)));
    check("not in texts, nullable", keys(Book::objects.exclude("subtitle__in"_k = subtitles)));
    check("not in numbers",
          keys(Book::objects.exclude("pages__in"_k = Review::objects.values_list<"score">())));
    check("not in, without NULLs",
          keys(Author::objects.exclude("pk__in"_k = editors.filter("editor__isnull"_k = false))));
    check("not in, twice negated", keys(Author::objects.exclude(!Q("pk__in"_k = editors))));
    check("in or a condition",
          keys(Author::objects.filter(Q("pk__in"_k = editors) || Q("rating__gt"_k = 3))));
    check("not (in or a condition)",
          keys(Author::objects.exclude(Q("pk__in"_k = editors) || Q("rating__gt"_k = 3))));
    check("not in a slice",
          keys(Author::objects.exclude(
              "pk__in"_k = Book::objects.order_by<"pk">().values_list<"editor">()[orm::slice(0, 9)])));
    check("what to do instead: isnull", keys(Author::objects.exclude("edited__isnull"_k = false)));
    check("what to do instead: exists",
          keys(Author::objects.filter(!Exists(Book::objects.filter("editor"_k = OuterRef<"pk">)))));
}

}  // namespace

void check_several_rows() {
    begin_topic("several_rows");
    check_same_row();
    check_excluded();
    check_negated_twice();
    check_not_in();
}

}  // namespace oracle
