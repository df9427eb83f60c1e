"""Cases of expressions: computed.hpp's helpers in Django."""
from oracle.models import Book


def computed(value, model=Book):
    return lambda: list(model.objects.order_by("pk").annotate(_value=value).values_list("_value", flat=True))


def ordered(term):
    return lambda: list(Book.objects.order_by(term, "pk").values_list("pk", flat=True))
