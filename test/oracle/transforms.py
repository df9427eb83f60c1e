from django.db.models import F, FloatField, IntegerField, TextField
from django.db.models import functions as of

from oracle.compare import cases
from oracle.models import Author, Book

book = Book.objects

for each in (of.Lower, of.Upper, of.Trim, of.LTrim, of.RTrim, of.Reverse, of.MD5, of.Length):
    TextField.register_lookup(each)
for each in (of.Abs, of.Ceil, of.Floor, of.Round, of.Sign, of.Sqrt):
    FloatField.register_lookup(each)
    IntegerField.register_lookup(each)


def keys(*order):
    return lambda: book.order_by(*order).values_list("pk", flat=True)


cases("transforms", {
    "lower": lambda: book.filter(title__lower="eden"),
    "upper": lambda: book.filter(title__upper="ÜBERMUT"),
    "lower startswith": lambda: book.filter(title__lower__startswith="the"),
    "lower in": lambda: book.filter(title__lower__in=["eden", "solaris"]),
    "trim": lambda: book.filter(title__trim="space"),
    "ltrim": lambda: book.filter(title__ltrim="space "),
    "rtrim": lambda: book.filter(title__rtrim=" space"),
    "trim, then upper": lambda: book.filter(title__trim__upper="SPACE"),
    "reverse": lambda: book.filter(title__reverse="siralos"),
    "reverse startswith": lambda: book.filter(title__reverse__startswith="%"),
    "md5": lambda: book.filter(title__md5="d41d8cd98f00b204e9800998ecf8427e"),
    "length": lambda: book.filter(title__length=4),
    "length gt": lambda: book.filter(title__length__gt=10),
    "length of a nullable": lambda: book.filter(subtitle__length__lte=4),
    "exclude lower": lambda: book.exclude(title__lower="eden"),
    "over a relation": lambda: book.filter(author__name__lower="ada"),
    "over a nullable relation": lambda: book.filter(editor__name__length=4),
    "over many": lambda: Author.objects.filter(books__title__lower="eden"),
    "abs": lambda: book.filter(pages__abs=25),
    "ceil": lambda: Author.objects.filter(rating__ceil=1),
    "floor": lambda: Author.objects.filter(rating__floor__gte=1),
    "round": lambda: Author.objects.filter(rating__round=4),
    "sign": lambda: Author.objects.filter(rating__sign=1),
    "sqrt": lambda: book.filter(pages__sqrt__gt=14),
    "date of a moment, then year": lambda: book.filter(created__date__year=1962),
    "date of a moment, then month": lambda: book.filter(created__date__month__in=[1, 12]),
    "year contains": lambda: book.filter(published__year__contains="62"),
    "column with a transform on the right": lambda: book.filter(pages__gt=F("title__length")),
    "both with a transform": lambda: book.filter(title__lower=F("subtitle__lower")),
    "year of another": lambda: book.alias(year=F("published__year") + 0).filter(year=F("sequel_of__published__year")),
    "ordered by lower": keys("title__lower", "pk"),
    "ordered by length": keys("-title__length", "pk"),
    "ordered by year": keys("published__year", "pk"),
    "ordered by a related transform": keys("editor__name__upper", "pk"),
    "values of transforms": lambda: book.order_by("pk").values_list("title__lower", "published__year", "created__date"),
    "values of related transforms": lambda: book.order_by("pk").values_list("editor__name__length", "author__born__month"),
    "values of a time": lambda: book.order_by("pk").values_list("checked__hour", "created__minute"),
})
