// Relations without a column: reverse sides and many-to-many, one row on this side for many on the other.
#include "oracle.hpp"

using orm::F, orm::Q;

namespace oracle {

namespace {

void check_filters() {
    check("reverse", Author::objects.filter("books__pages"_k = 25));
    check("reverse key", Author::objects.filter("books"_k = 17));
    check("reverse key in", Author::objects.filter("books__in"_k = {17, 18, 19}));
    check("reverse pk gt", Author::objects.filter("books__pk__gt"_k = 230));
    check("reverse isnull", Author::objects.filter("books__isnull"_k = true));
    check("reverse not isnull", Author::objects.filter("books__isnull"_k = false));
    check("reverse of a nullable key", Author::objects.filter("edited__title"_k = "Eden"));
    check("reverse to itself", Author::objects.filter("students__name__icontains"_k = "a"));
    check("reverse to itself twice", Author::objects.filter("students__students__rating__gt"_k = 1));
    check("reverse of a text key", Country::objects.filter("authors__rating__gt"_k = 1));
    check("reverse, then reverse", Country::objects.filter("authors__books__stars"_k = 5));
    check("reverse, then forward", Author::objects.filter("books__editor__name"_k = "Ada"));
    check("forward, then reverse", Book::objects.filter("author__edited__stars"_k = 5));
    check("forward nullable, then reverse", Book::objects.filter("editor__books__stars"_k = 5));
    check("many to many", Book::objects.filter("tags__name"_k = "space"));
    check("many to many by key", Book::objects.filter("tags"_k = 2));
    check("many to many in", Book::objects.filter("tags__in"_k = {1, 2}));
    check("many to many isnull", Book::objects.filter("tags__isnull"_k = true));
    check("many to many not isnull", Book::objects.filter("tags__isnull"_k = false));
    check("many to many, a column isnull", Book::objects.filter("tags__name__isnull"_k = true));
    check("many to many, reverse", Tag::objects.filter("books__stars"_k = 4));
    check("many to many, reverse isnull", Tag::objects.filter("books__isnull"_k = true));
    check("many to many over many", Author::objects.filter("books__tags__name"_k = "sea"));
    check("many to many and back", Book::objects.filter("tags__books__pages"_k = 25).distinct());
    check("the table between", Book::objects.filter("book_tags__pk__lt"_k = 30));
    check("transform behind many", Author::objects.filter("books__published__year"_k = 1962));
    check("NULL behind many", Author::objects.filter("books__stars"_k = std::nullopt));
    check("isnull of a column behind many", Author::objects.filter("books__stars__isnull"_k = true));
    check("not isnull of a column behind many", Author::objects.filter("books__stars__isnull"_k = false));
    check("column of many and own column", Author::objects.filter("reviews__score__gt"_k = F<"rating">));
    check("two columns of many", Book::objects.filter("reviews__score"_k = F<"stars">));
    check("columns of the same many", Author::objects.filter("books__pages__gt"_k = F<"books__stars">));
}

void check_together() {
    check("one call, the same row", Author::objects.filter("books__pages"_k = 25, "books__stars__gt"_k = 2));
    check("two calls, any rows",
          Author::objects.filter("books__pages"_k = 25).filter("books__stars__gt"_k = 2));
    check("Q and Q, the same row",
          Author::objects.filter(Q("books__pages"_k = 25) && Q("books__stars__gt"_k = 2)));
    check("two Q in one call", Author::objects.filter(Q("books__pages"_k = 25), Q("books__stars__gt"_k = 2)));
    check("Q or Q", Author::objects.filter(Q("books__pages"_k = 25) || Q("books__stars"_k = 5)));
    check("or of many and own", Author::objects.filter(Q("books__pages"_k = 25) || Q("rating__gt"_k = 2)));
    check("or of two manies", Author::objects.filter(Q("books__pages"_k = 25) || Q("reviews__score"_k = 5)));
    check("and of two manies", Author::objects.filter("books__pages"_k = 25, "reviews__score"_k = 5));
    check("and of many to many twice", Book::objects.filter("tags__name"_k = "sea", "tags__pk"_k = 1));
    check("chain of many to many",
          Book::objects.filter("tags__name"_k = "sea").filter("tags__name"_k = "space"));
    check("chain of three", Author::objects.filter("books__stars"_k = 1)
                                .filter("books__stars"_k = 2)
                                .filter("books__stars"_k = 3));
    check("chain, own between", Author::objects.filter("books__stars"_k = 1)
                                    .filter("name__icontains"_k = "a")
                                    .filter("books__stars"_k = 2));
    check("two hops in one call",
          Author::objects.filter("books__tags__name"_k = "sea", "books__tags__pk__gt"_k = 2));
    check("two hops chained",
          Author::objects.filter("books__tags__name"_k = "sea").filter("books__pages"_k = 25));
    check("distinct", Author::objects.filter("books__stars__gt"_k = 1).distinct());
    check("count with repetition", [] { return Author::objects.filter("books__stars__gt"_k = 1).count(); });
    check("count distinct",
          [] { return Author::objects.filter("books__stars__gt"_k = 1).distinct().count(); });
    check("exists", [] { return Author::objects.filter("books__stars"_k = 9).exists(); });
    check("ordered by many",
          Author::objects.order_by<"books__pages", "pk", "books__pk">().values_list<"pk">());
    check("filtered and ordered by many", Author::objects.filter("books__stars"_k = 5)
                                              .order_by<"books__pages", "pk", "books__pk">()
                                              .values_list<"pk">());
    check("values of many", Author::objects.order_by<"pk">().values_list<"pk", "books__title">());
    check("values of many that is filtered",
          Author::objects.filter("books__stars"_k = 5).values_list<"pk", "books__title", "books__stars">());
    check("values of a many to many", Book::objects.order_by().values_list<"pk", "tags__name">());
    check("values of two manies", Author::objects.filter("pk__lt"_k = 4).values_list<"books", "reviews">());
    check("key of many", Author::objects.order_by().values_list<"pk", "books">());
    check("aggregate over many", [] { return Author::objects.aggregate(orm::sum<"books__pages">); });
    check("aggregate over filtered many",
          [] { return Author::objects.filter("books__stars"_k = 5).aggregate(orm::sum<"books__pages">); });
    check("count over many", [] { return Author::objects.aggregate(orm::count<"books__tags">.distinct()); });
}

void check_negations() {
    check("exclude", Author::objects.exclude("books__pages"_k = 25));
    check("exclude isnull", Author::objects.exclude("books__isnull"_k = true));
    check("exclude not isnull", Author::objects.exclude("books__isnull"_k = false));
    check("exclude key", Author::objects.exclude("books"_k = 17));
    check("exclude key in", Author::objects.exclude("books__in"_k = {17, 18}));
    check("exclude of a nullable key", Author::objects.exclude("edited__pages"_k = 25));
    check("exclude a nullable column", Author::objects.exclude("books__stars"_k = 5));
    check("exclude a nullable column gt", Author::objects.exclude("books__stars__gt"_k = 2));
    check("exclude a column that is NULL", Author::objects.exclude("books__stars__isnull"_k = true));
    check("exclude a column that is not NULL", Author::objects.exclude("books__stars__isnull"_k = false));
    check("exclude NULL", Author::objects.exclude("books__stars"_k = std::nullopt));
    check("exclude two of one row", Author::objects.exclude("books__pages"_k = 25, "books__stars"_k = 5));
    check("exclude two, chained",
          Author::objects.exclude("books__pages"_k = 25).exclude("books__stars"_k = 5));
    check("exclude many to many", Book::objects.exclude("tags__name"_k = "space"));
    check("exclude many to many key", Book::objects.exclude("tags"_k = 2));
    check("exclude many to many isnull", Book::objects.exclude("tags__isnull"_k = true));
    check("exclude many to many not isnull", Book::objects.exclude("tags__isnull"_k = false));
    check("exclude many to many, reverse", Tag::objects.exclude("books__stars"_k = 4));
    check("exclude over two manies", Author::objects.exclude("books__tags__name"_k = "sea"));
    check("exclude reverse to itself", Author::objects.exclude("students__name__icontains"_k = "a"));
    check("exclude reverse, then forward", Author::objects.exclude("books__editor__name"_k = "Ada"));
    check("exclude forward, then reverse", Book::objects.exclude("author__edited__stars"_k = 5));
    check("exclude nullable forward, then reverse", Book::objects.exclude("editor__books__stars"_k = 5));
    check("exclude two hops of text keys", Country::objects.exclude("authors__books__stars"_k = 5));
    check("filter, then exclude",
          Author::objects.filter("books__stars"_k = 5).exclude("books__pages"_k = 25));
    check("exclude, then filter",
          Author::objects.exclude("books__pages"_k = 25).filter("books__stars"_k = 5));
    check("not Q", Author::objects.filter(!Q("books__pages"_k = 25)));
    check("not not Q", Author::objects.filter(!!Q("books__pages"_k = 25)));
    check("exclude not Q", Author::objects.exclude(!Q("books__pages"_k = 25)));
    check("Q and not Q", Author::objects.filter(Q("books__stars"_k = 5) && !Q("books__pages"_k = 25)));
    check("Q or not Q", Author::objects.filter(Q("rating__gt"_k = 2) || !Q("books__pages"_k = 25)));
    check("not (Q and Q)", Author::objects.filter(!(Q("books__pages"_k = 25) && Q("books__stars"_k = 5))));
    check("not (Q or Q)", Author::objects.filter(!(Q("books__pages"_k = 25) || Q("reviews__score"_k = 5))));
    check("exclude own and many", Author::objects.exclude("rating__gt"_k = 1, "books__pages"_k = 25));
    check("exclude many equal to an own column", Book::objects.exclude("reviews__score"_k = F<"stars">));
    check("exclude many with a transform", Author::objects.exclude("books__published__year"_k = 1962));
    check("exclude in nothing", Author::objects.exclude("books__in"_k = std::vector<int>{}));
    check("count excluded", [] { return Author::objects.exclude("books__pages"_k = 25).count(); });
}

void check_relation_writes() {
    check_write("update by many",
                [] { return Author::objects.filter("books__pages"_k = 25).update("rating"_k = 9.5); });
    check_write("update excluding many",
                [] { return Author::objects.exclude("books__pages"_k = 25).update("rating"_k = 9.5); });
    check_write("update by many to many",
                [] { return Book::objects.filter("tags__name"_k = "sea").update("pages"_k = 1); });
    check_write("delete by many", [] { return Book::objects.filter("reviews__score"_k = 5).delete_(); });
    check_write("delete without any", [] { return Book::objects.filter("tags__isnull"_k = true).delete_(); });
    check_write("delete excluding many",
                [] { return Book::objects.exclude("reviews__score"_k = 5).delete_(); });
}

}  // namespace

void check_relations() {
    begin_topic("relations");
    check_filters();
    check_together();
    check_negations();
    check_relation_writes();
}

}  // namespace oracle
