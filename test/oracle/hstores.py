from django.db.models import Q

from oracle.compare import cases
from oracle.models import Parcel

parcel = Parcel.objects


def keys(rows):
    return list(rows.order_by("pk").values_list("pk", flat=True))


def both(name, *terms, **lookups):
    condition = Q(*terms, **lookups)
    return {name: lambda: keys(parcel.filter(condition)), "exclude: " + name: lambda: keys(parcel.exclude(condition))}


cases("hstores", {
    **both("exact", notes={"room": "12"}),
    **both("empty", notes={}),
    **both("isnull", notes__isnull=True),
    **both("contains", notes__contains={"room": "12"}),
    **both("contains two", notes__contains={"room": "12", "floor": "1"}),
    **both("contains a NULL", notes__contains={"room": None}),
    **both("contains nothing", notes__contains={}),
    **both("contains what needs quotes", notes__contains={"a b": "\"x\", 'y'"}),
    **both("contained_by", notes__contained_by={"room": "12", "floor": "12"}),
    **both("has_key", notes__has_key="room"),
    **both("has_keys", notes__has_keys=["room", "floor"]),
    **both("has_any_keys", notes__has_any_keys=["Room", "floor"]),
    **both("or", Q(notes__has_key="Room") | Q(notes__contains={"floor": "12"})),
})
