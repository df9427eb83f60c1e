from django.db.models import Avg, Count, F, Max, Sum

from oracle.compare import cases, differs, refused
from oracle.models import Author, Book, Country, Tag

book = Book.objects.order_by()
UNSELECTED = "a union ordered by a column that it does not have"
AGGREGATE = "`aggregate()` of a union"


def keys(rows):
    return rows.values_list("pk", flat=True)


def low():
    return book.filter(pages__lt=100)


def good():
    return book.filter(stars__gt=3)


def young():
    return book.filter(published__year__gt=1962)


def both():
    return keys(low()).union(keys(good()))


def flat(name, rows=book):
    return rows.values_list(name, flat=True)


def with_n(rows, n):
    return rows.values_list("pk").annotate(n=n).values_list("pk", "n")


def counted(rows):
    return rows.values_list("stars").annotate(n=Count("*"))


def slices():
    return keys(Book.objects.order_by("-pages", "pk")[:5]).union(keys(Book.objects.order_by("pages", "pk")[:5]))


def chosen(rows):
    """As a condition, so that Django can ask more of them."""
    return book.filter(pk__in=list(keys(rows)))


cases("sets", {
    "rows of the model": lambda: low().union(good()),
    "of three": lambda: keys(low().union(good(), young())),
    "all of three": lambda: keys(low()).union(keys(good()), keys(young()), all=True),
    "intersection of three": lambda: keys(low()).intersection(keys(good()), keys(young())),
    "difference of three": lambda: keys(low()).difference(keys(good()), keys(young())),
    "with itself": lambda: keys(low()).union(keys(low())),
    "all with itself": lambda: keys(low()).union(keys(low()), all=True),
    "intersection with itself": lambda: keys(low()).intersection(keys(low())),
    "difference from itself": lambda: keys(low()).difference(keys(low())),
    "with none": lambda: keys(low()).union(keys(book.none())),
    "none with": lambda: keys(book.none()).union(keys(low())),
    "none with none": lambda: keys(book.none()).union(keys(book.none())),
    "intersection with none": lambda: keys(low()).intersection(keys(book.none())),
    "difference from none": lambda: keys(book.none()).difference(keys(low())),
    "difference of none": lambda: keys(low()).difference(keys(book.none())),
    "of in nothing": lambda: keys(low()).union(keys(book.filter(pk__in=[]))),
    "of two models": lambda: flat("name", Author.objects).union(flat("title")),
    "all of two models":
        lambda: Author.objects.values_list("pk", "name").union(Tag.objects.values_list("pk", "name"), all=True),
    "intersection of two models": lambda: flat("name", Author.objects).intersection(flat("title")),
    "difference of two models": lambda: flat("title").difference(flat("name", Author.objects)),
    "of values":
        lambda: book.filter(stars=1).values("stars", "binding").union(book.filter(stars=2).values("stars", "binding")),
    "of related columns": lambda: flat("author__name").union(flat("title")),
    "of nullable related columns": lambda: flat("editor__name").intersection(flat("subtitle")),
    "of annotations": lambda: with_n(low(), F("pages") * 2).union(with_n(good(), F("pages") + 1)),
    "of groups": lambda: counted(book).union(counted(book.filter(in_print=True))),
    "of sliced members": slices,
    "of distinct members": lambda: flat("pages").distinct().union(flat("pages").distinct(), all=True),
    "of members filtered over many":
        lambda: keys(book.filter(tags__name="sea")).union(keys(book.filter(reviews__score=5)), all=True),

    "union of a union": lambda: both().union(keys(young())),
    "difference of a union": lambda: both().difference(keys(young())),
    "difference from a union": lambda: keys(young()).difference(both()),
    "intersection of unions": lambda: both().intersection(keys(young()).union(keys(good()))),
    "union with an intersection": lambda: keys(low()).union(keys(good()).intersection(keys(young()))),
    "union all with a union": lambda: keys(low()).union(keys(good()).union(keys(young())), all=True),
    "union of differences": lambda: keys(low()).difference(keys(good())).union(keys(good()).difference(keys(low()))),
    "a sliced union in a union": lambda: both().order_by("pk")[:4].union(keys(young())),
    "three deep":
        lambda: keys(low()).union(keys(good()).difference(keys(young()).intersection(keys(good())))),

    "ordered": lambda: both().order_by("pk"),
    "ordered, descending": lambda: both().order_by("-pk"),
    "ordered rows": lambda: low().union(good()).order_by("-pages", "pk"),
    "ordered by F": lambda: list(both().order_by(F("pk").desc())),
    "ordered, reversed": lambda: both().order_by("pk").reverse(),
    "ordered by an annotation":
        lambda: with_n(low(), F("pages") % 60).union(with_n(good(), F("pages") % 60)).order_by("-n", "pk"),
    "order cleared": lambda: both().order_by("pk").order_by(),
    "sliced": lambda: both().order_by("pk")[5:12],
    "sliced twice": lambda: both().order_by("pk")[5:12][2:4],
    "sliced beyond the end": lambda: both().order_by("pk")[1000:1010],
    "counted": lambda: both().count(),
    "all, counted": lambda: keys(low()).union(keys(good()), all=True).count(),
    "intersection, counted": lambda: keys(low()).intersection(keys(good())).count(),
    "difference, counted": lambda: low().difference(good()).count(),
    "rows, counted": lambda: low().union(good()).count(),
    "slice, counted": lambda: both().order_by("pk")[5:12].count(),
    "exists": lambda: both().exists(),
    "exists not": lambda: low().intersection(book.filter(pages=200)).exists(),
    "slice exists": lambda: both()[1000:1001].exists(),
    "first": lambda: both().order_by("-pk").first(),
    "last": lambda: both().order_by("pk").last(),
    "position": lambda: both().order_by("pk")[7],
    "get": lambda: book.filter(pk=4).union(book.filter(pk=4)).get(),
    "get several": lambda: low().union(good()).get(),
    "get nothing": lambda: low().intersection(book.filter(pages=200)).get(),
    "values of it": lambda: low().union(good()).values("title", "pages"),
    "values list of it": lambda: low().union(good()).values_list("pk", "stars"),
    "values of it, ordered": lambda: low().union(good()).values_list("pages", "pk").order_by("pages", "pk"),
    "flat values of all of it": lambda: low().union(good(), all=True).values_list("pages", flat=True),
    "values of an intersection": lambda: low().intersection(good()).values_list("title", flat=True),
    "ordered by a column of the model":
        lambda: Country.objects.filter(founded__gt=1000).union(Country.objects.filter(founded__lt=970)),

    "the model's order, not selected":
        lambda: keys(Book.objects.filter(stars=1)).union(keys(Book.objects.filter(stars=2))),
    "the model's order, cleared": lambda: flat("code", Country.objects).union(flat("code", Country.objects)).order_by(),
    "the model's order, selected": lambda: Country.objects.values_list("code", "name").union(
        Country.objects.values_list("code", "name")).order_by("name", "code"),
    "ordered by a column that is not selected": differs(
        UNSELECTED, django=refused(lambda: both().order_by("title")), here=lambda: "refused"),
    "aggregate": differs(AGGREGATE, django=lambda: low().union(good()).aggregate(s=Sum("pages"))["s"],
                         here=lambda: chosen(low().union(good())).aggregate(s=Sum("pages"))["s"]),
    "aggregate of several": differs(
        AGGREGATE, django=lambda: list(low().union(good(), all=True).aggregate(n=Count("*"), m=Max("pages")).values()),
        here=lambda: [low().count() + good().count(), book.filter(stars__gt=3).aggregate(m=Max("pages"))["m"]]),
    "aggregate of values": differs(
        AGGREGATE, django=lambda: flat("pages", low()).union(flat("pages", good())).aggregate(s=Sum("pages"))["s"],
        here=lambda: sum(flat("pages", low()).union(flat("pages", good())))),
    "aggregate of an intersection": differs(
        AGGREGATE, django=lambda: low().intersection(good()).aggregate(s=Avg("pages"))["s"],
        here=lambda: chosen(low().intersection(good())).aggregate(s=Avg("pages"))["s"]),
    "filter": refused(lambda: low().union(good()).filter(pk=1)),
    "exclude": refused(lambda: low().union(good()).exclude(pk=1)),
    "annotate": refused(lambda: low().union(good()).annotate(n=F("pages"))),
    "alias": refused(lambda: low().union(good()).alias(n=F("pages"))),
    "distinct": refused(lambda: low().union(good()).distinct()),
    "update": refused(lambda: low().union(good()).update(pages=1)),
    "delete": refused(lambda: low().union(good()).delete()),
    "get with a condition": refused(lambda: low().union(good()).get(pk=1)),
})
