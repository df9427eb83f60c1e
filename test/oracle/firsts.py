from django.db.models import F, Q, Sum

from oracle.compare import cases, differs, refused
from oracle.models import Author, Book, Country

book = Book.objects
ALIAS = "`distinct<name>()` of an alias"
AGGREGATE = "`aggregate()` after `distinct<name>()`"
UPDATE = "`update()` after `distinct<name>()`"


def first(*by, order):
    return lambda: list(book.order_by(*order.split()).distinct(*by).values_list("pk", flat=True))


def longest(rows=book):
    return rows.order_by("author_id", "-pages", "pk").distinct("author")


def keys(rows):
    return list(rows.values_list("pk", flat=True))


def by_a(rows):
    return rows.order_by("a", "-pages", "pk").distinct("a")


cases("firsts", {
    "by a key": first("author", order="author_id pk"),
    "by a key, the longest": first("author", order="author_id -pages pk"),
    "by a key, descending": first("author", order="-author_id -pages pk"),
    "by a key's column": first("author_id", order="author_id pk"),
    "by a key's pk": first("author__pk", order="author__pk pk"),
    "by a nullable": first("stars", order="stars pk"),
    "by a nullable, descending": first("stars", order="-stars -pk"),
    "by two": first("binding", "stars", order="binding -stars pk"),
    "by two, in another order": first("binding", "stars", order="stars binding pk"),
    "by one of two that order": first("binding", order="binding stars pk"),
    "by a related column": first("author__name", order="author__name -pages pk"),
    "by a nullable related column": first("editor__name", order="editor__name pk"),
    "by a column two hops away": first("author__country__name", order="author__country__name title pk"),
    "by many": lambda: list(Author.objects.order_by("books__stars", "pk").distinct("books__stars")
                            .values_list("pk", "books__stars")),
    "reversed": lambda: keys(book.order_by("stars", "pk").distinct("stars").reverse()),
    "by the key itself": first("pk", order="pk"),
    "by an annotation": differs(ALIAS, django=lambda: keys(by_a(book.alias(a=F("pages") % 100))),
                                here=lambda: [row.pk for row in by_a(book.annotate(a=F("pages") % 100))]),
    "rows": lambda: list(longest()),
    "rows with annotations": lambda: by_a(book.annotate(a=F("pages") % 100)),
    "in the model's order": lambda: Country.objects.distinct("name"),
    "NULLs first": lambda: keys(book.order_by(F("stars").asc(nulls_first=True), "pk").distinct("stars")),

    "filtered": lambda: keys(longest().filter(stars__gt=2)),
    "filtered before": lambda: keys(longest(book.filter(Q(stars=1) | Q(stars=2)))),
    "filtered over many": lambda: list(longest(book.filter(tags__name__icontains="s"))),
    "excluded": lambda: keys(longest().exclude(editor__name="Ada")),
    "sliced": lambda: keys(longest())[3:8],
    "counted": lambda: longest().count(),
    "filtered, counted": lambda: longest().filter(stars__gt=2).count(),
    "slice counted": lambda: longest()[30:90].count(),
    "exists": lambda: longest().exists(),
    "first": lambda: longest().first(),
    "last": lambda: longest().last(),
    "position": lambda: longest()[4],
    "values of others": lambda: list(longest().values_list("title", "author__name")),
    "values of those": lambda: list(book.order_by("stars", "binding").distinct("stars", "binding")
                                    .values_list("stars", "binding")),
    "in": lambda: keys(book.filter(pk__in=longest().values("pk")).order_by("pk")),
    "not in": lambda: keys(book.exclude(pk__in=longest().values("pk")).order_by("pk")),
    "all of them again": lambda: keys(book.order_by("author_id", "pk").distinct("author").distinct("pk").order_by("pk")),
    "aggregate": differs(AGGREGATE, django=refused(lambda: longest().aggregate(s=Sum("pages"))),
                         here=lambda: sum(row.pages for row in longest())),
    "update": differs(UPDATE, django=refused(lambda: longest().update(pages=1)), here=lambda: "refused"),
    "delete": refused(lambda: longest().delete()),
})
