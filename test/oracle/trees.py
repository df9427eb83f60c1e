"""The random trees of trees.cpp, rebuilt from JSON as Q objects.

Django itself loses rows where a join becomes outer after a negated condition on it was written; the guide says that we
keep them. So where Django differs, the tree decides once more with each leaf asked in a subquery of its own, in which
nothing can be NULL: that is what the condition says. Both may not differ from ours, but in how often a row comes.
"""
import collections
import json

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

REASON = "`NOT` over a join that became outer late"
TWICE = "`!!Q` and `exclude(!Q)` over a relation to many rows"
COMPUTED = "`exclude()` of an expression that is NULL, as the keys of JSON"
OFTEN = "How often a row comes that several related rows match"
lines = []


def add(line):
    lines.append(line)


def q_of(tree, leaf):
    if isinstance(tree, list):
        return leaf(tree[0], F(tree[2]) if tree[1] == "F" else tree[1])
    (kind, parts), = tree.items()
    parts = [q_of(part, leaf) for part in parts]
    if kind == "not":
        return ~parts[0]
    return parts[0] & parts[1] if kind == "and" else parts[0] | parts[1]


def direct(lookup, value):
    return Q(**{lookup: value})


def rows_of(name):
    """Of a model, or with the annotations of annotated_trees.cpp."""
    from oracle import models
    if name == "annotated Book":
        return models.Book.objects.annotate(
            a=F("stars") * 2, b=Coalesce("stars", 0) + F("pages") % 100, who=F("editor__name"),
            high=ExpressionWrapper(Q(pages__gt=100), output_field=BooleanField()))
    if name == "annotated Author":
        return models.Author.objects.annotate(
            n=Count("books", distinct=True), s=sum_of_stars(), r=Max("reviews__score"), f=F("rating") * 2)
    return getattr(models, name).objects.all()


def sum_of_stars():
    """By itself, so that the reviews do not multiply it."""
    from oracle.models import Book
    own = Book.objects.filter(author=OuterRef("pk")).order_by().values("author")
    return Subquery(own.annotate(s=Sum("stars")).values("s"))


def in_subquery(name):
    return lambda lookup, value: Q(pk__in=rows_of(name).filter(**{lookup: value}).order_by().values("pk"))


def keys(name, method, tree, leaf):
    rows = rows_of(name).order_by("pk")
    if method == "filter":
        rows = rows.filter(q_of(tree, leaf))
    elif method == "exclude":
        rows = rows.exclude(q_of(tree, leaf))
    else:
        rows = rows.exclude(q_of(tree[0], leaf)).filter(q_of(tree[1], leaf))
    return list(rows.values_list("pk", flat=True))


def twice_negated(tree, depth):
    """Whether a leaf stands under an even number of negations, but not none."""
    if isinstance(tree, list):
        return depth > 0 and depth % 2 == 0
    (kind, parts), = tree.items()
    return any(twice_negated(part, depth + (kind == "not")) for part in parts)


def joins_twice(method, tree):
    parts = tree if method == "chain" else [tree]
    return any(twice_negated(part, int(method != "filter" and at == 0)) for at, part in enumerate(parts))


def size(line):
    return len(json.dumps(line["tree"]))


def compare_all(result):
    """Each kind of tree is one case; the smallest trees that differ are shown."""
    wrong, counts, differ = collections.defaultdict(list), collections.Counter(), collections.Counter()
    for line in lines:
        model, method, tree, ours = line["model"], line["method"], line["tree"], line["keys"]
        kind = f"random trees: {line['model']}.{method}"
        counts[kind] += 1
        theirs = keys(model, method, tree, direct)
        if ours == theirs:
            continue
        meant = keys(model, method, tree, in_subquery(model))
        if ours == meant:
            differ[COMPUTED if model.startswith("annotated") else REASON] += 1
        elif joins_twice(method, tree) and set(ours) == set(meant):
            differ[TWICE] += 1
        elif set(ours) in (set(meant), set(theirs)):
            differ[OFTEN] += 1
        else:
            wrong[kind].append((line, theirs, meant))
    for kind in counts:
        finish(result, kind, counts[kind], wrong[kind])
    print(f"{sum(counts.values())} random trees, of which differ (see the guide):")
    for reason in (REASON, TWICE, OFTEN, COMPUTED):
        print(f"  {differ[reason]} by {reason}")
        if reason not in result.documentation:
            result.fail("random trees: differences", f"  the guide does not say: {reason}")


def finish(result, kind, count, wrong):
    if not wrong:
        result.passed += 1
        return
    line, theirs, meant = min(wrong, key=lambda each: size(each[0]))
    ours = set(line["keys"])
    text = (f"  {len(wrong)} of {count} differ; the smallest:\n  {json.dumps(line['tree'], ensure_ascii=False)}\n"
            f"  here {len(line['keys'])} rows, Django {len(theirs)}, meant {len(meant)}; "
            f"too many {sorted(ours - set(theirs))[:5]}, missing {sorted(set(theirs) - ours)[:5]}")
    result.fail(kind, text, line["sql"])
