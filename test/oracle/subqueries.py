from django.db.models import Exists, F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from oracle.compare import cases, deleted, differs, write
from oracle.computed import computed
from oracle.models import Author, Book, Country, Review

author, book = Author.objects, Book.objects
SUBQUERY_WITH_NULL = "`exclude()` of `in` with a subquery that gives NULL"
UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"


def own(**lookups):
    return book.filter(author=OuterRef("id"), **lookups)


def first(column, at=0):
    return Subquery(own().order_by("-pages", "pk").values(column)[at:at + 1])


def of_first():
    return Subquery(book.filter(pk=OuterRef("sequel_of")).values("pages"))


def good():
    return author.filter(rating__gt=1)


cases("subqueries", {name: computed(value, Author) for name, value in {
    "first title": first("title"),
    "first nullable column": first("subtitle"),
    "first related column": first("editor__name"),
    "second key": first("pk", 1),
    "in the model's order": Subquery(own().values("title")[:1]),
    "or a default": Coalesce(first("title"), Value("none", output_field=TextField())),
    "in a sum": first("pages") + 1,
    "exists": Exists(own(stars=5)),
    "exists not": ~Exists(own(stars=5)),
}.items()})

cases("subqueries", {
    "of a related column of the outer row":
        computed(Subquery(Country.objects.filter(pk=OuterRef("author__country")).values("name"))),
    "of the same model":
        computed(Subquery(book.filter(pages__gt=OuterRef("pages")).order_by("pages", "pk").values("pk")[:1])),
    "not correlated": computed(Subquery(author.order_by("-pk").values("name")[:1])),
    "of two outer columns": computed(Exists(Review.objects.filter(book=OuterRef("pk"), score=OuterRef("stars")))),

    "where exists": lambda: author.filter(Exists(own(stars=5))),
    "not exists": lambda: author.filter(~Exists(own(stars=5))),
    "exclude exists": lambda: author.exclude(Exists(own(stars=5))),
    "exists or": lambda: author.filter(Q(Exists(own(stars=5))) | Q(rating__gt=3)),
    "exists of none": lambda: author.none(),  # Django 3.2 cannot
    "exists of excluded": lambda: author.filter(Exists(own().exclude(stars=5))),
    "exists nested": lambda: author.filter(Exists(own().filter(Exists(Review.objects.filter(book=OuterRef("pk"), score=5))))),
    "exists over two levels": lambda: author.filter(Exists(own().filter(Exists(
        Review.objects.filter(reviewer=OuterRef(OuterRef("pk")), book=OuterRef("pk")))))),
    "in": lambda: book.filter(author__in=good()),
    "in keys": lambda: book.filter(author__in=good().values("pk")),
    "in texts": lambda: book.filter(title__in=book.filter(stars=5).values("subtitle")),
    "in a slice": lambda: book.filter(pk__in=book.order_by("-pages", "pk")[:20]),
    "where in the model's order": lambda: book.filter(pk__in=book.filter(stars=5)),
    "in none": lambda: book.filter(author__in=author.none()),
    "in over a relation": lambda: author.filter(books__in=book.filter(stars=5)),
    "in distinct": lambda: book.filter(pages__in=book.order_by().filter(stars=5).values("pages").distinct()),
    "not in": lambda: book.exclude(author__in=good()),
    "not in, nullable": lambda: book.exclude(editor__in=good()),
    "not in keys with NULLs": differs(
        SUBQUERY_WITH_NULL, django=lambda: author.exclude(pk__in=book.filter(pk__lt=30).values("editor")),
        here=lambda: author.exclude(pk__in=book.filter(pk__lt=30, editor__isnull=False).values("editor"))),
    "not in none": lambda: book.exclude(author__in=author.none()),
    "gt": lambda: book.filter(pages__gt=book.filter(stars=1).order_by("-pages", "pk").values("pages")[:1]),
    "equal to one of the outer row": lambda: book.filter(pages=of_first()),
    "exclude equal to one of the outer row": differs(
        UNKNOWN, django=lambda: book.exclude(pages=of_first()),
        here=lambda: book.exclude(pk__in=book.filter(pages=F("sequel_of__pages")).values("pk"))),
})

cases("subqueries", {name: write(change) for name, change in {
    "update to a subquery":
        lambda: book.update(subtitle=Subquery(author.filter(pk=OuterRef("editor")).values("name"))),
    "delete by exists": lambda: deleted(book.filter(~Exists(Review.objects.filter(book=OuterRef("pk"))))),
    "update in": lambda: book.filter(author__in=good()).update(pages=9),
}.items()})
