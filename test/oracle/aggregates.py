from oracle.compare import cases
from django.db.models import Avg, Count, Max, Min, Q, Sum
from oracle.models import Book

book = Book.objects


def of(rows, **terms):
    """The aggregates' values, one of them alone as it is."""
    values = list(rows.aggregate(**terms).values())
    return values[0] if len(values) == 1 else values


def all_of(term):
    return lambda: of(book, value=term)


cases("aggregates", {
    "count": all_of(Count("*")),
    "count of a nullable": all_of(Count("stars")),
    "count distinct": all_of(Count("stars", distinct=True)),
    "count of related": all_of(Count("editor__country__name", distinct=True)),
    "sum": all_of(Sum("pages")),
    "sum of a nullable": all_of(Sum("stars")),
    "sum distinct": all_of(Sum("pages", distinct=True)),
    "sum of doubles": all_of(Sum("price")),
    "avg": all_of(Avg("pages")),
    "avg of a nullable": all_of(Avg("stars")),
    "avg of related": all_of(Avg("author__rating")),
    "min": all_of(Min("published")),
    "max": all_of(Max("checked")),
    "max of a text": all_of(Max("title")),
    "min of related": all_of(Min("editor__name")),
    "several": lambda: of(book, n=Count("*"), most=Max("pages"), mean=Avg("price"), whole=Sum("stars")),
    "filtered": lambda: of(book.filter(stars__gt=2), s=Sum("pages")),
    "filtered over a hop": lambda: of(book.filter(editor__name="Ada"), s=Sum("pages")),
    "excluded": lambda: of(book.exclude(editor__name="Ada"), s=Sum("pages")),
    "of a slice": lambda: of(book.order_by("pages", "pk")[5:15], s=Sum("stars")),
    "of a slice, several": lambda: of(book.order_by("-pages", "pk")[:20], n=Count("stars"), most=Max("title")),
    "of distinct values": lambda: of(book.order_by().values_list("pages").distinct(), s=Sum("pages")),
    "of a slice, filtered": lambda: list(book.order_by("pk")[5:105].aggregate(
        a=Count("pk", filter=Q(pages__gt=100)), b=Sum("pages", filter=Q(stars=None)),
        c=Count("stars", filter=Q(stars=1) | ~Q(pages__range=(50, 200)))).values()),
    "of a slice, filtered over a relation": lambda: sum(
        row.pages for row in book.order_by("pk")[5:105].select_related("editor")
        if row.editor and "a" in row.editor.name.lower()),
    "of distinct rows, filtered": lambda: book.filter(tags__pk__lt=4, in_print=True).distinct().count(),
    "over no rows":
        lambda: of(book.filter(pages=1), n=Count("*"), s=Sum("pages"), a=Avg("pages"), m=Min("title")),
    "of none": lambda: [0, None, None],
    "of an order that does not matter": lambda: of(book.order_by("author__name"), m=Max("pages")),
})
