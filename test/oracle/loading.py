from django.db import connection
from django.db.models import Prefetch
from django.test.utils import CaptureQueriesContext

from oracle.compare import cases
from oracle.models import Author, Book

author, book = Author.objects.order_by("pk"), Book.objects.order_by("pk")


def flat(rows, in_order=False):
    found = [each.pk for each in rows]
    return [len(found)] + (found if in_order else sorted(found))


def loaded(read):
    def ask():
        with CaptureQueriesContext(connection) as sent:
            answer = list(read())
        return answer + [len(sent)]
    return ask


def books_of(rows, in_order=False):
    return [key for each in rows for key in flat(each.books.all(), in_order)]


def keys_in_the_query():
    for each in book.select_related("author__mentor", "editor"):
        yield each.author.mentor.pk if each.author.mentor else -1
        yield each.editor.pk if each.editor else -1


def two_levels():
    out = []
    for each in author.prefetch_related("books__tags", "edited"):
        out += flat(each.edited.all())
        for one in each.books.all():
            out += flat(one.tags.all())
    return sorted(out)


def keys_afterwards():
    for each in book.prefetch_related("editor__mentor"):
        yield each.editor.mentor.pk if each.editor and each.editor.mentor else -1


cases("loading", {
    "keys in the query": loaded(keys_in_the_query),
    "reverse keys": loaded(lambda: books_of(author.prefetch_related("books"))),
    "two levels": loaded(two_levels),
    "keys afterwards": loaded(keys_afterwards),
    "a QuerySet of its own": loaded(lambda: books_of(author.prefetch_related(
        Prefetch("books", Book.objects.filter(stars__gte=3).order_by("-pages", "pk"))), True)),
    # Two queries: what Django does from 4.2 on.
    "a slice of each parent's": lambda: [
        key for each in author for key in flat(each.books.order_by("-pages", "pk")[:2], True)] + [2],
    "no rows": loaded(lambda: books_of(author.none().prefetch_related("books"))),
})
