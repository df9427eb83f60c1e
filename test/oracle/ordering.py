from oracle.compare import cases
from django.db.models import Q
from oracle.models import Author, Book, Country


def by(*names):
    """The keys of all books in this order."""
    return lambda: keys(Book.objects.order_by(*names))


def keys(books):
    return books.values_list("pk", flat=True)


cases("ordering", {
    "of the model": lambda: keys(Book.objects.all()),
    "of the model, reversed": lambda: keys(Book.objects.reverse()),
    "twice reversed": lambda: keys(Book.objects.reverse().reverse()),
    "unordered": by(),
    "unordered, reversed": lambda: keys(Book.objects.order_by().reverse()),
    "pk": by("pk"),
    "-pk": by("-pk"),
    "text": by("title", "pk"),
    "text descending": by("-title", "pk"),
    "nullable": by("stars", "pk"),
    "nullable descending": by("-stars", "pk"),
    "nullable reversed": lambda: keys(Book.objects.order_by("stars", "pk").reverse()),
    "two, one descending": by("-pages", "title", "pk"),
    "two reversed": lambda: keys(Book.objects.order_by("-pages", "title", "pk").reverse()),
    "replaced": lambda: keys(Book.objects.order_by("title").order_by("-pk")),
    "reversed, then replaced": lambda: keys(Book.objects.order_by("title").reverse().order_by("pk")),
    "bool": by("in_print", "pk"),
    "uuid": by("-isbn", "pk"),
    "array": by("keywords", "pk"),
    "enumeration": by("binding", "pk"),
    "moment": by("-checked", "pk"),
    "key column": by("author_id", "pk"),
    "key by pk": by("-author__pk", "pk"),
    "relation without an ordering": by("author", "pk"),
    "relation without an ordering, descending": by("-editor", "pk"),
    "relation with an ordering": by("author__country", "pk"),
    "relation with an ordering, descending": by("-author__country", "pk"),
    "nullable relation with an ordering": by("editor__country", "pk"),
    "related column": by("author__name", "pk"),
    "nullable related column": by("-editor__name", "pk"),
    "related column two hops away": by("editor__country__name", "pk"),
    "itself": by("sequel_of__pages", "-pk"),
    "relation to itself with an ordering": lambda: Book.objects.order_by("sequel_of__author", "pk"),
    "by the key's column of a relation with an ordering": lambda: Author.objects.order_by("country_id", "pk"),
    "relation of an author": lambda: Author.objects.order_by("country", "pk"),
    "filtered over the same hop":
        lambda: keys(Book.objects.filter(editor__name__icontains="a").order_by("editor__rating", "pk")),
    "or over the hop of the order":
        lambda: keys(Book.objects.filter(Q(editor__name="Ada") | Q(pages=25)).order_by("editor__rating", "pk")),
    "F": by("-pages", "pk"),
    "F of members": by("author__name", "-pk"),
    "none": lambda: keys(Book.objects.none().order_by("pk")),
    "other model": lambda: Country.objects.all(),
    "other model reversed": lambda: Country.objects.order_by("name", "code").reverse(),
})
