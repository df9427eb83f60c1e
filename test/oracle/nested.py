"""Django 3.2 has no ArraySubquery: the same template here, and a slice, without which it drops the order inside."""
from django.contrib.postgres.fields import ArrayField
from django.db.models import (Case, Count, DateField, Exists, F, IntegerField, OuterRef, Q, Subquery,
                              Sum, TextField, Value, When)
from django.db.models.functions import Coalesce

from oracle.compare import cases, differs, plain as compare_rows
from oracle.computed import computed
from oracle.models import Author, Book, BookTag, Country, Review, Tag

author, book, country = Author.objects, Book.objects, Country.objects
by_pk = author.order_by("pk")
UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"


class ArraySubquery(Subquery):
    template = "ARRAY(%(subquery)s)"

    def __init__(self, rows, of):
        super().__init__(rows if rows.query.is_sliced else rows[:1000], output_field=ArrayField(of))


def own(**lookups):
    return book.filter(author=OuterRef("pk"), **lookups)


def longest():
    return own().order_by("-pages", "pk")


def integers(rows):
    return ArraySubquery(rows, IntegerField())


def texts(rows):
    return ArraySubquery(rows, TextField())


def array(of):
    return lambda: by_pk.annotate(a=of)


def title():
    return Subquery(longest().values("title")[:1])


def pages():
    return Subquery(longest().values("pages")[:1])


def five():
    return Exists(own(stars=5))


def scores(**lookups):
    return Review.objects.filter(book=OuterRef("pk"), **lookups)


def text(value):
    return Value(value, output_field=TextField())


def best():
    return own().annotate(best=Subquery(scores().order_by("-score", "pk").values("score")[:1])).order_by(
        F("best").desc(nulls_last=True), "pk").values("best")[:1]


def of_country():
    return author.filter(country=OuterRef("pk"))


def same_author():
    return book.filter(author=OuterRef("author"))


def keys(rows):
    return rows.values_list("pk", flat=True)


def with_pages():
    return by_pk.annotate(a=pages())


