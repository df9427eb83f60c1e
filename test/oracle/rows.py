from django.db.models import BooleanField, Case, Count, ExpressionWrapper, F, IntegerField, Q, Sum, TextField, Value, When
from django.db.models.functions import Coalesce, ExtractYear, NullIf

from oracle.compare import cases, deleted, differs, write
from oracle.models import Author, Book, Country, Review, Tag

book, author = Book.objects.order_by("pk"), Author.objects.order_by("pk")
UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"


def books(**terms):
    return lambda: book.annotate(**terms)


def holds(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())


def text(value):
    return Value(value, output_field=TextField())


def integer(value):
    return ExpressionWrapper(value, output_field=IntegerField())


def twice(rows=book):
    return rows.annotate(a=F("stars") * 2)


def unordered():
    return twice(Book.objects)


def counted(rows=author):
    return rows.annotate(n=Count("books"))


def who(name="editor__name"):
    return book.annotate(who=F(name))


def kinds(*whens, default=None):
    return Case(*whens, default=default and text(default), output_field=TextField())


cases("rows", {
    "expression": books(twice=F("pages") * 2),
    "nullable expression": books(more=F("stars") + 1),
    "two at once": lambda: book.annotate(a=F("pages") + 1).annotate(b=F("a") * 2),
    "two in a chain": lambda: book.annotate(a=F("pages") + 1).annotate(b=F("a") - F("pages")),
    "related column": books(who=F("author__name")),
    "nullable related column": books(who=F("editor__name")),
    "column two hops away": books(where=F("editor__country__name")),
    "key": books(of=F("sequel_of__author")),
    "transform": books(year=ExtractYear("published")),
    "element of an array": books(word=F("keywords__0")),
    "array": books(words=F("keywords")),
    "value": books(seven=Value(7), word=text("it's")),
    "moment": books(at=F("checked")),
    "uuid": books(same=F("isbn")),
    "condition": books(long=holds(Q(pages__gt=100))),
    "condition with NULL": books(good=holds(Q(stars__gt=2))),
    "condition of two": books(good=holds(Q(stars__gt=2) | Q(in_print=True))),
    "negated condition": books(bad=holds(~Q(stars__gt=2))),
    "condition over a relation": books(ada=holds(Q(editor__name="Ada"))),
    "isnull": books(unknown=holds(Q(editor__born__isnull=True))),
    "comparison": books(more=holds(Q(pages__gt=100))),
    "case": books(kind=kinds(When(stars__gt=3, then=text("good")), default="bad")),
    "case without a default": books(kind=kinds(When(stars__gt=3, then=text("good")))),
    "coalesce": books(name=Coalesce("subtitle", "title")),
    "count": lambda: counted(),
    "sum": lambda: author.annotate(n=Sum("books__pages")),
    "count of a row's own": lambda: author.annotate(n=Count("born")),
    "count over a key": books(n=Count("author__students")),
    "text key": lambda: Country.objects.order_by("pk").annotate(n=Count("authors")),
    "in the model's order": lambda: Book.objects.annotate(n=Count("tags")),
    "of none": lambda: [],
    "of a count": lambda: counted().annotate(m=integer(F("n") * 10 + F("id"))),
    "of two counts over one relation": lambda: counted().annotate(s=Sum("books__stars")).annotate(
        mean=integer(F("s") * 100 / NullIf(F("n"), 0))),
    "condition on a count": lambda: counted().annotate(many=holds(Q(n__gt=6))),
    "case of a count": lambda: counted().annotate(
        kind=kinds(When(n=0, then=text("none")), When(n__lt=7, then=text("few")), default="many")),

    "filter": lambda: twice().filter(a=6),
    "filter gt": lambda: twice().filter(a__gt=4),
    "filter in": lambda: twice().filter(a__in=[2, 8]),
    "filter range": lambda: twice().filter(a__range=(2, 6)),
    "filter isnull": lambda: twice().filter(a__isnull=True),
    "filter by another": lambda: twice().filter(a__lt=F("pages")),
    "filter or": lambda: twice().filter(Q(a=6) | Q(pages=25)),
    "filter not": differs(
        UNKNOWN, django=lambda: twice().filter(~Q(a=6)),
        here=lambda: twice().exclude(stars=3)),
    "exclude": differs(
        UNKNOWN, django=lambda: twice().exclude(a=6),
        here=lambda: twice().exclude(stars=3)),
    "exclude isnull": lambda: twice().exclude(a__isnull=True),
    "exclude or": differs(
        UNKNOWN, django=lambda: twice().exclude(Q(a=6) | Q(pages__gt=100)),
        here=lambda: twice().exclude(Q(stars=3) | Q(pages__gt=100))),
    "column equal to it": lambda: twice().filter(pages__gt=F("a") * 10),
    "column of F": differs(
        UNKNOWN, django=lambda: book.annotate(b=F("stars")).exclude(b=3),
        here=lambda: book.annotate(b=F("stars")).exclude(stars=3)),
    "related column, excluded": differs(
        UNKNOWN, django=lambda: who().exclude(who="Ada"),
        here=lambda: who().exclude(pk__in=book.filter(editor__name="Ada"))),
    "related column, filtered": lambda: who().filter(who="Ada"),
    "related column, or": lambda: who().filter(Q(who="Ada") | Q(pages=25)),
    "icontains": lambda: who("author__name").filter(who__icontains="a"),
    "condition filtered": lambda: book.annotate(long=holds(Q(pages__gt=100))).filter(long=True),
    "condition excluded": lambda: book.annotate(long=holds(Q(pages__gt=100))).exclude(long=True),
    "order": lambda: unordered().order_by("-a", "pk"),
    "order, NULLs last": lambda: unordered().order_by(F("a").desc(nulls_last=True), "pk"),
    "order reversed": lambda: unordered().order_by("a", "pk").reverse(),
    "sliced": lambda: twice().filter(a__gt=2)[3:9],
    "first": lambda: annotated(twice().filter(a=6).first()),
    "last": lambda: annotated(twice().filter(a=6).last()),
    "get": lambda: annotated(twice().get(pk=9)),
    "get by it": lambda: twice().get(a=6),
    "get nothing": lambda: twice().get(a=7),
    "earliest": lambda: annotated(twice().earliest("a", "pk")),
    "latest": lambda: annotated(twice().filter(a__isnull=False).latest("a", "pk")),
    "latest by a count": lambda: annotated(counted(Author.objects).latest("n", "pk"), "n"),
    "earliest by a count": lambda: annotated(counted(Author.objects).earliest("n", "-pk"), "n"),
    "first by a count": lambda: annotated(counted(Author.objects).order_by("-n", "pk").first(), "n"),
    "position": lambda: annotated(twice()[11]),
    "how many": lambda: twice().count(),
    "how many filtered": lambda: twice().filter(a=6).count(),
    "exists": lambda: twice().filter(a=6).exists(),
    "exists not": lambda: twice().filter(a=7).exists(),
    "distinct": lambda: twice().distinct(),
    "alias": lambda: book.alias(a=F("stars") * 2).filter(a=6),
    "alias of an alias": lambda: book.alias(a=F("stars") * 2).alias(b=F("a") + 1).filter(b=7),
    "annotation of an alias": lambda: book.alias(a=F("stars") * 2).annotate(b=F("a") + 1),
    "alias in an order": lambda: Book.objects.alias(a=F("stars") * 2).order_by("-a", "pk"),
    "alias of a count": lambda: author.alias(n=Count("books")).filter(n__gt=6),
    "alias of a count, in an order": lambda: Author.objects.alias(n=Count("books")).order_by("-n", "pk"),
    "values of an expression": lambda: book.values("pk", a=F("stars") * 2),
    "values of expressions only": lambda: book.values(a=F("stars") * 2, b=F("pages") + 1),
    "values of a related expression": lambda: book.values("title", who=F("editor__name")),
    "values of it, replaced": lambda: twice().values("pk", "a").values("a"),
    "values without it, filtered": lambda: twice().values_list("pk", flat=True).filter(a=6),
    "distinct values of it":
        lambda: Book.objects.order_by().annotate(a=F("pages") % 100).values_list("a", flat=True).distinct(),
})


def annotated(row, name="a"):
    row._annotation_names = [name]
    return row


cases("rows", {name: write(change) for name, change in {
    "update by it": lambda: twice(Book.objects).filter(a=6).update(pages=1),
    "update to it": lambda: Book.objects.annotate(a=F("pages") * 2).update(pages=F("a") + 1),
    "update by an alias": lambda: Book.objects.alias(a=F("pages") % 100).filter(a=25).update(stars=1),
    "update by a count": lambda: counted(Author.objects).filter(n__gt=6).update(rating=9.5),
    "delete by it": lambda: deleted(Review.objects.annotate(a=F("score") * 2).filter(a=6)),
    "delete by a count": lambda: deleted(Tag.objects.annotate(n=Count("books")).filter(n__gt=45)),
}.items()})
