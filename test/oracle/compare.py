"""How cases are written on Django's side, and when two answers are equal.

    cases("lookups", {
        "exact": lambda: Book.objects.filter(pages=300),
        "reads it otherwise": differs("the words of docs/guide/differences_from_django.md",
                                      django=lambda: Book.objects.filter(…), here=lambda: [[1, 2]]),
    })

A case gives a QuerySet, rows, or a value; an exception is compared by its class. QuerySets without a total order are
compared as multisets.
"""
import datetime
import decimal
import enum
import json
import uuid

from django.core.exceptions import FieldError
from django.db import NotSupportedError, connection, models, transaction
from django.db.models.query import QuerySet

all_cases = {}  # (topic, name) -> function or differs
makers = {}  # topic -> the entry of a case by its name, where that says what is asked
row_models = []  # whose rows a write may change


class differs:
    """A case that differs on purpose. `here` gives what asynchrormous must give."""

    def __init__(self, reason, django, here):
        self.reason, self.django, self.here = reason, django, here


def cases(topic, entries):
    for name, entry in entries.items():
        if (topic, name) in all_cases:
            raise SystemExit(f"two cases are called {topic}: {name}")
        all_cases[topic, name] = entry


def ask(entry):
    """The answer of one side, and whether its order counts."""
    try:
        answer = entry()
        return plain(answer), not isinstance(answer, QuerySet) or totally_ordered(answer)
    except Exception as failure:  # compared by name
        known = ("DoesNotExist", "MultipleObjectsReturned", "IntegrityError", "NotUpdated",
                 "TransactionManagementError")
        name = type(failure).__name__
        return {"error": name if name in known else f"{name}: {failure}"}, True


def refused(asked):
    """What Django refuses: "refused", as check_refused() says it. An error of the database is none of Django's own."""
    def run():
        with transaction.atomic():
            try:
                return plain(asked())
            except (TypeError, ValueError, AssertionError, FieldError, NotSupportedError, NotImplementedError):
                return "refused"
            finally:
                transaction.set_rollback(True)
    return run


def write(change):
    """Of a write: what it returns and all rows after it, rolled back."""
    def run():
        with transaction.atomic():
            with connection.cursor() as cursor:
                for model in row_models:
                    if model._meta.pk.get_internal_type() == "BigAutoField":
                        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 5000)", [model._meta.db_table])
            result = plain(change())
            rows = [plain(model.objects.order_by("pk")) for model in row_models]
            transaction.set_rollback(True)
        return [result, rows]
    return run


def deleted(rows):
    """How many rows of its own a delete() took: ours leaves the others to the database."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


def totally_ordered(rows):
    by_model = rows.query.default_ordering and rows.query.group_by is None  # which groups drop
    terms = rows.query.order_by or (by_model and rows.query.get_meta().ordering) or ()
    unique = {"pk"} | {f.attname for f in rows.model._meta.concrete_fields if f.unique}
    return any(isinstance(term, str) and term.lstrip("-") in unique for term in terms)


def plain(value):
    """A value of Django as JSON has it, in the spelling of write.hpp."""
    if isinstance(value, models.Model):
        row = [plain(getattr(value, field.attname)) for field in value._meta.concrete_fields]
        return row + [plain(getattr(value, name)) for name in getattr(value, "_annotation_names", ())]
    if isinstance(value, QuerySet):
        of_models = issubclass(value._iterable_class, models.query.ModelIterable)
        rows = list(value)
        for row in rows if of_models else ():
            row._annotation_names = list(value.query.annotation_select)
        dictionaries = issubclass(value._iterable_class, models.query.ValuesIterable)
        return [plain(list(row.values()) if dictionaries else row) for row in rows]
    if isinstance(value, datetime.datetime):
        return moment(value)
    if isinstance(value, (datetime.date, uuid.UUID)):
        return str(value)
    if isinstance(value, datetime.time):
        return value.isoformat().rstrip("0") if value.microsecond else value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return rounded(value)


def moment(value):
    zone = ""
    if value.tzinfo:
        value, zone = value.astimezone(datetime.timezone.utc).replace(tzinfo=None), "+00"
    text = value.isoformat(" ")
    return (text.rstrip("0") if value.microsecond else text) + zone


def rounded(value):
    """Whole numbers as they are, others to 9 significant digits: a sum may be numeric on one side, double on the other."""
    if isinstance(value, bool) or value is None or isinstance(value, (str, int)):
        return value
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return str(float(value))
    if value == int(value) and abs(value) < 2**53:
        return int(value)
    return float(f"{decimal.Decimal(value):.9g}")


def reread(value):
    """The same for what was read as JSON."""
    if isinstance(value, list):
        return [reread(each) for each in value]
    if isinstance(value, dict):
        return {key: reread(each) for key, each in value.items()}
    return rounded(value)


def as_set(rows):
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)


def equal(ours, theirs, ordered):
    if ours == theirs:
        return True
    both_lists = isinstance(ours, list) and isinstance(theirs, list)
    return both_lists and not ordered and as_set(ours) == as_set(theirs)


def difference(ours, theirs):
    """What a person needs to see of two answers that differ."""
    if not (isinstance(ours, list) and isinstance(theirs, list)):
        return f"  here:   {brief(ours)}\n  Django: {brief(theirs)}"
    left, right = as_set(ours), as_set(theirs)
    only_ours = subtract(left, right)
    only_theirs = subtract(right, left)
    if not only_ours and not only_theirs:
        at = next(i for i, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1])
        return (f"  the same rows in another order, from row {at} on:\n"
                f"  here:   {brief(ours[at])}\n  Django: {brief(theirs[at])}")
    lines = [f"  {len(ours)} rows here, {len(theirs)} in Django"]
    lines += [f"  only here:   {brief(row)}" for row in only_ours[:3]]
    lines += [f"  only Django: {brief(row)}" for row in only_theirs[:3]]
    return "\n".join(lines)


def subtract(rows, others):
    rest = list(others)
    left = []
    for row in rows:
        if row in rest:
            rest.remove(row)
        else:
            left.append(row)
    return left


def brief(value):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 400 else text[:400] + " …"
