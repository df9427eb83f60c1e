"""Cases of expressions: computed.hpp's helpers in Django."""
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import TextField

from oracle.models import Book


def computed(value, model=Book):
    return lambda: list(model.objects.order_by("pk").annotate(_value=value).values_list("_value", flat=True))


def ordered(term):
    return lambda: list(Book.objects.order_by(term, "pk").values_list("pk", flat=True))


class text_agg(StringAgg):
    """NULL of no rows, as PostgreSQL has it and Django from 5.0 on."""
    def __init__(self, path, between, ordering):
        super().__init__(path, between, ordering=ordering, output_field=TextField())

    def convert_value(self, value, expression, connection):
        return value
