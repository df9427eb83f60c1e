from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from django.db.models import (Avg, Count, DateTimeField, DecimalField, DurationField, ExpressionWrapper, F, Max, Min, Q, Sum,
                              TextField, TimeField, Value)
from django.db.models.functions import Abs, Cast, Ceil, Coalesce, Round, TruncTime
from psycopg2.extras import DateRange, DateTimeTZRange, NumericRange

from oracle.compare import cases, differs
from oracle.models import Stay

UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"
stay = Stay.objects
FEW = NumericRange(2, 6)


def day(n):
    return date(2024, 1, 1) + timedelta(days=n)


def moment(hours):
    return datetime(2024, 1, 1, tzinfo=timezone.utc) + timedelta(hours=hours)


def keys(rows):
    return list(rows.order_by("pk").values_list("pk", flat=True))


def shown(value):
    """As column_types.cpp shows it: an interval in microseconds."""
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    if isinstance(value, time):
        return value.isoformat().rstrip("0") if value.microsecond else value.isoformat()
    return [shown(each) for each in value] if isinstance(value, list) else value


def found(name, *terms, **lookups):
    """exclude() of what is NULL keeps the row here; in Django it is lost unless Django says the same."""
    def excluded():
        return keys(stay.exclude(*terms, **lookups))

    def rest():
        return keys(stay.exclude(pk__in=keys(stay.filter(*terms, **lookups))))

    return {name: lambda: keys(stay.filter(*terms, **lookups)),
            "exclude: " + name: excluded if excluded() == rest() else differs(UNKNOWN, django=excluded, here=rest)}


def value(name, expression):
    return {name: lambda: shown(list(stay.order_by("pk").annotate(_v=expression).values_list("_v", flat=True)))}


def whole(name, aggregate):
    return {name: lambda: shown(stay.aggregate(v=aggregate)["v"])}


def of(expression, field):
    return ExpressionWrapper(expression, output_field=field())


def compared(**annotation_and_lookup):
    """A lookup of an expression, which Django 3.2 has only of annotations."""
    (_, expression), (lookup, than) = annotation_and_lookup.items()
    rows = stay.annotate(a=expression).filter(**{lookup: than})
    return lambda: keys(rows), lambda: keys(stay.exclude(pk__in=keys(rows)))


def moved(name, expression, lookup, than):
    held, rest = compared(a=of(expression, DateTimeField), **{lookup: than})
    return {name: held, "exclude: " + name: rest}


def decimals():
    return {
        **found("decimal", cost=Decimal("-299.35")),
        **found("decimal gt", cost__gt=Decimal("100.5")),
        **found("decimal in", cost__in=[Decimal("-299.35"), Decimal("676.60")]),
        **found("decimal range", cost__range=(Decimal(0), Decimal("999.99"))),
        **found("decimal with an integer", cost__lt=0),
        **found("decimal, more digits than the column", cost__gte=Decimal("-299.3500001")),
        **found("decimal of a column", cost__gt=F("guests")),
        **value("decimal plus", of(F("cost") + 1, DecimalField)),
        **value("decimal times", of(F("cost") * F("guests"), DecimalField)),
        **value("decimal minus decimal", of(F("cost") - Decimal("0.01"), DecimalField)),
        **value("decimal rounded", Round("cost")),
        **value("decimal, absolute", Abs("cost")),
        **value("decimal, ceiling", Ceil("cost")),
        **value("cast to a decimal", Cast("guests", DecimalField(max_digits=9, decimal_places=2))),
        **value("cast to an interval", Cast(Cast("opens", TextField()), DurationField())),
        **value("cast to a time", Cast("lasts", TimeField())),
        **value("decimal or a default", Coalesce("cost", Decimal(0), output_field=DecimalField())),
        **whole("decimal sum", Sum("cost")),
        **whole("decimal avg", Avg("cost")),
        **whole("decimal min", Min("cost")),
        **whole("decimal max", Max("cost", filter=Q(guests__lt=5))),
    }


