from datetime import date, datetime, timezone
from uuid import UUID

from oracle.compare import cases, deleted, write
from django.db import IntegrityError, transaction
from django.db.models import F
from oracle.models import Author, Book, BookTag, Country, Review, Tag

EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)  # of an orm::timestamptz without a value
book, author, review, tag = Book.objects, Author.objects, Review.objects, Tag.objects


def full_book():
    return book.create(
        title="Ünïcode \\ \"'%_", pages=-7, price=0.1, published=date(1, 1, 1), author_id=3, editor_id=4, binding="digital",
        keywords=["", "a,b", "{}", "NULL", '"', "\\"], isbn=UUID("12345678-9abc-def0-1234-56789abcdef0"), stars=-32768,
        subtitle="", created=datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=timezone.utc))


def twice():
    tag.create(name="one")
    return tag.create(name="one")


def again():
    with transaction.atomic():
        return tag.create(id=1, name="again")


def saved(row):
    row.save()
    return row


def changed():
    row = book.get(pk=12)
    row.title, row.stars = "changed", None
    return saved(row)


def matched(rows):
    """Of rows that delete others of their own kind with them."""
    count = rows.count()
    rows.delete()
    return count


def moments():
    return book.filter(pk__lt=9).update(
        keywords=["a", 'ü"b,'], checked=datetime(2001, 2, 3, 2, 5, 6, 700000, tzinfo=timezone.utc),
        published=date(1999, 12, 31))


cases("writes", {name: write(change) for name, change in {
    "update": lambda: book.filter(pages__gt=200).update(pages=1),
    "update several columns": lambda: book.filter(stars=3).update(title="ü \\ ' %", stars=4, price=0.1),
    "update to NULL": lambda: book.filter(stars=3).update(stars=None),
    "update all": lambda: author.update(rating=2.5),
    "update none": lambda: book.none().update(pages=1),
    "update nothing": lambda: book.filter(pk__in=[]).update(pages=1),
    "update to a column": lambda: book.update(subtitle=F("title")),
    "update a key": lambda: book.filter(pages=25).update(editor=2),
    "update a key to NULL": lambda: book.update(editor=None),
    "update a key to an object": lambda: book.filter(pages=25).update(author=author.get(pk=3)),
    "update by a related column": lambda: book.filter(editor__name="Ada").update(pages=2),
    "update by two hops": lambda: book.filter(author__country__name="Congo").update(in_print=False),
    "update excluding": lambda: book.exclude(editor__rating__gt=1).update(pages=3),
    "update by its own kind": lambda: book.filter(sequel_of__stars__gt=2).update(stars=0),
    "update ordered": lambda: book.order_by("author__name").update(pages=5),
    "update arrays and moments": moments,

    "delete": lambda: deleted(review.filter(score=3)),
    "delete all": lambda: deleted(BookTag.objects.all()),
    "delete none": lambda: deleted(book.none()),
    "delete what others refer to": lambda: deleted(book.filter(pages=25)),
    "delete excluding": lambda: deleted(review.exclude(score__gt=1)),
    "delete over a hop": lambda: deleted(review.filter(book__stars=2)),
    "delete over a nullable hop": lambda: deleted(review.exclude(reviewer__name__icontains="a")),
    "delete an author with all": lambda: matched(author.filter(pk=1)),
    "delete a text key": lambda: deleted(Country.objects.filter(pk="c1")),

    "create": full_book,
    "create with defaults": lambda: book.create(title="x", author_id=1, created=EPOCH),
    "create with a key": lambda: tag.create(id=77, name="日本"),
    "create twice": twice,
    "create with a text key": lambda: Country.objects.create(code="zz", name="Zz"),
    "create with an object": lambda: book.create(title="y", author=author.create(name="New"), created=EPOCH),
    "save a new one": lambda: saved(Tag(name="saved")),
    "save a changed one": changed,
    "save under a new key": lambda: saved(Tag(id=99, name="ninety-nine")),
    "save over another": lambda: saved(Tag(id=2, name="overwritten")),
}.items()})

cases("writes", {"create what is there": again})


def swallowed(change):
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        pass


def doubled():
    tag.create(id=1, name="again")


def aborted(then):
    """An error inside a transaction that goes on."""
    def run():
        with transaction.atomic():
            try:
                doubled()
            except IntegrityError:
                pass
            return then()
    return run


def after(*changes):
    """A savepoint around each but the last."""
    def run():
        for change in changes[:-1]:
            swallowed(change)
        return changes[-1]()
    return write(run)


def lost_twice():
    tag.update(name="lost")
    with transaction.atomic():
        doubled()


def lost():
    tag.update(name="lost")
    doubled()


def first_named():
    return tag.filter(pk=1).update(name="x")


cases("writes", {
    "an error swallowed, then a question": aborted(lambda: tag.count()),
    "an error swallowed, then a write": aborted(lambda: tag.update(name="x")),
    "an error in a savepoint": after(doubled, first_named),
    "an error after a write in a savepoint": after(lost, first_named),
    "an error out of two savepoints": after(lost_twice, tag.count),
    "an error in the second of two savepoints": after(lambda: tag.update(name="kept"), doubled, tag.count),
})
