#include "oracle.hpp"

using orm::F, orm::Q;

namespace oracle {

void check_joins() {
    begin_topic("joins");
    check("key by number", Book::objects.filter("author"_k = 3));
    check("key by column", Book::objects.filter("author_id"_k = 3));
    check("key by pk", Book::objects.filter("author__pk"_k = 3));
    check("key by id gt", Book::objects.filter("author__id__gt"_k = 30));
    check("key by object", [] {
        const Author third = Author::objects.get("pk"_k = 3);
        return Book::objects.filter("author"_k = third).order_by<"pk">().rows();
    });
    check("key in", Book::objects.filter("author__in"_k = {3, 4}));
    check("key in objects", [] {
        const std::vector<Author> some = Author::objects.filter("pk__lt"_k = 5).rows();
        return Book::objects.filter("author__in"_k = some).order_by<"pk">().rows();
    });
    check("key gt", Book::objects.filter("author__gt"_k = 30));
    check("key gte", Book::objects.filter("author__gte"_k = 30));
    check("key lt", Book::objects.filter("author__lt"_k = 5));
    check("nullable key lte", Book::objects.filter("editor__lte"_k = 5));
    check("nullable key lt, excluded", Book::objects.exclude("editor__lt"_k = 30));
    check("text key in", Author::objects.filter("country__in"_k = {"us", "at"}));
    check("text key gt", Author::objects.filter("country__gt"_k = "c2"));
    check("nullable key", Book::objects.filter("editor"_k = 3));
    check("nullable key isnull", Book::objects.filter("editor__isnull"_k = true));
    check("nullable key is NULL", Book::objects.filter("editor"_k = std::nullopt));
    check("nullable key of a key isnull", Book::objects.filter("editor__pk__isnull"_k = true));
    check("text key", Author::objects.filter("country"_k = "us"));
    check("one hop", Book::objects.filter("author__name"_k = "Ada"));
    check("one nullable hop", Book::objects.filter("editor__name"_k = "Ada"));
    check("two hops", Book::objects.filter("author__country__name"_k = "Congo"));
    check("two hops, both nullable", Book::objects.filter("editor__country__name__startswith"_k = "U"));
    check("three hops", Book::objects.filter("sequel_of__author__country__founded__gt"_k = 1000));
    check("to itself", Author::objects.filter("mentor__mentor__name__icontains"_k = "a"));
    check("to itself thrice", Book::objects.filter("sequel_of__sequel_of__sequel_of__pages__gt"_k = 50));
    check("isnull behind a nullable hop", Book::objects.filter("editor__born__isnull"_k = true));
    check("not isnull behind a nullable hop", Book::objects.filter("editor__born__isnull"_k = false));
    check("isnull two hops away", Book::objects.filter("editor__country__isnull"_k = true));
    check("isnull three hops away",
          Book::objects.filter("sequel_of__editor__country__name__isnull"_k = true));
    check("NULL behind a nullable hop", Book::objects.filter("sequel_of__stars"_k = std::nullopt));
    check("the same hop twice",
          Book::objects.filter("editor__name__icontains"_k = "a", "editor__rating__gt"_k = 1));
    check("the same hop chained",
          Book::objects.filter("editor__name__icontains"_k = "a").filter("editor__rating__gt"_k = 1));
    check("two keys to one table", Book::objects.filter("author__name"_k = "Ada", "editor__name"_k = "Anna"));
    check("or over a nullable hop", Book::objects.filter(Q("editor__name"_k = "Ada") || Q("pages"_k = 25)));
    check("or of two nullable hops",
          Book::objects.filter(Q("editor__name"_k = "Ada") || Q("sequel_of__title"_k = "Eden")));
    check("or, then the hop must be there",
          Book::objects.filter(Q("editor__name"_k = "Ada") || Q("pages"_k = 25))
              .filter("editor__rating__gt"_k = 1));
    check("or of isnull and hop",
          Book::objects.filter(Q("editor__isnull"_k = true) || Q("editor__country__name"_k = "Congo")));
    check("or deep", Book::objects.filter(Q("editor__country__name"_k = "Polska") ||
                                          Q("sequel_of__editor__country__name"_k = "Polska")));
    check("and of or", Book::objects.filter((Q("editor__name"_k = "Ada") || Q("pages"_k = 25)) &&
                                            (Q("editor__rating__lt"_k = 3) || Q("stars"_k = 2))));
    check("related column on both sides", Book::objects.filter("author__name"_k = F<"editor__name">));
    check("related column gt related", Book::objects.filter("author__born__lt"_k = F<"editor__born">));
    check("sequel older than its first", Book::objects.filter("published__lt"_k = F<"sequel_of__published">));
    check("transform behind hops", Book::objects.filter("sequel_of__published__year"_k = 1963));
    check("count over a hop", [] { return Book::objects.filter("editor__name"_k = "Ada").count(); });
    check("exists over a hop", [] { return Book::objects.filter("editor__name"_k = "nobody").exists(); });
}

}  // namespace oracle
