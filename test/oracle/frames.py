"""Django 3.2 has neither groups nor exclusion, and reads windows of its own: so all frames are SQL here."""
from django.db import connection
from django.db.models import Count, F, Window
from django.db.models import functions as of

from oracle.compare import cases
from oracle.models import Book


def rows_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [list(row) for row in cursor.fetchall()]


def over(function, window):
    """Of each book, joined with its author."""
    return lambda: rows_of(f"SELECT b.id, {function} OVER ({window}) FROM book b JOIN author a ON a.id = b.author_id ORDER BY b.id")


def pages(frame):
    return over("sum(pages)", "PARTITION BY binding ORDER BY b.id ROWS BETWEEN " + frame)


def counted(order, frame, function="count(*)"):
    return over(function, f"ORDER BY {order} {frame}")


def groups(frame):
    return over("sum(pages)", "PARTITION BY binding ORDER BY stars GROUPS BETWEEN " + frame)


def near(frame):
    return counted("pages", "RANGE BETWEEN " + frame)


def framed(function, more="ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING"):
    return over(function, "PARTITION BY author_id ORDER BY pages, b.id " + more)


ALL = "UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
AROUND = "1 PRECEDING AND 1 FOLLOWING"
CLOSE = "25 PRECEDING AND 25 FOLLOWING"


def ranked():
    place = Window(of.Rank(), partition_by=F("author"), order_by=F("pages").desc())
    return Book.objects.annotate(place=place)


def those(holds, *columns):
    """The rows for which it holds, with these columns or the key alone."""
    rows = [row for row in ranked().annotate(n=Window(Count("*"), partition_by=F("author"))).order_by("pk") if holds(row)]
    return [[getattr(row, name) for name in columns] if columns else row.pk for row in rows]


def first():
    return [row for row in ranked().order_by("-pages", "pk") if row.place == 1]


def shares():
    counts = list(Book.objects.order_by("binding").values_list("binding").annotate(n=Count("*")))
    return [[name, n, max(n for _, n in counts)] for name, n in counts]


def placed():
    counts = list(Book.objects.order_by("stars").values_list("stars").annotate(n=Count("*")))
    return [[stars, n, 1 + sum(other > n for _, other in counts)] for stars, n in counts]


