from datetime import timedelta

from django.db.models import Case, DateField, ExpressionWrapper, F, FloatField, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest, Least, NullIf

from oracle.compare import cases, deleted, differs, write
from oracle.computed import computed, ordered
from oracle.models import Book

book = Book.objects
UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"


def integer(value):
    return ExpressionWrapper(value, output_field=IntegerField())


def double(value):
    return ExpressionWrapper(value, output_field=FloatField())


def text(value):
    return Value(value, output_field=TextField())


def where(value, **lookups):
    """filter() by an annotation that is not selected."""
    return lambda: book.alias(value=value).filter(**{f"value__{name}": of for name, of in lookups.items()})


def odd(*conditions):
    """Exclusive or, which Django has from 4.1 on."""
    first, *others = (Case(When(each, then=1), default=0) for each in conditions)
    return sum(others, first) % 2


cases("expressions", {
    "plus": computed(F("pages") + 1),
    "plus a nullable": computed(integer(F("pages") + F("stars"))),
    "minus": computed(100 - F("pages")),
    "times": computed(F("pages") * 2),
    "integer division": computed(F("pages") / 7),
    "division of a double": computed(double(F("price") / 4)),
    "remainder": computed(F("pages") % 7),
    "negative": computed(-F("pages")),
    "precedence": computed((F("pages") + 1) * 2 - F("pages") / 5 % 3),
    "minus of a sum": computed(integer(F("pages") - (integer(F("stars") + 1)))),
    "integer and double": computed(double(F("pages") * F("price"))),
    "power": computed(double(F("price") ** 2)),
    "bit and": computed(F("pages").bitand(12)),
    "bit or": computed(F("pages").bitor(3)),
    "bit xor": computed(F("pages").bitxor(5)),
    "shift left": computed(F("pages").bitleftshift(2)),
    "shift right": computed(F("pages").bitrightshift(1)),
    "over a relation": computed(F("pages") + F("sequel_of__pages")),
    "over two relations": computed(F("author__rating") - F("editor__rating")),
    "days": lambda: [day and day + timedelta(30)
                     for day in book.order_by("pk").values_list("published", flat=True)],
    "days between": lambda: [(a - b).days if a and b else None
                             for a, b in book.order_by("pk").values_list("published", "author__born")],
    "a constant": computed(Value(5)),
    "a text": computed(Value("it's", output_field=TextField())),
    "a column": computed(F("subtitle")),

    "gt a sum": lambda: book.filter(pages__gt=F("stars") * 50 + 10),
    "a sum gt": where(integer(F("pages") + F("stars")), gt=100),
    "a sum gt a product": where(F("pages") + 10, gt=F("price") * 20),
    "equal to an expression": lambda: book.filter(pages=F("sequel_of__pages") + 25),
    "exclude gt a sum of NULLs": differs(
        UNKNOWN, django=lambda: book.exclude(pages__gt=F("stars") * 50),
        here=lambda: book.exclude(pk__in=book.filter(pages__gt=F("stars") * 50).values("pk"))),
    "exclude a sum gt": differs(
        UNKNOWN, django=lambda: book.alias(value=integer(F("pages") + F("stars"))).exclude(value__gt=100),
        here=lambda: book.exclude(pk__in=where(integer(F("pages") + F("stars")), gt=100)().values("pk"))),
    "exclude a strict function": differs(
        UNKNOWN, django=lambda: book.alias(value=F("stars") + 1).exclude(value=4), here=lambda: book.exclude(stars=3)),
    "in": where(F("pages") % 100, **{"in": [25, 75]}),
    "range": where(F("pages") * 2, range=(100, 200)),
    "isnull": where(integer(F("pages") + F("stars")), isnull=True),
    "Q and an expression": lambda: book.alias(value=F("pages") * 2).filter(Q(stars=3) | Q(value__gt=500)),
    "not an expression": lambda: book.alias(value=F("pages") * 2).filter(~Q(value__gt=100)),
    "case in a condition": where(Case(When(stars__gt=3, then=1), When(pages__gt=200, then=2), default=0), exact=2),
    "exclusive or": where(odd(Q(stars__gt=2), Q(pages__gt=100)), exact=1),
    "exclusive or of three": where(odd(Q(stars__gt=2), Q(pages__gt=100), Q(in_print=True)), exact=1),
    "exclude exclusive or": where(odd(Q(stars__gt=2), Q(pages__gt=100)), exact=0),

    "case": computed(Case(When(stars__gt=3, then=Value("good")), When(stars__isnull=True, then=Value("unknown")),
                          default=Value("bad"))),
    "case without a default": computed(Case(When(stars__gt=3, then=1))),
    "case of columns": computed(Case(When(Q(pages__gt=100) & Q(in_print=True), then=F("title")), default=F("subtitle"))),
    "case over relations":
        computed(Case(When(editor__name="Ada", then=F("editor__rating")), default=F("author__rating"))),
    "case of the first": computed(Case(When(pages__gte=0, then=1), When(pages__gte=100, then=2))),
    "case of a negation": computed(Case(When(~Q(stars=3), then=1), default=0)),
    "case of nothing": computed(Case(When(pk__in=[], then=1), default=0)),
    "case in a case": computed(Case(When(stars__gt=2, then=Case(When(pages__gt=100, then=1), default=2)), default=3)),
    "case in a sum": computed(Case(When(in_print=True, then=10), default=0) + F("pages")),
    "coalesce": computed(Coalesce("subtitle", "title")),
    "coalesce with a value": computed(Coalesce("stars", 0)),
    "coalesce over a relation": computed(Coalesce("editor__name", text("nobody"))),
    "coalesce of three": computed(Coalesce("subtitle", "editor__name", text("none"))),
    "greatest": computed(Greatest("pages", "sequel_of__pages")),
    "least": computed(Least("stars", "sequel_of__stars")),
    "nullif": computed(NullIf("pages", 25)),
    "nullif of texts": computed(NullIf("title", text(""))),
    "cast to text": computed(Cast("pages", TextField())),
    "cast to integer": computed(Cast("price", IntegerField())),
    "cast to double": computed(Cast("pages", FloatField()) / 3),
    "cast to date": computed(Cast("created", DateField())),

    "by a sum": ordered(integer(F("pages") + F("stars")).asc()),
    "by a sum, descending": ordered(integer(F("pages") + F("stars")).desc()),
    "nulls first": ordered(F("stars").asc(nulls_first=True)),
    "nulls last": ordered(F("stars").desc(nulls_last=True)),
    "by a case": ordered(Case(When(in_print=True, then=1), default=2).asc()),
    "by a coalesce": ordered(Coalesce("subtitle", "title").desc()),
    "nulls first, reversed":
        lambda: list(book.order_by(F("stars").asc(nulls_first=True), "pk").reverse().values_list("pk", flat=True)),
    "first by an expression": lambda: book.order_by((F("pages") % 60).desc(), "pk").first(),
})

cases("expressions", {name: write(change) for name, change in {
    "update to a sum": lambda: book.update(pages=F("pages") * 2 + 1),
    "update two from each other": lambda: book.update(pages=F("pages") + 1, price=F("pages") / 2.0),
    "update to a case":
        lambda: book.update(binding=Case(When(pages__gt=100, then=Value("digital")), default=Value("paperback"))),
    "update to a coalesce": lambda: book.update(subtitle=Coalesce("subtitle", "title")),
    "update filtered by an expression": lambda: where(integer(F("pages") + F("stars")), gt=100)().update(stars=1),
    "delete filtered by an expression": lambda: deleted(where(F("pages") % 50, exact=0)()),
}.items()})
