// What a query does not send, and what it makes of that: counts without unused annotations, the first row of
// a sub-query that has several, NULLs in sub-queries, columns that are not loaded.
#include "oracle.hpp"

#include <asynchrormous/query/functions.hpp>
#include <asynchrormous/query/subquery.hpp>
#include <asynchrormous/query/window.hpp>

using orm::count, orm::Exists, orm::F, orm::max, orm::OuterRef, orm::Q, orm::Subquery, orm::sum;

namespace oracle {

namespace {

template <class Rows>
void counted(std::string_view name, const Rows& rows) {
    check(name, [&] { return rows.count(); });
    check("exists: " + std::string(name), [&] { return rows.exists(); });
}

auto own() { return Book::objects.filter("author"_k = OuterRef<"pk">); }

void check_counts() {
    const auto& authors = Author::objects;
    const auto n = [](const auto& rows) { return rows.annotate("n"_k = count<"books">); };
    counted("an unused count", n(authors));
    counted("an unused count of filtered rows", n(authors.filter("rating__gt"_k = 1.0)));
    counted("an unused count behind its relation", n(authors.filter("books__stars__gt"_k = 2)));
    counted("an unused count before its relation", n(authors).filter("books__stars__gt"_k = 2));
    counted("an unused count and an excluded relation", n(authors).exclude("books__stars__gt"_k = 2));
    counted("two unused counts", n(authors).annotate("m"_k = count<"reviews">));
    counted("an unused count beside one that is used",
            n(authors).annotate("m"_k = count<"reviews">).filter("m__gt"_k = 2));
    counted("a count in a condition", n(authors).filter("n__gt"_k = 3));
    counted("a count in a negated condition", n(authors).exclude("n__gt"_k = 3));
    counted("a count of the other side in a condition",
            n(authors).filter(Q("n__gt"_k = 3) || Q("rating__gt"_k = 2.0)));
    counted("a count in another annotation", n(authors).annotate("m"_k = F<"n"> + 1));
    counted("a count in another annotation that is used",
            n(authors).annotate("m"_k = F<"n"> + 1).filter("m__gt"_k = 4));
    counted("a count that orders", n(authors).order_by<"-n">());
    counted("a column over many", authors.annotate("p"_k = F<"books__pages">));
    counted("a column over many behind a filter over it",
            authors.filter("books__pages__gt"_k = 100).annotate("p"_k = F<"books__pages">));
    counted("a column over many and a count", n(authors.annotate("p"_k = F<"books__pages">)));
    counted("a column over one", Book::objects.annotate("p"_k = F<"editor__rating">));
    counted("a function", Book::objects.annotate("p"_k = orm::Lower(F<"title">)));
    counted("a sub-query", authors.annotate("p"_k = Subquery(own().order_by<"pk">().values<"title">())));
    counted(
        "a sub-query that is used",
        authors.annotate("p"_k = Subquery(own().order_by<"pk">().values<"pages">())).filter("p__gt"_k = 100));
    counted("Exists", authors.annotate("p"_k = Exists(own().filter("stars"_k = 5))));
    counted("a window", Book::objects.annotate("r"_k = orm::Window(orm::Rank()).order_by<"pages">()));
    counted("distinct rows", authors.annotate("p"_k = F<"books__stars">).distinct());
    counted("distinct values", authors.annotate("p"_k = F<"books__stars">).values<"p">().distinct());
    counted("a slice", n(authors).order_by<"pk">()[orm::slice(3, 9)]);
    counted("a slice beyond the end", n(authors).order_by<"pk">()[orm::slice(5, 1000)]);
    counted("groups", Book::objects.order_by().values<"stars">().annotate("n"_k = count<>));
    counted("groups under a condition",
            Book::objects.order_by().values<"stars">().annotate("n"_k = count<>).filter("n__gt"_k = 5));
    counted("groups, the count left out",
            Book::objects.order_by().values<"stars">().annotate("n"_k = count<>).values<"stars">());
    counted("values of annotated rows", n(authors).values<"name">());
    counted("an alias", authors.alias("n"_k = count<"books">));
    counted("none", n(authors.none()));
    check("aggregate beside an unused count", [&] { return n(authors).aggregate(max<"rating">); });
    check("aggregate of a count", [&] { return n(authors).aggregate(sum<"n">); });
}

// Here what is compared is the first row, or NULL; several rows are no error.
void check_first_rows() {
    const auto longest = own().order_by<"-pages", "pk">();
    const auto keys = [](const auto& rows) {
        return rows.template order_by<"pk">().template values_list<"pk">();
    };
    check("Subquery of several rows",
          Author::objects.order_by<"pk">().values_list<"pk">("a"_k = Subquery(longest.values<"title">())));
    check("greater than several rows",
          keys(Book::objects.filter(
              "pages__gt"_k =
                  Book::objects.filter("stars"_k = 1).order_by<"-pages", "pk">().values<"pages">())));
    check("equal to several rows",
          keys(Book::objects.filter("pages"_k = Book::objects.order_by<"-pages", "pk">().values<"pages">())));
    check("equal to no row",
          keys(Book::objects.filter("pages"_k = Book::objects.filter("pages__lt"_k = -1).values<"pages">())));
    check(
        "exclude what is equal to no row",
        keys(Book::objects.exclude("pages"_k = Book::objects.filter("pages__lt"_k = -1).values<"pages">())));
    check("Subquery of one row", Author::objects.order_by<"pk">().values_list<"pk">(
                                     "a"_k = Subquery(longest.values<"title">()[orm::slice(0, 1)])));
}

void check_nulls_of_subqueries() {
    const auto keys = [](const auto& rows) {
        return rows.template order_by<"pk">().template values_list<"pk">();
    };
    const auto editors = Book::objects.filter("pk__lt"_k = 30).values<"editor">();
    check("in with NULLs", keys(Author::objects.filter("pk__in"_k = editors)));
    check("not in with NULLs", keys(Author::objects.filter(!Q("pk__in"_k = editors))));
    check("not (in with NULLs or another)",
          keys(Author::objects.exclude(Q("pk__in"_k = editors) || Q("rating__gt"_k = 3.0))));
    check("not (in with NULLs and another)",
          keys(Author::objects.exclude(Q("pk__in"_k = editors) && Q("rating__gt"_k = 3.0))));
    check("NULL in a list with NULLs", keys(Book::objects.filter("editor__in"_k = editors)));
    check("NULL not in a list without NULLs",
          keys(Book::objects.exclude("editor__in"_k = Author::objects.filter("rating__gt"_k = 3.0))));
    check("NULL not in a list of nothing",
          keys(Book::objects.exclude("editor__in"_k = Author::objects.filter("rating__gt"_k = 1e9))));
    check("not Exists where NULL would be",
          keys(Author::objects.filter(!Exists(Book::objects.filter("editor"_k = OuterRef<"pk">)))));
    const auto rated = Author::objects.alias("a"_k = Subquery(own().order_by<"pk">().values<"stars">()));
    check("annotation that is NULL", keys(rated.filter("a__isnull"_k = true)));
    check("annotation that is not NULL", keys(rated.exclude("a__isnull"_k = true)));
    check("exclude an annotation", keys(rated.exclude("a"_k = 3)));
    check("exclude an annotation in a list", keys(rated.exclude("a__in"_k = {1, 2})));
    check("order by an annotation that is NULL", rated.order_by<"a", "pk">().values_list<"pk">());
}

void check_columns() {
    check("only", Book::objects.order_by<"pk">().only<"title">().values_list<"pk", "title">());
    check("only, each row", [] {
        std::vector<std::tuple<std::int64_t, std::string>> out;
        for (const auto& each : Book::objects.order_by<"pk">().only<"title">())
            out.emplace_back(each["id"_k], each["title"_k]);
        return out;
    });
    check("only of a related row", [] {
        std::vector<std::tuple<std::string, std::string>> out;
        for (const auto& each : Book::objects.order_by<"pk">().only<"title", "author__name">())
            out.emplace_back(each["title"_k], each["author__name"_k]);
        return out;
    });
    check("defer", [] {
        std::vector<std::tuple<std::int64_t, std::string, int>> out;
        for (const auto& each : Book::objects.order_by<"pk">().defer<"subtitle", "keywords">())
            out.emplace_back(each["id"_k], each["title"_k], each["pages"_k]);
        return out;
    });
    check("only, counted", [] { return Book::objects.only<"title">().count(); });
    check("only, filtered by another", [] {
        std::vector<std::string> out;
        for (const auto& each : Book::objects.only<"title">().filter("stars__gt"_k = 3).order_by<"pk">())
            out.push_back(each["title"_k]);
        return out;
    });
    check("prefetched afterwards", [] {
        std::vector<Author> authors = Author::objects.order_by<"pk">().rows();
        Author::objects.prefetch_related_objects<"books">(authors);
        std::vector<std::int64_t> out;
        for (const Author& each : authors) out.push_back(static_cast<std::int64_t>(each.books.size()));
        return out;
    });
}

}  // namespace

void check_left_out() {
    begin_topic("left_out");
    check_counts();
    check_first_rows();
    check_nulls_of_subqueries();
    check_columns();
}

}  // namespace oracle
