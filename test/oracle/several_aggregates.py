"""What each aggregate is by itself is asked in a query of its own; where Django gives the same, that is the case."""
from django.contrib.postgres import aggregates as pg
from django.db.models import Avg, Count, F, FloatField, Max, Min, Q, Sum

from oracle.compare import cases, deleted, differs, plain, write
from oracle.computed import text_agg
from oracle.models import Author, Book, Country, Tag

author, book, country = Author.objects, Book.objects, Country.objects
by_pk = author.order_by("pk")
REASON = "an aggregate over a relation to many rows that another join multiplies"
BOTH = {"a": Count("books"), "b": Count("reviews")}


def alone(rows, **terms):
    """The rows with each term of it asked by itself."""
    of_all = rows.model.objects.order_by()
    values = {name: dict(of_all.values_list("pk").annotate(_=term).values_list("pk", "_")) for name, term in terms.items()}
    result = list(rows)
    for row in result:
        for name in terms:
            setattr(row, name, values[name][row.pk])
        row._annotation_names = list(terms)
    return result


def several(rows, **terms):
    together, apart = (lambda: rows.annotate(**terms)), (lambda: alone(rows, **terms))
    return together if plain(together()) == plain(apart()) else differs(REASON, django=together, here=apart)


def added(name, value):
    """One annotation more, computed of both."""
    def run():
        rows = both()
        for row in rows:
            setattr(row, name, value(row))
            row._annotation_names.append(name)
        return rows
    return run


def both(holds=lambda row: True, rows=by_pk):
    return [row for row in alone(rows, **BOTH) if holds(row)]


def on_purpose(here, django=None):
    """Django counts both with what the other joins."""
    return differs(REASON, django=django or (lambda: by_pk.annotate(**BOTH)), here=here)


def keys(rows):
    return [row.pk for row in rows]


def total(field, rows):
    values = [getattr(row, field) for row in rows]
    return sum(values)


def joined(**conditions):
    return lambda: by_pk.annotate(**BOTH).filter(**conditions)


def computed(**terms):
    return lambda: by_pk.annotate(**BOTH).annotate(**terms)


