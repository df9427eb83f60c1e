#include "oracle.hpp"

using orm::F;

namespace oracle {

namespace {

void check_keys(std::string_view name, const orm::queryset<Book>& books) {
    check(name, books.values_list<"pk">());
}

}  // namespace

void check_ordering() {
    begin_topic("ordering");
    check_keys("of the model", Book::objects.all());
    check_keys("of the model, reversed", Book::objects.reverse());
    check_keys("twice reversed", Book::objects.reverse().reverse());
    check_keys("unordered", Book::objects.order_by());
    check_keys("unordered, reversed", Book::objects.order_by().reverse());
    check_keys("pk", Book::objects.order_by<"pk">());
    check_keys("-pk", Book::objects.order_by<"-pk">());
    check_keys("text", Book::objects.order_by<"title", "pk">());
    check_keys("text descending", Book::objects.order_by<"-title", "pk">());
    check_keys("nullable", Book::objects.order_by<"stars", "pk">());
    check_keys("nullable descending", Book::objects.order_by<"-stars", "pk">());
    check_keys("nullable reversed", Book::objects.order_by<"stars", "pk">().reverse());
    check_keys("two, one descending", Book::objects.order_by<"-pages", "title", "pk">());
    check_keys("two reversed", Book::objects.order_by<"-pages", "title", "pk">().reverse());
    check_keys("replaced", Book::objects.order_by<"title">().order_by<"-pk">());
    check_keys("reversed, then replaced", Book::objects.order_by<"title">().reverse().order_by<"pk">());
    check_keys("bool", Book::objects.order_by<"in_print", "pk">());
    check_keys("uuid", Book::objects.order_by<"-isbn", "pk">());
    check_keys("array", Book::objects.order_by<"keywords", "pk">());
    check_keys("enumeration", Book::objects.order_by<"binding", "pk">());
    check_keys("moment", Book::objects.order_by<"-checked", "pk">());
    check_keys("key column", Book::objects.order_by<"author_id", "pk">());
    check_keys("key by pk", Book::objects.order_by<"-author__pk", "pk">());
    check_keys("relation without an ordering", Book::objects.order_by<"author", "pk">());
    check_keys("relation without an ordering, descending", Book::objects.order_by<"-editor", "pk">());
    check_keys("relation with an ordering", Book::objects.order_by<"author__country", "pk">());
    check_keys("relation with an ordering, descending", Book::objects.order_by<"-author__country", "pk">());
    check_keys("nullable relation with an ordering", Book::objects.order_by<"editor__country", "pk">());
    check_keys("related column", Book::objects.order_by<"author__name", "pk">());
    check_keys("nullable related column", Book::objects.order_by<"-editor__name", "pk">());
    check_keys("related column two hops away", Book::objects.order_by<"editor__country__name", "pk">());
    check_keys("itself", Book::objects.order_by<"sequel_of__pages", "-pk">());
    check("relation to itself with an ordering", Book::objects.order_by<"sequel_of__author", "pk">());
    check("by the key's column of a relation with an ordering",
          Author::objects.order_by<"country_id", "pk">());
    check("relation of an author", Author::objects.order_by<"country", "pk">());
    check_keys("filtered over the same hop",
               Book::objects.filter("editor__name__icontains"_k = "a").order_by<"editor__rating", "pk">());
    check_keys("or over the hop of the order",
               Book::objects.filter(orm::Q("editor__name"_k = "Ada") || orm::Q("pages"_k = 25))
                   .order_by<"editor__rating", "pk">());
    check_keys("F", Book::objects.order_by(F<"pages">.desc(), F<"pk">.asc()));
    check_keys("F of members", Book::objects.order_by(F<&Book::author, &Author::name>.asc(), F<"pk">.desc()));
    check_keys("none", Book::objects.none().order_by<"pk">());
    check("other model", Country::objects.all());
    check("other model reversed", Country::objects.order_by<"name", "code">().reverse());
}

}  // namespace oracle
