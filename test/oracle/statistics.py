from django.contrib.postgres import aggregates as pg
from django.db.models import Avg, Case, Count, F, Max, Min, Q, StdDev, Sum, TextField, Variance, When
from django.db.models.functions import Coalesce

from oracle.compare import cases
from oracle.models import Book


def of_books(term):
    return lambda: Book.objects.order_by().aggregate(value=term)["value"]


cases("statistics", {
    "sum of an expression": of_books(Sum(F("pages") * 2 + 1)),
    "sum of a case": of_books(Sum(Case(When(stars__gt=3, then=F("pages")), default=0))),
    "count of a case": of_books(Count(Case(When(stars__gt=3, then=1)))),
    "filtered": of_books(Sum("pages", filter=Q(stars__gt=3))),
    "filtered count": of_books(Count("pk", filter=Q(stars=1) | Q(stars=2))),
    "filtered by a negation": of_books(Count("pk", filter=~Q(stars=3))),
    "filtered over a relation": of_books(Sum("pages", filter=Q(editor__name="Ada"))),
    "filtered by nothing": lambda: 0,  # Django 3.2 cannot
    "filtered distinct": of_books(Count("pages", distinct=True, filter=Q(in_print=True))),
    "default": of_books(Coalesce(Sum("pages", filter=Q(pages__gt=10000)), 0)),
    "default that is not needed": of_books(Coalesce(Max("pages"), 7)),
    "difference": of_books(Max("pages") - Min("pages")),
    "ratio": of_books(Sum("pages") / Count("*")),
    "average of an expression over a relation": of_books(Avg(F("pages") + F("sequel_of__pages"))),

    "stddev": of_books(StdDev("pages")),
    "stddev of a sample": of_books(StdDev("price", sample=True)),
    "variance": of_books(Variance("pages")),
    "variance of a sample": of_books(Variance("stars", sample=True)),
    "string_agg": of_books(pg.StringAgg("title", ", ", ordering="pk", output_field=TextField())),
    "string_agg with NULLs": of_books(pg.StringAgg("subtitle", "|", ordering=("-pages", "pk"), output_field=TextField())),
    "string_agg distinct": of_books(pg.StringAgg("title", ", ", distinct=True, ordering="title", output_field=TextField())),
    "string_agg of nothing": lambda: None,  # '' in Django 3.2
    "array_agg": of_books(pg.ArrayAgg("pages", ordering="pk")),
    "array_agg with NULLs": of_books(pg.ArrayAgg("stars", ordering="-pk")),
    "array_agg distinct": of_books(pg.ArrayAgg("stars", distinct=True, ordering="stars")),
    "array_agg over a relation": of_books(pg.ArrayAgg("editor__name", ordering="pk")),
    "array_agg filtered": of_books(pg.ArrayAgg("pages", filter=Q(stars=3), ordering="pk")),
    "bool_and": of_books(pg.BoolAnd("in_print")),
    "bool_or": of_books(pg.BoolOr("in_print")),
    "bit_and": of_books(pg.BitAnd("stars")),
    "bit_or": of_books(pg.BitOr("stars")),
    "corr": of_books(pg.Corr(y="pages", x="price")),
    "covar_pop": of_books(pg.CovarPop(y="pages", x="stars")),
    "covar_sample": of_books(pg.CovarPop(y="pages", x="stars", sample=True)),
    "regr_slope": of_books(pg.RegrSlope(y="pages", x="price")),
    "regr_count": of_books(pg.RegrCount(y="pages", x="stars")),
    "regr_r2": of_books(pg.RegrR2(y="pages", x="price")),
    "regr_intercept": of_books(pg.RegrIntercept(y="pages", x="price")),
    "regr_avgx": of_books(pg.RegrAvgX(y="pages", x="stars")),
    "regr_sxy": of_books(pg.RegrSXY(y="pages", x="price")),
})
