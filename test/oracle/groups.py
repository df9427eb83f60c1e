from django.contrib.postgres import aggregates as pg
from django.db.models import (Avg, BooleanField, Case, Count, ExpressionWrapper, F, Max, Min, Q, Sum,
                              TextField, Value, When)
from django.db.models.functions import Coalesce, ExtractYear

from oracle.compare import cases, differs
from oracle.models import Author, Book, Country

author = Author.objects.order_by("pk")
book = Book.objects.order_by()
SEVERAL = "an aggregate over a relation to many rows that another join multiplies"
UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"
MODELS_ORDER = "`values().annotate()` of a model with an ordering"
ALIAS = "`aggregate()` over an alias"


def text(value):
    return Value(value, output_field=TextField())


def holds(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())


def counted(rows=author, what="books"):
    return rows.annotate(n=Count(what))


def both(rows=author):
    return rows.annotate(n=Count("books"), m=Count("reviews"))


def each(rows=author):
    """What both() means."""
    return rows.annotate(n=Count("books", distinct=True), m=Count("reviews", distinct=True))


def sums():
    """Of each author's books and reviews by themselves."""
    books = dict(author.values_list("pk").annotate(s=Sum("books__pages")))
    reviews = dict(author.values_list("pk").annotate(s=Sum("reviews__score")))
    return [with_values(row, n=books[row.pk], m=reviews[row.pk]) for row in author]


