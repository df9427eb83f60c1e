"""Each rule of on_delete, which Django emulates and the database does here."""
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CASCADE, DO_NOTHING, PROTECT, RESTRICT, SET_DEFAULT, SET_NULL, ProtectedError, RestrictedError

from oracle.compare import cases, plain


def key(to, rule, **options):
    return models.ForeignKey(to, rule, related_name="+", **options)


def table(name, /, **members):
    meta = type("Meta", (), {"app_label": "oracle", "managed": False, "db_table": name.lower()})
    return type(name, (models.Model,), {"__module__": "oracle.models", "Meta": meta,
                                        "id": models.BigAutoField(primary_key=True), **members})


Shelf = table("Shelf", name=models.TextField())
Bin = table("Bin", shelf=key(Shelf, CASCADE))
Label = table("Label", shelf=key(Shelf, SET_NULL, null=True), bin=key(Bin, SET_NULL, null=True))
Item = table("Item", shelf=key(Shelf, SET_DEFAULT, default=1))
Guard = table("Guard", bin=key(Bin, PROTECT))
Lock = table("Lock", shelf=key(Shelf, CASCADE, null=True), bin=key(Bin, RESTRICT))
Plug = table("Plug", shelf=key(Shelf, DO_NOTHING))


def fill():
    for n in range(1, 8):
        Shelf.objects.create(id=n, name=f"shelf {n}")
        for each in (10 * n, 10 * n + 1):
            Bin.objects.create(id=each, shelf_id=n)
        Label.objects.create(id=n, shelf_id=n, bin_id=10 * n)
        Item.objects.create(id=n, shelf_id=n)
    Guard.objects.create(id=1, bin_id=40)
    Lock.objects.create(id=1, shelf_id=5, bin_id=51)
    Lock.objects.create(id=2, shelf_id=None, bin_id=60)
    Plug.objects.create(id=1, shelf_id=7)


def keys(model):
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def columns(model, *names):
    return plain(list(model.objects.order_by("pk").values_list("pk", *names)))


def attempt(change):
    """In a savepoint whose constraints are checked at its end, as those of a transaction are."""
    try:
        with transaction.atomic():
            answer = change()
            connection.check_constraints()
            return answer
    except RestrictedError:
        return "restricted"
    except ProtectedError:
        return "protected"
    except IntegrityError:
        return "violated"


def delete(change):
    def run():
        with transaction.atomic():
            fill()
            connection.check_constraints()
            answer = attempt(change)
            rows = [keys(Shelf), keys(Bin), columns(Label, "shelf", "bin"), columns(Item, "shelf"),
                    keys(Guard), keys(Lock), keys(Plug)]
            transaction.set_rollback(True)
        return [answer, *rows]
    return run


def of(rows):
    """How many rows of its own kind went: the database's count leaves out what it took along."""
    total, counts = rows.delete()
    model = rows._meta if isinstance(rows, models.Model) else rows.model._meta
    return counts.get(model.label, 0)


def counted(rows):
    total, counts = rows.delete()
    return [total, *(counts.get(f"oracle.{name}", 0) for name in ("Shelf", "Bin", "Label"))]


def shelf(pk):
    return Shelf.objects.get(pk=pk)


def bin_of(pk):
    return Bin.objects.get(pk=pk)


def gone_before():
    Plug.objects.all().delete()
    return of(shelf(7))


def gone_later():
    gone = of(shelf(7))
    Plug.objects.all().delete()
    return gone


cases("deletes", {name: delete(change) for name, change in {
    "cascade, set_null, set_default": lambda: of(shelf(2)),
    "of several": lambda: of(Shelf.objects.filter(id__in=[2, 3])),
    "counted": lambda: counted(Shelf.objects.filter(id__in=[2, 3])),
    "a row counted": lambda: shelf(3).delete()[0],
    "set_null alone": lambda: of(bin_of(30)),
    "by a look-up": lambda: of(Bin.objects.filter(shelf__name__endswith="2")),
    "protect": lambda: of(bin_of(40)),
    "protect, by a cascade": lambda: of(shelf(4)),
    "protect, one of several": lambda: of(Bin.objects.filter(pk__lt=50)),
    "protect, counted": lambda: bin_of(40).delete()[0],
    "restrict": lambda: of(bin_of(51)),
    "restrict, what goes along": lambda: of(shelf(5)),
    "restrict, by a cascade": lambda: of(shelf(6)),
    "do_nothing": lambda: of(shelf(7)),
    "do_nothing, when it went before": gone_before,
    "do_nothing, when it goes later": gone_later,
    "nothing": lambda: of(Shelf.objects.filter(pk=99)),
}.items()})
