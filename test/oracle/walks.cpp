// descendants<"mentor">() and ancestors<"sequel_of">(): what a walk over a key to the model itself reaches.
#include "oracle.hpp"

#include <asynchrormous/query/subquery.hpp>

using orm::count, orm::F, orm::Q;

namespace oracle {

namespace {

template <class Rows>
auto keys(const Rows& rows) {
    return rows.template order_by<"pk">().template values_list<"pk">();
}

void check_walks_of_authors() {
    const auto authors = Author::objects.all();
    const auto first = authors.filter("pk"_k = 1);
    const auto some = authors.filter("name__icontains"_k = "a");
    check("descendants of one", keys(first.descendants<"mentor">()));
    check("descendants of one and itself", keys(first.descendants_or_self<"mentor">()));
    check("ancestors of one", keys(authors.filter("pk"_k = 40).ancestors<"mentor">()));
    check("ancestors of one and itself", keys(authors.filter("pk"_k = 40).ancestors_or_self<"mentor">()));
    check("descendants of some", keys(some.descendants<"mentor">()));
    check("descendants of some and themselves", keys(some.descendants_or_self<"mentor">()));
    check("ancestors of some", keys(some.ancestors<"mentor">()));
    check("ancestors of some and themselves", keys(some.ancestors_or_self<"mentor">()));
    check("descendants of all", keys(authors.descendants<"mentor">()));
    check("ancestors of all", keys(authors.ancestors<"mentor">()));
    check("descendants of none", keys(authors.none().descendants<"mentor">()));
    check("ancestors of in nothing",
          keys(authors.filter("pk__in"_k = std::vector<int>{}).ancestors_or_self<"mentor">()));
    check("of rows without any", keys(authors.filter("students__isnull"_k = true).descendants<"mentor">()));
    check("of rows filtered over a relation",
          keys(authors.filter("country__name"_k = "Congo").descendants<"mentor">()));
    check("of rows filtered over many", keys(authors.filter("books__stars"_k = 5).ancestors<"mentor">()));
    check("of a slice", keys(Author::objects.order_by<"-pk">()[orm::slice(0, 5)].ancestors<"mentor">()));
    check("of excluded rows", keys(authors.exclude("rating__gt"_k = 1).descendants<"mentor">()));
    check("descendants of ancestors",
          keys(authors.filter("pk"_k = 33).ancestors<"mentor">().descendants<"mentor">()));
}

void check_what_follows() {
    const auto below = Author::objects.filter("pk__in"_k = {1, 2, 3}).descendants<"mentor">();
    check("filtered", keys(below.filter("rating__gt"_k = 1)));
    check("excluded", keys(below.exclude("country"_k = "us")));
    check("filtered over many", keys(below.filter("books__stars"_k = 5).distinct()));
    check("ordered", below.order_by<"-name", "pk">());
    check("sliced", below.order_by<"-pk">()[orm::slice(2, 6)]);
    check("counted", [&] { return below.count(); });
    check("exist", [&] { return below.exists(); });
    check("annotated", below.order_by<"pk">().annotate("n"_k = count<"books">));
    check("aggregated", [&] { return below.aggregate(orm::avg<"rating">); });
    check("values", below.order_by<"pk">().values_list<"name", "mentor__name">());
    check("in a lookup", keys(Book::objects.filter("author__in"_k = below)));
    check("not in a lookup", keys(Book::objects.exclude("author__in"_k = below)));
    check("how many each has",
          Author::objects.order_by<"pk">().annotate(
              "any"_k =
                  orm::Exists(Author::objects.filter("pk"_k = orm::OuterRef<"pk">).descendants<"mentor">())));
    check("the first below each",
          Author::objects.order_by<"pk">().values_list<"pk">(
              "a"_k = orm::Subquery(Author::objects.filter("pk"_k = orm::OuterRef<"pk">)
                                        .descendants<"mentor">()
                                        .order_by<"-pk">()
                                        .values_list<"pk">())));
    check_write("updated", [&] { return below.update("rating"_k = 7.5); });
    check_write("deleted", [] {
        return Review::objects
            .filter("reviewer__in"_k = Author::objects.filter("pk"_k = 1).descendants<"mentor">())
            .delete_();
    });
    check("of books", keys(Book::objects.filter("pk__lt"_k = 10).descendants<"sequel_of">()));
    check("of books, upwards", keys(Book::objects.filter("stars"_k = 5).ancestors<"sequel_of">()));
    check("of books in the model's order",
          Book::objects.filter("pk"_k = 2).descendants_or_self<"sequel_of">());
}

// Rows that lead to themselves: the walk ends.
void check_circles() {
    const auto round = [] {
        Author::objects.filter("pk"_k = 1).update("mentor"_k = 5);
        Author::objects.filter("pk"_k = 5).update("mentor"_k = 9);
        Author::objects.filter("pk"_k = 9).update("mentor"_k = 1);
    };
    check_write("circle: descendants", [&] {
        round();
        return keys(Author::objects.filter("pk"_k = 1).descendants<"mentor">()).rows();
    });
    check_write("circle: ancestors", [&] {
        round();
        return keys(Author::objects.filter("pk"_k = 1).ancestors<"mentor">()).rows();
    });
    check_write("circle: or self", [&] {
        round();
        return keys(Author::objects.filter("pk"_k = 5).ancestors_or_self<"mentor">()).rows();
    });
    check_write("circle of one", [] {
        Author::objects.filter("pk"_k = 4).update("mentor"_k = 4);
        return keys(Author::objects.filter("pk"_k = 4).ancestors<"mentor">()).rows();
    });
}

}  // namespace

void check_walks() {
    begin_topic("walks");
    check_walks_of_authors();
    check_what_follows();
    check_circles();
}

}  // namespace oracle
