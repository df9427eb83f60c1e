// Slices, and the terminals that give one row or none.
#include "oracle.hpp"

namespace oracle {

namespace {

using orm::slice;

orm::queryset<Book> by_pages() { return Book::objects.order_by<"pages", "pk">(); }

void check_slices() {
    check("first ten", by_pages()[slice(0, 10)]);
    check("from the fifth", by_pages()[slice(5)]);
    check("the middle", by_pages()[slice(10, 20)]);
    check("of a slice", by_pages()[slice(10, 20)][slice(2, 5)]);
    check("of a slice, beyond it", by_pages()[slice(10, 20)][slice(8, 15)]);
    check("of a slice, outside", by_pages()[slice(10, 20)][slice(12, 15)]);
    check("open of a slice", by_pages()[slice(10, 20)][slice(7)]);
    check("twice open", by_pages()[slice(100)][slice(100)]);
    check("empty", by_pages()[slice(5, 5)]);
    check("beyond the end", by_pages()[slice(1000, 1010)]);
    check("limit and offset", by_pages().offset(3).limit(4));
    check("reversed, then sliced", by_pages().reverse()[slice(0, 7)]);
    check("filtered, then sliced", by_pages().filter("stars__gt"_k = 2)[slice(3, 8)]);
    check("values of a slice", by_pages()[slice(3, 8)].values<"pages", "title">());
    check("distinct, then sliced",
          Book::objects.order_by<"pages">().values_list<"pages">().distinct()[slice(2, 5)]);
    check("none sliced", Book::objects.none()[slice(0, 3)]);
}

void check_terminals() {
    check("position", [] { return by_pages()[7]; });
    check("position of a slice", [] { return by_pages()[slice(10, 20)][3]; });
    check("get", [] { return Book::objects.get("pk"_k = 9); });
    check("get over a hop", [] { return Author::objects.filter("mentor__pk"_k = 1).get("pk__lt"_k = 0); });
    check("get nothing", [] { return Book::objects.get("pk"_k = 100000); });
    check("get several", [] { return Book::objects.get("pages"_k = 25); });
    check("get of none", [] { return Book::objects.none().get(); });
    check("first", [] { return by_pages().first(); });
    check("first of the model's order", [] { return Book::objects.first(); });
    check("first unordered", [] { return Book::objects.order_by().first(); });
    check("first of an unordered model", [] { return Author::objects.filter("rating__gt"_k = 1).first(); });
    check("first of nothing", [] { return Book::objects.filter("pages"_k = 1).first(); });
    check("first of a slice", [] { return by_pages()[slice(5, 9)].first(); });
    check("last", [] { return by_pages().last(); });
    check("last of the model's order", [] { return Book::objects.last(); });
    check("last unordered", [] { return Author::objects.last(); });
    check("last of nothing", [] { return Book::objects.filter("pages"_k = 1).last(); });
    check("earliest",
          [] { return Book::objects.filter("published__isnull"_k = false).earliest<"published", "pk">(); });
    check("earliest descending", [] { return Book::objects.earliest<"-pages", "pk">(); });
    check("earliest with NULLs", [] { return Book::objects.earliest<"stars", "pk">(); });
    check("latest", [] { return Book::objects.latest<"pages", "pk">(); });
    check("latest with NULLs", [] { return Book::objects.latest<"stars", "pk">(); });
    check("latest over a hop", [] { return Book::objects.latest<"author__name", "pk">(); });
    check("latest of nothing", [] { return Book::objects.filter("pages"_k = 1).latest<"pages">(); });
    check("first of values", [] { return by_pages().values<"pages", "author__name">().first(); });
    check("get of values",
          [] { return Book::objects.filter("pk"_k = 9).values_list<"title", "pages">().get(); });
}

void check_counts() {
    check("count", [] { return Book::objects.count(); });
    check("count filtered", [] { return Book::objects.filter("stars"_k = 3).count(); });
    check("count excluded",
          [] { return Book::objects.exclude("editor__country__name"_k = "Congo").count(); });
    check("count of a slice", [] { return by_pages()[slice(230, 260)].count(); });
    check("count of an empty slice", [] { return by_pages()[slice(5, 5)].count(); });
    check("count of none", [] { return Book::objects.none().count(); });
    check("count distinct",
          [] { return Book::objects.order_by().values_list<"pages">().distinct().count(); });
    check("count distinct, ordered by another",
          [] { return Book::objects.order_by<"title">().values_list<"pages">().distinct().count(); });
    check("count distinct with NULLs",
          [] { return Book::objects.order_by().values_list<"stars", "in_print">().distinct().count(); });
    check("exists", [] { return Book::objects.filter("stars"_k = 3).exists(); });
    check("exists not", [] { return Book::objects.filter("stars"_k = 9).exists(); });
    check("exists of a slice", [] { return by_pages()[slice(239, 245)].exists(); });
    check("exists beyond the end", [] { return by_pages()[slice(240, 245)].exists(); });
    check("exists of none", [] { return Book::objects.none().exists(); });
    check("exists of an empty slice", [] { return by_pages()[slice(3, 3)].exists(); });
}

}  // namespace

void check_slicing() {
    begin_topic("slicing");
    check_slices();
    check_terminals();
    check_counts();
}

}  // namespace oracle
