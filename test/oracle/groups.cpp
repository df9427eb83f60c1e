// GROUP BY, WHERE and HAVING; which rows an aggregate over a relation is of; aggregates of annotated rows.
#include "oracle.hpp"

#include <asynchrormous/query/aggregate_more.hpp>
#include <asynchrormous/query/case.hpp>

using orm::avg, orm::count, orm::F, orm::max, orm::min, orm::Q, orm::sum;

namespace oracle {

namespace {

// Before and after the condition (Django multiplies after it), and several relations.
void check_which_rows() {
    const auto authors = Author::objects.order_by<"pk">();
    const auto counted = authors.annotate("n"_k = count<"books">);
    check("filter, annotate", authors.filter("books__stars"_k = 5).annotate("n"_k = count<"books">));
    check("filter, annotate a sum",
          authors.filter("books__stars__gt"_k = 2).annotate("n"_k = sum<"books__pages">));
    check("filter of two, annotate", authors.filter("books__stars__gt"_k = 2, "books__pages__gt"_k = 100)
                                         .annotate("n"_k = count<"books">));
    check("filter over two hops, annotate",
          authors.filter("books__tags__name"_k = "sea").annotate("n"_k = count<"books__tags">));
    check("annotate, filter", counted.filter("books__stars"_k = 5));
    check("annotate distinct, filter",
          authors.annotate("n"_k = count<"books">.distinct()).filter("books__stars"_k = 5));
    check("annotate a sum, filter",
          authors.annotate("n"_k = sum<"books__pages">).filter("books__stars"_k = 5));
    check("annotate max, filter", authors.annotate("n"_k = max<"books__pages">).filter("books__stars"_k = 5));
    check("annotate, filter another relation", counted.filter("reviews__score"_k = 5));
    check("filter another relation, annotate",
          authors.filter("reviews__score"_k = 5).annotate("n"_k = count<"books">));
    check("annotate, exclude", counted.exclude("books__stars"_k = 5));
    check("exclude, annotate", authors.exclude("books__stars"_k = 5).annotate("n"_k = count<"books">));
    check("filter, annotate, filter",
          authors.filter("books__stars__gt"_k = 1).annotate("n"_k = count<"books">).filter("n__gt"_k = 2));
    check("annotate, filter by it and the relation", counted.filter("n__gt"_k = 5, "books__stars"_k = 5));
    check("annotate, filter by one of one", counted.filter("mentor__name__icontains"_k = "a"));
    check("filtered aggregate over a filtered relation",
          authors.filter("books__stars__gt"_k = 1)
              .annotate("n"_k = count<"books">.filter("books__pages__gt"_k = 100)));
    check("two relations", authors.annotate("n"_k = count<"books">, "m"_k = count<"reviews">));
    check("two relations, distinct",
          authors.annotate("n"_k = count<"books">.distinct(), "m"_k = count<"reviews">.distinct()));
    check("two relations, sums",
          authors.annotate("n"_k = sum<"books__pages">, "m"_k = sum<"reviews__score">));
    check("two relations, extremes",
          authors.annotate("n"_k = max<"books__pages">, "m"_k = min<"reviews__score">));
    check("three relations",
          authors.annotate("a"_k = count<"books">, "b"_k = count<"reviews">, "c"_k = count<"students">));
    check("many to many and reverse",
          Book::objects.order_by<"pk">().annotate("n"_k = count<"tags">, "m"_k = count<"reviews">));
    check("two relations, filtered by one",
          authors.annotate("n"_k = count<"books">, "m"_k = count<"reviews">).filter("n__gt"_k = 5));
    check("two relations, compared",
          authors.annotate("n"_k = count<"books">, "m"_k = count<"reviews">).filter("n__lt"_k = F<"m">));
    check("two relations, ordered", Author::objects.annotate("n"_k = count<"books">, "m"_k = count<"reviews">)
                                        .order_by<"-m", "n", "pk">());
    check("two relations, counted", [&] {
        return authors.annotate("n"_k = count<"books">, "m"_k = count<"reviews">)
            .filter("m__gt"_k = 5)
            .count();
    });
    check("one relation at two depths",
          authors.annotate("n"_k = count<"books">, "m"_k = count<"books__tags">));
    check("same relation twice",
          authors.annotate("n"_k = count<"books">, "m"_k = sum<"books__pages">, "a"_k = avg<"books__price">));
    check("relation in the row and counted",
          authors.annotate("n"_k = count<"books">).values_list<"pk", "reviews__score", "n">());
}

void check_groups_by_values() {
    const auto books = Book::objects.order_by();
    check("values, annotate", books.values<"stars">().annotate("n"_k = count<>));
    check("values of two, annotate", books.values<"stars", "in_print">().annotate("n"_k = count<>));
    check("annotate, values", Author::objects.annotate("n"_k = count<"books">).values<"country", "n">());
    check("annotate, values_list", Author::objects.annotate("n"_k = count<"books">).values_list<"n">());
    check("in one values", books.values<"stars">("n"_k = count<"tags">));
    check("in one values, of own", books.values<"stars">("n"_k = count<"pk">));
    check("values, values with an aggregate", books.values<"stars">().values<"stars">("n"_k = count<"pk">));
    check("by a relation", books.values<"author">().annotate("n"_k = count<>));
    check("by a related column",
          books.values<"editor__name">().annotate("n"_k = count<>, "s"_k = sum<"pages">));
    check("by a column two hops away", books.values<"author__country__name">().annotate("n"_k = count<>));
    check("by many", Author::objects.values<"books__stars">().annotate("n"_k = count<>));
    check("by a transform", books.values<"published__year">().annotate("n"_k = count<>));
    check("by an annotation",
          books.annotate("a"_k = F<"pages"> % 100).values<"a">().annotate("n"_k = count<>));
    check("by an alias", books.alias("a"_k = F<"pages"> % 100).values<"stars">().annotate("n"_k = max<"a">));
    check("by an expression", books.values("a"_k = F<"pages"> % 100).annotate("n"_k = count<"pk">));
    check("by a condition",
          books.annotate("a"_k = Q("pages__gt"_k = 100)).values<"a">().annotate("n"_k = count<>));
    check("by a case",
          books.annotate("a"_k = orm::Case(orm::When("stars__gt"_k = 3, "good")).otherwise("bad"))
              .values<"a">()
              .annotate("n"_k = count<>, "s"_k = sum<"pages">));
    check("by a constant", books.annotate("a"_k = 1).values<"a">().annotate("n"_k = count<>));
    check("over a relation", books.values<"stars">().annotate("n"_k = count<"tags">));
    check("two annotates", books.values<"stars">().annotate("n"_k = count<>).annotate("s"_k = sum<"pages">));
    check("an expression of aggregates", books.values<"stars">()
                                             .annotate("n"_k = count<>, "s"_k = sum<"pages">)
                                             .annotate("m"_k = F<"s"> / F<"n">));
    check("aggregates minus each other",
          books.values<"stars">().annotate("d"_k = max<"pages"> - min<"pages">));
    check("distinct aggregates", books.values<"stars">().annotate("n"_k = count<"pages">.distinct()));
    check("filtered aggregates",
          books.values<"binding">().annotate("n"_k = count<>.filter("stars__gt"_k = 2), "m"_k = count<>));
    check("default of aggregates",
          books.values<"stars">().annotate("n"_k = sum<"pages">.filter("pages__gt"_k = 250).default_(-1)));
    check("arrays",
          books.values<"stars">().annotate("a"_k = orm::array_agg<"title">.order_by<"-pages", "pk">()));
    check("texts", books.values<"stars">().annotate(
                       "a"_k = orm::string_agg<"title">("|").distinct().order_by<"title">()));
    check("truths", books.values<"stars">().annotate("a"_k = orm::bool_or<"in_print">));
    check("then the key only", books.values<"stars">().annotate("n"_k = count<>).values_list<"stars">());
    check("then the aggregate only", books.values<"stars">().annotate("n"_k = count<>).values_list<"n">());
    check("sliced",
          Book::objects.order_by<"stars">().values<"stars">().annotate("n"_k = count<>)[orm::slice(1, 4)]);
    check("first", [] {
        return Book::objects.order_by<"stars">().values_list<"stars">().annotate("n"_k = count<>).first();
    });
    check("of filtered rows", books.filter("pages__gt"_k = 100).values<"stars">().annotate("n"_k = count<>));
    check("of excluded rows", books.exclude("stars"_k = 3).values<"stars">().annotate("n"_k = count<>));
    check("of rows filtered over many",
          books.filter("tags__name__icontains"_k = "s").values<"stars">().annotate("n"_k = count<"pk">));
    check("of none", books.none().values<"stars">().annotate("n"_k = count<>));
}

void check_orders_of_groups() {
    const auto grouped = Book::objects.order_by<"title">().values<"stars">();
    check("ordered by another", grouped.annotate("n"_k = count<>));
    check("ordered by a related one",
          Book::objects.order_by<"author__name">().values<"stars">().annotate("n"_k = count<>));
    check("ordered by the key",
          Book::objects.order_by<"-stars">().values<"stars">().annotate("n"_k = count<>));
    check("order cleared afterwards", grouped.annotate("n"_k = count<>).order_by());
    check("order of the model", Book::objects.values<"stars">().annotate("n"_k = count<>));
    check("order of the model, by a country", Country::objects.values<"founded">().annotate("n"_k = count<>));
    check("ordered by the aggregate",
          Book::objects.values<"stars">().annotate("n"_k = count<>).order_by<"-n", "stars">());
    check("distinct, ordered by another",
          Book::objects.order_by<"title">().values_list<"stars">().distinct());
    check("distinct, ordered by a related one",
          Book::objects.order_by<"author__name">().values_list<"stars">().distinct());
    check("distinct, order of the model", Book::objects.values_list<"stars">().distinct());
    check("distinct, order of the model, counted",
          [] { return Book::objects.values_list<"stars">().distinct().count(); });
    check("distinct of groups",
          Book::objects.order_by().values<"stars">().annotate("n"_k = count<>).values_list<"n">().distinct());
}

void check_having() {
    const auto counted = Author::objects.order_by<"pk">().annotate("n"_k = count<"books">);
    const auto groups = Book::objects.order_by().values<"stars">().annotate("n"_k = count<>);
    check("having", counted.filter("n__gt"_k = 6));
    check("having, range", counted.filter("n__range"_k = std::pair(4, 6)));
    check("having, in", counted.filter("n__in"_k = {4, 6}));
    check("having of a group", groups.filter("n__gt"_k = 25));
    check("having and where", counted.filter("n__gt"_k = 4, "rating__gt"_k = 1));
    check("having, then where", counted.filter("n__gt"_k = 4).filter("rating__gt"_k = 1));
    check("where, then having", Author::objects.order_by<"pk">()
                                    .filter("rating__gt"_k = 1)
                                    .annotate("n"_k = count<"books">)
                                    .filter("n__gt"_k = 4));
    check("having or where", counted.filter(Q("n__gt"_k = 6) || Q("rating__gt"_k = 3)));
    check("having or where over a relation",
          counted.filter(Q("n__gt"_k = 6) || Q("country__name"_k = "Congo")));
    check("having or where of a group", groups.filter(Q("n__gt"_k = 25) || Q("stars"_k = 1)));
    check("having and (having or where)",
          counted.filter(Q("n__gt"_k = 1) && (Q("n__lt"_k = 5) || Q("rating__gt"_k = 3))));
    check("not having", counted.filter(!Q("n__gt"_k = 5)));
    check("exclude having", counted.exclude("n__gt"_k = 5));
    check("exclude having and where", counted.exclude("n__gt"_k = 5, "rating__gt"_k = 1));
    check("exclude having or where", counted.exclude(Q("n__gt"_k = 5) || Q("rating__gt"_k = 1)));
    check("having of a sum that is NULL",
          Author::objects.order_by<"pk">().annotate("s"_k = sum<"books__stars">).filter("s__gt"_k = 10));
    check("exclude having of a sum that is NULL",
          Author::objects.order_by<"pk">().annotate("s"_k = sum<"books__stars">).exclude("s__gt"_k = 10));
    check(
        "having isnull",
        Author::objects.order_by<"pk">().annotate("s"_k = sum<"books__stars">).filter("s__isnull"_k = true));
    check("having against a column",
          Author::objects.order_by<"pk">().annotate("n"_k = count<"books">).filter("n__gt"_k = F<"rating">));
    check("column against the aggregate", counted.filter("rating__lt"_k = F<"n">));
    check("having of two", Author::objects.order_by<"pk">()
                               .annotate("n"_k = count<"books">, "s"_k = sum<"books__pages">)
                               .filter("s__gt"_k = F<"n"> * 150));
    check("having of an expression", counted.annotate("m"_k = F<"n"> % 3).filter("m"_k = 1));
    check("having without an annotation", Author::objects.order_by<"pk">().filter(count<"books"> > 6));
    check("exclusive or of having and where", counted.filter(Q("n__gt"_k = 5) ^ Q("rating__gt"_k = 1)));
}

void check_answers() {
    const auto counted = Author::objects.annotate("n"_k = count<"books">);
    const auto groups = Book::objects.order_by().values<"stars">().annotate("n"_k = count<>);
    check("count of counted", [&] { return counted.count(); });
    check("count of having", [&] { return counted.filter("n__gt"_k = 5).count(); });
    check("count of having or where",
          [&] { return counted.filter(Q("n__gt"_k = 5) || Q("rating__gt"_k = 1)).count(); });
    check("count of groups", [&] { return groups.count(); });
    check("count of groups, having", [&] { return groups.filter("n__gt"_k = 25).count(); });
    check("count of a slice", [&] { return counted.order_by<"pk">()[orm::slice(35, 60)].count(); });
    check("count distinct", [&] { return counted.values_list<"n">().distinct().count(); });
    check("exists of having", [&] { return counted.filter("n__gt"_k = 5).exists(); });
    check("exists not of having", [&] { return counted.filter("n__gt"_k = 500).exists(); });
    check("exists of groups", [&] { return groups.filter("n__gt"_k = 25).exists(); });
    check("exists not of groups", [&] { return groups.filter("n__gt"_k = 2500).exists(); });
    check("aggregate of counts", [&] { return counted.aggregate(avg<"n">); });
    check("aggregates of counts", [&] {
        return counted.aggregate("a"_k = sum<"n">, "b"_k = max<"n">, "c"_k = count<"n">.distinct());
    });
    check("aggregate of having", [&] { return counted.filter("n__gt"_k = 5).aggregate(sum<"n">); });
    check("aggregate of a count and a column",
          [&] { return counted.aggregate("a"_k = sum<"n">, "b"_k = avg<"rating">); });
    check("aggregate of an annotation",
          [] { return Book::objects.annotate("a"_k = F<"pages"> * 2).aggregate(sum<"a">); });
    check("aggregate of an expression of it",
          [] { return Book::objects.annotate("a"_k = F<"pages"> * 2).aggregate(sum<>(F<"a"> + 1)); });
    check("aggregate of groups", [&] { return groups.aggregate(max<"n">); });
    check("aggregate of a slice of counted",
          [&] { return counted.order_by<"-n", "pk">()[orm::slice(0, 5)].aggregate(sum<"n">); });
    check("aggregate of distinct rows", [] {
        return Author::objects.filter("books__stars__gt"_k = 1).distinct().aggregate(sum<"rating">);
    });
    check("aggregate of rows that repeat",
          [] { return Author::objects.filter("books__stars__gt"_k = 1).aggregate(sum<"rating">); });
    check("aggregate of distinct values of an annotation", [] {
        return Book::objects.order_by()
            .annotate("a"_k = F<"pages"> % 100)
            .values_list<"a">()
            .distinct()
            .aggregate(sum<"a">);
    });
    check("aggregate filtered by an annotation", [] {
        return Book::objects.annotate("a"_k = F<"pages"> % 100).aggregate(count<>.filter("a__gt"_k = 50));
    });
    check("aggregate of an alias",
          [] { return Book::objects.alias("a"_k = F<"pages"> % 100).aggregate(max<"a">); });
    check("aggregate of none",
          [&] { return counted.none().aggregate("a"_k = sum<"n">, "b"_k = count<"n">); });
    check("aggregate of none with a default", [] {
        return Book::objects.none().aggregate("a"_k = sum<"pages">.default_(5), "b"_k = count<>,
                                              "c"_k = avg<"pages">);
    });
    check("aggregate of an empty slice", [] {
        return Book::objects.order_by<"pk">()[orm::slice(3, 3)].aggregate("a"_k = sum<"pages">.default_(5),
                                                                          "b"_k = count<>);
    });
    check("aggregate of in nothing", [] {
        return Book::objects.filter("pk__in"_k = std::vector<int>{})
            .aggregate("a"_k = sum<"pages">, "b"_k = count<>);
    });
    check("aggregates over two relations", [] {
        return Author::objects.aggregate("a"_k = count<"books">.distinct(),
                                         "b"_k = count<"reviews">.distinct());
    });
}

}  // namespace

void check_groups() {
    begin_topic("groups");
    check_which_rows();
    check_groups_by_values();
    check_orders_of_groups();
    check_having();
    check_answers();
}

}  // namespace oracle
