from django.db.models import Q
from django.db.models.fields.json import KeyTransform

from oracle.compare import cases, differs
from oracle.models import Document

NULL_IN_LIST = "`exclude()` of `in` with a NULL in its list"
UNKNOWN = "`exclude()` of an expression that is NULL, as the keys of JSON"
document = Document.objects


def keys(rows):
    return rows.order_by("pk").values_list("pk", flat=True)


def both(name, *terms, **lookups):
    """exclude() of what is NULL keeps the row here; in Django it is lost unless Django says the same."""
    condition = Q(*terms, **lookups)
    held = lambda: keys(document.filter(condition))  # noqa: E731
    excluded = lambda: keys(document.exclude(condition))  # noqa: E731
    rest = lambda: keys(document.exclude(pk__in=document.filter(condition).values("pk")))  # noqa: E731
    same = list(excluded()) == list(rest())
    return {name: held, "exclude: " + name: excluded if same else differs(UNKNOWN, django=excluded, here=rest)}


def all_cases():
    return {
        "rows": lambda: document.order_by("pk"),
        **both("SQL NULL", data__isnull=True),
        **both("not SQL NULL", data__isnull=False),
        **both("JSON null", data=None),
        **both("whole", data={"k": "v"}),
        **both("whole number", data=5),
        **both("whole text", data="text"),
        **both("key", data__k="v"),
        **both("key is a number", data__k=1),
        **both("key is a fraction", data__n=-1.5),
        **both("key is true", data__k=True),
        **both("key is null", data__k=None),
        **both("key is missing", data__k__isnull=True),
        **both("key is there", data__k__isnull=False),
        **both("key is a list", data__k=[1, 2, "v"]),
        **both("key is an object", data__k={"a": 1, "b": None}),
        **both("key of a key", data__k__a=1),
        **both("key of a key is null", data__k__b=None),
        **both("key of a key is missing", data__k__b__isnull=True),
        **both("element", data__0=1),
        **both("element of a key", data__k__2="v"),
        **both("deep", data__k__c__0__d="deep"),
        **both("gt", data__k__gt=1),
        **both("gte", data__k__gte=1),
        **both("lt", data__k__lt=2),
        **both("lt of texts", data__k__lt="v"),
        **both("large number", data__n__gt=12345678900),
        **both("in", data__k__in=[1, 10]),
        "in with null": lambda: keys(document.filter(data__k__in=[1, None])),
        "exclude: in with null": differs(
            NULL_IN_LIST, django=lambda: keys(document.exclude(data__k__in=[1, None])),
            here=lambda: keys(document.filter(data__k__isnull=False).exclude(data__k=1))),
        **both("in nothing", data__k__in=[]),
        **both("range", data__n__gte=1, data__n__lte=5),  # Django 3.2 has no range of keys
        **both("range of texts", data__k__gte="a", data__k__lte="w"),
        **both("isnull of the element of a key", data__tags__1__isnull=True),
        **both("last element", Q(data__tags__0="y") & Q(data__tags__1__isnull=True) | Q(data__tags__1="y")),
        **both("iregex", data__k__iregex="^über"),
        **both("whole in", data__in=[5, True, []]),
        **both("has_key of a key that is none", data__owner__has_key="age"),
        **both("in texts", data__k__in=["v", "V"]),
        **both("contains", data__contains={"k": "v"}),
        **both("contains an object", data__contains={"k": {"a": 1}}),
        **both("contains an element", data__contains=[2]),
        **both("contained_by", data__contained_by={"k": "v", "x": 1}),
        **both("key contains", data__k__contains={"a": 1}),
        **both("has_key", data__has_key="k"),
        **both("has_key of a number", data__has_key="0"),
        **both("has_keys", data__has_keys=["k", "n"]),
        **both("has_any_keys", data__has_any_keys=["n", "owner"]),
        **both("key has_key", data__k__has_key="a"),
        **both("icontains", data__k__icontains="v"),
        **both("startswith", data__k__startswith="V"),
        **both("endswith", data__k__endswith="%"),
        **both("iexact", data__k__iexact="ÜBERMUT"),
        **both("regex", data__k__regex="^[vV]$"),
        **both("icontains of a number", data__n__icontains="1"),
        **both("icontains of a backslash", data__k__icontains="\\"),
        **both("whole icontains", data__icontains="deep"),
        **both("over a relation", parent__data__k="v"),
        **both("over a relation, missing", parent__data__k__isnull=True),
        **both("or", Q(data__k="v") | Q(data__n__gt=3)),
        **both("and", data__k__isnull=False, data__n=3),
        **both("a key equals a key", data__k=KeyTransform("other", "data")),
        "ordered by a key": lambda: keys(document).order_by("data__n", "pk"),
        "values": lambda: document.order_by("pk").values_list("pk", "data"),
        "values of a key": lambda: document.order_by("pk").values_list("pk", "data__n"),
        "values of a path": lambda: document.order_by("pk").values_list("pk", "data__owner__name"),
    }


cases("json_paths", all_cases())
