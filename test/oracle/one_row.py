from django.db.models import Count, F, Q

from oracle.compare import cases, deleted, differs, refused, write
from oracle.models import Author, Book, BookTag, Country, Review, Tag

author, book, country = Author.objects, Book.objects, Country.objects
POSITION = "`books[n]` beyond the end"


def by_pk():
    return book.order_by("pk")


def some():
    return by_pk()[2:9]


def pages(rows):
    return rows.order_by("pages").values_list("pages", flat=True).distinct()


def grouped():
    return book.order_by("stars").values_list("stars").annotate(n=Count("*"))


def of_us():
    return author.filter(country="us")



def good():
    return author.filter(books__stars__gt=1)


cases("one_row", {
    "get of ordered rows": lambda: book.order_by("-title").get(pk=5),
    "get of filtered rows": lambda: book.filter(pages__gte=0).get(pk=5),
    "get over a relation": lambda: author.get(books__pk=17),
    "get over many, the same row twice": lambda: author.filter(pk=3).get(books__pages__gte=0),
    "get over many, distinct": lambda: author.filter(pk=3, books__pages__gte=0).distinct().get(),
    "get of more than twenty": lambda: book.get(pages__gte=0),
    "get of two": lambda: book.get(pk__in=[3, 4]),
    "get with Q": lambda: book.get(Q(pk=3) | Q(pk=100000)),
    "get with a column": lambda: book.filter(pk=9).get(pages__gte=F("price")),
    "get of a slice": lambda: by_pk()[3:4].get(),
    "get of a slice of two": lambda: by_pk()[3:5].get(),
    "get of an empty slice": lambda: by_pk()[3:3].get(),
    "get of flat values": lambda: book.filter(pk=9).values_list("editor__name", flat=True).get(),
    "get of a text key": lambda: country.get(code="pl"),
    "get of NULL": lambda: country.get(founded=None, name="日本"),
    "get too large": lambda: book.filter(pk=-1).get(),  # Django 3.2 asks, and PostgreSQL refuses
    "get in nothing": lambda: book.get(pk__in=[]),

    "first of a filter, unordered": lambda: of_us().first(),
    "last of a filter, unordered": lambda: of_us().last(),
    "first, order cleared": lambda: book.order_by().filter(stars=3).first(),
    "last, order cleared": lambda: book.order_by().filter(stars=3).last(),
    "first of reversed": lambda: book.order_by("pages", "pk").reverse().first(),
    "last of reversed": lambda: book.order_by("pages", "pk").reverse().last(),
    "last of the model's order, reversed": lambda: country.reverse().last(),
    "first of a related order": lambda: book.order_by("author__name", "pk").first(),
    "last of NULLs": lambda: book.order_by("stars", "pk").last(),
    "last, NULLs first": lambda: book.order_by(F("stars").asc(nulls_first=True), "pk").last(),
    "first of flat values": lambda: book.values_list("title", flat=True).first(),
    "last of flat values, unordered": lambda: author.values_list("name", flat=True).last(),
    "first of distinct values": lambda: pages(book).first(),
    "last of distinct values": lambda: pages(book).last(),
    "first of groups": lambda: grouped().first(),
    "last of groups": lambda: grouped().last(),
    "first over many": lambda: author.filter(books__stars=5).first(),
    "first of none": lambda: book.none().first(),
    "last of none": lambda: book.none().last(),
    "earliest of none": lambda: book.none().earliest("pages"),
    "latest of two": lambda: book.latest("stars", "-pages", "pk"),
    "earliest over a hop": lambda: book.earliest("author__born", "pk"),
    "earliest of ordered rows": lambda: book.order_by("-pages").earliest("pages", "pk"),
    "latest of filtered rows": lambda: book.filter(stars=3).latest("created", "pk"),
    "latest by a moment": lambda: book.latest("checked", "pk"),
    "last of a slice": refused(lambda: by_pk()[3:9].last()),
    "earliest of a slice": refused(lambda: by_pk()[3:9].earliest("pages")),
    "a position beyond the end": differs(POSITION, django=lambda: by_pk()[1000], here=lambda: book.get(pk=-1)),
    "a negative position": refused(lambda: by_pk()[-1]),

    "filter of a slice": refused(lambda: some().filter(pages__gt=1)),
    "exclude of a slice": refused(lambda: some().exclude(pages__gt=1)),
    "filter by nothing of a slice": lambda: some().filter(),
    "order of a slice": refused(lambda: some().order_by("title")),
    "reverse of a slice": refused(lambda: some().reverse()),
    "distinct of a slice": refused(lambda: some().distinct("title")),
    "update of a slice": refused(lambda: some().update(pages=1)),
    "delete of a slice": refused(lambda: some().delete()),
    "get with a condition of a slice": refused(lambda: some().get(pk=4)),
    "negative slice": refused(lambda: by_pk()[-3:-1]),
    "values of a slice": lambda: some().values_list("title", "pages"),
    "annotate a slice": lambda: some().annotate(a=F("pages") * 2),
    "slice as rows of a lookup": lambda: book.filter(pk__in=some()).order_by("pk"),

    "contains": lambda: book.get(pk=17) in book.filter(stars=3),
    "how many rows": lambda: len(book.filter(stars=3)),
    "whether there are rows": lambda: bool(book.filter(stars=3)),
    "whether there are rows of none": lambda: bool(book.none()),
    "in bulk": lambda: list(by_pk().in_bulk([5, 7, 100000]).values()),
    "in bulk by a text": lambda: list(country.order_by("pk").in_bulk(["at", "pl"]).values()),
    "in bulk of none": lambda: list(book.in_bulk([]).values()),
    "raw": lambda: list(book.raw("SELECT * FROM book WHERE pages > %s ORDER BY id", [200])),
    "raw of several values": lambda: list(
        author.raw("SELECT * FROM author WHERE name = %s OR rating > %s ORDER BY id", ["Ada", 2.5])),
    "raw in other order of columns":
        lambda: list(Tag.objects.raw("SELECT name || '!' AS name, id, 5 AS more FROM tag ORDER BY id DESC")),
    "of the database of that name": lambda: by_pk().using("default").filter(stars=3),
})

