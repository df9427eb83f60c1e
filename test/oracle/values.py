from oracle.compare import cases
from django.db.models import Q
from oracle.models import Book, Country


def columns(*names):
    return lambda: by_key().values(*names)


def flat(name):
    return lambda: by_key().values_list(name, flat=True)


def by_key():
    return Book.objects.order_by("pk")


cases("values", {
    "one column": columns("title"),
    "several columns": columns("pages", "title", "stars"),
    "in another order": columns("stars", "pk", "pages"),
    "key": columns("author", "editor"),
    "key by its column": columns("author_id", "editor_id"),
    "related column": columns("title", "author__name"),
    "nullable related column": columns("editor__name", "editor__country__name"),
    "related key": columns("author__country", "editor__country"),
    "related pk": columns("author__pk", "sequel_of__pk"),
    "of all types": columns("published", "isbn", "keywords", "binding", "in_print", "price"),
    "moments": columns("created", "checked"),
    "list": lambda: by_key().values_list("title", "pages"),
    "list of related columns": lambda: by_key().values_list("sequel_of__title", "author__country__name"),
    "flat": flat("title"),
    "flat nullable": flat("stars"),
    "flat related": flat("editor__name"),
    "flat bool": flat("in_print"),
    "filtered": lambda: by_key().filter(stars__gt=2).values_list("pk", "stars"),
    "filtered afterwards": lambda: by_key().values_list("pk", "stars").filter(pages__gt=200),
    "filtered over the hop that is selected":
        lambda: by_key().filter(editor__rating__gt=1).values_list("editor__name", "pk"),
    "selected hop under or":
        lambda: by_key().filter(Q(editor__rating__gt=1) | Q(pages=25)).values_list("editor__name", "pk"),
    "of the model's order": lambda: Book.objects.values_list("pk", flat=True),
    "ordered afterwards": lambda: Book.objects.values_list("title", "pk").order_by("-pages", "pk"),
    "replaced by others": lambda: by_key().values("title").values("pages"),
    "none": lambda: Book.objects.none().values_list("title", flat=True),
    "text keys": lambda: Country.objects.order_by("pk").values_list("pk", "founded"),

    "distinct": lambda: Book.objects.order_by("pages").values_list("pages", flat=True).distinct(),
    "distinct pairs": lambda: Book.objects.order_by("pages", "stars").values("pages", "stars").distinct(),
    "distinct unordered": lambda: Book.objects.order_by().values_list("stars", flat=True).distinct(),
    "distinct related": lambda: Book.objects.order_by().values_list("editor__country__name", flat=True).distinct(),
    "distinct with the model's order": lambda: Book.objects.values_list("in_print", flat=True).distinct(),
    "distinct ordered by another":
        lambda: Book.objects.order_by("pages").values_list("in_print", flat=True).distinct(),
    "distinct rows": lambda: by_key().distinct(),
    "distinct filtered":
        lambda: Book.objects.order_by().filter(stars__gt=1).values_list("stars", flat=True).distinct(),
    "distinct key": lambda: Book.objects.order_by("author_id").values_list("author", flat=True).distinct(),
})
