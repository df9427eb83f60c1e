// distinct<fields>: the first row of those that are equal in some columns.
#include "oracle.hpp"

#include <asynchrormous/query/subquery.hpp>

using orm::F, orm::Q, orm::slice;

namespace oracle {

namespace {

void check_orders() {
    const auto first = [](const auto& rows) { return rows.template values_list<"pk">(); };
    check("by a key", first(Book::objects.order_by<"author_id", "pk">().distinct<"author">()));
    check("by a key, the longest",
          first(Book::objects.order_by<"author_id", "-pages", "pk">().distinct<"author">()));
    check("by a key, descending",
          first(Book::objects.order_by<"-author_id", "-pages", "pk">().distinct<"author">()));
    check("by a key's column", first(Book::objects.order_by<"author_id", "pk">().distinct<"author_id">()));
    check("by a key's pk", first(Book::objects.order_by<"author__pk", "pk">().distinct<"author__pk">()));
    check("by a nullable", first(Book::objects.order_by<"stars", "pk">().distinct<"stars">()));
    check("by a nullable, descending", first(Book::objects.order_by<"-stars", "-pk">().distinct<"stars">()));
    check("by two",
          first(Book::objects.order_by<"binding", "-stars", "pk">().distinct<"binding", "stars">()));
    check("by two, in another order",
          first(Book::objects.order_by<"stars", "binding", "pk">().distinct<"binding", "stars">()));
    check("by one of two that order",
          first(Book::objects.order_by<"binding", "stars", "pk">().distinct<"binding">()));
    check("by a related column",
          first(Book::objects.order_by<"author__name", "-pages", "pk">().distinct<"author__name">()));
    check("by a nullable related column",
          first(Book::objects.order_by<"editor__name", "pk">().distinct<"editor__name">()));
    check("by a column two hops away", first(Book::objects.order_by<"author__country__name", "title", "pk">()
                                                 .distinct<"author__country__name">()));
    check("by many", Author::objects.order_by<"books__stars", "pk">()
                         .distinct<"books__stars">()
                         .values_list<"pk", "books__stars">());
    check("reversed", first(Book::objects.order_by<"stars", "pk">().distinct<"stars">().reverse()));
    check("by the key itself", first(Book::objects.order_by<"pk">().distinct<"pk">()));
    check(
        "by an annotation",
        first(Book::objects.alias("a"_k = F<"pages"> % 100).order_by<"a", "-pages", "pk">().distinct<"a">()));
    check("rows", Book::objects.order_by<"author_id", "-pages", "pk">().distinct<"author">());
    check("rows with annotations",
          Book::objects.annotate("a"_k = F<"pages"> % 100).order_by<"a", "-pages", "pk">().distinct<"a">());
    check("in the model's order", Country::objects.distinct<"name">());
    check("NULLs first",
          first(Book::objects.order_by(F<"stars">.asc().nulls_first(), F<"pk">.asc()).distinct<"stars">()));
}

void check_followers() {
    const auto firsts = Book::objects.order_by<"author_id", "-pages", "pk">().distinct<"author">();
    check("filtered", firsts.filter("stars__gt"_k = 2).values_list<"pk">());
    check("filtered before", Book::objects.filter(Q("stars"_k = 1) || Q("stars"_k = 2))
                                 .order_by<"author_id", "-pages", "pk">()
                                 .distinct<"author">()
                                 .values_list<"pk">());
    check("filtered over many", Book::objects.filter("tags__name__icontains"_k = "s")
                                    .order_by<"author_id", "-pages", "pk">()
                                    .distinct<"author">());
    check("excluded", firsts.exclude("editor__name"_k = "Ada").values_list<"pk">());
    check("sliced", firsts[slice(3, 8)].values_list<"pk">());
    check("counted", [&] { return firsts.count(); });
    check("filtered, counted", [&] { return firsts.filter("stars__gt"_k = 2).count(); });
    check("slice counted", [&] { return firsts[slice(30, 90)].count(); });
    check("exists", [&] { return firsts.exists(); });
    check("first", [&] { return firsts.first(); });
    check("last", [&] { return firsts.last(); });
    check("position", [&] { return firsts[4]; });
    check("values of others", firsts.values_list<"title", "author__name">());
    check("values of those", Book::objects.order_by<"stars", "binding">()
                                 .distinct<"stars", "binding">()
                                 .values_list<"stars", "binding">());
    check("in",
          Book::objects.filter("pk__in"_k = firsts.values_list<"pk">()).order_by<"pk">().values_list<"pk">());
    check(
        "not in",
        Book::objects.exclude("pk__in"_k = firsts.values_list<"pk">()).order_by<"pk">().values_list<"pk">());
    check("all of them again", Book::objects.order_by<"author_id", "pk">()
                                   .distinct<"author">()
                                   .distinct<"pk">()
                                   .order_by<"pk">()
                                   .values_list<"pk">());
    check_refused("aggregate", [&] { return firsts.aggregate(orm::sum<"pages">); });
    check_refused("update", [&] { return firsts.update("pages"_k = 1); });
    check_refused("delete", [&] { return firsts.delete_(); });
}

}  // namespace

void check_firsts() {
    begin_topic("firsts");
    check_orders();
    check_followers();
}

}  // namespace oracle
