"""Django 3.2 has neither NotUpdated nor create_defaults, bulk_create(update_conflicts=True) nor counts by table of the database."""
from datetime import date

from django.db import DatabaseError, transaction

from oracle.compare import cases, write
from oracle.models import Author, Book, Country, Review, Tag

author, book, country, review, tag = Author.objects, Book.objects, Country.objects, Review.objects, Tag.objects


def saved(row, **options):
    row.save(**options)
    return row.pk


def one_field():
    row = book.get(pk=12)
    row.title, row.pages = "changed", -1
    return saved(row, update_fields=["title"])


def several_fields():
    row = book.get(pk=12)
    row.editor, row.author_id, row.pages = None, 2, 7
    return saved(row, update_fields=["author", "editor"])


def inside(change):
    def run():
        with transaction.atomic():
            return change()
    return run


class NotUpdated(Exception):
    """What 6.0 calls it."""


def not_updated(row, **options):
    def run():
        with transaction.atomic():
            try:
                return saved(row, **options)
            except DatabaseError as failure:
                raise NotUpdated from failure
    return run


def refreshed(rows, fields, **values):
    def change():
        row = rows.get()
        rows.update(**values)
        row.refresh_from_db(fields=fields)
        return row
    return write(change)


def pair(found):
    return [found[0], found[1]]


def named(found):
    return [found[0].name, found[1]]


def many():
    made = []
    for n in range(30):
        row = Author(name=f"Ünï {n}")
        if n % 2 == 0:
            row.rating = n / 4
        if n % 3 == 0:
            row.country_id = "c1"
        if n % 5 == 0:
            row.born = date(1900 + n, 1, 2)
        made.append(row)
    return author.bulk_create(made)


def of_arrays():
    from oracle.writes import EPOCH
    made = [Book(title=f"b{n}", pages=0, price=0, author_id=n + 1, binding="paperback", in_print=True, created=EPOCH,
                 keywords=["a,b", "", '"{}', str(n)]) for n in range(5)]
    return [row.pk for row in book.bulk_create(made)]


def ignoring():
    tag.bulk_create([Tag(id=900, name="a"), Tag(id=2, name="b")], ignore_conflicts=True)
    return 0


def updated():
    rows = list(book.order_by("id"))
    for row in rows:
        row.pages = row.id * 2
        row.subtitle = None if row.pages % 3 == 0 else row.title
        row.title = "not written"
    book.bulk_update(rows, ["pages", "subtitle"])
    return 0


def keys_and_arrays():
    rows = list(book.filter(pk__lt=20).order_by("id"))
    for row in rows:
        row.editor_id = None if row.id % 2 == 0 else 1
        row.keywords = row.keywords + ['ü",{']
    book.bulk_update(rows, ["editor", "keywords"])
    return 0


def by_key(found):
    return [found[key] for key in sorted(found)]


def counts(rows, *labels):
    """Of these models; Django counts those that it takes along as well."""
    def change():
        total, by_model = rows.delete()
        return [total if label == "" else by_model.get(f"oracle.{label}", 0) for label in labels]
    return write(change)


cases("writing", {
    "save one field": write(one_field),
    "save several fields": write(several_fields),
    "save no field": write(lambda: saved(Tag(id=2, name="x"), update_fields=[])),
    "force an insert": write(lambda: saved(Tag(id=800, name="new"), force_insert=True)),
    "force an insert of what is there": inside(lambda: saved(Tag(id=2, name="x"), force_insert=True)),
    "force an update": write(lambda: saved(Tag(id=2, name="x"), force_update=True)),
    "force an update of nothing": not_updated(Tag(id=800, name="x"), force_update=True),
    "save a field of nothing": not_updated(Tag(id=800, name="x"), update_fields=["name"]),
    "refresh": refreshed(tag.filter(pk=1), None, name="other"),
    "refresh a field": refreshed(country.filter(pk="c1"), ["founded"], name="other", founded=1),
    "delete a row": write(lambda: review.get(pk=3).delete()[0]),

    "get or create what is there": write(lambda: named(tag.get_or_create(id=2, defaults={"name": "x"}))),
    "get or create": write(
        lambda: pair(author.get_or_create(name="Nobody", defaults={"rating": 1.5, "country_id": "c1"}))),
    "get or create by a look-up": write(
        lambda: pair(author.get_or_create(name__iexact="nobody", defaults={"name": "Nobody"}))),
    "get or create several": write(lambda: review.get_or_create(score=3)[1]),
    "get or create with a taken key": write(lambda: tag.get_or_create(name="x", defaults={"id": 2})[1]),
    "update or create what is there": write(lambda: named(author.update_or_create(id=3, defaults={"name": "Renamed"}))),
    "update or create": write(lambda: pair(author.update_or_create(name="Nobody", defaults={"rating": 2.5}))),
    "update or create several": write(lambda: review.update_or_create(score=3, defaults={"text": ""})[1]),

    "bulk_create": write(many),
    "bulk_create of arrays": write(of_arrays),
    "bulk_create of one": write(lambda: tag.bulk_create([Tag(name="one")])),
    "bulk_create of none": write(lambda: tag.bulk_create([])),
    "bulk_create with keys": write(lambda: tag.bulk_create([Tag(id=900, name="a"), Tag(id=800, name="b")])),
    "bulk_create in batches": write(
        lambda: tag.bulk_create([Tag(name="a"), Tag(name="b"), Tag(name="c")], batch_size=2)),
    "bulk_create of what is there": inside(lambda: tag.bulk_create([Tag(id=900, name="a"), Tag(id=2, name="b")])),
    "bulk_create ignoring conflicts": write(ignoring),
    "bulk_update": write(updated),
    "bulk_update of keys and arrays": write(keys_and_arrays),
    "in_bulk": lambda: by_key(tag.in_bulk([3, 1, 4711])),
    "in_bulk of a text key": lambda: by_key(country.in_bulk(["c2", "c1", "zz"])),
    "in_bulk of all": lambda: len(tag.in_bulk()),

    "counts of a delete": counts(review.filter(score=3), "", "Review"),
    "counts of what goes along": counts(book.filter(pages=25), "", "Book", "BookTag", "Review"),
    "counts of an author with all": counts(author.filter(pk=1), "Book", "BookTag", "Review"),
    "counts of none": write(lambda: book.none().delete()[0]),
})
