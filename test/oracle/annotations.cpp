// Annotations, groups and what follows them; combined QuerySets; DISTINCT ON.
#include "oracle.hpp"

using orm::count, orm::F, orm::max, orm::sum;

namespace oracle {

namespace {

void check_annotations() {
    const auto authors = Author::objects.order_by<"pk">();
    check("expression",
          Book::objects.order_by<"pk">().annotate("twice"_k = F<"pages"> * 2).values_list<"pk", "twice">());
    check("of an annotation", Book::objects.order_by<"pk">()
                                  .annotate("a"_k = F<"pages"> + 1)
                                  .annotate("b"_k = F<"a"> * 2)
                                  .values_list<"a", "b">());
    check("filtered by",
          Book::objects.annotate("a"_k = F<"pages"> % 100).filter("a__gt"_k = 50).values_list<"pk", "a">());
    check("ordered by",
          Book::objects.annotate("a"_k = F<"pages"> % 100).order_by<"-a", "pk">().values_list<"pk", "a">());
    check("alias", Book::objects.alias("a"_k = F<"pages"> % 100)
                       .filter("a"_k = 25)
                       .order_by<"pk">()
                       .values_list<"pk">());
    check("count", authors.annotate("n"_k = count<"books">).values_list<"pk", "n">());
    check("count of many to many",
          Book::objects.order_by<"pk">().annotate("n"_k = count<"tags">).values_list<"pk", "n">());
    check("sum over many", authors.annotate("s"_k = sum<"books__pages">).values_list<"pk", "s">());
    check("having", authors.annotate("n"_k = count<"books">).filter("n__gt"_k = 6).values_list<"pk", "n">());
    check("having and where", authors.annotate("n"_k = count<"books">)
                                  .filter("n__gt"_k = 4, "rating__gt"_k = 1)
                                  .values_list<"pk", "n">());
    check("ordered by a count",
          Author::objects.annotate("n"_k = count<"books">).order_by<"-n", "pk">().values_list<"pk">());
    check("filtered aggregate",
          authors.annotate("n"_k = count<"books">.filter("books__stars"_k = 5)).values_list<"pk", "n">());
    check("aggregate of counts",
          [] { return Author::objects.annotate("n"_k = count<"books">).aggregate(max<"n">); });
    check("groups", Book::objects.order_by<"stars">().values<"stars">().annotate("n"_k = count<"pk">));
    check("groups over a relation",
          Book::objects.order_by<"author__country">().values<"author__country">().annotate(
              "n"_k = count<"pk">, "s"_k = sum<"pages">));
    check("groups, having", Book::objects.order_by<"pages">()
                                .values<"pages">()
                                .annotate("n"_k = count<"pk">)
                                .filter("n__gt"_k = 20));
}

void check_combined() {
    const auto low = Book::objects.order_by().filter("pages__lt"_k = 100).values_list<"pk">();
    const auto good = Book::objects.order_by().filter("stars__gt"_k = 3).values_list<"pk">();
    check("union", low.union_(good));
    check("union all", low.union_all(good));
    check("intersection", low.intersection(good));
    check("difference", low.difference(good));
    check("union ordered", low.union_(good).order_by<"pk">());
    check("union sliced", low.union_(good).order_by<"-pk">()[orm::slice(3, 9)]);
    check("union counted", [&] { return low.union_(good).count(); });
    check("distinct on",
          Book::objects.order_by<"author_id", "-pages", "pk">().distinct<"author">().values_list<"pk">());
    check("distinct on two", Book::objects.order_by<"binding", "stars", "pk">()
                                 .distinct<"binding", "stars">()
                                 .values_list<"pk">());
}

}  // namespace

void check_annotated() {
    begin_topic("annotations");
    check_annotations();
    check_combined();
}

}  // namespace oracle
