#include "oracle.hpp"

using orm::avg, orm::count, orm::max, orm::min, orm::sum;

namespace oracle {

void check_aggregates() {
    begin_topic("aggregates");
    check("count", [] { return Book::objects.aggregate(count<>); });
    check("count of a nullable", [] { return Book::objects.aggregate(count<"stars">); });
    check("count distinct", [] { return Book::objects.aggregate(count<"stars">.distinct()); });
    check("count of related",
          [] { return Book::objects.aggregate(count<"editor__country__name">.distinct()); });
    check("sum", [] { return Book::objects.aggregate(sum<"pages">); });
    check("sum of a nullable", [] { return Book::objects.aggregate(sum<"stars">); });
    check("sum distinct", [] { return Book::objects.aggregate(sum<"pages">.distinct()); });
    check("sum of doubles", [] { return Book::objects.aggregate(sum<"price">); });
    check("avg", [] { return Book::objects.aggregate(avg<"pages">); });
    check("avg of a nullable", [] { return Book::objects.aggregate(avg<"stars">); });
    check("avg of related", [] { return Book::objects.aggregate(avg<"author__rating">); });
    check("min", [] { return Book::objects.aggregate(min<"published">); });
    check("max", [] { return Book::objects.aggregate(max<"checked">); });
    check("max of a text", [] { return Book::objects.aggregate(max<"title">); });
    check("min of related", [] { return Book::objects.aggregate(min<"editor__name">); });
    check("several", [] {
        return Book::objects.aggregate("n"_k = count<>, "most"_k = max<"pages">, "mean"_k = avg<"price">,
                                       "whole"_k = sum<"stars">);
    });
    check("filtered", [] { return Book::objects.filter("stars__gt"_k = 2).aggregate(sum<"pages">); });
    check("filtered over a hop",
          [] { return Book::objects.filter("editor__name"_k = "Ada").aggregate(sum<"pages">); });
    check("excluded", [] { return Book::objects.exclude("editor__name"_k = "Ada").aggregate(sum<"pages">); });
    check("of a slice",
          [] { return Book::objects.order_by<"pages", "pk">()[orm::slice(5, 15)].aggregate(sum<"stars">); });
    check("of a slice, several", [] {
        return Book::objects.order_by<"-pages", "pk">()[orm::slice(0, 20)].aggregate("n"_k = count<"stars">,
                                                                                     "most"_k = max<"title">);
    });
    check("of distinct values",
          [] { return Book::objects.order_by().values_list<"pages">().distinct().aggregate(sum<"pages">); });
    check("of a slice, filtered", [] {
        return Book::objects.order_by<"pk">()[orm::slice(5, 105)].aggregate(
            "a"_k = count<>.filter("pages__gt"_k = 100),
            "b"_k = sum<"pages">.filter("stars__isnull"_k = true),
            "c"_k = count<"stars">.filter(orm::Q("stars"_k = 1) ||
                                          !orm::Q("pages__range"_k = std::pair(50, 200))));
    });
    check("of a slice, filtered over a relation", [] {
        return Book::objects.order_by<"pk">()[orm::slice(5, 105)].aggregate(
            sum<"pages">.filter("editor__name__icontains"_k = "a"));
    });
    check("of distinct rows, filtered", [] {
        return Book::objects.filter("tags__pk__lt"_k = 4)
            .distinct()
            .aggregate(count<>.filter("in_print"_k = true));
    });
    check("over no rows", [] {
        return Book::objects.filter("pages"_k = 1)
            .aggregate("n"_k = count<>, "s"_k = sum<"pages">, "a"_k = avg<"pages">, "m"_k = min<"title">);
    });
    check("of none", [] {
        return Book::objects.none().aggregate("n"_k = count<>, "s"_k = sum<"pages">, "m"_k = max<"title">);
    });
    check("of an order that does not matter",
          [] { return Book::objects.order_by<"author__name">().aggregate(max<"pages">); });
}

}  // namespace oracle
