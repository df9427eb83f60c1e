"""The cases' names have what is asked: "filter pages__gt 200", "order -pages,pk"."""
import json

from oracle.compare import differs, makers
from oracle.models import Book

book = Book.objects
UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"


def keys(rows):
    return lambda: list(rows().order_by("pk").values_list("pk", flat=True))


def ordered(names):
    order = [name.strip() for name in names.split(",")]
    return lambda: list(book.order_by(*order).values_list("pk", flat=True))


def entry(case):
    method, rest = case.split(" ", 1)
    if method == "order":
        return ordered(rest)
    name, value = rest.split(" ", 1)
    lookup = {name: json.loads(value)}
    if method != "exclude":
        return keys(lambda: book.filter(**lookup))
    excluded = keys(lambda: book.exclude(**lookup))
    left = keys(lambda: book.exclude(pk__in=book.filter(**lookup).values("pk")))
    return excluded if excluded() == left() else differs(UNKNOWN, django=excluded, here=left)


makers["dynamic"] = entry
