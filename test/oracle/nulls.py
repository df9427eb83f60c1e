from datetime import date, datetime, timezone
from uuid import UUID

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, IntegerField, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Length

from oracle.compare import cases, differs
from oracle.models import Author, Book, Review

author, book = Author.objects, Book.objects
UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"
NULL_IN_LIST = "`exclude()` of `in` with a NULL in its list"
RELATED_ON_THE_RIGHT = "`exclude()` with a column behind a nullable key on the right"
TOO_LARGE = "an integer out of the column's range"
ISBN = UUID("01000000-0000-0000-0000-000000000002")
HUGE = 2**40


def keys(rows):
    return lambda: list(rows().order_by("pk").values_list("pk", flat=True))


def without(*terms, **lookups):
    return keys(lambda: book.exclude(*terms, **lookups))


def those(*terms, **lookups):
    return keys(lambda: book.filter(*terms, **lookups))


def counted(rows=book):
    return rows.annotate(a=F("stars") + 1)


def unknown(django, held):
    """Here exclude() gives what filter() does not."""
    return differs(UNKNOWN, django=keys(django),
                   here=lambda: keys(lambda: held().model.objects.exclude(pk__in=list(held().values_list("pk", flat=True))))())


cases("nulls", {
    "lt": without(stars__lt=3),
    "gte": without(stars__gte=3),
    "lte": without(stars__lte=0),
    "date": without(published=date(1964, 2, 29)),
    "date lt": without(published__lt=date(1962, 1, 1)),
    "moment": without(checked__gte=datetime(1962, 1, 1, tzinfo=timezone.utc)),
    "uuid": without(isbn=ISBN),
    "uuid in": without(isbn__in=[ISBN]),
    "startswith": without(subtitle__startswith="E"),
    "istartswith": without(subtitle__istartswith="e"),
    "endswith": without(subtitle__endswith="n"),
    "iregex": without(subtitle__iregex="^e"),
    "year": without(published__year=1962),
    "year gt": without(published__year__gt=1962),
    "nullable key gt": without(editor__gt=20),
    "nullable column on the right": without(pages__lt=F("stars")),
    "nullable columns on both sides": without(stars=F("stars")),
    "nullable column behind a hop on the right": without(stars__lt=F("author__rating")),
    "not null column": without(pages__gt=100),
    "or with a NULL": without(Q(stars__gt=3) | Q(subtitle=None)),

    "annotation": unknown(lambda: counted().exclude(a=3), lambda: counted().filter(a=3)),
    "annotation gt": unknown(lambda: counted().exclude(a__gt=3), lambda: counted().filter(a__gt=3)),
    "annotation in": unknown(lambda: counted().exclude(a__in=[3, 4]), lambda: counted().filter(a__in=[3, 4])),
    "annotation of two columns": unknown(lambda: book.annotate(a=F("stars") + F("pages")).exclude(a__gt=100),
                                         lambda: book.annotate(a=F("stars") + F("pages")).filter(a__gt=100)),
    "annotation of a function": unknown(lambda: book.annotate(a=Length("subtitle")).exclude(a__lt=5),
                                        lambda: book.annotate(a=Length("subtitle")).filter(a__lt=5)),
    "annotation of a case": unknown(
        lambda: book.annotate(a=Case(When(stars__gt=2, then=1), output_field=IntegerField())).exclude(a=1),
        lambda: book.filter(stars__gt=2)),
    "annotation that is never NULL": keys(lambda: book.annotate(a=Coalesce("stars", 0)).exclude(a=3)),
    "annotation of a sum": unknown(lambda: author.annotate(a=Sum("books__stars")).exclude(a__lt=10),
                                   lambda: author.annotate(a=Sum("books__stars")).filter(a__lt=10)),
    "condition": unknown(lambda: book.alias(a=F("stars")).exclude(a=1), lambda: book.filter(stars=1)),
    "condition of a sum": unknown(lambda: counted().exclude(a__gt=3), lambda: book.filter(stars__gt=2)),
    "condition on columns": unknown(lambda: book.alias(a=F("stars")).exclude(a__lt=F("pages")),
                                    lambda: book.filter(stars__lt=F("pages"))),
    "condition behind a hop": unknown(lambda: book.alias(a=F("editor__rating") * 2).exclude(a__gt=3),
                                      lambda: book.filter(editor__rating__gt=1.5)),
    "transform": without(subtitle__length__gt=5),
    "not (column and expression)": unknown(lambda: counted().filter(~(Q(a__gt=3) & Q(pages__gt=100))),
                                           lambda: book.filter(stars__gt=2, pages__gt=100)),
    "not (column or expression)": unknown(lambda: counted().filter(~(Q(a__gt=3) | Q(pages__gt=100))),
                                          lambda: book.filter(Q(stars__gt=2) | Q(pages__gt=100))),

    "list, numbers with NULL": those(stars__in=[1, None]),
    "list, only NULLs": those(stars__in=[None, None]),
    "list, or": those(Q(stars__in=[1, None]) | Q(pages=25)),
    "list behind a nullable hop": those(editor__name__in=["Ada", None]),
    "list of keys": those(editor__in=[3, None]),
    "list, numbers with NULL, excluded": differs(
        NULL_IN_LIST, django=without(stars__in=[1, None]), here=without(Q(stars=1) | Q(stars=None))),
    "list, only NULLs, excluded": differs(NULL_IN_LIST, django=without(stars__in=[None]), here=without(stars=None)),
    "list behind a nullable hop, excluded": differs(
        NULL_IN_LIST, django=without(editor__name__in=["Ada", None]),
        here=without(Q(editor__name="Ada") | Q(editor__name=None))),
    "list of nothing, excluded": without(stars__in=[]),
    "list of nothing, or": those(Q(stars__in=[]) | Q(pages=25)),
    "list of nothing, not": those(~Q(stars__in=[]), pages=25),
    "list of nothing, counted": lambda: book.filter(stars__in=[]).count(),
    "list of nothing, exists": lambda: book.filter(stars__in=[]).exists(),
    "list of nothing over many": keys(lambda: author.filter(books__in=[])),
    "list of nothing over many, excluded": keys(lambda: author.exclude(books__stars__in=[])),

    "NULL key": those(editor=None),
    "NULL key's column": those(editor__rating=None),
    "NULL by iexact": those(editor__name__iexact=None),
    "NULL by iexact over many": keys(lambda: author.filter(books__subtitle__iexact=None)),
    "NULL over many to many": those(tags=None),
    "NULL array element": those(keywords__2=None),
    "NULL date": those(published=None),
    "NULL key, excluded": without(editor=None),
    "NULL by iexact, excluded": without(subtitle__iexact=None),
    "NULL behind a hop, excluded": without(editor__rating=None),
    "NULL annotation": keys(lambda: counted().filter(a=None)),
    "NULL or a value": those(Q(stars=None) | Q(stars=1)),
    "NULL and a value": those(stars=None, pages__gt=200),

    "too large for a column behind a hop": those(sequel_of__pages=HUGE),
    "lt too large behind a hop": those(sequel_of__pages__lt=HUGE),
    "gt too small behind a nullable hop": those(sequel_of__stars__gt=-HUGE),
    "too large over many": keys(lambda: author.filter(books__pages=HUGE)),
    "too large over many, excluded": keys(lambda: author.exclude(books__pages=HUGE)),
    "too large or": those(Q(pages=HUGE) | Q(stars=1)),
    "too large and": those(pages=HUGE, stars=1),
    "not too large": those(~Q(pages=HUGE)),
    "too small": those(pages=-HUGE),
    "gte too small": those(pages__gte=-HUGE),
    "lte too small": those(pages__lte=-HUGE),
    "gt too large, counted": lambda: book.filter(pages__gt=HUGE).count(),
    "in too large, over many": keys(lambda: author.filter(books__pages__in=[HUGE, 25])),
    "too large for a score": keys(lambda: Review.objects.filter(score=HUGE)),
    "as an annotation's value": keys(lambda: book.alias(
        a=ExpressionWrapper(F("pages") * Value(HUGE, output_field=BigIntegerField()), output_field=BigIntegerField())
    ).filter(a__gt=HUGE * 100)),
    "compared with a sum": keys(lambda: book.alias(
        a=ExpressionWrapper(F("pages") + Value(HUGE, output_field=BigIntegerField()), output_field=BigIntegerField())
    ).filter(a__gt=HUGE + 100)),
})
