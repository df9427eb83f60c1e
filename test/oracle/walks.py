"""Django walks no trees: the keys are walked here, row by row."""
from django.db.models import Avg, Count

from oracle.compare import cases, deleted, write
from oracle.models import Author, Book, Review

author, book = Author.objects, Book.objects


def reached(rows, key, down, with_self=False):
    """The keys of what one or more steps from the rows lead to."""
    of_all = dict(rows.model.objects.values_list("pk", key))
    start = set(rows.values_list("pk", flat=True))
    found, further = set(), start
    while further:
        if down:
            further = {pk for pk, to in of_all.items() if to in further}
        else:
            further = {of_all[pk] for pk in further} - {None}
        further -= found
        found |= further
    return found | start if with_self else found


def walked(rows, down, with_self=False, key="mentor"):
    return rows.model.objects.filter(pk__in=reached(rows, key, down, with_self))


def keys(rows):
    return list(rows.order_by("pk").values_list("pk", flat=True))


def below(rows, with_self=False, key="mentor"):
    return lambda: keys(walked(rows.all(), True, with_self, key))


def above(rows, with_self=False, key="mentor"):
    return lambda: keys(walked(rows.all(), False, with_self, key))


def tree():
    return walked(author.filter(pk__in=[1, 2, 3]), True)


def first_below(row):
    return max(reached(author.filter(pk=row.pk), "mentor", True), default=None)


def with_any(row):
    row.any, row._annotation_names = bool(reached(author.filter(pk=row.pk), "mentor", True)), ["any"]
    return row


def circle():
    author.filter(pk=1).update(mentor=5)
    author.filter(pk=5).update(mentor=9)
    author.filter(pk=9).update(mentor=1)


def in_circle(pk, down, with_self=False):
    def change():
        circle()
        return keys(walked(author.filter(pk=pk), down, with_self))
    return write(change)


def circle_of_one():
    author.filter(pk=4).update(mentor=4)
    return keys(walked(author.filter(pk=4), False))


some, fifth = author.filter(name__icontains="a"), author.filter(pk=40)

cases("walks", {
    "descendants of one": below(author.filter(pk=1)),
    "descendants of one and itself": below(author.filter(pk=1), True),
    "ancestors of one": above(fifth),
    "ancestors of one and itself": above(fifth, True),
    "descendants of some": below(some),
    "descendants of some and themselves": below(some, True),
    "ancestors of some": above(some),
    "ancestors of some and themselves": above(some, True),
    "descendants of all": below(author.all()),
    "ancestors of all": above(author.all()),
    "descendants of none": below(author.none()),
    "ancestors of in nothing": above(author.filter(pk__in=[]), True),
    "of rows without any": below(author.filter(students__isnull=True)),
    "of rows filtered over a relation": below(author.filter(country__name="Congo")),
    "of rows filtered over many": above(author.filter(books__stars=5)),
    "of a slice": above(author.order_by("-pk")[:5]),
    "of excluded rows": below(author.exclude(rating__gt=1)),
    "descendants of ancestors": lambda: keys(walked(walked(author.filter(pk=33), False), True)),

    "filtered": lambda: keys(tree().filter(rating__gt=1)),
    "excluded": lambda: keys(tree().exclude(country="us")),
    "filtered over many": lambda: keys(tree().filter(books__stars=5).distinct()),
    "ordered": lambda: tree().order_by("-name", "pk"),
    "sliced": lambda: tree().order_by("-pk")[2:6],
    "counted": lambda: tree().count(),
    "exist": lambda: tree().exists(),
    "annotated": lambda: tree().order_by("pk").annotate(n=Count("books")),
    "aggregated": lambda: tree().aggregate(a=Avg("rating"))["a"],
    "values": lambda: tree().order_by("pk").values_list("name", "mentor__name"),
    "in a lookup": lambda: keys(book.filter(author__in=tree())),
    "not in a lookup": lambda: keys(book.exclude(author__in=tree())),
    "how many each has": lambda: [with_any(row) for row in author.order_by("pk")],
    "the first below each": lambda: [[row.pk, first_below(row)] for row in author.order_by("pk")],
    "of books": below(book.filter(pk__lt=10), key="sequel_of"),
    "of books, upwards": above(book.filter(stars=5), key="sequel_of"),
    "of books in the model's order": lambda: walked(book.filter(pk=2), True, True, "sequel_of"),
})
cases("walks", {
    "updated": write(lambda: tree().update(rating=7.5)),
    "deleted": write(lambda: deleted(Review.objects.filter(reviewer__in=walked(author.filter(pk=1), True)))),
    "circle: descendants": in_circle(1, True),
    "circle: ancestors": in_circle(1, False),
    "circle: or self": in_circle(5, False, True),
    "circle of one": write(circle_of_one),
})
