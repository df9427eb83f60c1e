from django.db.models import Count, F, Max, Q, Sum

from oracle.compare import cases
from oracle.models import Author, Book

book = Book.objects.order_by("pk")
author = Author.objects.order_by("pk")


def counted():
    return author.annotate(n=Count("books"))


def low():
    return Book.objects.order_by().filter(pages__lt=100).values_list("pk", flat=True)


def good():
    return Book.objects.order_by().filter(stars__gt=3).values_list("pk", flat=True)


def remainder():
    return Book.objects.annotate(a=F("pages") % 100)


cases("annotations", {
    "expression": lambda: book.annotate(twice=F("pages") * 2).values_list("pk", "twice"),
    "of an annotation": lambda: book.annotate(a=F("pages") + 1).annotate(b=F("a") * 2).values_list("a", "b"),
    "filtered by": lambda: remainder().filter(a__gt=50).values_list("pk", "a"),
    "ordered by": lambda: remainder().order_by("-a", "pk").values_list("pk", "a"),
    "alias": lambda: remainder().filter(a=25).order_by("pk").values_list("pk", flat=True),
    "count": lambda: counted().values_list("pk", "n"),
    "count of many to many": lambda: book.annotate(n=Count("tags")).values_list("pk", "n"),
    "sum over many": lambda: author.annotate(s=Sum("books__pages")).values_list("pk", "s"),
    "having": lambda: counted().filter(n__gt=6).values_list("pk", "n"),
    "having and where": lambda: counted().filter(n__gt=4, rating__gt=1).values_list("pk", "n"),
    "ordered by a count": lambda: counted().order_by("-n", "pk").values_list("pk", flat=True),
    "filtered aggregate": lambda: author.annotate(n=Count("books", filter=Q(books__stars=5))).values_list("pk", "n"),
    "aggregate of counts": lambda: counted().aggregate(m=Max("n"))["m"],
    "groups": lambda: Book.objects.order_by("stars").values("stars").annotate(n=Count("pk")),
    "groups over a relation": lambda: Book.objects.order_by("author__country").values("author__country").annotate(
        n=Count("pk"), s=Sum("pages")),
    "groups, having": lambda: Book.objects.order_by("pages").values("pages").annotate(n=Count("pk")).filter(n__gt=20),

    "union": lambda: low().union(good()),
    "union all": lambda: low().union(good(), all=True),
    "intersection": lambda: low().intersection(good()),
    "difference": lambda: low().difference(good()),
    "union ordered": lambda: low().union(good()).order_by("pk"),
    "union sliced": lambda: low().union(good()).order_by("-pk")[3:9],
    "union counted": lambda: low().union(good()).count(),
    "distinct on": lambda: Book.objects.order_by("author_id", "-pages", "pk").distinct("author").values_list("pk", flat=True),
    "distinct on two":
        lambda: Book.objects.order_by("binding", "stars", "pk").distinct("binding", "stars").values_list("pk", flat=True),
})
