from oracle.compare import cases, differs
from django.db.models import F, Q
from oracle.models import Author, Book

book = Book.objects
RELATED_ON_THE_RIGHT = "`exclude()` with a column behind a nullable key on the right"
NULL_IN_LIST = "`exclude()` of `in` with a NULL in its list"


def without_eden_and_null():
    return book.exclude(Q(subtitle="Eden") | Q(subtitle=None))


def books_where(condition):
    """The condition in a subquery of its own, where no join of another can make it NULL."""
    return Q(pk__in=book.filter(condition).order_by().values("pk"))


cases("exclude", {
    "column": lambda: book.exclude(pages=25),
    "nullable": lambda: book.exclude(stars=3),
    "nullable gt": lambda: book.exclude(stars__gt=3),
    "nullable range": lambda: book.exclude(stars__range=(2, 3)),
    "nullable in": lambda: book.exclude(stars__in=[2, 3]),
    "in with NULL": differs(NULL_IN_LIST, django=lambda: book.exclude(subtitle__in=["Eden", None]),
                            here=without_eden_and_null),
    "in only NULL": differs(NULL_IN_LIST, django=lambda: book.exclude(subtitle__in=[None]),
                            here=lambda: book.exclude(subtitle=None)),
    "in nothing": lambda: book.exclude(stars__in=[]),
    "in with NULL of a column that is never": lambda: book.exclude(pages__in=[25, None]),
    "NULL": lambda: book.exclude(stars=None),
    "isnull": lambda: book.exclude(stars__isnull=True),
    "not isnull": lambda: book.exclude(stars__isnull=False),
    "nullable text": lambda: book.exclude(subtitle__icontains="e"),
    "regex": lambda: book.exclude(subtitle__regex="^S"),
    "iexact": lambda: book.exclude(subtitle__iexact="eden"),
    "bool": lambda: book.exclude(in_print=True),
    "two terms": lambda: book.exclude(stars=3, pages__gt=100),
    "chained": lambda: book.exclude(stars=3).exclude(pages__gt=100),
    "after filter": lambda: book.filter(pages__gt=100).exclude(stars=3),
    "Q": lambda: book.exclude(Q(stars=3) | Q(pages=25)),
    "not Q": lambda: book.exclude(~Q(stars=3)),
    "not not Q": lambda: book.exclude(~~Q(stars=3)),
    "not (Q and Q)": lambda: book.exclude(~(Q(stars=3) & Q(subtitle="Eden"))),
    "not (Q or not Q)": lambda: book.exclude(~(Q(stars=3) | ~Q(subtitle="Eden"))),
    "empty Q": lambda: book.exclude(Q()),
    "none": lambda: book.none().exclude(stars=3),
    "no terms": lambda: book.exclude(),
    "filter of the negation of an in with NULL":
        differs(NULL_IN_LIST, django=lambda: book.filter(~Q(subtitle__in=["Eden", None])), here=without_eden_and_null),
    "filter of a double negation of an in with NULL": lambda: book.filter(~~Q(subtitle__in=["Eden", None])),
    "column equals column": lambda: book.exclude(title=F("subtitle")),
    "column gt nullable column": lambda: book.exclude(pages__gt=F("stars")),
    "nullable lt column": lambda: book.exclude(stars__lt=F("pages")),
    "contains a column": lambda: book.exclude(title__contains=F("subtitle")),

    "key": lambda: book.exclude(author=3),
    "nullable key": lambda: book.exclude(editor=3),
    "nullable key in": lambda: book.exclude(editor__in=[3, 4, 5]),
    "nullable key isnull": lambda: book.exclude(editor__isnull=True),
    "hop": lambda: book.exclude(author__name="Ada"),
    "nullable hop": lambda: book.exclude(editor__name="Ada"),
    "nullable column behind a hop": lambda: book.exclude(author__rating__gt=1),
    "nullable column behind a nullable hop": lambda: book.exclude(editor__rating__gt=1),
    "two hops": lambda: book.exclude(editor__country__name="Congo"),
    "three hops": lambda: book.exclude(sequel_of__editor__country__founded__lt=1000),
    "isnull behind a nullable hop": lambda: book.exclude(editor__born__isnull=True),
    "not isnull behind a nullable hop": lambda: book.exclude(editor__born__isnull=False),
    "NULL behind a nullable hop": lambda: book.exclude(sequel_of__stars=None),
    "to itself": lambda: Author.objects.exclude(mentor__mentor__name="Ada"),
    "two terms over a hop": lambda: book.exclude(editor__name__icontains="a", editor__rating__gt=1),
    "or over hops": lambda: book.exclude(Q(editor__name="Ada") | Q(author__name="Ada")),
    "filter, then exclude over the same hop":
        lambda: book.filter(editor__rating__gt=1).exclude(editor__name__icontains="a"),
    "exclude, then filter over the same hop":
        lambda: book.exclude(editor__name__icontains="a").filter(editor__rating__gt=1),
    "or of a condition and a negated hop": lambda: book.filter(Q(pages=25) | ~Q(editor__name="Ada")),
    "and of a condition and a negated hop":
        lambda: book.filter(Q(pages__gt=25) & ~Q(editor__country__name="Congo")),
    "a join that becomes outer late": differs(
        "`NOT` over a join that became outer late",
        django=lambda: book.filter((Q(editor__rating__gt=1) & Q(pages__gt=100)) | ~Q(editor__name="Ada")),
        here=lambda: book.filter((books_where(Q(editor__rating__gt=1)) & Q(pages__gt=100)) |
                                 ~books_where(Q(editor__name="Ada")))),
    "column equals related column": differs(
        RELATED_ON_THE_RIGHT, django=lambda: book.exclude(title=F("sequel_of__title")),
        here=lambda: book.filter(~books_where(Q(title=F("sequel_of__title"))))),
    "related equals related": differs(
        RELATED_ON_THE_RIGHT, django=lambda: book.exclude(author__name=F("editor__name")),
        here=lambda: book.filter(~books_where(Q(author__name=F("editor__name"))))),
})
