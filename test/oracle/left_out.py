"""Counts are those of the rows: len() of the QuerySet is what count() has to be, on both sides."""
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Sum, Window, prefetch_related_objects
from django.db.models.functions import Lower, Rank

from oracle.compare import cases, differs
from oracle.models import Author, Book

author, book = Author.objects, Book.objects
SUBQUERY_WITH_NULL = "`exclude()` of `in` with a subquery that gives NULL"
UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"
SEVERAL_ROWS = "a sub-query that gives several rows where one value is wanted"
MULTIPLIED = "an aggregate over a relation to many rows that another join multiplies"


def own(**lookups):
    return book.filter(author=OuterRef("pk"), **lookups)


def n(rows=author):
    return rows.annotate(n=Count("books"))


def counted(name, rows, here=None):
    """Where an aggregate's value differs by `here`, the rows are those of that function."""
    def both(of):
        return {name: lambda: of().count(), "exists: " + name: lambda: of().exists()}
    if here is None:
        return both(rows)
    theirs, ours = both(rows), both(here)
    return {each: ours[each] if theirs[each]() == ours[each]() else
            differs(MULTIPLIED, django=theirs[each], here=ours[each]) for each in theirs}


def first(column):
    return Subquery(own().order_by("pk").values(column)[:1])


def counts():
    groups = book.order_by().values("stars").annotate(n=Count("*"))
    return {
        **counted("an unused count", n),
        **counted("an unused count of filtered rows", lambda: n(author.filter(rating__gt=1))),
        **counted("an unused count behind its relation", lambda: n(author.filter(books__stars__gt=2))),
        **counted("an unused count before its relation", lambda: n().filter(books__stars__gt=2)),
        **counted("an unused count and an excluded relation", lambda: n().exclude(books__stars__gt=2)),
        **counted("two unused counts", lambda: n().annotate(m=Count("reviews"))),
        **counted("an unused count beside one that is used",
                  lambda: n().annotate(m=Count("reviews")).filter(m__gt=2),
                  lambda: author.annotate(m=Count("reviews")).filter(m__gt=2)),
        **counted("a count in a condition", lambda: n().filter(n__gt=3)),
        **counted("a count in a negated condition", lambda: n().exclude(n__gt=3)),
        **counted("a count of the other side in a condition", lambda: n().filter(Q(n__gt=3) | Q(rating__gt=2))),
        **counted("a count in another annotation", lambda: n().annotate(m=F("n") + 1)),
        **counted("a count in another annotation that is used", lambda: n().annotate(m=F("n") + 1).filter(m__gt=4)),
        **counted("a count that orders", lambda: n().order_by("-n")),
        **counted("a column over many", lambda: author.annotate(p=F("books__pages"))),
        **counted("a column over many behind a filter over it",
                  lambda: author.filter(books__pages__gt=100).annotate(p=F("books__pages"))),
        **counted("a column over many and a count", lambda: n(author.annotate(p=F("books__pages")))),
        **counted("a column over one", lambda: book.annotate(p=F("editor__rating"))),
        **counted("a function", lambda: book.annotate(p=Lower("title"))),
        **counted("a sub-query", lambda: author.annotate(p=first("title"))),
        **counted("a sub-query that is used", lambda: author.annotate(p=first("pages")).filter(p__gt=100)),
        **counted("Exists", lambda: author.annotate(p=Exists(own(stars=5)))),
        **counted("a window", lambda: book.annotate(r=Window(Rank(), order_by=F("pages").asc()))),
        **counted("distinct rows", lambda: author.annotate(p=F("books__stars")).distinct()),
        **counted("distinct values", lambda: author.annotate(p=F("books__stars")).values("p").distinct()),
        **counted("a slice", lambda: n().order_by("pk")[3:9]),
        **counted("a slice beyond the end", lambda: n().order_by("pk")[5:1000]),
        **counted("groups", lambda: groups),
        **counted("groups under a condition", lambda: groups.filter(n__gt=5)),
        **counted("groups, the count left out", lambda: groups.values("stars")),
        **counted("values of annotated rows", lambda: n().values("name")),
        **counted("an alias", lambda: author.alias(n=Count("books"))),
        **counted("none", lambda: n(author.none())),
        "aggregate beside an unused count": lambda: n().aggregate(m=Max("rating"))["m"],
        "aggregate of a count": lambda: n().aggregate(s=Sum("n"))["s"],
    }


def keys(rows):
    return list(rows.order_by("pk").values_list("pk", flat=True))


