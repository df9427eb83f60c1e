// Sub-queries anywhere: annotations, orders, groups, conditions, arrays; and which order counts inside.
#include "computed.hpp"

#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/cast.hpp>
#include <asynchrormous/query/subquery.hpp>

using orm::ArraySubquery, orm::Case, orm::Coalesce, orm::count, orm::Exists, orm::F, orm::OuterRef, orm::Q,
    orm::slice, orm::Subquery, orm::sum, orm::When;

namespace oracle {

namespace {

auto own() { return Book::objects.filter("author"_k = OuterRef<"pk">); }
auto longest() { return own().order_by<"-pages", "pk">(); }

void check_arrays_of_subqueries() {
    const auto authors = Author::objects.order_by<"pk">();
    check("array of keys", authors.annotate("a"_k = ArraySubquery(longest().values_list<"pk">())));
    check("array of texts", authors.annotate("a"_k = ArraySubquery(longest().values_list<"title">())));
    check("array of nullables", authors.annotate("a"_k = ArraySubquery(longest().values_list<"stars">())));
    check("array of dates", authors.annotate("a"_k = ArraySubquery(longest().values_list<"published">())));
    check("array of related columns",
          authors.annotate("a"_k = ArraySubquery(longest().values_list<"editor__name">())));
    check("array of a slice",
          authors.annotate("a"_k = ArraySubquery(longest()[slice(1, 3)].values_list<"title">())));
    check("array in the model's order", authors.annotate("a"_k = ArraySubquery(own().values_list<"pk">())));
    check(
        "array of distinct values",
        authors.annotate("a"_k = ArraySubquery(own().order_by<"stars">().values_list<"stars">().distinct())));
    check("array of computed values",
          authors.annotate("a"_k = ArraySubquery(longest().values_list("b"_k = F<"pages"> * 2))));
    check(
        "array of counts",
        authors.annotate("a"_k = ArraySubquery(
                             own().order_by<"pk">().annotate("n"_k = count<"reviews">).values_list<"n">())));
    check("array of groups", authors.annotate("a"_k = ArraySubquery(own()
                                                                        .order_by<"stars">()
                                                                        .values_list<"stars">()
                                                                        .annotate("n"_k = count<>)
                                                                        .values_list<"n">())));
    check("array of none", authors.annotate("a"_k = ArraySubquery(own().none().values_list<"pk">())));
    check("array over many to many",
          Book::objects.order_by<"pk">().annotate(
              "a"_k = ArraySubquery(BookTag::objects.filter("book"_k = OuterRef<"pk">)
                                        .order_by<"tag__name", "pk">()
                                        .values_list<"tag__name">())));
    check("array, not correlated",
          Country::objects.annotate(
              "a"_k = ArraySubquery(Tag::objects.order_by<"-name">().values_list<"name">())));
    check("ordered by an array",
          Author::objects.order_by(ArraySubquery(longest().values_list<"pages">()).desc(), F<"pk">.asc())
              .values_list<"pk">());
    check("array that is filtered by",
          authors.alias("a"_k = ArraySubquery(longest().values_list<"stars">()))
              .filter("a__contains"_k = std::vector<std::optional<std::int16_t>>{std::int16_t{5}})
              .values_list<"pk">());
    check("length of an array", authors.annotate("a"_k = ArraySubquery(longest().values_list<"pk">()))
                                    .filter("a__len__gt"_k = 6)
                                    .values_list<"pk">());
}

void check_places() {
    const auto authors = Author::objects.order_by<"pk">();
    const auto title = Subquery(longest().values_list<"title">());
    const auto pages = Subquery(longest().values_list<"pages">());
    check("annotate", authors.annotate("a"_k = title));
    check("annotate, filter", authors.annotate("a"_k = pages).filter("a__gt"_k = 200));
    check("annotate, exclude", authors.annotate("a"_k = pages).exclude("a__gt"_k = 200).values_list<"pk">());
    check("annotate, order", Author::objects.annotate("a"_k = pages).order_by<"-a", "pk">());
    check("annotate, values", authors.annotate("a"_k = title).values<"name", "a">());
    check("annotate, compute",
          authors.annotate("a"_k = pages).annotate("b"_k = F<"a"> + 1).values_list<"b">());
    check("annotate, aggregate", [&] { return authors.annotate("a"_k = pages).aggregate(sum<"a">); });
    check("annotate, group", Author::objects.annotate("a"_k = pages).values<"a">().annotate("n"_k = count<>));
    check("annotate beside a count", authors.annotate("n"_k = count<"books">, "a"_k = pages));
    check("annotate, count", [&] { return authors.annotate("a"_k = pages).filter("a__gt"_k = 200).count(); });
    check("annotate exists, filter",
          authors.annotate("a"_k = Exists(own().filter("stars"_k = 5))).filter("a"_k = true));
    check("annotate exists, order",
          Author::objects.annotate("a"_k = Exists(own().filter("stars"_k = 5))).order_by<"-a", "pk">());
    check("annotate exists, group", Author::objects.annotate("a"_k = Exists(own().filter("stars"_k = 5)))
                                        .values<"a">()
                                        .annotate("n"_k = count<>));
    check("order", Author::objects.order_by(pages.desc(), F<"pk">.asc()).values_list<"pk">());
    check("order by exists",
          Author::objects.order_by(Exists(own().filter("stars"_k = 5)).asc(), F<"pk">.asc())
              .values_list<"pk">());
    check("case",
          authors.annotate("a"_k = Case(When(Exists(own().filter("stars"_k = 5)), "good")).otherwise("bad")));
    check("coalesce", authors.annotate("a"_k = Coalesce(title, F<"name">)));
    check("left of a comparison", authors.filter(pages > 200).values_list<"pk">());
    check("compared with a column", authors.filter(pages > F<"rating"> * 50).values_list<"pk">());
    check("of a filtered aggregate",
          [] { return Author::objects.aggregate(count<>.filter(Exists(own().filter("stars"_k = 5)))); });
    check("aggregate of it", [&] { return Author::objects.aggregate(sum<>(pages)); });
    check("a count as a sub-query",
          authors.annotate(
              "a"_k = Subquery(
                  own().order_by().values_list<"author">().annotate("n"_k = count<>).values_list<"n">())));
    check("a sum as a sub-query",
          authors.annotate("a"_k = Subquery(Review::objects.filter("book__author"_k = OuterRef<"pk">)
                                                .values_list<"book__author">()
                                                .annotate("n"_k = sum<"score">)
                                                .values_list<"n">())));
    check(
        "of an annotation",
        authors.annotate("n"_k = F<"pk"> * 3)
            .annotate("a"_k = Subquery(Book::objects.filter("pk"_k = OuterRef<"n">).values_list<"title">())));
    check("of a related column",
          Book::objects.order_by<"pk">().annotate(
              "a"_k = Subquery(Author::objects.filter("name"_k = OuterRef<"editor__name">)
                                   .order_by<"pk">()
                                   .values_list<"pk">())));
    check("two of them", authors.annotate("a"_k = title, "b"_k = pages).filter("b__gt"_k = 100));
    check("of values",
          Book::objects.order_by<"pk">().values<"title">(
              "a"_k = Subquery(Author::objects.filter("pk"_k = OuterRef<"author">).values_list<"name">())));
}

void check_deeper() {
    const auto scores = Review::objects.filter("book"_k = OuterRef<"pk">);
    check("a sub-query of a sub-query's rows",
          Author::objects.order_by<"pk">().annotate(
              "a"_k = Subquery(
                  own()
                      .annotate("best"_k = Subquery(scores.order_by<"-score", "pk">().values_list<"score">()))
                      .order_by(F<"best">.desc().nulls_last(), F<"pk">.asc())
                      .values_list<"best">())));
    check("in, in", Country::objects.filter("authors__in"_k = Author::objects.filter(
                                                "books__in"_k = Book::objects.filter("stars"_k = 5))));
    check("in, in, in",
          Country::objects.filter(
              "pk__in"_k =
                  Author::objects
                      .filter("pk__in"_k =
                                  Book::objects
                                      .filter("pk__in"_k =
                                                  Review::objects.filter("score"_k = 5).values_list<"book">())
                                      .values_list<"author">())
                      .values_list<"country">()));
    check("not in, in",
          Author::objects.exclude("books__in"_k = Book::objects.exclude(
                                      "reviews__in"_k = Review::objects.filter("score"_k = 5))));
    check("exists, not exists",
          Author::objects.filter(Exists(own().filter(!Exists(scores)))).order_by<"pk">());
    check("not exists, not exists: all of them",
          Author::objects.filter(!Exists(own().filter(!Exists(scores)))).order_by<"pk">());
    check("two levels out, compared",
          Author::objects
              .filter(Exists(own().filter(Exists(Review::objects.filter(
                  "book"_k = OuterRef<"pk">, "score__gt"_k = OuterRef<OuterRef<"rating">>)))))
              .order_by<"pk">());
    check("in a union",
          Book::objects.order_by<"pk">().filter(
              "pk__in"_k = Book::objects.order_by()
                               .filter("stars"_k = 1)
                               .values_list<"pk">()
                               .union_(Book::objects.order_by().filter("stars"_k = 2).values_list<"pk">())));
    check("in groups, having",
          Author::objects.order_by<"pk">().filter("pk__in"_k = Book::objects.order_by()
                                                                   .values_list<"author">()
                                                                   .annotate("n"_k = count<>)
                                                                   .filter("n__gt"_k = 6)
                                                                   .values_list<"author">()));
}

// Trap 26.
void check_order_inside() {
    const auto of_country = [] { return Author::objects.filter("country"_k = OuterRef<"pk">); };
    const auto countries = Country::objects.order_by<"pk">();
    computed("the model's order counts",
             Subquery(Book::objects.filter("author"_k = OuterRef<"author">).values_list<"pk">()));
    computed("the model's order, reversed",
             Subquery(Book::objects.filter("author"_k = OuterRef<"author">).reverse().values_list<"pk">()));
    computed("another order", Subquery(Book::objects.filter("author"_k = OuterRef<"author">)
                                           .order_by<"stars", "pk">()
                                           .values_list<"pk">()));
    check("a related order",
          countries.annotate(
              "a"_k = Subquery(of_country().order_by<"mentor__name", "pk">().values_list<"name">())));
    check("a related model's order", Tag::objects.order_by<"pk">().annotate(
                                         "a"_k = Subquery(BookTag::objects.filter("tag"_k = OuterRef<"pk">)
                                                              .order_by<"book", "pk">()
                                                              .values_list<"book">())));
    check("an order and a slice",
          countries.annotate(
              "a"_k = Subquery(of_country().order_by<"-name", "pk">()[slice(1, 2)].values_list<"pk">())));
    check("in: the order does not matter",
          Book::objects.order_by<"pk">().filter("author__in"_k = Author::objects.order_by<"-name">()));
    check("in: the model's order does not matter",
          Author::objects.order_by<"pk">().filter("country__in"_k =
                                                      Country::objects.filter("founded__gt"_k = 900)));
    check("in: a slice keeps its order",
          Book::objects.order_by<"pk">().filter("author__in"_k =
                                                    Author::objects.order_by<"-name", "pk">()[slice(0, 5)]));
    check("in: a slice of the model's order",
          Author::objects.order_by<"pk">().filter(
              "country__in"_k = Country::objects.order_by<"-name", "pk">()[slice(0, 3)]));
    check("exists: the order does not matter", countries.filter(Exists(of_country().order_by<"name">())));
    check("exists: of a slice", countries.filter(Exists(of_country().order_by<"name">()[slice(2, 9)])));
    check("distinct in another order", Author::objects.order_by<"pk">().filter(
                                           "pk__in"_k = Book::objects.order_by<"author_id", "-pages", "pk">()
                                                            .distinct<"author">()
                                                            .values_list<"editor">()));
}

}  // namespace

void check_nested() {
    begin_topic("nested");
    check_arrays_of_subqueries();
    check_places();
    check_deeper();
    check_order_inside();
}

}  // namespace oracle
