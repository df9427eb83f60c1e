// Rows of a model with annotations beside their columns; names of annotations in later clauses.
#include "oracle.hpp"

#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/cast.hpp>

using orm::Case, orm::Coalesce, orm::count, orm::F, orm::Q, orm::sum, orm::When;

namespace oracle {

namespace {

void check_rows_of_models() {
    const auto books = Book::objects.order_by<"pk">();
    const auto authors = Author::objects.order_by<"pk">();
    check("expression", books.annotate("twice"_k = F<"pages"> * 2));
    check("nullable expression", books.annotate("more"_k = F<"stars"> + 1));
    check("two at once", books.annotate("a"_k = F<"pages"> + 1, "b"_k = F<"a"> * 2));
    check("two in a chain", books.annotate("a"_k = F<"pages"> + 1).annotate("b"_k = F<"a"> - F<"pages">));
    check("related column", books.annotate("who"_k = F<"author__name">));
    check("nullable related column", books.annotate("who"_k = F<"editor__name">));
    check("column two hops away", books.annotate("where"_k = F<"editor__country__name">));
    check("key", books.annotate("of"_k = F<"sequel_of__author">));
    check("transform", books.annotate("year"_k = F<"published__year">));
    check("element of an array", books.annotate("word"_k = F<"keywords__0">));
    check("array", books.annotate("words"_k = F<"keywords">));
    check("value", books.annotate("seven"_k = 7, "word"_k = "it's"));
    check("moment", books.annotate("at"_k = F<"checked">));
    check("uuid", books.annotate("same"_k = F<"isbn">));
    check("condition", books.annotate("long"_k = Q("pages__gt"_k = 100)));
    check("condition with NULL", books.annotate("good"_k = Q("stars__gt"_k = 2)));
    check("condition of two", books.annotate("good"_k = Q("stars__gt"_k = 2) || Q("in_print"_k = true)));
    check("negated condition", books.annotate("bad"_k = !Q("stars__gt"_k = 2)));
    check("condition over a relation", books.annotate("ada"_k = Q("editor__name"_k = "Ada")));
    check("isnull", books.annotate("unknown"_k = Q("editor__born__isnull"_k = true)));
    check("comparison", books.annotate("more"_k = F<"pages"> > 100));
    check("case", books.annotate("kind"_k = Case(When("stars__gt"_k = 3, "good")).otherwise("bad")));
    check("case without a default", books.annotate("kind"_k = Case(When("stars__gt"_k = 3, "good"))));
    check("coalesce", books.annotate("name"_k = Coalesce(F<"subtitle">, F<"title">)));
    check("count", authors.annotate("n"_k = count<"books">));
    check("sum", authors.annotate("n"_k = sum<"books__pages">));
    check("count of a row's own", authors.annotate("n"_k = count<"born">));
    check("count over a key", books.annotate("n"_k = count<"author__students">));
    check("text key", Country::objects.order_by<"pk">().annotate("n"_k = count<"authors">));
    check("in the model's order", Book::objects.annotate("n"_k = count<"tags">));
    check("of none", Book::objects.none().annotate("n"_k = count<"tags">));
    check("of a count", authors.annotate("n"_k = count<"books">).annotate("m"_k = F<"n"> * 10 + F<"id">));
    check("of two counts over one relation",
          authors.annotate("n"_k = count<"books">, "s"_k = sum<"books__stars">)
              .annotate("mean"_k = F<"s"> * 100 / orm::NullIf(F<"n">, 0)));
    check("condition on a count", authors.annotate("n"_k = count<"books">).annotate("many"_k = F<"n"> > 6));
    check("case of a count",
          authors.annotate("n"_k = count<"books">)
              .annotate("kind"_k =
                            Case(When("n"_k = 0, "none"), When("n__lt"_k = 7, "few")).otherwise("many")));
}

void check_names() {
    const auto books = Book::objects.order_by<"pk">();
    const auto twice = books.annotate("a"_k = F<"stars"> * 2);
    check("filter", twice.filter("a"_k = 6));
    check("filter gt", twice.filter("a__gt"_k = 4));
    check("filter in", twice.filter("a__in"_k = {2, 8}));
    check("filter range", twice.filter("a__range"_k = std::pair(2, 6)));
    check("filter isnull", twice.filter("a__isnull"_k = true));
    check("filter by another", twice.filter("a__lt"_k = F<"pages">));
    check("filter or", twice.filter(Q("a"_k = 6) || Q("pages"_k = 25)));
    check("filter not", twice.filter(!Q("a"_k = 6)));
    check("exclude", twice.exclude("a"_k = 6));
    check("exclude isnull", twice.exclude("a__isnull"_k = true));
    check("exclude or", twice.exclude(Q("a"_k = 6) || Q("pages__gt"_k = 100)));
    check("column equal to it", twice.filter("pages__gt"_k = F<"a"> * 10));
    check("column of F", books.annotate("b"_k = F<"stars">).exclude("b"_k = 3));
    check("related column, excluded", books.annotate("who"_k = F<"editor__name">).exclude("who"_k = "Ada"));
    check("related column, filtered", books.annotate("who"_k = F<"editor__name">).filter("who"_k = "Ada"));
    check("related column, or",
          books.annotate("who"_k = F<"editor__name">).filter(Q("who"_k = "Ada") || Q("pages"_k = 25)));
    check("icontains", books.annotate("who"_k = F<"author__name">).filter("who__icontains"_k = "a"));
    check("condition filtered", books.annotate("long"_k = Q("pages__gt"_k = 100)).filter("long"_k = true));
    check("condition excluded", books.annotate("long"_k = Q("pages__gt"_k = 100)).exclude("long"_k = true));
    check("order", Book::objects.annotate("a"_k = F<"stars"> * 2).order_by<"-a", "pk">());
    check("order, NULLs last",
          Book::objects.annotate("a"_k = F<"stars"> * 2).order_by(F<"a">.desc().nulls_last(), F<"pk">.asc()));
    check("order reversed", Book::objects.annotate("a"_k = F<"stars"> * 2).order_by<"a", "pk">().reverse());
    check("sliced", twice.filter("a__gt"_k = 2)[orm::slice(3, 9)]);
    check("first", [&] { return twice.filter("a"_k = 6).first(); });
    check("last", [&] { return twice.filter("a"_k = 6).last(); });
    check("get", [&] { return twice.get("pk"_k = 9); });
    check("get by it", [&] { return twice.get("a"_k = 6); });
    check("get nothing", [&] { return twice.get("a"_k = 7); });
    check("earliest", [&] { return twice.earliest<"a", "pk">(); });
    check("latest", [&] { return twice.filter("a__isnull"_k = false).latest<"a", "pk">(); });
    check("latest by a count",
          [] { return Author::objects.annotate("n"_k = count<"books">).latest<"n", "pk">(); });
    check("earliest by a count",
          [] { return Author::objects.annotate("n"_k = count<"books">).earliest<"n", "-pk">(); });
    check("first by a count",
          [] { return Author::objects.annotate("n"_k = count<"books">).order_by<"-n", "pk">().first(); });
    check("position", [&] { return twice[11]; });
    check("how many", [&] { return twice.count(); });
    check("how many filtered", [&] { return twice.filter("a"_k = 6).count(); });
    check("exists", [&] { return twice.filter("a"_k = 6).exists(); });
    check("exists not", [&] { return twice.filter("a"_k = 7).exists(); });
    check("distinct", twice.distinct());
    check("alias", books.alias("a"_k = F<"stars"> * 2).filter("a"_k = 6));
    check("alias of an alias",
          books.alias("a"_k = F<"stars"> * 2).alias("b"_k = F<"a"> + 1).filter("b"_k = 7));
    check("annotation of an alias", books.alias("a"_k = F<"stars"> * 2).annotate("b"_k = F<"a"> + 1));
    check("alias in an order", Book::objects.alias("a"_k = F<"stars"> * 2).order_by<"-a", "pk">());
    check("alias of a count",
          Author::objects.order_by<"pk">().alias("n"_k = count<"books">).filter("n__gt"_k = 6));
    check("alias of a count, in an order",
          Author::objects.alias("n"_k = count<"books">).order_by<"-n", "pk">());
    check("values of an expression", books.values<"pk">("a"_k = F<"stars"> * 2));
    check("values of expressions only", books.values("a"_k = F<"stars"> * 2, "b"_k = F<"pages"> + 1));
    check("values of a related expression", books.values_list<"title">("who"_k = F<"editor__name">));
    check("values of it, replaced", twice.values<"pk", "a">().values<"a">());
    check("values without it, filtered", twice.values_list<"pk">().filter("a"_k = 6));
    check("distinct values of it",
          Book::objects.order_by().annotate("a"_k = F<"pages"> % 100).values_list<"a">().distinct());
}

void check_changes() {
    check_write("update by it", [] {
        return Book::objects.annotate("a"_k = F<"stars"> * 2).filter("a"_k = 6).update("pages"_k = 1);
    });
    check_write("update to it",
                [] { return Book::objects.annotate("a"_k = F<"pages"> * 2).update("pages"_k = F<"a"> + 1); });
    check_write("update by an alias", [] {
        return Book::objects.alias("a"_k = F<"pages"> % 100).filter("a"_k = 25).update("stars"_k = 1);
    });
    check_write("update by a count", [] {
        return Author::objects.annotate("n"_k = count<"books">)
            .filter("n__gt"_k = 6)
            .update("rating"_k = 9.5);
    });
    check_write("delete by it",
                [] { return Review::objects.annotate("a"_k = F<"score"> * 2).filter("a"_k = 6).delete_(); });
    check_write("delete by a count", [] {
        return Tag::objects.annotate("n"_k = count<"books">).filter("n__gt"_k = 45).delete_();
    });
}

}  // namespace

void check_rows_with_annotations() {
    begin_topic("rows");
    check_rows_of_models();
    check_names();
    check_changes();
}

}  // namespace oracle
