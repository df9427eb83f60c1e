from datetime import timezone

from django.db.models import Q
import pytz

from oracle.compare import cases, refused
from oracle.models import Author, Book

book, zone = Book.objects, pytz.timezone

cases("periods", {
    "dates by year": lambda: book.dates("published", "year"),
    "dates by month": lambda: book.dates("published", "month"),
    "dates by week": lambda: book.dates("published", "week"),
    "dates by day": lambda: book.dates("published", "day"),
    "dates, descending": lambda: book.dates("published", "month", "DESC"),
    "dates, reversed": lambda: list(reversed(book.dates("published", "year"))),
    "dates of filtered rows": lambda: book.filter(stars__gt=3).dates("published", "month"),
    "dates of excluded rows": lambda: book.exclude(editor__name="Ada").dates("published", "month"),
    "dates of ordered rows": lambda: book.order_by("title").dates("published", "year", "DESC"),
    "dates of distinct rows": lambda: book.distinct().dates("published", "year"),
    "dates of rows that repeat": lambda: book.filter(tags__name__icontains="s").dates("published", "month"),
    "dates over a relation": lambda: book.dates("author__born", "year"),
    "dates over a nullable relation": lambda: book.dates("editor__born", "month"),
    "dates over many": lambda: Author.objects.dates("books__published", "year"),
    "dates of a moment": lambda: sorted({each.date() for each in book.datetimes("created", "month", tzinfo=timezone.utc)}),
    "dates of a nullable moment":
        lambda: sorted({each.date() for each in book.datetimes("checked", "day", tzinfo=timezone.utc)}),
    "dates of none": lambda: book.none().dates("published", "day"),
    "dates of no rows": lambda: book.filter(pages=1).dates("published", "day"),
    "dates of NULLs": lambda: book.filter(published=None).dates("published", "day"),
    "dates counted": lambda: book.dates("published", "month").count(),
    "dates exist": lambda: book.dates("published", "month").exists(),
    "dates sliced": lambda: book.dates("published", "month")[3:8],
    "dates, the first": lambda: book.dates("published", "month").first(),
    "dates, the last": lambda: book.dates("published", "month").last(),
    "dates at a position": lambda: book.dates("published", "day")[4],
    "dates filtered afterwards": lambda: book.dates("published", "month").filter(pages__gt=200),
    "dates of a slice": refused(lambda: book.order_by("pk")[:9].dates("published", "day")),

    "by year": lambda: book.datetimes("created", "year"),
    "by month": lambda: book.datetimes("created", "month"),
    "by week": lambda: book.datetimes("created", "week"),
    "by day": lambda: book.datetimes("created", "day"),
    "by hour": lambda: book.datetimes("created", "hour"),
    "by minute": lambda: book.datetimes("created", "minute"),
    "by second": lambda: book.datetimes("created", "second"),
    "of a nullable": lambda: book.datetimes("checked", "hour"),
    "descending": lambda: book.datetimes("created", "month", "DESC"),
    "in a zone, by year": lambda: book.datetimes("created", "year", tzinfo=zone("America/New_York")),
    "in a zone, by day": lambda: book.datetimes("created", "day", tzinfo=zone("Europe/Warsaw")),
    "in a zone, by hour": lambda: book.datetimes("created", "hour", tzinfo=zone("Asia/Kolkata")),
    "in a zone, by week, descending": lambda: book.datetimes("checked", "week", "DESC", tzinfo=zone("Asia/Tokyo")),
    "of filtered rows": lambda: book.filter(Q(stars=1) | Q(stars=2)).datetimes("created", "day"),
    "over a relation": lambda: book.datetimes("sequel_of__created", "month"),
    "over many": lambda: Author.objects.datetimes("books__checked", "year"),
    "counted": lambda: book.datetimes("created", "hour").count(),
    "sliced": lambda: book.datetimes("created", "day")[10:15],
    "of none": lambda: book.none().datetimes("created", "year"),
})
