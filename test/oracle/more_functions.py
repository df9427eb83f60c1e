"""What Django 3.2 has no class of is a Func or an Aggregate here."""
from datetime import date

import pytz
from django.contrib.postgres import aggregates as pg
from django.contrib.postgres.functions import RandomUUID, TransactionNow
from django.db.models import (Aggregate, BooleanField, Count, DateField, ExpressionWrapper, F, FloatField, Func, IntegerField,
                              Lookup, Q, StdDev, TextField, Transform, Value, Variance)
from django.db.models import functions as of
from django.db.models.expressions import RawSQL
from django.db.models.fields import Field

from oracle.compare import cases, write
from oracle.computed import computed, text_agg
from oracle.models import Author, Book

author, book = Author.objects, Book.objects


@Field.register_lookup
class NotEqual(Lookup):
    lookup_name = "not_equal"

    def as_sql(self, compiler, connection):
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} <> {right}", [*left_values, *right_values]


@TextField.register_lookup
class Folded(Transform):
    lookup_name, template, bilateral, output_field = "folded", "LOWER(TRIM(%(expressions)s))", True, TextField()


@TextField.register_lookup
class Initial(Transform):
    lookup_name, template, output_field = "initial", "LEFT(%(expressions)s, 1)", TextField()


def keys(rows):
    return list(rows.order_by("pk").values_list("pk", flat=True))


def of_books(value):
    return lambda: list(book.order_by("pk").annotate(computed=value).values_list("pk", "computed"))


def text(value):
    return Value(value, output_field=TextField())


def concat(*parts):
    return of.Concat(*parts, output_field=TextField())


def initcap(name="title"):
    return Func(F(name), function="INITCAP", output_field=TextField())


def joined():
    return of.Concat("subtitle", "title")


def remainder():
    return RawSQL("(pages %% 50)", [], output_field=IntegerField())


def rounded(value, places):
    return Func(value, places, template="ROUND(%(expressions)s)::float8", output_field=FloatField(), arg_joiner="::numeric, ")


def aggregated(what):
    return lambda: book.aggregate(a=what)["a"]


def by_binding(**terms):
    return lambda: book.order_by("binding").values_list("binding").annotate(**terms)


def by_author(what):
    return lambda: author.order_by("pk").annotate(a=what).values_list("pk", "a")


def zone(name):
    return pytz.timezone(name)


def stamped():
    book.filter(pk=3).update(checked=of.Now())
    return book.filter(pk=3).update(checked=None)


