// Rows of some columns: values, values_list, flat ones; distinct.
#include "oracle.hpp"

using orm::Q;

namespace oracle {

void check_values() {
    begin_topic("values");
    const auto books = Book::objects.order_by<"pk">();
    check("one column", books.values<"title">());
    check("several columns", books.values<"pages", "title", "stars">());
    check("in another order", books.values<"stars", "pk", "pages">());
    check("key", books.values<"author", "editor">());
    check("key by its column", books.values<"author_id", "editor_id">());
    check("related column", books.values<"title", "author__name">());
    check("nullable related column", books.values<"editor__name", "editor__country__name">());
    check("related key", books.values<"author__country", "editor__country">());
    check("related pk", books.values<"author__pk", "sequel_of__pk">());
    check("of all types", books.values<"published", "isbn", "keywords", "binding", "in_print", "price">());
    check("moments", books.values<"created", "checked">());
    check("list", books.values_list<"title", "pages">());
    check("list of related columns", books.values_list<"sequel_of__title", "author__country__name">());
    check("flat", books.values_list<"title">());
    check("flat nullable", books.values_list<"stars">());
    check("flat related", books.values_list<"editor__name">());
    check("flat bool", books.values_list<"in_print">());
    check("filtered", books.filter("stars__gt"_k = 2).values_list<"pk", "stars">());
    check("filtered afterwards", books.values_list<"pk", "stars">().filter("pages__gt"_k = 200));
    check("filtered over the hop that is selected",
          books.filter("editor__rating__gt"_k = 1).values_list<"editor__name", "pk">());
    check(
        "selected hop under or",
        books.filter(Q("editor__rating__gt"_k = 1) || Q("pages"_k = 25)).values_list<"editor__name", "pk">());
    check("of the model's order", Book::objects.values_list<"pk">());
    check("ordered afterwards", Book::objects.values_list<"title", "pk">().order_by<"-pages", "pk">());
    check("replaced by others", books.values<"title">().values<"pages">());
    check("none", Book::objects.none().values_list<"title">());
    check("text keys", Country::objects.order_by<"pk">().values_list<"pk", "founded">());

    check("distinct", Book::objects.order_by<"pages">().values_list<"pages">().distinct());
    check("distinct pairs", Book::objects.order_by<"pages", "stars">().values<"pages", "stars">().distinct());
    check("distinct unordered", Book::objects.order_by().values_list<"stars">().distinct());
    check("distinct related", Book::objects.order_by().values_list<"editor__country__name">().distinct());
    check("distinct with the model's order", Book::objects.values_list<"in_print">().distinct());
    check("distinct ordered by another",
          Book::objects.order_by<"pages">().values_list<"in_print">().distinct());
    check("distinct rows", Book::objects.order_by<"pk">().distinct());
    check("distinct filtered",
          Book::objects.order_by().filter("stars__gt"_k = 1).values_list<"stars">().distinct());
    check("distinct key", Book::objects.order_by<"author_id">().values_list<"author">().distinct());
}

}  // namespace oracle
