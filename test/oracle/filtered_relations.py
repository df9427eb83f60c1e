from django.db.models import Case, Count, Exists, F, FilteredRelation, Max, OuterRef, Q, Sum, When

from oracle.compare import cases, differs
from oracle.models import Author, Book, BookTag, Country, Review

author = Author.objects
TWICE = "two `filter()` calls through one `FilteredRelation`"
NEVER_NULL = "`FilteredRelation` over a key that is never NULL"
BETWEEN = "`exclude()` through a `FilteredRelation` over several joins"


def long_books():
    return author.annotate(long=FilteredRelation("books", condition=Q(books__pages__gt=100)))


def starred():
    return author.annotate(good=FilteredRelation(
        "books", condition=Q(books__stars__gt=2) | Q(books__title__startswith="S")))


def free_editors():
    return Book.objects.annotate(rated=FilteredRelation("editor", condition=Q(editor__rating__gt=1)))


def rated_authors():
    return Book.objects.annotate(old=FilteredRelation("author", condition=Q(author__rating__isnull=False)))


def tagged():
    return Book.objects.annotate(a_tag=FilteredRelation("tags", condition=Q(tags__name__contains="a")))


cases("filtered relations", {
    "joined to nothing": lambda: long_books(),
    "filter": lambda: long_books().filter(long__title__contains="e"),
    "filter by two": lambda: long_books().filter(long__title__contains="e", long__stars__gt=2),
    "filter twice": differs(
        TWICE, django=lambda: long_books().filter(long__title__contains="e").filter(long__stars__gt=2),
        here=lambda: long_books().filter(long__title__contains="e", long__stars__gt=2)),
    "isnull": lambda: long_books().filter(long__isnull=True),
    "not isnull": lambda: long_books().filter(long__isnull=False),
    "is a row": lambda: long_books().filter(long=7),
    "in": lambda: long_books().filter(long__in=[3, 4, 5, 6, 7]),
    "in a QuerySet": lambda: long_books().filter(long__in=Book.objects.filter(stars=5).order_by()),
    "or": lambda: long_books().filter(Q(long__stars=5) | Q(name__startswith="A")),
    "not": lambda: long_books().filter(~Q(long__stars=5)),
    "beyond": lambda: long_books().filter(long__editor__name__startswith="A"),
    "beyond isnull": lambda: long_books().filter(long__editor__isnull=True),
    "transform": lambda: long_books().filter(long__published__year__gt=1990),
    "compared with a column": lambda: long_books().filter(long__stars__lt=F("long__pages")),
    "F": lambda: long_books().filter(long__pages__gt=F("rating")),
    "exclude": lambda: long_books().exclude(long__title__contains="e"),
    "exclude a nullable": lambda: long_books().exclude(long__stars=5),
    "exclude two": lambda: long_books().exclude(long__title__contains="e", long__stars=5),
    "exclude or": lambda: long_books().exclude(Q(long__stars=5) | Q(name__startswith="A")),
    "exclude isnull": lambda: long_books().exclude(long__isnull=True),
    "exclude not isnull": lambda: long_books().exclude(long__isnull=False),
    "exclude after filter": lambda: long_books().filter(long__stars__gt=1).exclude(long__title__contains="e"),
    "exclude beyond": lambda: long_books().exclude(long__editor__name__startswith="A"),
    "values": lambda: long_books().values_list("pk", "long__title", "long__stars").order_by("pk", "long__pk"),
    "values of the rows": lambda: long_books().values_list("pk", "long").order_by("pk", "long__pk"),
    "ordered": lambda: long_books().filter(long__isnull=False).order_by("-long__pages", "long__pk")
    .values_list("pk", "long__pages"),
    "annotation": lambda: long_books().annotate(twice=F("long__pages") * 2).values_list("pk", "twice"),
    "count": lambda: long_books().annotate(n=Count("long")).values_list("pk", "n").order_by("pk"),
    "count of the others": lambda: long_books().annotate(n=Count("long")).filter(n=0).values_list("pk", flat=True),
    "sum": lambda: long_books().annotate(n=Sum("long__pages")).values_list("pk", "n").order_by("pk"),
    "groups": lambda: long_books().values("long__stars").annotate(n=Count("pk")).values_list("long__stars", "n"),
    "how many": lambda: long_books().filter(long__stars__gt=1).count(),
    "aggregate": lambda: long_books().aggregate(m=Max("long__pages"))["m"],
    "condition with or": lambda: starred().values_list("pk", "good__title"),
    "condition with or, excluded": lambda: starred().exclude(good__pages__gt=100),
    "two of them": lambda: long_books().annotate(
        short=FilteredRelation("books", condition=Q(books__pages__lte=100)))
    .filter(long__stars__gt=1, short__isnull=False),
    "beside the relation itself": lambda: long_books().filter(long__stars__gt=3, books__pages__lt=50),
    "named by the model": lambda: author.annotate(
        own=FilteredRelation("books", condition=Q(books__pages__gt=F("rating") * 50))).values_list("pk", "own__pages"),
    "negated condition": lambda: author.annotate(
        other=FilteredRelation("books", condition=~Q(books__stars=5))).values_list("pk", "other"),
    "key": lambda: free_editors().values_list("pk", "rated__name"),
    "key filter": lambda: free_editors().filter(rated__name__contains="a"),
    "key isnull": lambda: free_editors().filter(rated__isnull=True),
    "key exclude": lambda: free_editors().exclude(rated__name__contains="a"),
    "key that is never NULL": differs(
        NEVER_NULL, django=lambda: rated_authors().values_list("pk", "old__name"),
        here=lambda: Book.objects.values_list(
            "pk", Case(When(author__rating__isnull=False, then=F("author__name"))))),
    "key that is never NULL, isnull": differs(
        NEVER_NULL, django=lambda: rated_authors().filter(old__isnull=True),
        here=lambda: Book.objects.filter(author__rating__isnull=True)),
    "beyond a key": lambda: free_editors().filter(rated__country__name__contains="a"),
    "many to many": lambda: tagged().filter(a_tag__isnull=False).values_list("pk", "a_tag__name"),
    "many to many, excluded": differs(
        BETWEEN, django=lambda: tagged().exclude(a_tag__name__startswith="a"),
        here=lambda: Book.objects.exclude(pk__in=BookTag.objects.filter(
            tag__name__contains="a", tag__name__startswith="a").values("book"))),
    "two relations away": lambda: Country.objects.annotate(
        long=FilteredRelation("authors__books", condition=Q(authors__books__pages__gt=100)))
    .values_list("pk", "long__pages"),
    "two relations away, filter": lambda: Country.objects.annotate(
        long=FilteredRelation("authors__books", condition=Q(authors__books__pages__gt=100)))
    .filter(long__stars=5),
    "two relations away, excluded": differs(
        BETWEEN, django=lambda: Country.objects.annotate(
            long=FilteredRelation("authors__books", condition=Q(authors__books__pages__gt=100))).exclude(long__stars=5),
        here=lambda: Country.objects.exclude(pk__in=Author.objects.filter(
            country__isnull=False, books__pages__gt=100, books__stars=5).values("country"))),
    "seen from inside": lambda: long_books().filter(
        Exists(Review.objects.filter(book=OuterRef("long__pk")))).values_list("pk", "long__pk"),
    "distinct": lambda: long_books().filter(long__stars__gt=1).distinct(),
})
