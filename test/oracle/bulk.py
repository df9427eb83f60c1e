from datetime import date, datetime, timezone

from django.db import transaction

from oracle.compare import cases, write
from oracle.models import Book, Country, Tag

EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)  # of an orm::timestamptz without a value
tag, country = Tag.objects, Country.objects


def new_tags():
    return [Tag(name=name) for name in ("one", "ü \\ ' %", "", "one")]


def books():
    return Book.objects.bulk_create([
        Book(title="x", author_id=1, created=EPOCH, keywords=["a,b", "{}", "NULL", "\\"], stars=2),
        Book(title="y", author_id=2, created=EPOCH, editor_id=5, published=date(1999, 12, 31), binding="digital")])


def there():
    return [Tag(id=95, name="x"), Tag(id=1, name="y")]


def refused():
    with transaction.atomic():
        return tag.bulk_create(there())


def ignored():
    tag.bulk_create(there(), ignore_conflicts=True)
    return 0


def updated(change, *fields, batch_size=None):
    def run():
        rows = list(Book.objects.order_by("pk").filter(stars=3))
        for row in rows:
            for name, value in change(row).items():
                setattr(row, name, value)
        Book.objects.bulk_update(rows, fields, batch_size)
        return 0
    return run


def none():
    Book.objects.bulk_update([], ["pages"])
    return 0


cases("bulk", {name: write(change) for name, change in {
    "create": lambda: tag.bulk_create(new_tags()),
    "create one": lambda: tag.bulk_create([Tag(name="alone")]),
    "create none": lambda: tag.bulk_create([]),
    "create in batches": lambda: tag.bulk_create(new_tags(), batch_size=2),
    "create with keys": lambda: tag.bulk_create([Tag(id=90, name="a"), Tag(id=80, name="b")]),
    "create with text keys": lambda: country.bulk_create(
        [Country(code="zz", name="Zz", founded=5), Country(code="yy", name="Yy")]),
    "create with all kinds of columns": books,
    "create, ignoring what is there": ignored,
    "update one column": updated(lambda row: {"pages": row.pages + 7}, "pages"),
    "update several columns": updated(
        lambda row: {"title": row.title + "!", "stars": None, "keywords": [*row.keywords, 'x"y']},
        "title", "stars", "keywords"),
    "update a key": updated(lambda row: {"editor_id": row.author_id}, "editor"),
    "update none": none,
    "update in batches": updated(lambda row: {"price": row.pk / 4}, "price", batch_size=5),
}.items()})
cases("bulk", {"create what is there": refused})