def times():
    one_day = timedelta(days=1) - timedelta(minutes=163)
    return {
        **found("time of day", opens=time(5, 5, 35, 500000)),
        **found("time of day gt", opens__gt=time(12)),
        **found("time of day range", opens__range=(time(8), time(17, 30))),
        **found("hour of a time", opens__hour=9),
        **found("minute of a time", opens__minute__gte=30),
        **found("time of an instant", at__time__lt=time(12)),
        **value("times", F("opens")),
        **value("time of an instant, cut", TruncTime("at")),
        **value("time of an instant in a zone", TruncTime("at", tzinfo=timezone(timedelta(hours=9)))),
        **whole("first time", Min("opens")),
        **found("interval", lasts=one_day),
        **found("interval gt", lasts__gt=timedelta(days=2)),
        **found("interval lte a chrono duration", lasts__lte=timedelta(minutes=90)),
        **moved("moved moment", F("at") + F("lasts"), "a__gt", moment(100)),
        **moved("moved by a constant", F("at") + timedelta(days=3), "a__lt", moment(150)),
        **value("intervals", F("lasts")),
        **value("interval times", of(F("lasts") * 2, DurationField)),
        **value("interval plus", of(F("lasts") + timedelta(hours=2), DurationField)),
        **value("difference of moments", of(F("at") - Value(moment(10), output_field=DateTimeField()), DurationField)),
        **whole("sum of intervals", Sum("lasts")),
        **whole("longest", Max("lasts")),
    }


def integer_ranges():
    empty = NumericRange(empty=True)
    return {
        **found("seats", seats=NumericRange(1, 3)),
        **found("seats contains one", seats__contains=4),
        **found("seats contains a range", seats__contains=NumericRange(4, 5)),
        **found("seats contains an empty range", seats__contains=empty),
        **found("seats contained_by", seats__contained_by=FEW),
        **found("seats contained_by an open range", seats__contained_by=NumericRange(None, 8)),
        **found("seats overlap", seats__overlap=FEW),
        **found("seats fully_lt", seats__fully_lt=FEW),
        **found("seats fully_gt", seats__fully_gt=FEW),
        **found("seats not_lt", seats__not_lt=FEW),
        **found("seats not_gt", seats__not_gt=FEW),
        **found("seats adjacent_to", seats__adjacent_to=FEW),
        **found("seats startswith", seats__startswith=4),
        **found("seats startswith gt", seats__startswith__gt=4),
        **found("seats endswith", seats__endswith=8),
        **found("seats endswith isnull", seats__endswith__isnull=True),
        **found("seats isempty", seats__isempty=True),
        **found("seats not isempty", seats__isempty=False),
        **found("seats lower_inc", seats__lower_inc=True),
        **found("seats lower_inf", seats__lower_inf=True),
        **found("seats upper_inc", seats__upper_inc=True),
        **found("seats upper_inf", seats__upper_inf=True),
        **found("seats gt", seats__gt=FEW),
        **found("seats isnull", seats__isnull=True),
        **found("seats in", seats__in=[NumericRange(1, 3), empty]),
        **found("seats or guests", Q(seats__contains=4) | Q(guests=4)),
        "ordered by seats": lambda: list(stay.order_by("seats", "pk").values_list("pk", flat=True)),
        "ordered by the start": lambda: list(stay.order_by("-seats__startswith", "pk").values_list("pk", flat=True)),
        "start and end": lambda: list(stay.order_by("pk").values_list("seats__startswith", "seats__endswith")),
        "counted by the end": lambda: stay.order_by().values("seats__endswith").annotate(n=Count("*")),
    }


def other_ranges():
    return {
        **found("prices contains", prices__contains=Decimal("3.5")),
        **found("prices contains a bound", prices__contains=Decimal("4.0")),
        **found("prices overlap", prices__overlap=NumericRange(Decimal(1), Decimal("2.5"), "()")),
        **found("prices upper_inc", prices__upper_inc=True),
        **found("prices adjacent_to", prices__adjacent_to=NumericRange(Decimal(4), Decimal(9))),
        **found("nights contains", nights__contains=day(12)),
        **found("nights contained_by", nights__contained_by=DateRange(day(0), day(30))),
        **found("nights overlap", nights__overlap=DateRange(day(20), None)),
        **found("nights of a month", nights__startswith__month=2),
        **found("nights, day of the end", nights__endswith__day__lt=10),
        **found("during contains", during__contains=moment(100)),
        **found("during fully_lt", during__fully_lt=DateTimeTZRange(moment(100), moment(120))),
        **found("during lower_inc", during__lower_inc=False),
    }


def addresses():
    return {
        **found("address", address="10.0.1.5"),
        **found("address in", address__in=["10.0.1.5", "10.0.3.7"]),
        **found("address gt", address__gt="10.0.2.0"),
        **found("address isnull", address__isnull=True),
    }


cases("column_types", {**decimals(), **times(), **integer_ranges(), **other_ranges(), **addresses()})