def with_values(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row._annotation_names = list(values)
    return row


def alone(value, rows):
    """Rows with an aggregate of all their books, whatever else the rows are chosen by."""
    values = dict(author.values_list("pk").annotate(_=value))
    return [with_values(row, n=values[row.pk]) for row in rows.order_by("pk")]


def only(**lookups):
    return author.filter(pk__in=author.filter(**lookups).values("pk"))


cases("groups", {
    "filter, annotate": lambda: counted(author.filter(books__stars=5)),
    "filter, annotate a sum": lambda: author.filter(books__stars__gt=2).annotate(n=Sum("books__pages")),
    "filter of two, annotate": lambda: counted(author.filter(books__stars__gt=2, books__pages__gt=100)),
    "filter over two hops, annotate": lambda: counted(author.filter(books__tags__name="sea"), "books__tags"),
    "annotate, filter": differs(SEVERAL, django=lambda: counted().filter(books__stars=5),
                                here=lambda: alone(Count("books"), only(books__stars=5))),
    "annotate distinct, filter": lambda: author.annotate(n=Count("books", distinct=True)).filter(books__stars=5),
    "annotate a sum, filter": differs(
        SEVERAL, django=lambda: author.annotate(n=Sum("books__pages")).filter(books__stars=5),
        here=lambda: alone(Sum("books__pages"), only(books__stars=5))),
    "annotate max, filter": lambda: author.annotate(n=Max("books__pages")).filter(books__stars=5),
    "annotate, filter another relation": differs(
        SEVERAL, django=lambda: counted().filter(reviews__score=5),
        here=lambda: alone(Count("books"), only(reviews__score=5))),
    "filter another relation, annotate": differs(
        SEVERAL, django=lambda: counted(author.filter(reviews__score=5)),
        here=lambda: alone(Count("books"), only(reviews__score=5))),
    "annotate, exclude": lambda: counted().exclude(books__stars=5),
    "exclude, annotate": lambda: counted(author.exclude(books__stars=5)),
    "filter, annotate, filter": lambda: counted(author.filter(books__stars__gt=1)).filter(n__gt=2),
    "annotate, filter by it and the relation": differs(
        SEVERAL, django=lambda: counted().filter(n__gt=5, books__stars=5),
        here=lambda: [row for row in alone(Count("books"), only(books__stars=5)) if row.n > 5]),
    "annotate, filter by one of one": lambda: counted().filter(mentor__name__icontains="a"),
    "filtered aggregate over a filtered relation": lambda: author.filter(books__stars__gt=1).annotate(
        n=Count("books", filter=Q(books__pages__gt=100))),
    "two relations": differs(SEVERAL, django=both, here=each),
    "two relations, distinct": each,
    "two relations, sums": differs(
        SEVERAL, django=lambda: author.annotate(n=Sum("books__pages"), m=Sum("reviews__score")), here=sums),
    "two relations, extremes": lambda: author.annotate(n=Max("books__pages"), m=Min("reviews__score")),
    "three relations": differs(
        SEVERAL, django=lambda: author.annotate(a=Count("books"), b=Count("reviews"), c=Count("students")),
        here=lambda: author.annotate(a=Count("books", distinct=True), b=Count("reviews", distinct=True),
                                     c=Count("students", distinct=True))),
    "many to many and reverse": differs(
        SEVERAL, django=lambda: Book.objects.order_by("pk").annotate(n=Count("tags"), m=Count("reviews")),
        here=lambda: Book.objects.order_by("pk").annotate(n=Count("book_tags", distinct=True),
                                                          m=Count("reviews", distinct=True))),
    "two relations, filtered by one":
        differs(SEVERAL, django=lambda: both().filter(n__gt=5), here=lambda: each().filter(n__gt=5)),
    "two relations, compared":
        differs(SEVERAL, django=lambda: both().filter(n__lt=F("m")), here=lambda: each().filter(n__lt=F("m"))),
    "two relations, ordered": differs(SEVERAL, django=lambda: both(Author.objects).order_by("-m", "n", "pk"),
                                      here=lambda: each(Author.objects).order_by("-m", "n", "pk")),
    "two relations, counted":
        differs(SEVERAL, django=lambda: both().filter(m__gt=5).count(), here=lambda: each().filter(m__gt=5).count()),
    "one relation at two depths": differs(
        SEVERAL, django=lambda: author.annotate(n=Count("books"), m=Count("books__tags")),
        here=lambda: author.annotate(n=Count("books", distinct=True), m=Count("books__book_tags", distinct=True))),
    "same relation twice":
        lambda: author.annotate(n=Count("books"), m=Sum("books__pages"), a=Avg("books__price")),
    "relation in the row and counted": differs(
        SEVERAL, django=lambda: counted().values_list("pk", "reviews__score", "n"),
        here=lambda: author.annotate(n=Count("books", distinct=True)).values_list("pk", "reviews__score", "n")),
})


def grouped(*names, rows=book, **terms):
    return lambda: rows.values(*names).annotate(**(terms or {"n": Count("*")}))


def stars(**terms):
    return grouped("stars", **terms)


def remainder():
    return book.annotate(a=F("pages") % 100)


cases("groups", {
    "values, annotate": stars(),
    "values of two, annotate": grouped("stars", "in_print"),
    "annotate, values": lambda: counted(Author.objects).values("country", "n"),
    "annotate, values_list": lambda: counted(Author.objects).values_list("n", flat=True),
    "in one values": lambda: book.values("stars", n=Count("tags")),
    "in one values, of own": lambda: book.values("stars", n=Count("pk")),
    "values, values with an aggregate": lambda: book.values("stars").values("stars", n=Count("pk")),
    "by a relation": grouped("author"),
    "by a related column": grouped("editor__name", n=Count("*"), s=Sum("pages")),
    "by a column two hops away": grouped("author__country__name"),
    "by many": grouped("books__stars", rows=Author.objects),
    "by a transform": lambda: book.annotate(y=ExtractYear("published")).values("y").annotate(n=Count("*")),
    "by an annotation": lambda: remainder().values("a").annotate(n=Count("*")),
    "by an alias": lambda: book.alias(a=F("pages") % 100).values("stars").annotate(n=Max("a")),
    "by an expression": lambda: book.values(a=F("pages") % 100).annotate(n=Count("pk")),
    "by a condition": lambda: book.annotate(a=holds(Q(pages__gt=100))).values("a").annotate(n=Count("*")),
    "by a case": lambda: book.annotate(a=Case(When(stars__gt=3, then=text("good")), default=text("bad"))).values(
        "a").annotate(n=Count("*"), s=Sum("pages")),
    "by a constant": lambda: book.annotate(a=Value(1)).values("a").annotate(n=Count("*")),
    "over a relation": stars(n=Count("tags")),
    "two annotates": stars(n=Count("*"), s=Sum("pages")),
    "an expression of aggregates": lambda: stars(n=Count("*"), s=Sum("pages"))().annotate(m=F("s") / F("n")),
    "aggregates minus each other": stars(d=Max("pages") - Min("pages")),
    "distinct aggregates": stars(n=Count("pages", distinct=True)),
    "filtered aggregates": grouped("binding", n=Count("pk", filter=Q(stars__gt=2)), m=Count("*")),
    "default of aggregates": stars(n=Coalesce(Sum("pages", filter=Q(pages__gt=250)), -1)),
    "arrays": stars(a=pg.ArrayAgg("title", ordering=("-pages", "pk"))),
    "texts": stars(a=pg.StringAgg("title", "|", distinct=True, ordering="title", output_field=TextField())),
    "truths": stars(a=pg.BoolOr("in_print")),
    "then the key only": lambda: stars()().values_list("stars", flat=True),
    "then the aggregate only": lambda: stars()().values_list("n", flat=True),
    "sliced": lambda: list(Book.objects.order_by("stars").values_list("stars").annotate(n=Count("*"))[1:4]),
    "first": lambda: Book.objects.order_by("stars").values_list("stars").annotate(n=Count("*")).first(),
    "of filtered rows": grouped("stars", rows=book.filter(pages__gt=100)),
    "of excluded rows": grouped("stars", rows=book.exclude(stars=3)),
    "of rows filtered over many": grouped("stars", rows=book.filter(tags__name__icontains="s"), n=Count("pk")),
    "of none": lambda: [],

    "ordered by another": grouped("stars", rows=Book.objects.order_by("title")),
    "ordered by a related one": grouped("stars", rows=Book.objects.order_by("author__name")),
    "ordered by the key": lambda: list(Book.objects.order_by("-stars").values_list("stars").annotate(n=Count("*"))),
    "order cleared afterwards": lambda: grouped("stars", rows=Book.objects.order_by("title"))().order_by(),
    "order of the model": differs(MODELS_ORDER, django=grouped("stars", rows=Book.objects), here=stars()),
    "order of the model, by a country": differs(
        MODELS_ORDER, django=grouped("founded", rows=Country.objects),
        here=grouped("founded", rows=Country.objects.order_by())),
    "ordered by the aggregate":
        lambda: list(Book.objects.values_list("stars").annotate(n=Count("*")).order_by("-n", "stars")),
    "distinct, ordered by another": lambda: Book.objects.order_by("title").values_list("stars", flat=True).distinct(),
    "distinct, ordered by a related one":
        lambda: Book.objects.order_by("author__name").values_list("stars", flat=True).distinct(),
    "distinct, order of the model": lambda: Book.objects.values_list("stars", flat=True).distinct(),
    "distinct, order of the model, counted": lambda: Book.objects.values_list("stars", flat=True).distinct().count(),
    "distinct of groups": lambda: stars()().values_list("n", flat=True).distinct(),
})


def summed():
    return author.annotate(s=Sum("books__stars"))


cases("groups", {
    "having": lambda: counted().filter(n__gt=6),
    "having, range": lambda: counted().filter(n__range=(4, 6)),
    "having, in": lambda: counted().filter(n__in=[4, 6]),
    "having of a group": lambda: stars()().filter(n__gt=25),
    "having and where": lambda: counted().filter(n__gt=4, rating__gt=1),
    "having, then where": lambda: counted().filter(n__gt=4).filter(rating__gt=1),
    "where, then having": lambda: counted(author.filter(rating__gt=1)).filter(n__gt=4),
    "having or where": lambda: counted().filter(Q(n__gt=6) | Q(rating__gt=3)),
    "having or where over a relation": lambda: counted().filter(Q(n__gt=6) | Q(country__name="Congo")),
    "having or where of a group": lambda: stars()().filter(Q(n__gt=25) | Q(stars=1)),
    "having and (having or where)": lambda: counted().filter(Q(n__gt=1) & (Q(n__lt=5) | Q(rating__gt=3))),
    "not having": lambda: counted().filter(~Q(n__gt=5)),
    "exclude having": lambda: counted().exclude(n__gt=5),
    "exclude having and where": lambda: counted().exclude(n__gt=5, rating__gt=1),
    "exclude having or where": lambda: counted().exclude(Q(n__gt=5) | Q(rating__gt=1)),
    "having of a sum that is NULL": lambda: summed().filter(s__gt=10),
    "exclude having of a sum that is NULL": differs(
        UNKNOWN, django=lambda: summed().exclude(s__gt=10),
        here=lambda: summed().filter(Q(s__lte=10) | Q(s__isnull=True))),
    "having isnull": lambda: summed().filter(s__isnull=True),
    "having against a column": lambda: counted().filter(n__gt=F("rating")),
    "column against the aggregate": lambda: counted().filter(rating__lt=F("n")),
    "having of two": lambda: author.annotate(n=Count("books"), s=Sum("books__pages")).filter(s__gt=F("n") * 150),
    "having of an expression": lambda: counted().annotate(m=F("n") % 3).filter(m=1),
    "having without an annotation": lambda: author.alias(n=Count("books")).filter(n__gt=6),
    "exclusive or of having and where":
        lambda: counted().filter(pk__in=[a.pk for a in counted() if (a.n > 5) != (a.rating is not None and a.rating > 1)]),
})


def rows():
    return counted(Author.objects)


def of(rows, *terms):
    values = list(rows.aggregate(**{f"value{i}": term for i, term in enumerate(terms)}).values())
    return values[0] if len(values) == 1 else values


cases("groups", {
    "count of counted": lambda: rows().count(),
    "count of having": lambda: rows().filter(n__gt=5).count(),
    "count of having or where": lambda: rows().filter(Q(n__gt=5) | Q(rating__gt=1)).count(),
    "count of groups": lambda: stars()().count(),
    "count of groups, having": lambda: stars()().filter(n__gt=25).count(),
    "count of a slice": lambda: rows().order_by("pk")[35:60].count(),
    "count distinct": lambda: rows().values_list("n").distinct().count(),
    "exists of having": lambda: rows().filter(n__gt=5).exists(),
    "exists not of having": lambda: rows().filter(n__gt=500).exists(),
    "exists of groups": lambda: stars()().filter(n__gt=25).exists(),
    "exists not of groups": lambda: stars()().filter(n__gt=2500).exists(),
    "aggregate of counts": lambda: of(rows(), Avg("n")),
    "aggregates of counts": lambda: of(rows(), Sum("n"), Max("n"), Count("n", distinct=True)),
    "aggregate of having": lambda: of(rows().filter(n__gt=5), Sum("n")),
    "aggregate of a count and a column": lambda: of(rows(), Sum("n"), Avg("rating")),
    "aggregate of an annotation": lambda: of(book.annotate(a=F("pages") * 2), Sum("a")),
    "aggregate of an expression of it": lambda: of(book.annotate(a=F("pages") * 2), Sum(F("a") + 1)),
    "aggregate of groups": lambda: of(stars()(), Max("n")),
    "aggregate of a slice of counted": lambda: of(rows().order_by("-n", "pk")[:5], Sum("n")),
    "aggregate of distinct rows": lambda: of(Author.objects.filter(books__stars__gt=1).distinct(), Sum("rating")),
    "aggregate of rows that repeat": lambda: of(Author.objects.filter(books__stars__gt=1), Sum("rating")),
    "aggregate of distinct values of an annotation":
        lambda: of(remainder().values_list("a", flat=True).distinct(), Sum("a")),
    "aggregate filtered by an annotation": lambda: of(remainder(), Count("pk", filter=Q(a__gt=50))),
    "aggregate of an alias": differs(ALIAS, django=lambda: of(book.alias(a=F("pages") % 100), Max("a")),
                                     here=lambda: of(remainder(), Max("a"))),
    "aggregate of none": lambda: [None, 0],  # Django 3.2 gives None for all of them
    "aggregate of none with a default": lambda: [5, 0, None],
    "aggregate of an empty slice": lambda: [5, 0],
    "aggregate of in nothing": lambda: [None, 0],
    "aggregates over two relations":
        lambda: of(Author.objects, Count("books", distinct=True), Count("reviews", distinct=True)),
})
