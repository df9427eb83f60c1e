// Aggregates over different relations in one query: each of its own rows, whatever the others join.
#include "oracle.hpp"

#include <asynchrormous/query/aggregate_more.hpp>
#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/cast.hpp>

using orm::avg, orm::count, orm::F, orm::max, orm::min, orm::Q, orm::sum;

namespace oracle {

namespace {

void check_kinds() {
    const auto authors = Author::objects.order_by<"pk">();
    check("two sums", authors.annotate("a"_k = sum<"books__pages">, "b"_k = sum<"edited__pages">));
    check("two averages", authors.annotate("a"_k = avg<"books__pages">, "b"_k = avg<"reviews__score">));
    check("a count and a sum", authors.annotate("a"_k = count<"books">, "b"_k = sum<"edited__stars">));
    check("a sum and extremes", authors.annotate("a"_k = sum<"books__stars">, "b"_k = max<"reviews__score">,
                                                 "c"_k = min<"students__rating">));
    check("four relations", authors.annotate("a"_k = count<"books">, "b"_k = count<"edited">,
                                             "c"_k = count<"students">, "d"_k = count<"reviews">));
    check("filtered ones", authors.annotate("a"_k = count<"books">.filter("books__stars__gt"_k = 2),
                                            "b"_k = count<"reviews">.filter("reviews__score"_k = 5)));
    check("distinct ones", authors.annotate("a"_k = count<"books__stars">.distinct(),
                                            "b"_k = count<"reviews__score">.distinct()));
    check("with defaults", authors.annotate("a"_k = sum<"books__stars">.default_(0),
                                            "b"_k = sum<"reviews__score">.default_(-1)));
    check("arrays", authors.annotate("a"_k = orm::array_agg<"books__pk">.order_by<"books__pk">(),
                                     "b"_k = orm::array_agg<"reviews__pk">.order_by<"reviews__pk">()));
    check("texts", authors.annotate("a"_k = orm::string_agg<"books__title">("|").order_by<"books__pk">(),
                                    "b"_k = orm::string_agg<"reviews__text">("|").order_by<"reviews__pk">()));
    check("of two hops and one", Country::objects.order_by<"pk">().annotate(
                                     "a"_k = count<"authors">, "b"_k = count<"authors__students">));
    check("many to many, and reverse",
          Book::objects.order_by<"pk">().annotate("a"_k = count<"tags">, "b"_k = count<"reviews">,
                                                  "c"_k = count<"sequels">));
    check("over one of one",
          Book::objects.order_by<"pk">().annotate("a"_k = count<"author__edited">, "b"_k = count<"reviews">));
    check("of itself and others",
          authors.annotate("a"_k = count<"students">, "b"_k = count<"mentor__students">));
    check(
        "computed of two",
        authors.annotate("a"_k = count<"books">, "b"_k = count<"reviews">).annotate("c"_k = F<"a"> - F<"b">));
    check("a case of two",
          authors.annotate("a"_k = count<"books">, "b"_k = count<"reviews">)
              .annotate("c"_k = orm::Case(orm::When("a__gt"_k = F<"b">, "writes")).otherwise("reads")));
    check("an expression over one, a count of another",
          authors.annotate("a"_k = sum<>(F<"books__pages"> * F<"books__price">), "b"_k = count<"reviews">));
    check("an own column and two",
          authors.annotate("a"_k = F<"rating"> * 2, "b"_k = count<"books">, "c"_k = count<"reviews">));
}

void check_clauses() {
    const auto authors = Author::objects.order_by<"pk">();
    const auto both = authors.annotate("a"_k = count<"books">, "b"_k = count<"reviews">);
    check("filtered by both", both.filter("a__gt"_k = 5, "b__gt"_k = 5));
    check("filtered by either", both.filter(Q("a__gt"_k = 8) || Q("b__gt"_k = 9)));
    check("excluded by both", both.exclude("a__gt"_k = 5, "b__gt"_k = 5));
    check("filtered by a sum of both", both.filter(F<"a"> + F<"b"> > 12));
    check("filtered by a column and both", both.filter("rating__gt"_k = 1, "b__gt"_k = F<"a">));
    check("ordered by both", Author::objects.annotate("a"_k = count<"books">, "b"_k = count<"reviews">)
                                 .order_by<"-b", "-a", "pk">());
    check("sliced", both[orm::slice(3, 9)]);
    check("values", both.values<"name", "b">());
    check("values list", both.values_list<"pk", "a", "b">());
    check("one of them", both.values_list<"a">());
    check("first", [&] { return both.filter("b__gt"_k = 5).first(); });
    check("get", [&] { return both.get("pk"_k = 4); });
    check("counted", [&] { return both.count(); });
    check("filtered, counted", [&] { return both.filter("a__gt"_k = 5, "b__gt"_k = 5).count(); });
    check("filtered, exists", [&] { return both.filter("a__gt"_k = 50, "b__gt"_k = 5).exists(); });
    check("aggregated", [&] { return both.aggregate("x"_k = sum<"a">, "y"_k = sum<"b">); });
    check("filtered, aggregated",
          [&] { return both.filter("b__gt"_k = 5).aggregate("x"_k = max<"a">, "y"_k = avg<"b">); });
    check("of filtered rows",
          authors.filter("country"_k = "us").annotate("a"_k = count<"books">, "b"_k = count<"reviews">));
    check("of rows filtered over one of one",
          authors.filter("mentor__name__icontains"_k = "a")
              .annotate("a"_k = count<"books">, "b"_k = count<"reviews">));
    check("of excluded rows",
          authors.exclude("books__stars"_k = 5).annotate("a"_k = count<"books">, "b"_k = count<"reviews">));
    check("in the model's order", Book::objects.annotate("a"_k = count<"tags">, "b"_k = count<"reviews">));
    check("aliases",
          authors.alias("a"_k = count<"books">, "b"_k = count<"reviews">).filter("a__lt"_k = F<"b">));
    check("annotated in two steps, filtered between",
          authors.annotate("a"_k = count<"books">).filter("a__gt"_k = 5).annotate("b"_k = count<"reviews">));
    check("groups of counts", Author::objects.annotate("a"_k = count<"books">, "b"_k = count<"reviews">)
                                  .filter("b__gt"_k = 7)
                                  .values_list<"a">()
                                  .distinct()
                                  .order_by<"a">());
    check_write("updated by both",
                [&] { return both.filter("a__gt"_k = 5, "b__gt"_k = 5).update("rating"_k = 0.125); });
    check_write("deleted by both", [] {
        return Tag::objects.annotate("a"_k = count<"books">, "b"_k = count<"book_tags">)
            .filter("a__gt"_k = 45, "b__gt"_k = 45)
            .delete_();
    });
}

// aggregate() itself over relations.
void check_totals() {
    check("total of one relation", [] { return Author::objects.aggregate(sum<"books__pages">); });
    check("total of two hops", [] { return Country::objects.aggregate(sum<"authors__books__pages">); });
    check("total of filtered rows",
          [] { return Author::objects.filter("rating__gt"_k = 1).aggregate(count<"books">); });
    check("totals of one relation", [] {
        return Author::objects.aggregate("a"_k = count<"books">, "b"_k = sum<"books__pages">,
                                         "c"_k = max<"books__price">);
    });
    check("total of distinct ones", [] {
        return Author::objects.aggregate("a"_k = count<"books__stars">.distinct(),
                                         "b"_k = count<"reviews__score">.distinct());
    });
    check("totals of extremes of two", [] {
        return Author::objects.aggregate("a"_k = max<"books__pages">, "b"_k = min<"reviews__score">);
    });
    check("total of one, filtered",
          [] { return Book::objects.aggregate(count<"tags">.filter("tags__name"_k = "sea")); });
}

}  // namespace

void check_several_aggregates() {
    begin_topic("several_aggregates");
    check_kinds();
    check_clauses();
    check_totals();
}

}  // namespace oracle