cases("several_aggregates", {
    "two sums": several(by_pk, a=Sum("books__pages"), b=Sum("edited__pages")),
    "two averages": several(by_pk, a=Avg("books__pages"), b=Avg("reviews__score")),
    "a count and a sum": several(by_pk, a=Count("books"), b=Sum("edited__stars")),
    "a sum and extremes": several(by_pk, a=Sum("books__stars"), b=Max("reviews__score"), c=Min("students__rating")),
    "four relations": several(by_pk, a=Count("books"), b=Count("edited"), c=Count("students"), d=Count("reviews")),
    "filtered ones": several(by_pk, a=Count("books", filter=Q(books__stars__gt=2)),
                             b=Count("reviews", filter=Q(reviews__score=5))),
    "distinct ones": several(by_pk, a=Count("books__stars", distinct=True), b=Count("reviews__score", distinct=True)),
    "with defaults": differs(
        REASON, django=lambda: by_pk.annotate(a=Sum("books__stars"), b=Sum("reviews__score")),
        here=lambda: [set_to(row, a=row.a or 0, b=-1 if row.b is None else row.b)
                      for row in alone(by_pk, a=Sum("books__stars"), b=Sum("reviews__score"))]),
    "arrays": several(by_pk, a=pg.ArrayAgg("books__pk", ordering="books__pk"), b=pg.ArrayAgg("reviews__pk", ordering="reviews__pk")),
    "texts": several(by_pk, a=text_agg("books__title", "|", "books__pk"), b=text_agg("reviews__text", "|", "reviews__pk")),
    "of two hops and one": several(country.order_by("pk"), a=Count("authors"), b=Count("authors__students")),
    "many to many, and reverse": several(book.order_by("pk"), a=Count("tags"), b=Count("reviews"), c=Count("sequels")),
    "over one of one": several(book.order_by("pk"), a=Count("author__edited"), b=Count("reviews")),
    "of itself and others": several(by_pk, a=Count("students"), b=Count("mentor__students")),
    "computed of two": on_purpose(added("c", lambda row: row.a - row.b), computed(c=F("a") - F("b"))),
    "a case of two": on_purpose(added("c", lambda row: "writes" if row.a > row.b else "reads")),
    "an expression over one, a count of another": several(
        by_pk, a=Sum(F("books__pages") * F("books__price"), output_field=FloatField()), b=Count("reviews")),
    "an own column and two": on_purpose(
        lambda: [set_to(row, a=row.rating and row.rating * 2, b=row.a, c=row.b) for row in both()]),

    "filtered by both": on_purpose(lambda: both(lambda row: row.a > 5 and row.b > 5), joined(a__gt=5, b__gt=5)),
    "filtered by either": on_purpose(lambda: both(lambda row: row.a > 8 or row.b > 9)),
    "excluded by both": on_purpose(lambda: both(lambda row: not (row.a > 5 and row.b > 5))),
    "filtered by a sum of both": on_purpose(lambda: both(lambda row: row.a + row.b > 12)),
    "filtered by a column and both":
        on_purpose(lambda: both(lambda row: (row.rating or 0) > 1 and row.b > row.a), joined(rating__gt=1, b__gt=F("a"))),
    "ordered by both": on_purpose(lambda: sorted(both(), key=lambda row: (-row.b, -row.a, row.pk))),
    "sliced": on_purpose(lambda: both()[3:9]),
    "values": on_purpose(lambda: [[row.name, row.b] for row in both()]),
    "values list": on_purpose(lambda: [[row.pk, row.a, row.b] for row in both()]),
    "one of them": on_purpose(lambda: [row.a for row in both()],
                              lambda: by_pk.annotate(**BOTH).values_list("a", flat=True)),
    "first": on_purpose(lambda: both(lambda row: row.b > 5)[0]),
    "get": on_purpose(lambda: both(lambda row: row.pk == 4)[0]),
    "counted": lambda: author.count(),
    "filtered, counted": on_purpose(lambda: len(both(lambda row: row.a > 5 and row.b > 5)),
                                    lambda: joined(a__gt=5, b__gt=5)().count()),
    "filtered, exists": on_purpose(lambda: any(row.a > 50 and row.b > 5 for row in both()),
                                   lambda: joined(a__gt=50, b__gt=5)().exists()),
    "aggregated": on_purpose(lambda: [total("a", both()), total("b", both())],
                             lambda: list(by_pk.annotate(**BOTH).aggregate(x=Sum("a"), y=Sum("b")).values())),
    "filtered, aggregated": on_purpose(
        lambda: [max(row.a for row in both(lambda row: row.b > 5)),
                 total("b", both(lambda row: row.b > 5)) / len(both(lambda row: row.b > 5))],
        lambda: list(joined(b__gt=5)().aggregate(x=Max("a"), y=Avg("b")).values())),
    "of filtered rows": several(by_pk.filter(country="us"), **BOTH),
    "of rows filtered over one of one": several(by_pk.filter(mentor__name__icontains="a"), **BOTH),
    "of excluded rows": several(by_pk.exclude(books__stars=5), **BOTH),
    "in the model's order": several(book.all(), a=Count("tags"), b=Count("reviews")),
    "aliases": on_purpose(lambda: list(author.order_by("pk").filter(pk__in=keys(both(lambda row: row.a < row.b)))),
                          lambda: by_pk.alias(**BOTH).filter(a__lt=F("b"))),
    "annotated in two steps, filtered between": on_purpose(lambda: both(lambda row: row.a > 5)),
    "groups of counts": on_purpose(lambda: sorted({row.a for row in both(lambda row: row.b > 7)}),
                                   lambda: joined(b__gt=7)().order_by().values_list("a", flat=True).distinct()),

    "total of one relation": lambda: author.aggregate(s=Sum("books__pages"))["s"],
    "total of two hops": lambda: country.aggregate(s=Sum("authors__books__pages"))["s"],
    "total of filtered rows": lambda: author.filter(rating__gt=1).aggregate(n=Count("books"))["n"],
    "totals of one relation": lambda: list(
        author.aggregate(a=Count("books"), b=Sum("books__pages"), c=Max("books__price")).values()),
    "total of distinct ones": lambda: list(author.aggregate(
        a=Count("books__stars", distinct=True), b=Count("reviews__score", distinct=True)).values()),
    "totals of extremes of two": lambda: list(author.aggregate(a=Max("books__pages"), b=Min("reviews__score")).values()),
    "total of one, filtered": lambda: book.aggregate(n=Count("tags", filter=Q(tags__name="sea")))["n"],
})


def set_to(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row._annotation_names = list(values)
    return row


def updated():
    return author.filter(pk__in=keys(both(lambda row: row.a > 5 and row.b > 5))).update(rating=0.125)


def deleted_tags():
    tags = alone(Tag.objects.all(), a=Count("books"), b=Count("book_tags"))
    return deleted(Tag.objects.filter(pk__in=keys(row for row in tags if row.a > 45 and row.b > 45)))


cases("several_aggregates", {"updated by both": write(updated), "deleted by both": write(deleted_tags)})
