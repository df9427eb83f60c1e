from oracle.compare import cases
from oracle.models import Author, Book

book = Book.objects


def pages():
    return Book.objects.order_by("pages", "pk")


cases("slicing", {
    "first ten": lambda: pages()[:10],
    "from the fifth": lambda: pages()[5:],
    "the middle": lambda: pages()[10:20],
    "of a slice": lambda: pages()[10:20][2:5],
    "of a slice, beyond it": lambda: pages()[10:20][8:15],
    "of a slice, outside": lambda: pages()[10:20][12:15],
    "open of a slice": lambda: pages()[10:20][7:],
    "twice open": lambda: pages()[100:][100:],
    "empty": lambda: pages()[5:5],
    "beyond the end": lambda: pages()[1000:1010],
    "limit and offset": lambda: pages()[3:][:4],
    "reversed, then sliced": lambda: pages().reverse()[:7],
    "filtered, then sliced": lambda: pages().filter(stars__gt=2)[3:8],
    "values of a slice": lambda: pages().values("pages", "title")[3:8],
    "distinct, then sliced": lambda: book.order_by("pages").values_list("pages", flat=True).distinct()[2:5],
    "none sliced": lambda: book.none()[:3],

    "position": lambda: pages()[7],
    "position of a slice": lambda: pages()[10:20][3],
    "get": lambda: book.get(pk=9),
    "get over a hop": lambda: Author.objects.filter(mentor__pk=1).get(pk__lt=0),
    "get nothing": lambda: book.get(pk=100000),
    "get several": lambda: book.get(pages=25),
    "get of none": lambda: book.none().get(),
    "first": lambda: pages().first(),
    "first of the model's order": lambda: book.first(),
    "first unordered": lambda: book.order_by().first(),
    "first of an unordered model": lambda: Author.objects.filter(rating__gt=1).first(),
    "first of nothing": lambda: book.filter(pages=1).first(),
    "first of a slice": lambda: pages()[5:9].first(),
    "last": lambda: pages().last(),
    "last of the model's order": lambda: book.last(),
    "last unordered": lambda: Author.objects.last(),
    "last of nothing": lambda: book.filter(pages=1).last(),
    "earliest": lambda: book.filter(published__isnull=False).earliest("published", "pk"),
    "earliest descending": lambda: book.earliest("-pages", "pk"),
    "earliest with NULLs": lambda: book.earliest("stars", "pk"),
    "latest": lambda: book.latest("pages", "pk"),
    "latest with NULLs": lambda: book.latest("stars", "pk"),
    "latest over a hop": lambda: book.latest("author__name", "pk"),
    "latest of nothing": lambda: book.filter(pages=1).latest("pages"),
    "first of values": lambda: list(pages().values_list("pages", "author__name").first()),
    "get of values": lambda: list(book.values_list("title", "pages").get(pk=9)),

    "count": lambda: book.count(),
    "count filtered": lambda: book.filter(stars=3).count(),
    "count excluded": lambda: book.exclude(editor__country__name="Congo").count(),
    "count of a slice": lambda: pages()[230:260].count(),
    "count of an empty slice": lambda: pages()[5:5].count(),
    "count of none": lambda: book.none().count(),
    "count distinct": lambda: book.order_by().values_list("pages").distinct().count(),
    "count distinct, ordered by another": lambda: book.order_by("title").values_list("pages").distinct().count(),
    "count distinct with NULLs": lambda: book.order_by().values_list("stars", "in_print").distinct().count(),
    "exists": lambda: book.filter(stars=3).exists(),
    "exists not": lambda: book.filter(stars=9).exists(),
    "exists of a slice": lambda: pages()[239:245].exists(),
    "exists beyond the end": lambda: pages()[240:245].exists(),
    "exists of none": lambda: book.none().exists(),
    "exists of an empty slice": lambda: pages()[3:3].exists(),
})
