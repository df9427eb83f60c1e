from django.db.models import F

from oracle.compare import cases, differs
from oracle.models import Book

book = Book.objects
UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"

cases("arrays", {
    "contains": lambda: book.filter(keywords__contains=["sea"]),
    "contains two": lambda: book.filter(keywords__contains=["sea", "war"]),
    "contains nothing": lambda: book.filter(keywords__contains=[]),
    "contains what needs quotes": lambda: book.filter(keywords__contains=["a b", "NULL"]),
    "contained_by": lambda: book.filter(keywords__contained_by=["sea", "war", "x,y"]),
    "contained_by nothing": lambda: book.filter(keywords__contained_by=[]),
    "overlap": lambda: book.filter(keywords__overlap=["Été", "moon"]),
    "overlap with nothing": lambda: book.filter(keywords__overlap=[]),
    "len": lambda: book.filter(keywords__len=2),
    "len of empty ones": lambda: book.filter(keywords__len=0),
    "len gte": lambda: book.filter(keywords__len__gte=2),
    "element": lambda: book.filter(keywords__0="sea"),
    "element beyond the end": lambda: book.filter(keywords__5="sea"),
    "element isnull": lambda: book.filter(keywords__1__isnull=True),
    "element icontains": lambda: book.filter(keywords__0__icontains="A"),
    "slice": lambda: book.filter(keywords__0_2=["sea", "war"]),
    "slice overlap": lambda: book.filter(keywords__1_3__overlap=["sea", "war"]),
    "slice contained_by": lambda: book.filter(keywords__0_1__contained_by=["sea"]),
    "in": lambda: book.filter(keywords__in=[["sea"], [], ["war", "sea"]]),
    "gt": lambda: book.filter(keywords__gt=["sea"]),
    "isnull": lambda: book.filter(keywords__isnull=True),
    "over a relation": lambda: book.filter(sequel_of__keywords__contains=["sea"]),
    "exclude contains": lambda: book.exclude(keywords__contains=["sea"]),
    "exclude overlap": lambda: book.exclude(keywords__overlap=["sea", "war"]),
    "exclude exact": lambda: book.exclude(keywords=[]),
    "exclude over a relation": lambda: book.exclude(sequel_of__keywords__contains=["sea"]),
    "exclude an element": differs(UNKNOWN, django=lambda: book.exclude(keywords__0="sea"),
                                  here=lambda: book.exclude(pk__in=book.filter(keywords__0="sea").values("pk"))),
    "exclude len": lambda: book.exclude(keywords__len=0),
    "columns": lambda: book.filter(keywords__contains=F("sequel_of__keywords")),
    "ordered by len": lambda: book.order_by("keywords__len", "pk").values_list("pk", flat=True),
    "ordered by an element": lambda: book.order_by("-keywords__0", "pk").values_list("pk", flat=True),
    "values of an element": lambda: book.order_by("pk").values_list("keywords__0", "keywords__len"),
    "values of a slice": lambda: book.order_by("pk").values_list("keywords__0_2", flat=True),
})