cases("one_row", {name: write(change) for name, change in {
    "update: rows that are so already": lambda: book.filter(pages=25).update(pages=25),
    "update: of rows that repeat": lambda: good().update(rating=1.5),
    "update: of distinct rows": lambda: good().distinct().update(rating=1.5),
    "update: excluding many": lambda: book.exclude(tags__name="sea").update(pages=1),
    "update: of ordered rows": lambda: book.order_by("-author__name", "pages").update(stars=2),
    "update: over two hops": lambda: book.filter(author__country__founded__gt=1000).update(stars=2),
    "update: by a related column and to an own one":
        lambda: book.filter(editor__rating__gt=1).update(pages=F("pages") + 1, subtitle=F("title")),
    "update: each from the old values":
        lambda: book.filter(stars__isnull=False).update(pages=F("stars") * 10, stars=None),
    "update: a key to NULL by a hop": lambda: book.filter(editor__name="Ada").update(editor=None),
    "update: values of it": lambda: book.values("title").filter(stars=1).update(pages=3),
    "update: by the key": lambda: book.filter(pk__in=[3, 4]).update(title="%s %% $1"),
    "update: a text key's row": lambda: country.filter(pk="at").update(name="x"),
    "update: in a union's rows": lambda: book.filter(pk__in=list(
        book.filter(Q(stars=1) | Q(stars=2)).values_list("pk", flat=True))).update(pages=4),
    "delete: in a slice": lambda: deleted(Review.objects.filter(pk__in=Review.objects.order_by("-pk")[:9])),
    "delete: of rows that repeat": lambda: deleted(Tag.objects.filter(books__stars__gt=4)),
    "delete: of ordered rows": lambda: deleted(Review.objects.order_by("score").filter(score=1)),
    "delete: over a relation": lambda: deleted(BookTag.objects.filter(book__author__name="Ada")),
}.items()})
