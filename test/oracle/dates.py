from datetime import date, time

from oracle.compare import cases, differs
from django.db.models.functions import ExtractIsoYear, ExtractSecond, Floor
from oracle.models import Book

book = Book.objects
ISO_YEAR = "`iso_year` equal to a year"
SECOND = "`second` equal to a number"


def iso_year(column, year):
    return book.alias(year=ExtractIsoYear(column) + 0).filter(year=year)


cases("dates", {
    "year": lambda: book.filter(published__year=1962),
    "year gt": lambda: book.filter(published__year__gt=1962),
    "year gte": lambda: book.filter(published__year__gte=1962),
    "year lt": lambda: book.filter(published__year__lt=1962),
    "year lte": lambda: book.filter(published__year__lte=1962),
    "year in": lambda: book.filter(published__year__in=[1960, 1964]),
    "year range": lambda: book.filter(published__year__range=(1961, 1962)),
    "year isnull": lambda: book.filter(published__year__isnull=True),
    "not year": lambda: book.exclude(published__year=1962),
    "not year gt": lambda: book.exclude(published__year__gt=1962),
    "iso_year": differs(ISO_YEAR, django=lambda: book.filter(published__iso_year=1961),
                        here=lambda: iso_year("published", 1961)),
    "iso_year gt": lambda: book.filter(published__iso_year__gt=1961),
    "quarter": lambda: book.filter(published__quarter=4),
    "month": lambda: book.filter(published__month=12),
    "month in": lambda: book.filter(published__month__in=[1, 2]),
    "not month": lambda: book.exclude(published__month=12),
    "week": lambda: book.filter(published__week=53),
    "week lt": lambda: book.filter(published__week__lt=2),
    "week_day": lambda: book.filter(published__week_day=1),
    "iso_week_day": lambda: book.filter(published__iso_week_day=7),
    "day": lambda: book.filter(published__day=31),
    "day gte": lambda: book.filter(published__day__gte=29),
    "parts together": lambda: book.filter(published__month=1, published__day=1),
    "part of a related date": lambda: book.filter(author__born__year=1963),
    "not part of a related date": lambda: book.exclude(editor__born__month__gt=6),

    "moment year": lambda: book.filter(created__year=1962),
    "moment year gt": lambda: book.filter(created__year__gt=1962),
    "moment year lte": lambda: book.filter(created__year__lte=1962),
    "moment iso_year": differs(ISO_YEAR, django=lambda: book.filter(created__iso_year=1960),
                               here=lambda: iso_year("created", 1960)),
    "moment month": lambda: book.filter(checked__month=12),
    "moment day": lambda: book.filter(checked__day=31),
    "moment week_day": lambda: book.filter(checked__week_day=7),
    "hour": lambda: book.filter(created__hour=23),
    "hour lt": lambda: book.filter(created__hour__lt=3),
    "minute": lambda: book.filter(created__minute=59),
    "second": differs(SECOND, django=lambda: book.filter(created__second=59),
                      here=lambda: book.alias(whole=Floor(ExtractSecond("created"))).filter(whole=59)),
    "second gte": lambda: book.filter(created__second__gte=58),
    "date": lambda: book.filter(created__date=date(1962, 12, 31)),
    "date lt": lambda: book.filter(created__date__lt=date(1961, 1, 1)),
    "not date": lambda: book.exclude(checked__date=date(1964, 2, 29)),
    "time": lambda: book.filter(created__time=time(0, 0)),
    "time lt": lambda: book.filter(created__time__lt=time(6, 30)),
    "time gt": lambda: book.filter(checked__time__gte=time(23, 59, 59, 999999)),
})
