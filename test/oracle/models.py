"""The models of models.hpp, documents.hpp, search.cpp, hstores.cpp and column_types.cpp in Django, over the same tables."""
from django.contrib.postgres.fields import (ArrayField, DateRangeField, DateTimeRangeField, DecimalRangeField,
                                            HStoreField, IntegerRangeField)
from django.db import models
from django.db.models import CASCADE, SET_NULL


class Country(models.Model):
    code = models.CharField(primary_key=True, max_length=2)
    name = models.TextField()
    founded = models.IntegerField(null=True)

    class Meta:
        app_label, managed, db_table = "oracle", False, "country"
        ordering = ["name"]


class Author(models.Model):
    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    born = models.DateField(null=True)
    country = models.ForeignKey(Country, CASCADE, null=True, related_name="authors")
    mentor = models.ForeignKey("self", CASCADE, null=True, related_name="students")
    rating = models.FloatField(null=True)

    class Meta:
        app_label, managed, db_table = "oracle", False, "author"


class Tag(models.Model):
    id = models.BigAutoField(primary_key=True)
    name = models.TextField()

    class Meta:
        app_label, managed, db_table = "oracle", False, "tag"


class Book(models.Model):
    id = models.BigAutoField(primary_key=True)
    title = models.TextField()
    pages = models.IntegerField(default=0)
    price = models.FloatField(default=0)
    published = models.DateField(null=True)
    author = models.ForeignKey(Author, CASCADE, related_name="books")
    editor = models.ForeignKey(Author, SET_NULL, null=True, related_name="edited")
    sequel_of = models.ForeignKey("self", SET_NULL, null=True, related_name="sequels")
    binding = models.TextField(default="paperback")
    keywords = ArrayField(models.TextField(), default=list)
    isbn = models.UUIDField(null=True)
    in_print = models.BooleanField(default=True)
    stars = models.SmallIntegerField(null=True)
    subtitle = models.TextField(null=True)
    created = models.DateTimeField()
    checked = models.DateTimeField(null=True)
    tags = models.ManyToManyField(Tag, through="BookTag", related_name="books")

    class Meta:
        app_label, managed, db_table = "oracle", False, "book"
        ordering = ["-published", "title", "id"]


class BookTag(models.Model):
    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, CASCADE, related_name="book_tags")
    tag = models.ForeignKey(Tag, CASCADE, related_name="book_tags")

    class Meta:
        app_label, managed, db_table = "oracle", False, "book_tag"


class Review(models.Model):
    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(Author, CASCADE, null=True, related_name="reviews")
    score = models.IntegerField(null=True)
    text = models.TextField()

    class Meta:
        app_label, managed, db_table = "oracle", False, "review"


class Document(models.Model):
    id = models.BigAutoField(primary_key=True)
    data = models.JSONField(null=True)
    parent = models.ForeignKey("self", CASCADE, null=True)

    class Meta:
        app_label, managed, db_table = "oracle", False, "document"


class Page(models.Model):
    id = models.BigAutoField(primary_key=True)
    title = models.TextField()
    body = models.TextField(null=True)

    class Meta:
        app_label, managed, db_table = "oracle", False, "page"


class Stay(models.Model):
    id = models.BigAutoField(primary_key=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    opens = models.TimeField(null=True)
    lasts = models.DurationField(null=True)
    seats = IntegerRangeField(null=True)
    prices = DecimalRangeField(null=True)
    nights = DateRangeField(null=True)
    during = DateTimeRangeField(null=True)
    address = models.GenericIPAddressField(null=True)
    guests = models.IntegerField(default=0)
    booked = models.DateField()
    at = models.DateTimeField()

    class Meta:
        app_label, managed, db_table = "oracle", False, "stay"


class Parcel(models.Model):
    id = models.BigAutoField(primary_key=True)
    notes = HStoreField(null=True)

    class Meta:
        app_label, managed, db_table = "oracle", False, "parcel"
