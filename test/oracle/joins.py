from oracle.compare import cases
from django.db.models import F, Q
from oracle.models import Author, Book

book = Book.objects

cases("joins", {
    "key by number": lambda: book.filter(author=3),
    "key by column": lambda: book.filter(author_id=3),
    "key by pk": lambda: book.filter(author__pk=3),
    "key by id gt": lambda: book.filter(author__id__gt=30),
    "key by object": lambda: book.filter(author=Author.objects.get(pk=3)).order_by("pk"),
    "key in": lambda: book.filter(author__in=[3, 4]),
    "key in objects": lambda: book.filter(author__in=list(Author.objects.filter(pk__lt=5))).order_by("pk"),
    "key gt": lambda: book.filter(author__gt=30),
    "nullable key": lambda: book.filter(editor=3),
    "nullable key isnull": lambda: book.filter(editor__isnull=True),
    "nullable key is NULL": lambda: book.filter(editor=None),
    "nullable key of a key isnull": lambda: book.filter(editor__pk__isnull=True),
    "text key": lambda: Author.objects.filter(country="us"),
    "one hop": lambda: book.filter(author__name="Ada"),
    "one nullable hop": lambda: book.filter(editor__name="Ada"),
    "two hops": lambda: book.filter(author__country__name="Congo"),
    "two hops, both nullable": lambda: book.filter(editor__country__name__startswith="U"),
    "three hops": lambda: book.filter(sequel_of__author__country__founded__gt=1000),
    "to itself": lambda: Author.objects.filter(mentor__mentor__name__icontains="a"),
    "to itself thrice": lambda: book.filter(sequel_of__sequel_of__sequel_of__pages__gt=50),
    "isnull behind a nullable hop": lambda: book.filter(editor__born__isnull=True),
    "not isnull behind a nullable hop": lambda: book.filter(editor__born__isnull=False),
    "isnull two hops away": lambda: book.filter(editor__country__isnull=True),
    "isnull three hops away": lambda: book.filter(sequel_of__editor__country__name__isnull=True),
    "NULL behind a nullable hop": lambda: book.filter(sequel_of__stars=None),
    "the same hop twice": lambda: book.filter(editor__name__icontains="a", editor__rating__gt=1),
    "the same hop chained": lambda: book.filter(editor__name__icontains="a").filter(editor__rating__gt=1),
    "two keys to one table": lambda: book.filter(author__name="Ada", editor__name="Anna"),
    "or over a nullable hop": lambda: book.filter(Q(editor__name="Ada") | Q(pages=25)),
    "or of two nullable hops": lambda: book.filter(Q(editor__name="Ada") | Q(sequel_of__title="Eden")),
    "or, then the hop must be there":
        lambda: book.filter(Q(editor__name="Ada") | Q(pages=25)).filter(editor__rating__gt=1),
    "or of isnull and hop": lambda: book.filter(Q(editor__isnull=True) | Q(editor__country__name="Congo")),
    "or deep": lambda: book.filter(Q(editor__country__name="Polska") | Q(sequel_of__editor__country__name="Polska")),
    "and of or": lambda: book.filter((Q(editor__name="Ada") | Q(pages=25)) & (Q(editor__rating__lt=3) | Q(stars=2))),
    "related column on both sides": lambda: book.filter(author__name=F("editor__name")),
    "related column gt related": lambda: book.filter(author__born__lt=F("editor__born")),
    "sequel older than its first": lambda: book.filter(published__lt=F("sequel_of__published")),
    "transform behind hops": lambda: book.filter(sequel_of__published__year=1963),
    "count over a hop": lambda: book.filter(editor__name="Ada").count(),
    "exists over a hop": lambda: book.filter(editor__name="nobody").exists(),
})
