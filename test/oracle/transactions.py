"""What transactions leave behind, when callbacks run, what is refused. A case tells what happened, line by line."""
import logging

import django
from django.db import connection, transaction
from django.db.models import Count, Max
from django.db.transaction import atomic, get_rollback, set_rollback
from oracle.compare import cases, differs, refused
from oracle.models import Book, Tag

logging.getLogger("django.db.backends.base").disabled = True  # of callbacks that fail and are robust
books = Book.objects.order_by()


def on_commit(callback, robust=False):
    """Robust ones came with Django 4.2, which does this."""
    if not robust or django.VERSION >= (4, 2):
        return transaction.on_commit(callback, **({"robust": True} if robust else {}))

    def guarded():
        try:
            callback()
        except Exception:
            pass
    transaction.on_commit(guarded)


def create(name):
    Tag.objects.create(name=name)


def fail():
    raise RuntimeError("no")


class story(list):
    """The lines, then the rows that are there at the end; those are deleted."""

    def note(self, line):
        return lambda: self.append(line)

    def attempt(self, what):
        try:
            what()
            self.append("done")
        except Exception:
            self.append("refused")

    def rollback(self):
        self.append("will be rolled back" if get_rollback() else "will be committed")


def block(*steps, **options):
    """A function that runs the steps in a transaction."""
    def run():
        with atomic(**options):
            for step in steps:
                step()
    return run


def told(tell):
    def run():
        lines = story()
        tell(lines)
        made = Tag.objects.filter(name__startswith="tx ")
        lines += made.order_by("name").values_list("name", flat=True)
        made.delete()
        return list(lines)
    return run


def make(name):
    return lambda: create(name)


def divide():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def nested(t):
    block(make("tx outer"),
          lambda: t.attempt(block(make("tx inner"), fail)),
          lambda: t.attempt(block(make("tx second"))),
          block(make("tx third"), lambda: t.attempt(block(make("tx deepest"), fail))))()


def unsaved(t):
    block(make("tx outer"), block(make("tx inner"), savepoint=False), t.rollback)()
    t.attempt(block(make("tx undone"), lambda: t.attempt(block(fail, savepoint=False)), t.rollback,
                    lambda: t.attempt(Tag.objects.count), fail))


def rollbacks(t):
    block(make("tx kept"), block(make("tx tried"), lambda: set_rollback(True)))()
    block(make("tx kept after all"), lambda: set_rollback(True), lambda: set_rollback(False))()


def durable(t):
    t.attempt(block(make("tx durable"), durable=True))
    block(lambda: t.attempt(block(durable=True)))()


def database_error(t):
    block(make("tx before"), lambda: t.attempt(block(divide)), make("tx after"))()
    t.attempt(block(lambda: t.attempt(divide), lambda: t.attempt(make("tx never")), fail))


def registered(t, line):
    return lambda: on_commit(t.note(line))


def in_order(t):
    block(registered(t, "first"), block(registered(t, "nested")),
          lambda: t.attempt(block(registered(t, "undone"), fail)),
          lambda: t.attempt(block(block(registered(t, "kept in what is undone")), fail)),
          registered(t, "last"), t.note("end of the block"))()
    t.append("behind the block")


def immediate(t):
    on_commit(t.note("at once"))
    t.attempt(lambda: on_commit(fail))
    t.attempt(lambda: on_commit(fail, robust=True))


def of_callbacks(t):
    def callback():
        t.append("inside" if connection.in_atomic_block else "outside")
        on_commit(t.note("at once"))
        block(registered(t, "of a block in a callback"))()
        t.append("end of the callback")
    block(lambda: on_commit(callback), registered(t, "next"))()


def that_fail(t):
    t.attempt(block(make("tx committed"), lambda: on_commit(fail, robust=True), registered(t, "behind a robust one"),
                    lambda: on_commit(fail), registered(t, "never")))
    block(registered(t, "of the next block"))()


def rolled_back(t):
    t.attempt(block(registered(t, "never"), fail))
    block(registered(t, "never"), lambda: set_rollback(True))()


def text(rows):
    def run():
        with atomic():
            sql = str(rows.query)
        return sql[sql.index(" FROM "):]
    return run


def outside(t):
    locked = books.select_for_update()
    t.attempt(lambda: list(locked.all()))
    t.attempt(lambda: locked.all().first())
    t.attempt(lambda: locked.all().exists())
    t.attempt(lambda: locked.all().count())
    t.attempt(lambda: locked.all().aggregate(Max("pages")))


def exclusive(t):
    block(lambda: t.attempt(lambda: list(books.select_for_update(nowait=True, skip_locked=True))))()
    t.attempt(block(lambda: list(books.distinct().select_for_update())))
    t.attempt(block(lambda: list(books.order_by("editor__name").select_for_update())))
    t.attempt(block(lambda: list(books.annotate(n=Count("reviews")).select_for_update())))


def some_rows():
    with atomic():
        return list(books.select_for_update().order_by("id")[2:5])


by_author = books.filter(author__rating__isnull=True)
cases("transactions", {
    "nested blocks": told(nested),
    "an error that goes through": told(lambda t: t.attempt(block(make("tx outer"), block(make("tx inner")), fail))),
    "without a savepoint": told(unsaved),
    "set_rollback": told(rollbacks),
    "durable": told(durable),
    "an error of the database": told(database_error),
    "callbacks in order": told(in_order),
    "callbacks without a transaction": told(immediate),
    "callbacks of callbacks": told(of_callbacks),
    "callbacks that fail": told(that_fail),
    "callbacks of a block that is rolled back": told(rolled_back),
    "for update": text(books.select_for_update()),
    "nowait": text(books.select_for_update(nowait=True)),
    "skip locked": text(books.select_for_update(skip_locked=True)),
    "no key": text(books.select_for_update(no_key=True)),
    "of self": text(by_author.select_for_update(of=("self",))),
    "of self, without a join": text(books.select_for_update(of=("self",), skip_locked=True, no_key=True)),
    "behind a join": text(by_author.select_for_update()),
    "the last one counts": text(books.select_for_update(nowait=True).select_for_update()),
    "locks outside of a transaction": told(outside),
    "locks that exclude each other": told(exclusive),
    "rows under a lock": some_rows,
    "a lock after a union": differs("`select_for_update()` after `union()`",
                                    django=refused(lambda: len(books.union(books).select_for_update())),
                                    here=lambda: "refused"),
})
