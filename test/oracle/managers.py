from datetime import datetime, timezone

from django.db.models import Avg, Count, Q, Sum

from oracle.compare import cases, deleted, differs, write
from oracle.models import Author, Book, Country, Review, Tag

EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)  # of an orm::timestamptz without a value
STICKY = "a condition back over the relation of a many-to-many manager"


def author(pk):
    return Author.objects.get(pk=pk)


def book(pk):
    return Book.objects.get(pk=pk)


def tag(pk):
    return Tag.objects.get(pk=pk)


def keys(rows):
    return rows.order_by("pk").values_list("pk", flat=True)


def third():
    return author(3).books


def tagged(pk=2):
    return tag(pk).books


def tags(pk=7):
    return book(pk).tags.order_by("pk")


def change(done):
    """add() and the like give nothing back."""
    def run():
        done()
        return 0
    return write(run)


def first_edited():
    return author(7).edited.order_by("pk").first()


def again():
    book(7).tags.add(tag(6))
    book(7).tags.add(tag(6))


def sticky(asked):
    """Of the books with tag 2: Django asks their tag 2 itself, here it is any of their tags."""
    return differs(STICKY, django=lambda: keys(asked(tagged())),
                   here=lambda: keys(asked(Book.objects.filter(tags=2).filter())))


cases("managers", {
    "reverse: rows": lambda: keys(third().all()),
    "reverse: in the model's order": lambda: third().all(),
    "reverse: filter": lambda: keys(third().filter(pages__gt=100)),
    "reverse: exclude": lambda: keys(third().exclude(stars=3)),
    "reverse: Q": lambda: keys(third().filter(Q(stars=3) | Q(pages__lt=100))),
    "reverse: filter over many": lambda: keys(third().filter(tags__name__icontains="s")),
    "reverse: filter back over the key": lambda: keys(third().filter(author__name__icontains="a")),
    "reverse: filter over the key and back": lambda: keys(third().filter(author__books__stars=5)),
    "reverse: exclude over the key and back": lambda: keys(third().exclude(author__books__stars=5)),
    "reverse: ordered": lambda: third().order_by("-pages", "pk"),
    "reverse: sliced": lambda: third().order_by("pk")[1:4],
    "reverse: values": lambda: third().order_by("pk").values_list("title", "author__name"),
    "reverse: annotated": lambda: third().order_by("pk").annotate(n=Count("tags")),
    "reverse: grouped": lambda: third().order_by("stars").values_list("stars").annotate(n=Count("*")),
    "reverse: distinct": lambda: third().order_by("stars").values_list("stars", flat=True).distinct(),
    "reverse: count": lambda: third().count(),
    "reverse: exists": lambda: third().filter(stars=5).exists(),
    "reverse: first": lambda: third().first(),
    "reverse: last": lambda: third().last(),
    "reverse: get nothing": lambda: third().get(pk=100000),
    "reverse: latest": lambda: third().latest("pages", "pk"),
    "reverse: aggregate": lambda: third().aggregate(s=Sum("pages"))["s"],
    "reverse: dates": lambda: third().dates("published", "year"),
    "reverse: in a lookup": lambda: keys(Review.objects.filter(book__in=third().all())),
    "reverse: union": lambda: keys(third().all()).order_by().union(keys(author(4).books.all()).order_by()),
    "reverse of a nullable key": lambda: keys(author(7).edited.all()),
    "reverse to itself": lambda: keys(author(1).students.all()),
    "reverse of a text key": lambda: keys(Country.objects.get(pk="us").authors.all()),
    "reverse: none there": lambda: keys(author(40).books.all()),
    "reverse of a row that was not asked for": lambda: keys(Author(id=3).books.all()),

    "many: rows": lambda: tags(),
    "many: filter": lambda: tags().filter(name__icontains="a"),
    "many: exclude": lambda: tags().exclude(name__icontains="a"),
    "many: count": lambda: tags().count(),
    "many: exists": lambda: tags().filter(name="sea").exists(),
    "many: distinct": lambda: tags().distinct(),
    "many: values": lambda: tags().order_by("-pk").values_list("name", flat=True),
    "many: the other side": lambda: keys(tagged().all()),
    "many: the other side, filtered": lambda: keys(tagged().filter(stars__gt=2)),
    "many: the other side, over a relation": lambda: keys(tagged().filter(author__name="Ada")),
    "many: the other side, aggregated": lambda: tagged().aggregate(a=Avg("pages"))["a"],
    "many: the table between": lambda: keys(book(7).book_tags.all()),
    "many: none there": lambda: keys(tagged(6).all()),

    "sticky: filter back": sticky(lambda rows: rows.filter(tags__name="classic")),
    "sticky: filter back, all before": sticky(lambda rows: rows.all().filter(tags__name="classic")),
    "sticky: filter back, filtered before": lambda: keys(tagged().filter(pages__gte=0).filter(tags__name="classic")),
    "sticky: filter back by its own": sticky(lambda rows: rows.filter(tags__name="space")),
    "sticky: exclude back": sticky(lambda rows: rows.exclude(tags__name="classic")),
    "sticky: filter back by the key": sticky(lambda rows: rows.filter(tags=1)),
    "sticky: the other way": lambda: keys(tags().filter(books__pages__gt=250)),
    "sticky: count back": lambda: tagged().order_by("pk").annotate(n=Count("tags")).values_list("pk", "n"),
})

cases("managers", {
    "reverse: create": write(lambda: third().create(title="new", created=EPOCH)),
    "reverse: add a row": change(lambda: third().add(book(20))),
    "reverse: add rows": change(lambda: author(7).edited.add(book(20), book(21))),
    "reverse: remove": change(lambda: author(7).edited.remove(first_edited())),
    "reverse: clear": change(lambda: author(7).edited.clear()),
    "reverse: set": change(lambda: author(7).edited.set([book(20), book(21)])),
    "reverse: set to some that are there": change(lambda: author(7).edited.set([first_edited(), book(21)])),
    "reverse: set to nothing": change(lambda: author(7).edited.set([])),
    "reverse: update": write(lambda: third().update(pages=1)),
    "reverse: update filtered": write(lambda: third().filter(stars=3).update(pages=1)),
    "reverse: delete": write(lambda: deleted(author(3).reviews.filter(score=3))),
    "reverse: delete all": write(lambda: deleted(author(3).reviews.all())),

    "many: add": change(lambda: book(7).tags.add(tag(6))),
    "many: add what is there": change(again),
    "many: add keys": change(lambda: book(100).tags.add(5, 6)),
    "many: remove": change(lambda: book(102).tags.remove(tag(1), tag(2))),
    "many: remove what is not there": change(lambda: book(102).tags.remove(tag(6))),
    "many: clear": change(lambda: book(102).tags.clear()),
    "many: set": change(lambda: book(102).tags.set([tag(1), tag(6)])),
    "many: set to nothing": change(lambda: book(102).tags.set([])),
    "many: create": write(lambda: book(7).tags.create(name="made")),
    "many: create on the other side": write(lambda: tagged(6).create(title="made", author=author(3), created=EPOCH)),
    "many: add on the other side": change(lambda: tagged(6).add(book(3), book(4))),
    "many: update": write(lambda: tagged().update(pages=3)),
    "many: delete": write(lambda: deleted(book(102).tags.filter(name="classic"))),
})
