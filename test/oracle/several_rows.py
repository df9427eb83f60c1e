from django.db.models import Exists, F, OuterRef, Q

from oracle.compare import cases, differs
from oracle.models import Author, Book, Country, Review, Tag

author, book, country, tag = Author.objects, Book.objects, Country.objects, Tag.objects
TWICE = "`!!Q` and `exclude(!Q)` over a relation to many rows"
NULL_AMONG = "`exclude()` of `in` with a subquery that gives NULL"


def keys(rows):
    return list(rows.order_by("pk").values_list("pk", flat=True))


def editors():
    return book.filter(pk__lt=40).values("editor")


def editor_keys():
    return list(book.filter(pk__lt=40, editor__isnull=False).values_list("editor", flat=True))


def subtitles():
    return book.filter(pk__lt=20).values("subtitle")


def subtitle_texts():
    return list(book.filter(pk__lt=20, subtitle__isnull=False).values_list("subtitle", flat=True))


def own(**lookups):
    return Exists(book.filter(author=OuterRef("pk"), **lookups))


entries = {
    "many to many, one call": lambda: tag.filter(books__stars=5, books__pages__gt=200),
    "many to many, two calls": lambda: tag.filter(books__stars=5).filter(books__pages__gt=200),
    "three in one call": lambda: author.filter(books__stars__gt=1, books__pages__gt=100, books__in_print=True),
    "two in one call, one in another":
        lambda: author.filter(books__stars__gt=1, books__pages__gt=100).filter(books__in_print=False),
    "two hops, one call": lambda: country.filter(authors__books__stars=5, authors__books__pages__lt=100),
    "two hops, two calls": lambda: country.filter(authors__books__stars=5).filter(authors__books__pages__lt=100),
    "first hop and second, one call": lambda: country.filter(authors__rating__gt=1, authors__books__stars=5),
    "first hop and second, two calls": lambda: country.filter(authors__rating__gt=1).filter(authors__books__stars=5),
    "a condition and a key, one call": lambda: book.filter(tags__name="sea", tags=3),
    "a condition and a key, two calls": lambda: book.filter(tags__name="sea").filter(tags=4),
    "isnull and a condition, one call": lambda: author.filter(books__isnull=False, books__stars=5),
    "isnull and a condition, two calls": lambda: author.filter(books__isnull=False).filter(books__stars=5),
    "Q or in one call": lambda: author.filter(Q(books__stars=5) | Q(books__stars=4), books__pages__gt=200),
    "Q or in two calls": lambda: author.filter(Q(books__stars=5) | Q(books__stars=4)).filter(books__pages__gt=200),
    "Q and Q, then another": lambda: author.filter(Q(books__stars__gt=3) & Q(books__pages__gt=150)).filter(
        Q(books__stars__lt=3) & Q(books__pages__gt=150)),
    "through one of one, one call": lambda: book.filter(author__edited__stars=5, author__edited__pages__gt=150),
    "through one of one, two calls":
        lambda: book.filter(author__edited__stars=5).filter(author__edited__pages__gt=150),
    "two calls, distinct": lambda: author.filter(books__stars__gt=1).filter(books__pages__gt=100).distinct(),
    "one call, compared with each other":
        lambda: author.filter(books__pages__gt=F("books__stars") * 50, books__stars__gt=2),

    "exclude two": lambda: author.exclude(books__stars=5, books__pages__lt=100),
    "exclude two, many to many": lambda: book.exclude(tags__name="sea", tags__pk__lt=3),
    "exclude two, many to many reverse": lambda: tag.exclude(books__stars=5, books__pages=275),
    "exclude two hops": lambda: country.exclude(authors__books__stars=5, authors__books__pages__lt=50),
    "exclude three": lambda: author.exclude(books__stars=5, books__pages__lt=100, books__in_print=True),
    "exclude an or of two": lambda: author.exclude(Q(books__stars=5) | Q(books__pages__lt=25)),
    "exclude the same row": lambda: author.exclude(books__in=book.filter(stars=5, pages__lt=100)),
    "exclude the same row, many to many": lambda: book.exclude(tags__in=tag.filter(name="sea", pk__lt=3)),
    "exclude the same row by exists": lambda: author.filter(~own(stars=5, pages__lt=100)),
    "exclude two relations": lambda: author.exclude(books__stars=5, reviews__score=5),
    "exclude two, then filter one":
        lambda: author.exclude(books__stars=5, books__pages__lt=100).filter(books__stars=5),
    "filter two, exclude one": lambda: author.filter(books__stars=4, books__pages__gt=100).exclude(books__stars=5),

    "not not, distinct": lambda: author.filter(~~Q(books__stars__gt=1)).distinct(),
    "not not not": lambda: author.filter(~~~Q(books__stars=5)),
    "not not of one of one": lambda: book.filter(~~Q(editor__rating__gt=1)),

    "not in, without NULLs": lambda: author.exclude(pk__in=editors().filter(editor__isnull=False)),
    "not in, twice negated": lambda: author.exclude(~Q(pk__in=editors())),
    "in or a condition": lambda: author.filter(Q(pk__in=editors()) | Q(rating__gt=3)),
    "what to do instead: isnull": lambda: author.exclude(edited__isnull=False),
    "what to do instead: exists": lambda: author.filter(~Exists(book.filter(editor=OuterRef("pk")))),
}
on_purpose = {
    "not not many to many": (TWICE, lambda: book.filter(~~Q(tags__name__icontains="s")),
                             lambda: book.filter(tags__name__icontains="s")),
    "not not two": (TWICE, lambda: author.filter(~~Q(books__stars=5, books__pages__gt=100)),
                    lambda: author.filter(books__stars=5, books__pages__gt=100)),
    "not not two hops": (TWICE, lambda: country.filter(~~Q(authors__books__stars=5)),
                         lambda: country.filter(authors__books__stars=5)),
    "exclude not many to many": (TWICE, lambda: book.exclude(~Q(tags__name__icontains="s")),
                                 lambda: book.filter(tags__name__icontains="s")),
    "not in keys": (NULL_AMONG, lambda: author.filter(~Q(pk__in=editors())),
                    lambda: author.exclude(pk__in=editor_keys())),
    "not in texts": (NULL_AMONG, lambda: book.exclude(title__in=subtitles()),
                     lambda: book.exclude(title__in=subtitle_texts())),
    "not in texts, nullable": (NULL_AMONG, lambda: book.exclude(subtitle__in=subtitles()),
                               lambda: book.exclude(subtitle__in=subtitle_texts())),
    "not in numbers": (NULL_AMONG, lambda: book.exclude(pages__in=Review.objects.values("score")),
                       lambda: book.exclude(pages__in=range(6))),
    "not (in or a condition)": (NULL_AMONG, lambda: author.exclude(Q(pk__in=editors()) | Q(rating__gt=3)),
                                lambda: author.exclude(Q(pk__in=editor_keys()) | Q(rating__gt=3))),
    "not in a slice": (NULL_AMONG, lambda: author.exclude(pk__in=book.order_by("pk").values("editor")[:9]),
                       lambda: author.exclude(pk__in=[
                           each.editor_id for each in book.order_by("pk")[:9] if each.editor_id])),
}


def of_keys(rows):
    return lambda: keys(rows())


cases("several_rows", {name: of_keys(rows) for name, rows in entries.items()})
cases("several_rows", {
    name: differs(reason, django=of_keys(django), here=of_keys(here)) for name, (reason, django, here) in on_purpose.items()})
cases("several_rows", {
    "two calls, counted": lambda: author.filter(books__stars__gt=1).filter(books__pages__gt=100).count()})
