from django.db import transaction
from django.db.models import F

from oracle.compare import cases, plain, refused, write
from oracle.models import Book

by_pk = Book.objects.order_by("pk")
some = by_pk.filter(stars=3)


def locked(rows):
    """In a transaction of its own."""
    def run():
        with transaction.atomic():
            return plain(rows())
    return run


def updated():
    rows = list(some.select_for_update())
    return Book.objects.filter(pk__lte=rows[-1].pk, stars=3).update(pages=F("pages") + 1)


cases("locks", {name: locked(rows) for name, rows in {
    "rows": lambda: some.select_for_update(),
    "nowait": lambda: some.select_for_update(nowait=True),
    "skip locked": lambda: some.select_for_update(skip_locked=True),
    "no key": lambda: some.select_for_update(no_key=True),
    "sliced": lambda: by_pk.select_for_update()[2:7],
    "over a relation": lambda: by_pk.filter(author__name="Ada").select_for_update(),
    "over a nullable relation, of itself": lambda: by_pk.filter(editor__name="Ada").select_for_update(of=["self"]),
    "ordered over a nullable relation, of itself":
        lambda: Book.objects.order_by("editor__name", "pk").select_for_update(of=["self"]),
    "filtered afterwards": lambda: by_pk.select_for_update().filter(stars=3),
    "values": lambda: some.select_for_update().values_list("pk", "title"),
    "none": lambda: by_pk.none().select_for_update(),
    "count": lambda: some.select_for_update().count(),
    "get": lambda: Book.objects.select_for_update().get(pk=7),
    "first": lambda: by_pk.select_for_update().first(),
}.items()})
cases("locks", {
    "nowait and skip locked": refused(lambda: some.select_for_update(nowait=True, skip_locked=True)),
    "then updated": write(updated),
})
