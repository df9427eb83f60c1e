"""Django with psycopg2, in plain blocking code."""

import os
import sys

import django
from django.apps import AppConfig
from django.conf import settings
from django.db import connection, models, transaction

import timed

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the loop of timed.py waits while this blocks


class Bench(AppConfig):
    label, path = "bench", "."


settings.configure(
    INSTALLED_APPS=[Bench("__main__", sys.modules["__main__"])], USE_TZ=False, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"],
                           "USER": os.environ["PGUSER"], "HOST": os.environ["PGHOST"], "PORT": os.environ["PGPORT"]}})
django.setup()


class Author(models.Model):
    name = models.TextField()
    country = models.TextField()

    class Meta:
        app_label, db_table = "bench", "author"


class Tag(models.Model):
    name = models.TextField()

    class Meta:
        app_label, db_table = "bench", "tag"


class Book(models.Model):
    title = models.TextField()
    pages = models.IntegerField()
    price = models.FloatField()
    published = models.DateField()
    author = models.ForeignKey(Author, models.CASCADE, related_name="books")
    isbn = models.TextField()
    tags = models.ManyToManyField(Tag, db_table="book_tags")

    class Meta:
        app_label, db_table = "bench", "book"


def plain(b):
    return b.id, b.title, b.pages, b.price, b.published, b.author_id, b.isbn


def new_book(n):
    title, pages, price, published, author, isbn = timed.new_book(n)
    return Book(title=title, pages=pages, price=price, published=published, author_id=author, isbn=isbn)


def one_by_one(count, _):
    return [Book.objects.get(id=timed.key_of_query(n)) for n in range(count)]


def all_books(count, _):
    return [book for _ in range(count) for book in Book.objects.all()]


def joined(count, _):
    rows = []
    for n in range(count):
        rows += Book.objects.select_related("author").filter(
            author__name=timed.author_of_query(n), pages__gte=timed.pages_of_query(n), price__lt=timed.PRICE_LIMIT,
        ).order_by("-published", "id")[:timed.JOINED_ROWS]
    return rows


def insert_one(count, _):
    with transaction.atomic():
        for n in range(count):
            new_book(n).save(force_insert=True)
    return count


def insert_bulk(count, _):
    return sum(book.id is not None for book in Book.objects.bulk_create(new_book(n) for n in range(count)))


def update_one(count, _):
    with transaction.atomic():
        return sum(Book.objects.filter(id=n).update(pages=n, title=f"Title {n}") for n in range(1, count + 1))


def update_bulk(count, _):
    Book.objects.bulk_update([Book(id=n, pages=n, title=f"Title {n}") for n in range(1, count + 1)], ["pages", "title"])
    return count


def library(count, _):
    for _ in range(count):
        authors = list(Author.objects.prefetch_related("books__tags"))
    return authors


def library_sum(authors):
    return timed.library((a.name, a.country, [(plain(b), [(t.id, t.name) for t in b.tags.all()]) for b in a.books.all()])
                         for a in authors)


def books(rows):
    return timed.books(map(plain, rows))


connection.ensure_connection()
timed.main({
    "W1": (one_by_one, books), "W3": (all_books, books),
    "W4": (joined, lambda rows: timed.joined((*plain(b), b.author.name) for b in rows)),
    "W5.one": (insert_one, timed.itself), "W5.bulk": (insert_bulk, timed.itself),
    "W6.one": (update_one, timed.itself), "W6.bulk": (update_bulk, timed.itself), "W7": (library, library_sum),
})