def several(django, here):
    return differs(SEVERAL_ROWS, django=django, here=here)


def titles():
    longest = own().order_by("-pages", "pk").values("title")
    return lambda rows: list(author.order_by("pk").annotate(a=Subquery(rows(longest))).values_list("pk", "a"))


def starred():
    return book.filter(stars=1).order_by("-pages", "pk").values("pages")


def most():
    return book.order_by("-pages", "pk").values("pages")


def no_pages():
    return book.filter(pages__lt=-1).values("pages")[:1]


def editors():
    return book.filter(pk__lt=30).values("editor")


def without_null():
    return book.filter(pk__lt=30, editor__isnull=False).values("editor")


def rated():
    return author.annotate(a=first("stars"))


def those(wanted):
    return lambda: [row.pk for row in rated().order_by("pk") if wanted(row.a)]


first_rows = {
    "Subquery of several rows": several(lambda: titles()(lambda rows: rows), lambda: titles()(lambda rows: rows[:1])),
    "greater than several rows": several(lambda: keys(book.filter(pages__gt=starred())),
                                         lambda: keys(book.filter(pages__gt=starred()[:1]))),
    "equal to several rows": several(lambda: keys(book.filter(pages=most())), lambda: keys(book.filter(pages=most()[:1]))),
    "equal to no row": lambda: keys(book.filter(pages=no_pages())),
    "exclude what is equal to no row": differs(
        UNKNOWN, django=lambda: keys(book.exclude(pages=no_pages())), here=lambda: keys(book)),
    "Subquery of one row": lambda: titles()(lambda rows: rows[:1]),
}

nulls = {
    "in with NULLs": lambda: keys(author.filter(pk__in=editors())),
    "not in with NULLs": differs(SUBQUERY_WITH_NULL, django=lambda: keys(author.filter(~Q(pk__in=editors()))),
                                 here=lambda: keys(author.filter(~Q(pk__in=without_null())))),
    "not (in with NULLs or another)": differs(
        SUBQUERY_WITH_NULL, django=lambda: keys(author.exclude(Q(pk__in=editors()) | Q(rating__gt=3))),
        here=lambda: keys(author.exclude(Q(pk__in=without_null()) | Q(rating__gt=3)))),
    "not (in with NULLs and another)": differs(
        SUBQUERY_WITH_NULL, django=lambda: keys(author.exclude(Q(pk__in=editors()) & Q(rating__gt=3))),
        here=lambda: keys(author.exclude(Q(pk__in=without_null()) & Q(rating__gt=3)))),
    "NULL in a list with NULLs": lambda: keys(book.filter(editor__in=editors())),
    "NULL not in a list without NULLs": lambda: keys(book.exclude(editor__in=author.filter(rating__gt=3))),
    "NULL not in a list of nothing": lambda: keys(book.exclude(editor__in=author.filter(rating__gt=1e9))),
    "not Exists where NULL would be": lambda: keys(author.filter(~Exists(book.filter(editor=OuterRef("pk"))))),
    "annotation that is NULL": lambda: keys(rated().filter(a__isnull=True)),
    "annotation that is not NULL": lambda: keys(rated().exclude(a__isnull=True)),
    "exclude an annotation": differs(UNKNOWN, django=lambda: keys(rated().exclude(a=3)), here=those(lambda a: a != 3)),
    "exclude an annotation in a list": differs(UNKNOWN, django=lambda: keys(rated().exclude(a__in=[1, 2])),
                                               here=those(lambda a: a not in (1, 2))),
    "order by an annotation that is NULL": lambda: list(rated().order_by("a", "pk").values_list("pk", flat=True)),
}


def afterwards():
    authors = list(author.order_by("pk"))
    prefetch_related_objects(authors, "books")
    return [len(each.books.all()) for each in authors]


columns = {
    "only": lambda: list(book.order_by("pk").only("title").values_list("pk", "title")),
    "only, each row": lambda: [(each.pk, each.title) for each in book.order_by("pk").only("title")],
    "only of a related row": lambda: [
        (each.title, each.author.name)
        for each in book.order_by("pk").select_related("author").only("title", "author__name")],
    "defer": lambda: [(each.pk, each.title, each.pages) for each in book.order_by("pk").defer("subtitle", "keywords")],
    "only, counted": lambda: book.only("title").count(),
    "only, filtered by another": lambda: [each.title for each in book.only("title").filter(stars__gt=3).order_by("pk")],
    "prefetched afterwards": afterwards,
}

cases("left_out", {**counts(), **first_rows, **nulls, **columns})