cases("frames", {
    "rows: all before": pages("UNBOUNDED PRECEDING AND CURRENT ROW"),
    "rows: all before this one": pages("UNBOUNDED PRECEDING AND 1 PRECEDING"),
    "rows: three before": pages("3 PRECEDING AND 1 PRECEDING"),
    "rows: two after": pages("1 FOLLOWING AND 2 FOLLOWING"),
    "rows: to the end": pages("CURRENT ROW AND UNBOUNDED FOLLOWING"),
    "rows: all": pages(ALL),
    "rows: this one": pages("CURRENT ROW AND CURRENT ROW"),
    "rows: without this one": pages("2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW"),
    "rows: all without this one": pages(ALL + " EXCLUDE CURRENT ROW"),
    "rows: without the group": counted("stars", f"ROWS BETWEEN {ALL} EXCLUDE GROUP"),
    "rows: without ties": counted("stars", f"ROWS BETWEEN {ALL} EXCLUDE TIES"),
    "rows: nothing left out": counted("stars", f"ROWS BETWEEN {ALL} EXCLUDE NO OTHERS"),

    "groups: this one": groups("CURRENT ROW AND CURRENT ROW"),
    "groups: the one before": groups("1 PRECEDING AND 1 PRECEDING"),
    "groups: around": groups(AROUND),
    "groups: two after": groups("1 FOLLOWING AND 2 FOLLOWING"),
    "groups: all before": groups("UNBOUNDED PRECEDING AND CURRENT ROW"),
    "groups: to the end": groups("CURRENT ROW AND UNBOUNDED FOLLOWING"),
    "groups: without this row": groups(AROUND + " EXCLUDE CURRENT ROW"),
    "groups: without the group": groups(AROUND + " EXCLUDE GROUP"),
    "groups: without ties": groups(AROUND + " EXCLUDE TIES"),
    "groups: descending": counted("stars DESC", "GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW"),
    "groups: of two columns": counted("stars, in_print", "GROUPS BETWEEN 2 PRECEDING AND CURRENT ROW"),

    "range: this value": near("CURRENT ROW AND CURRENT ROW"),
    "range: around": near(CLOSE),
    "range: below": near("50 PRECEDING AND 1 PRECEDING"),
    "range: above": near("1 FOLLOWING AND UNBOUNDED FOLLOWING"),
    "range: all before": near("UNBOUNDED PRECEDING AND CURRENT ROW"),
    "range: without this row": near(CLOSE + " EXCLUDE CURRENT ROW"),
    "range: without the group": near(CLOSE + " EXCLUDE GROUP"),
    "range: without ties": near(CLOSE + " EXCLUDE TIES"),
    "range: of a nullable": counted("stars", "RANGE BETWEEN " + AROUND),
    "range: descending": counted("pages DESC", "RANGE BETWEEN 25 PRECEDING AND CURRENT ROW"),
    "range: in partitions":
        over("max(price)", "PARTITION BY binding ORDER BY pages RANGE BETWEEN 25 PRECEDING AND CURRENT ROW"),

    "first of a frame": framed("first_value(title)"),
    "last of a frame": framed("last_value(title)"),
    "third of a frame": framed("nth_value(title, 3)"),
    "last without this row": framed("last_value(stars)", f"ROWS BETWEEN {AROUND} EXCLUDE CURRENT ROW"),
    "min of a frame": framed("min(price)"),
    "avg of a frame": framed("avg(stars)"),
    "count of a nullable of a frame": framed("count(stars)"),
    "filtered of a frame": framed("count(*) FILTER (WHERE stars > 2)"),
    "array_agg of a frame": framed("array_agg(pages)"),
    "string_agg of a frame": framed("string_agg(title, '|')"),
    "bool_or of a frame": framed("bool_or(in_print)"),
    "stddev of a frame": framed("stddev_pop(pages)"),
    "Lag in a partition over a relation": over("lag(title)", "PARTITION BY a.country_id ORDER BY a.name, b.id"),
    "Lead of a nullable with a default": over("lead(stars, 3, -1::smallint)", "ORDER BY b.id"),
    "Rank of an expression": over("rank()", "ORDER BY pages % 100 DESC"),
    "Rank, NULLs first": over("rank()", "ORDER BY stars NULLS FIRST"),
    "Ntile of a partition": over("ntile(3)", "PARTITION BY binding ORDER BY pages, b.id"),
    "a sum of windows": over("sum(pages) OVER (PARTITION BY author_id) + count(*)", "PARTITION BY binding"),

    "annotated rows": lambda: ranked().order_by("pk"),
    "ordered by it": lambda: list(ranked().order_by("-place", "pk").values_list("pk", flat=True)),
    "filtered by it": lambda: those(lambda row: row.place <= 2, "pk", "place"),
    "excluded by it": lambda: those(lambda row: row.place > 2),
    "filtered by it and a column":
        lambda: [row.pk for row in Book.objects.filter(stars__gt=2).order_by("pk")
                 if not any(other.pages > row.pages for other in Book.objects.filter(stars__gt=2, author=row.author_id))],
    "filtered by it or a column": lambda: those(lambda row: row.place == 1 or row.stars == 5),
    "filtered by it, sliced": lambda: [row.pk for row in first()[1:5]],
    "filtered by it, counted": lambda: len(first()),
    "filtered by it, exists": lambda: any(row.place == 40 for row in ranked()),
    "filtered by it, aggregated": lambda: sum(row.pages for row in first()),
    "aggregated": lambda: max(row.place for row in ranked()),
    "distinct values of it": lambda: ranked().order_by().values_list("place", flat=True).distinct(),
    "values of it": lambda: ranked().order_by("pk").values("title", "place"),
    "two of them": lambda: those(lambda row: row.place == row.n),
    "over groups": placed,
    "a share of all": shares,
})
