// FilteredRelation: relations that are joined on a condition.
#include "oracle.hpp"

#include <asynchrormous/query/filtered_relation.hpp>
#include <asynchrormous/query/subquery.hpp>

using orm::count, orm::F, orm::FilteredRelation, orm::max, orm::OuterRef, orm::Q, orm::sum;

namespace oracle {

namespace {

auto long_books() {
    return Author::objects.annotate("long"_k = FilteredRelation<"books">(Q("books__pages__gt"_k = 100)));
}
auto rated_editors() {
    return Book::objects.annotate("rated"_k = FilteredRelation<"editor">(Q("editor__rating__gt"_k = 1)));
}
auto rated_authors() {
    return Book::objects.annotate("old"_k =
                                      FilteredRelation<"author">(Q("author__rating__isnull"_k = false)));
}
auto tagged() {
    return Book::objects.annotate("a_tag"_k = FilteredRelation<"tags">(Q("tags__name__contains"_k = "a")));
}
auto books_of_countries() {
    return Country::objects.annotate(
        "long"_k = FilteredRelation<"authors__books">(Q("authors__books__pages__gt"_k = 100)));
}

void check_filters() {
    const auto rows = long_books();
    check("joined to nothing", rows);
    check("filter", rows.filter("long__title__contains"_k = "e"));
    check("filter by two", rows.filter("long__title__contains"_k = "e", "long__stars__gt"_k = 2));
    check("filter twice", rows.filter("long__title__contains"_k = "e").filter("long__stars__gt"_k = 2));
    check("isnull", rows.filter("long__isnull"_k = true));
    check("not isnull", rows.filter("long__isnull"_k = false));
    check("is a row", rows.filter("long"_k = 7));
    check("in", rows.filter("long__in"_k = {3, 4, 5, 6, 7}));
    check("in a QuerySet", rows.filter("long__in"_k = Book::objects.filter("stars"_k = 5)));
    check("or", rows.filter(Q("long__stars"_k = 5) || Q("name__startswith"_k = "A")));
    check("not", rows.filter(!Q("long__stars"_k = 5)));
    check("beyond", rows.filter("long__editor__name__startswith"_k = "A"));
    check("beyond isnull", rows.filter("long__editor__isnull"_k = true));
    check("transform", rows.filter("long__published__year__gt"_k = 1990));
    check("compared with a column", rows.filter("long__stars__lt"_k = F<"long__pages">));
    check("F", rows.filter(F<"long__pages"> > F<"rating">));
}

void check_excludes() {
    const auto rows = long_books();
    check("exclude", rows.exclude("long__title__contains"_k = "e"));
    check("exclude a nullable", rows.exclude("long__stars"_k = 5));
    check("exclude two", rows.exclude("long__title__contains"_k = "e", "long__stars"_k = 5));
    check("exclude or", rows.exclude(Q("long__stars"_k = 5) || Q("name__startswith"_k = "A")));
    check("exclude isnull", rows.exclude("long__isnull"_k = true));
    check("exclude not isnull", rows.exclude("long__isnull"_k = false));
    check("exclude after filter",
          rows.filter("long__stars__gt"_k = 1).exclude("long__title__contains"_k = "e"));
    check("exclude beyond", rows.exclude("long__editor__name__startswith"_k = "A"));
}

void check_rows() {
    const auto rows = long_books();
    check("values", rows.order_by<"pk", "long__pk">().values_list<"pk", "long__title", "long__stars">());
    check("values of the rows", rows.order_by<"pk", "long__pk">().values_list<"pk", "long">());
    check("ordered", rows.filter("long__isnull"_k = false)
                         .order_by<"-long__pages", "long__pk">()
                         .values_list<"pk", "long__pages">());
    check("annotation", rows.annotate("twice"_k = F<"long__pages"> * 2).values_list<"pk", "twice">());
    check("count", rows.annotate("n"_k = count<"long">).order_by<"pk">().values_list<"pk", "n">());
    check("count of the others", rows.annotate("n"_k = count<"long">).filter("n"_k = 0).values_list<"pk">());
    check("sum", rows.annotate("n"_k = sum<"long__pages">).order_by<"pk">().values_list<"pk", "n">());
    check("groups",
          rows.values<"long__stars">().annotate("n"_k = count<"pk">).values_list<"long__stars", "n">());
    check("how many", [&] { return rows.filter("long__stars__gt"_k = 1).count(); });
    check("aggregate", [&] { return rows.aggregate(max<"long__pages">); });
    check("seen from inside",
          rows.filter(orm::Exists(Review::objects.filter("book"_k = OuterRef<"long__pk">)))
              .values_list<"pk", "long__pk">());
    check("distinct", rows.filter("long__stars__gt"_k = 1).distinct());
}

void check_conditions() {
    const auto starred =
        Author::objects.annotate("good"_k = FilteredRelation<"books">(Q("books__stars__gt"_k = 2) ||
                                                                      Q("books__title__startswith"_k = "S")));
    check("condition with or", starred.values_list<"pk", "good__title">());
    check("condition with or, excluded", starred.exclude("good__pages__gt"_k = 100));
    check("two of them", long_books()
                             .annotate("short"_k = FilteredRelation<"books">(Q("books__pages__lte"_k = 100)))
                             .filter("long__stars__gt"_k = 1, "short__isnull"_k = false));
    check("beside the relation itself",
          long_books().filter("long__stars__gt"_k = 3, "books__pages__lt"_k = 50));
    check(
        "named by the model",
        Author::objects.annotate("own"_k = FilteredRelation<"books">("books__pages__gt"_k = F<"rating"> * 50))
            .values_list<"pk", "own__pages">());
    check("negated condition",
          Author::objects.annotate("other"_k = FilteredRelation<"books">(!Q("books__stars"_k = 5)))
              .values_list<"pk", "other">());
}

void check_paths() {
    check("key", rated_editors().values_list<"pk", "rated__name">());
    check("key filter", rated_editors().filter("rated__name__contains"_k = "a"));
    check("key isnull", rated_editors().filter("rated__isnull"_k = true));
    check("key exclude", rated_editors().exclude("rated__name__contains"_k = "a"));
    check("key that is never NULL", rated_authors().values_list<"pk", "old__name">());
    check("key that is never NULL, isnull", rated_authors().filter("old__isnull"_k = true));
    check("beyond a key", rated_editors().filter("rated__country__name__contains"_k = "a"));
    check("many to many", tagged().filter("a_tag__isnull"_k = false).values_list<"pk", "a_tag__name">());
    check("many to many, excluded", tagged().exclude("a_tag__name__startswith"_k = "a"));
    check("two relations away", books_of_countries().values_list<"pk", "long__pages">());
    check("two relations away, filter", books_of_countries().filter("long__stars"_k = 5));
    check("two relations away, excluded", books_of_countries().exclude("long__stars"_k = 5));
}

}  // namespace

void check_filtered_relations() {
    begin_topic("filtered relations");
    check_filters();
    check_excludes();
    check_rows();
    check_conditions();
    check_paths();
}

}  // namespace oracle
