#include "oracle.hpp"

using orm::F, orm::Q;

namespace oracle {

namespace {

using texts = std::vector<std::optional<std::string>>;
using numbers = std::vector<std::optional<int>>;

void check_own_columns() {
    check("column", Book::objects.exclude("pages"_k = 25));
    check("nullable", Book::objects.exclude("stars"_k = 3));
    check("nullable gt", Book::objects.exclude("stars__gt"_k = 3));
    check("nullable range", Book::objects.exclude("stars__range"_k = std::pair(2, 3)));
    check("nullable in", Book::objects.exclude("stars__in"_k = {2, 3}));
    check("in with NULL", Book::objects.exclude("subtitle__in"_k = texts{"Eden", std::nullopt}));
    check("in only NULL", Book::objects.exclude("subtitle__in"_k = texts{std::nullopt}));
    check("in nothing", Book::objects.exclude("stars__in"_k = numbers{}));
    check("in with NULL of a column that is never",
          Book::objects.exclude("pages__in"_k = numbers{25, std::nullopt}));
    check("NULL", Book::objects.exclude("stars"_k = std::nullopt));
    check("isnull", Book::objects.exclude("stars__isnull"_k = true));
    check("not isnull", Book::objects.exclude("stars__isnull"_k = false));
    check("nullable text", Book::objects.exclude("subtitle__icontains"_k = "e"));
    check("regex", Book::objects.exclude("subtitle__regex"_k = "^S"));
    check("iexact", Book::objects.exclude("subtitle__iexact"_k = "eden"));
    check("bool", Book::objects.exclude("in_print"_k = true));
    check("two terms", Book::objects.exclude("stars"_k = 3, "pages__gt"_k = 100));
    check("chained", Book::objects.exclude("stars"_k = 3).exclude("pages__gt"_k = 100));
    check("after filter", Book::objects.filter("pages__gt"_k = 100).exclude("stars"_k = 3));
    check("Q", Book::objects.exclude(Q("stars"_k = 3) || Q("pages"_k = 25)));
    check("not Q", Book::objects.exclude(!Q("stars"_k = 3)));
    check("not not Q", Book::objects.exclude(!!Q("stars"_k = 3)));
    check("not (Q and Q)", Book::objects.exclude(!(Q("stars"_k = 3) && Q("subtitle"_k = "Eden"))));
    check("not (Q or not Q)", Book::objects.exclude(!(Q("stars"_k = 3) || !Q("subtitle"_k = "Eden"))));
    check("empty Q", Book::objects.exclude(Q<Book>()));
    check("none", Book::objects.none().exclude("stars"_k = 3));
    check("no terms", Book::objects.exclude());
    check("filter of the negation of an in with NULL",
          Book::objects.filter(!Q("subtitle__in"_k = texts{"Eden", std::nullopt})));
    check("filter of a double negation of an in with NULL",
          Book::objects.filter(!!Q("subtitle__in"_k = texts{"Eden", std::nullopt})));
    check("column equals column", Book::objects.exclude("title"_k = F<"subtitle">));
    check("column gt nullable column", Book::objects.exclude("pages__gt"_k = F<"stars">));
    check("nullable lt column", Book::objects.exclude("stars__lt"_k = F<"pages">));
    check("contains a column", Book::objects.exclude("title__contains"_k = F<"subtitle">));
}

void check_hops() {
    check("key", Book::objects.exclude("author"_k = 3));
    check("nullable key", Book::objects.exclude("editor"_k = 3));
    check("nullable key in", Book::objects.exclude("editor__in"_k = {3, 4, 5}));
    check("nullable key isnull", Book::objects.exclude("editor__isnull"_k = true));
    check("hop", Book::objects.exclude("author__name"_k = "Ada"));
    check("nullable hop", Book::objects.exclude("editor__name"_k = "Ada"));
    check("nullable column behind a hop", Book::objects.exclude("author__rating__gt"_k = 1));
    check("nullable column behind a nullable hop", Book::objects.exclude("editor__rating__gt"_k = 1));
    check("two hops", Book::objects.exclude("editor__country__name"_k = "Congo"));
    check("three hops", Book::objects.exclude("sequel_of__editor__country__founded__lt"_k = 1000));
    check("isnull behind a nullable hop", Book::objects.exclude("editor__born__isnull"_k = true));
    check("not isnull behind a nullable hop", Book::objects.exclude("editor__born__isnull"_k = false));
    check("NULL behind a nullable hop", Book::objects.exclude("sequel_of__stars"_k = std::nullopt));
    check("to itself", Author::objects.exclude("mentor__mentor__name"_k = "Ada"));
    check("two terms over a hop",
          Book::objects.exclude("editor__name__icontains"_k = "a", "editor__rating__gt"_k = 1));
    check("or over hops", Book::objects.exclude(Q("editor__name"_k = "Ada") || Q("author__name"_k = "Ada")));
    check("filter, then exclude over the same hop",
          Book::objects.filter("editor__rating__gt"_k = 1).exclude("editor__name__icontains"_k = "a"));
    check("exclude, then filter over the same hop",
          Book::objects.exclude("editor__name__icontains"_k = "a").filter("editor__rating__gt"_k = 1));
    check("or of a condition and a negated hop",
          Book::objects.filter(Q("pages"_k = 25) || !Q("editor__name"_k = "Ada")));
    check("and of a condition and a negated hop",
          Book::objects.filter(Q("pages__gt"_k = 25) && !Q("editor__country__name"_k = "Congo")));
    check("a join that becomes outer late",
          Book::objects.filter((Q("editor__rating__gt"_k = 1) && Q("pages__gt"_k = 100)) ||
                               !Q("editor__name"_k = "Ada")));
    check("column equals related column", Book::objects.exclude("title"_k = F<"sequel_of__title">));
    check("related equals related", Book::objects.exclude("author__name"_k = F<"editor__name">));
}

}  // namespace

void check_exclude() {
    begin_topic("exclude");
    check_own_columns();
    check_hops();
}

}  // namespace oracle
