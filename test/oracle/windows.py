"""Django filters by windows from 4.2 on; here the keys are chosen in Python."""
from django.db.models import Avg, Count, F, Max, Min, Q, RowRange, Sum, ValueRange, Window
from django.db.models import functions as of

from oracle.compare import cases
from oracle.computed import ordered
from oracle.models import Book

book = Book.objects


def by_author(function):
    return Window(function, partition_by=F("author"), order_by=[F("pages"), F("pk")])


def window(function, by=None, order=None, frame=None):
    return Window(function, partition_by=by and [F(each) for each in by.split()], frame=frame,
                  order_by=order and [F(each[1:]).desc() if each[0] == "-" else F(each).asc() for each in order.split()])


RANK = window(of.RowNumber(), "author", "-pages pk")
TOTAL = window(Sum("pages"), "author")


def keys(holds, rows=book.all()):
    """Of the rows for which it holds, given the row, its rank and the total."""
    ranked = rows.annotate(rank=RANK, total=TOTAL).order_by("pk")
    return [row.pk for row in ranked if holds(row)]


def first_of_each():
    return book.filter(pk__in=keys(lambda row: row.rank == 1))


def by_rank():
    chosen = [row for row in book.annotate(rank=RANK).order_by("pk") if row.rank <= 2]
    return [row.pk for row in sorted(chosen, key=lambda row: (-row.rank, row.pk))]


cases("windows", {
    "RowNumber": ordered(by_author(of.RowNumber()).asc()),
    "Rank": ordered(window(of.Rank(), "author", "-pages").asc()),
    "DenseRank": ordered(window(of.DenseRank(), "author", "-pages").desc()),
    "PercentRank": ordered(window(of.PercentRank(), "binding", "stars").asc()),
    "CumeDist": ordered(window(of.CumeDist(), None, "stars").desc()),
    "Ntile": ordered(window(of.Ntile(7), None, "pages pk").asc()),
    "Lag": ordered(by_author(of.Lag("title")).asc()),
    "Lag by two": ordered(by_author(of.Lag("stars", 2)).desc()),
    "Lead": ordered(by_author(of.Lead("title")).asc()),
    "Lead with a default": ordered(by_author(of.Lead("pages", 1, -1)).asc()),
    "FirstValue": ordered(by_author(of.FirstValue("title")).asc()),
    "LastValue": ordered(by_author(of.LastValue("title")).asc()),
    "NthValue": ordered(by_author(of.NthValue("pages", 2)).asc()),

    "sum of a partition": ordered(window(Sum("pages"), "author").asc()),
    "running sum": ordered(window(Sum("pages"), None, "pk").asc()),
    "running sum of peers": ordered(window(Sum("pages"), None, "stars").desc()),
    "count of everything": ordered(window(Count("*"), "editor").asc()),
    "average of a partition over a relation": ordered(window(Avg("pages"), "author__country").asc()),
    "filtered": ordered(window(Sum("pages", filter=Q(stars__gt=2)), "binding").asc()),
    "last three": ordered(window(Sum("pages"), None, "pk", RowRange(start=-2, end=0)).asc()),
    "around": ordered(window(Max("pages"), "binding", "pk", RowRange(start=-1, end=1)).asc()),
    "to the end": ordered(window(Min("price"), None, "pk", RowRange(start=0)).desc()),
    "by range": ordered(window(Count("*"), None, "pages", ValueRange(end=0)).asc()),
    "two partitions": ordered(window(Max("pages"), "binding in_print").asc()),
    "partition by an expression": ordered(Window(Sum("price"), partition_by=[F("pages") % 3]).asc()),
    "computed with a window": ordered((F("pages") - window(Avg("pages"), "author")).asc()),

    "filter: first two of each": lambda: keys(lambda row: row.rank <= 2),
    "filter: and a condition before": lambda: keys(lambda row: row.rank == 1, book.filter(stars__gt=2)),
    "filter: or a condition": lambda: keys(lambda row: row.rank == 1 or row.stars == 5),
    "filter: two windows": lambda: keys(lambda row: row.rank == 1 and row.total > 500),
    "filter: not": lambda: keys(lambda row: not row.rank <= 2),
    "filter: with a column": lambda: keys(lambda row: row.pages * 3 > row.total),
    "filter: of filtered rows": lambda: keys(lambda row: row.rank == 1, book.filter(stars__gt=2)),
    "filter: before others": lambda: keys(lambda row: row.rank == 1, book.filter(stars__gt=2)),
    "filter: exclude": lambda: keys(lambda row: row.rank > 2),
    "filter: count": lambda: first_of_each().count(),
    "filter: sliced": lambda: first_of_each().order_by("-pages", "pk").values_list("pk", flat=True)[2:6],
    "filter: ordered by the window": by_rank,
    "filter: rows": first_of_each,
    "filter: related columns": lambda: first_of_each().order_by("pk").values_list("pk", "editor__name"),
    "filter: aggregate": lambda: first_of_each().aggregate(s=Sum("pages"))["s"],
})