cases("nested", {
    "array of keys": array(integers(longest().values("pk"))),
    "array of texts": array(texts(longest().values("title"))),
    "array of nullables": array(integers(longest().values("stars"))),
    "array of dates": array(ArraySubquery(longest().values("published"), DateField())),
    "array of related columns": array(texts(longest().values("editor__name"))),
    "array of a slice": array(texts(longest().values("title")[1:3])),
    "array in the model's order": array(integers(own().values("pk"))),
    "array of distinct values": array(integers(own().order_by("stars").values("stars").distinct())),
    "array of computed values": array(integers(longest().values(b=F("pages") * 2))),
    "array of counts": array(integers(own().order_by("pk").annotate(n=Count("reviews")).values("n"))),
    "array of groups": array(integers(own().order_by("stars").values("stars").annotate(n=Count("*")).values("n"))),
    "array of none": lambda: [[*row, []] for row in compare_rows(by_pk)],
    "array over many to many": lambda: book.order_by("pk").annotate(a=texts(
        BookTag.objects.filter(book=OuterRef("pk")).order_by("tag__name", "pk").values("tag__name"))),
    "array, not correlated": lambda: country.annotate(a=texts(Tag.objects.order_by("-name").values("name"))),
    "ordered by an array":
        lambda: list(keys(author.order_by(integers(longest().values("pages")).desc(), "pk"))),
    "array that is filtered by": lambda: [row.pk for row in by_pk.annotate(a=integers(longest().values("stars"))) if 5 in row.a],
    "length of an array":
        lambda: [row.pk for row in by_pk.annotate(a=integers(longest().values("pk"))) if len(row.a) > 6],

    "annotate": lambda: by_pk.annotate(a=title()),
    "annotate, filter": lambda: with_pages().filter(a__gt=200),
    "annotate, exclude": differs(UNKNOWN, django=lambda: keys(with_pages().exclude(a__gt=200)),
                                 here=lambda: [row.pk for row in with_pages() if row.a is None or row.a <= 200]),
    "annotate, order": lambda: author.annotate(a=pages()).order_by("-a", "pk"),
    "annotate, values": lambda: by_pk.annotate(a=title()).values("name", "a"),
    "annotate, compute": lambda: with_pages().annotate(b=F("a") + 1).values_list("b", flat=True),
    "annotate, aggregate": lambda: with_pages().aggregate(s=Sum("a"))["s"],
    "annotate, group": lambda: author.annotate(a=pages()).values("a").annotate(n=Count("*")),
    "annotate beside a count": lambda: by_pk.annotate(n=Count("books"), a=pages()),
    "annotate, count": lambda: with_pages().filter(a__gt=200).count(),
    "annotate exists, filter": lambda: by_pk.annotate(a=five()).filter(a=True),
    "annotate exists, order": lambda: author.annotate(a=five()).order_by("-a", "pk"),
    "annotate exists, group": lambda: author.annotate(a=five()).values("a").annotate(n=Count("*")),
    "order": lambda: list(keys(author.order_by(pages().desc(), "pk"))),
    "order by exists": lambda: list(keys(author.order_by(five().asc(), "pk"))),
    "case": lambda: by_pk.annotate(a=Case(When(five(), then=text("good")), default=text("bad"), output_field=TextField())),
    "coalesce": lambda: by_pk.annotate(a=Coalesce(title(), "name")),
    "left of a comparison": lambda: keys(by_pk.alias(a=pages()).filter(a__gt=200)),
    "compared with a column": lambda: keys(by_pk.alias(a=pages()).filter(a__gt=F("rating") * 50)),
    "of a filtered aggregate": lambda: author.annotate(a=five()).aggregate(n=Count("pk", filter=Q(a=True)))["n"],
    "aggregate of it": lambda: with_pages().aggregate(s=Sum("a"))["s"],
    "a count as a sub-query": lambda: by_pk.annotate(
        a=Subquery(own().order_by().values("author").annotate(n=Count("*")).values("n"))),
    "a sum as a sub-query": lambda: by_pk.annotate(a=Subquery(
        Review.objects.filter(book__author=OuterRef("pk")).values("book__author").annotate(n=Sum("score")).values("n"))),
    "of an annotation": lambda: by_pk.annotate(n=F("pk") * 3).annotate(
        a=Subquery(book.filter(pk=OuterRef("n")).values("title"))),
    "of a related column": lambda: book.order_by("pk").annotate(
        a=Subquery(author.filter(name=OuterRef("editor__name")).order_by("pk").values("pk")[:1])),
    "two of them": lambda: by_pk.annotate(a=title(), b=pages()).filter(b__gt=100),
    "of values": lambda: book.order_by("pk").values("title", a=Subquery(author.filter(pk=OuterRef("author")).values("name"))),

    "a sub-query of a sub-query's rows": lambda: by_pk.annotate(a=Subquery(best())),
    "in, in": lambda: country.filter(authors__in=author.filter(books__in=book.filter(stars=5))),
    "in, in, in": lambda: country.filter(pk__in=author.filter(pk__in=book.filter(
        pk__in=Review.objects.filter(score=5).values("book")).values("author")).values("country")),
    "not in, in": lambda: author.exclude(books__in=book.exclude(reviews__in=Review.objects.filter(score=5))),
    "exists, not exists": lambda: author.filter(Exists(own().filter(~Exists(scores())))).order_by("pk"),
    "not exists, not exists: all of them":
        lambda: author.filter(~Exists(own().filter(~Exists(scores())))).order_by("pk"),
    "two levels out, compared": lambda: author.filter(Exists(own().filter(Exists(
        scores(score__gt=OuterRef(OuterRef("rating"))))))).order_by("pk"),
    "in a union": lambda: book.order_by("pk").filter(pk__in=keys(book.order_by().filter(stars=1)).union(
        keys(book.order_by().filter(stars=2)))),
    "in groups, having": lambda: by_pk.filter(
        pk__in=book.order_by().values("author").annotate(n=Count("*")).filter(n__gt=6).values("author")),

    "the model's order counts": computed(Subquery(same_author().values("pk")[:1])),
    "the model's order, reversed": computed(Subquery(same_author().reverse().values("pk")[:1])),
    "another order": computed(Subquery(same_author().order_by("stars", "pk").values("pk")[:1])),
    "a related order": lambda: country.order_by("pk").annotate(
        a=Subquery(of_country().order_by("mentor__name", "pk").values("name")[:1])),
    "a related model's order": lambda: Tag.objects.order_by("pk").annotate(
        a=Subquery(BookTag.objects.filter(tag=OuterRef("pk")).order_by("book", "pk").values("book")[:1])),
    "an order and a slice": lambda: country.order_by("pk").annotate(
        a=Subquery(of_country().order_by("-name", "pk").values("pk")[1:2])),
    "in: the order does not matter": lambda: book.order_by("pk").filter(author__in=author.order_by("-name")),
    "in: the model's order does not matter": lambda: by_pk.filter(country__in=country.filter(founded__gt=900)),
    "in: a slice keeps its order":
        lambda: book.order_by("pk").filter(author__in=author.order_by("-name", "pk")[:5]),
    "in: a slice of the model's order": lambda: by_pk.filter(country__in=country.order_by("-name", "pk")[:3]),
    "exists: the order does not matter": lambda: country.order_by("pk").filter(Exists(of_country().order_by("name"))),
    "exists: of a slice": lambda: country.order_by("pk").filter(Exists(of_country().order_by("name")[2:9])),
    "distinct in another order": lambda: by_pk.filter(
        pk__in=book.order_by("author_id", "-pages", "pk").distinct("author").values("editor")),
})