cases("more_functions", {
    "JSONObject": of_books(of.JSONObject(title="title", pages="pages")),
    "JSONObject of NULLs": of_books(of.JSONObject(stars="stars", who="editor__name")),
    "JSONObject of an array and an expression": of_books(of.JSONObject(words="keywords", twice=F("pages") * 2)),
    "JSONObject of a function": of_books(of.JSONObject(lower=of.Lower("title"))),
    "JSONObject in a JSONObject": of_books(of.JSONObject(a=of.JSONObject(b="stars"))),
    "JSONObject without members": of_books(of.JSONObject()),
    "JSONArray": lambda: [[row.pk, [row.title, row.stars, row.in_print]] for row in book.order_by("pk")],
    "JSONObject of an aggregate":
        lambda: author.order_by("pk").annotate(n=Count("books")).annotate(a=of.JSONObject(n="n")).values_list("pk", "a"),
    "json_agg": aggregated(pg.JSONBAgg("title", ordering="pk")),
    "json_agg of NULLs": aggregated(pg.JSONBAgg("stars", ordering="pk")),
    "json_agg of groups": by_binding(a=pg.JSONBAgg("pages", ordering="pk")),

    "Concat of NULLs": computed(of.Concat("subtitle", "editor__name")),
    "Concat of NULL first": computed(of.Concat("subtitle", text("-"), "title")),
    "Concat of a number": computed(concat("title", of.Cast("pages", TextField()))),
    "Concat of a nullable number": computed(concat(of.Cast("stars", TextField()), text("*"))),
    "Concat in a Concat": computed(of.Concat("title", of.Concat(text("("), of.Concat("subtitle", text(")"))))),
    "Concat of functions": computed(of.Concat(of.Upper("subtitle"), of.Lower("title"))),
    "Concat, filtered by": lambda: keys(book.alias(a=joined()).filter(a="Eden")),
    "Concat, excluded by": lambda: keys(book.alias(a=joined()).exclude(a__icontains="e")),
    "Concat, ordered by": lambda: list(book.order_by(joined(), "pk").values_list("pk", flat=True)),
    "plus of texts": computed(of.Concat("title", "title")),
    "plus of nullable texts":
        lambda: [None if row.subtitle is None else row.title + row.subtitle for row in book.order_by("pk")],

    "Func": computed(initcap()),
    "Func of two": computed(Func(F("title"), text("e"), Value(1), function="SPLIT_PART", output_field=TextField())),
    "Func of a nullable": computed(initcap("subtitle")),
    "Func of expressions": computed(Func(F("pages") + 1, Value(0), Value(300), Value(5), function="WIDTH_BUCKET",
                                         output_field=IntegerField())),
    "Func over a relation": computed(initcap("author__name")),
    "Func, filtered by": lambda: keys(book.alias(a=initcap()).filter(a="Eden")),
    "RawSQL": computed(RawSQL("%s + 7", [5], output_field=IntegerField())),
    "RawSQL of a column": computed(RawSQL("(pages + %s)", [5], output_field=IntegerField())),
    "RawSQL, filtered by": lambda: keys(book.alias(a=remainder()).filter(a=25)),
    "RawSQL, ordered by": lambda: list(book.order_by(remainder().desc(), "pk").values_list("pk", flat=True)),
    "Collate": computed(of.Collate("title", "C")),
    "Collate, ordered by": lambda: list(book.order_by(of.Collate("title", "C"), "pk").values_list("pk", flat=True)),
    "Collate, compared": lambda: keys(book.alias(a=of.Collate("title", "C")).filter(a__gt="a")),
    "slice of a text": computed(of.Substr("title", 2, 2)),
    "slice of a text, open": computed(of.Substr("title", 5)),
    "slice of a nullable text": computed(of.Substr("subtitle", 1, 2)),
    "not of a boolean": computed(ExpressionWrapper(~Q(in_print=True), output_field=BooleanField())),
    "a boolean column": lambda: keys(book.filter(in_print=True)),
    "not a boolean column": lambda: keys(book.filter(in_print=False)),
    "a boolean or": lambda: keys(book.filter(Q(in_print=True) | Q(stars=1))),
    "Round to places": computed(rounded(F("price") / 3, Value(1))),
    "Round to tens": computed(rounded(F("pages"), Value(-2))),
    "Value of a date": computed(Value(date(2001, 2, 3), output_field=DateField())),
    "Value of NULL or a column": computed(of.Coalesce(of.NullIf(Value(1), Value(1)), "stars", output_field=IntegerField())),

    "UUID4": lambda: book.count(),
    "RandomUUID": lambda: book.filter(isbn=RandomUUID()).count(),
    "Random": lambda: book.alias(a=of.Random()).filter(a__gte=0, a__lt=1).count(),
    "ordered by Random": lambda: book.order_by("?").count(),
    "TransactionNow": lambda: book.filter(created__lt=TransactionNow()).count(),
    "Now on the right": lambda: book.filter(created__gt=of.Now()).count(),
    "ExtractIsoYear of a moment": computed(of.ExtractIsoYear("created")),
    "ExtractQuarter of a moment": computed(of.ExtractQuarter("checked")),
    "ExtractWeek of a moment": computed(of.ExtractWeek("created")),
    "ExtractIsoWeekDay of a moment in a zone": computed(of.ExtractIsoWeekDay("created", tzinfo=zone("Asia/Tokyo"))),
    "ExtractMonth in a zone": computed(of.ExtractMonth("created", tzinfo=zone("America/New_York"))),
    "ExtractYear in a zone": computed(of.ExtractYear("checked", tzinfo=zone("Pacific/Auckland"))),
    "ExtractMinute in a zone": computed(of.ExtractMinute("created", tzinfo=zone("Asia/Kolkata"))),
    "TruncDay of a date": lambda: [row.published for row in book.order_by("pk")],
    "TruncWeek of a moment": computed(of.TruncWeek("created")),
    "TruncQuarter of a moment in a zone": computed(of.TruncQuarter("checked", tzinfo=zone("Asia/Tokyo"))),
    "TruncHour in a zone": computed(of.TruncHour("created", tzinfo=zone("Asia/Kolkata"))),
    "TruncDate of a nullable": computed(of.TruncDate("checked")),
    "TruncYear over a relation": computed(of.TruncYear("author__born")),
    "TruncYear, grouped by":
        lambda: book.order_by().annotate(y=of.TruncYear("published")).values("y").annotate(n=Count("*")),

    "bit_xor": aggregated(Aggregate(F("stars"), function="BIT_XOR", output_field=IntegerField())),
    "regr_avgy": aggregated(pg.RegrAvgY("pages", "stars")),
    "regr_sxx": aggregated(pg.RegrSXX("pages", "price")),
    "regr_syy": aggregated(pg.RegrSYY("pages", "price")),
    "corr over a relation": aggregated(pg.Corr("pages", "author__rating")),
    "covar_pop filtered": aggregated(pg.CovarPop("pages", "price", filter=Q(stars__gt=2))),
    "corr of nothing": aggregated(pg.Corr("pages", "price", filter=Q(pages=1))),
    "regr_count of nothing": aggregated(pg.RegrCount("pages", "price", filter=Q(pages=1))),
    "Aggregate of every": aggregated(Aggregate(F("in_print"), function="EVERY", output_field=BooleanField())),
    "stddev of groups": by_binding(a=StdDev("pages"), b=Variance("stars", sample=True)),
    "corr of groups": by_binding(a=pg.Corr("pages", "price")),
    "string_agg over many": by_author(text_agg("books__title", "|", "books__pk")),
    "array_agg over many": by_author(pg.ArrayAgg("books__stars", ordering="books__pk")),
    "bit_or over many": by_author(pg.BitOr("books__stars")),
    "bool_and over many": by_author(pg.BoolAnd("books__in_print")),

    "lookup of one's own": lambda: keys(book.filter(pages__not_equal=100)),
    "lookup of one's own, nullable": lambda: keys(book.filter(stars__not_equal=3)),
    "lookup of one's own, excluded": lambda: keys(book.exclude(stars__not_equal=3)),
    "lookup of one's own, a column": lambda: keys(book.filter(title__not_equal=F("subtitle"))),
    "lookup of one's own, over many": lambda: keys(author.filter(books__stars__not_equal=3)),
    "transform of one's own": lambda: keys(book.filter(title__initial="S")),
    "transform of one's own, then a lookup": lambda: keys(book.filter(title__initial__in=["S", "e"])),
    "transform of one's own, nullable": lambda: keys(book.exclude(subtitle__initial="E")),
    "transform of one's own, chained": lambda: keys(book.filter(title__upper__initial="E")),
    "transform of one's own, ordered by": lambda: list(book.order_by("title__initial", "pk").values_list("pk", flat=True)),
    "transform of one's own, values": lambda: list(book.order_by("pk").values_list("title__initial", flat=True)),
    "bilateral": lambda: keys(book.filter(title__folded=" EDEN")),
    "bilateral with a column": lambda: keys(book.filter(title__folded=F("subtitle"))),
    "bilateral in": lambda: keys(book.filter(title__folded__in=["EDEN ", "Space"])),
    "bilateral startswith": lambda: keys(book.filter(title__folded__startswith="THE")),
})

cases("more_functions", {
    "Concat, updated to": write(lambda: book.update(title=of.Concat("subtitle", text("/"), "title"))),
    "updated to Now": write(stamped),
})
