"""Django gives back numbers: the rows are read after the update, and before the delete."""
from django.db.models import Case, Count, Exists, OuterRef, Subquery, Value, When
from django.db.models import F

from oracle.compare import cases, plain, refused, write
from oracle.models import Author, Book, Review, Tag

author, book, review = Author.objects, Book.objects, Review.objects


def columns(row, names):
    return plain(row if not names else [getattr(row, row._meta.get_field(name).attname) for name in names.split()])


def updated(rows, names, **values):
    def change():
        keys = sorted(set(rows.order_by().values_list("pk", flat=True)))
        rows.model.objects.filter(pk__in=keys).update(**values)
        return [columns(row, names) for row in rows.model.objects.filter(pk__in=keys).order_by("pk")]
    return write(change)


def deleted(rows, names):
    def change():
        keys = sorted(set(rows.order_by().values_list("pk", flat=True)))
        gone = [columns(row, names) for row in rows.model.objects.filter(pk__in=keys).order_by("pk")]
        rows.model.objects.filter(pk__in=keys).delete()
        return gone
    return write(change)


def name_of_editor():
    return Subquery(author.filter(pk=OuterRef("editor")).values("name"))


third, short, early = book.filter(stars=3), book.filter(pages=25), book.filter(pk__lt=30)
unread = book.filter(~Exists(review.filter(book=OuterRef("pk"))))

cases("returning", {
    "update: keys": updated(third, "id", pages=1),
    "update: what was set": updated(third, "id pages", pages=F("pages") + 1),
    "update: what was not set": updated(third, "id title subtitle", pages=1),
    "update: whole rows": updated(short, "", title="x", stars=None),
    "update: keys of others": updated(short, "id author editor", editor=2),
    "update: all types": updated(short, "id published keywords binding isbn in_print created", price=1.5),
    "update: filtered over a relation": updated(book.filter(editor__name="Ada"), "id pages", pages=2),
    "update: filtered over many": updated(author.filter(books__stars__gt=4), "id rating", rating=2.5),
    "update: excluded": updated(author.exclude(books__stars=5), "id name", rating=2.5),
    "update: by a count": updated(author.annotate(n=Count("books")).filter(n__gt=6), "id rating", rating=0.5),
    "update: to a case":
        updated(early, "id stars", stars=Case(When(pages__gt=100, then=Value(5)), default=Value(1))),
    "update: to a sub-query": updated(early, "id subtitle", subtitle=name_of_editor()),
    "update: none": updated(book.none(), "id", pages=1),
    "update: no rows": updated(book.filter(pages=1), "id", pages=2),
    "update: rows that are so already": updated(short, "id pages", pages=25),

    "delete: keys": deleted(review.filter(score=3), "id"),
    "delete: columns": deleted(review.filter(score=3), "id book reviewer text"),
    "delete: whole rows": deleted(review.exclude(score__lt=5), ""),
    "delete: what others refer to": deleted(short, "id title"),
    "delete: filtered over a relation": deleted(review.filter(book__stars=2), "id"),
    "delete: filtered over many": deleted(Tag.objects.filter(books__stars=5), ""),
    "delete: none": deleted(review.none(), "id"),
    "delete: by exists": deleted(unread, "id pages"),
    "update: of a slice": refused(lambda: book.order_by("pk")[:3].update(pages=1)),
    "delete: of a slice": refused(lambda: book.order_by("pk")[:3].delete()),
})
