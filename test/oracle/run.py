"""Asks Django what the program asked asynchrormous, on the same tables, and compares the answers.

run.py PROGRAM DIFFERENCES

PROGRAM starts a server, prints each case as a line of JSON, and keeps the server until its input ends. DIFFERENCES is the
page of the guide in which each reason of a difference must stand. Needs Debian's python3-django and python3-psycopg2.
"""
import importlib
import json
import pathlib
import re
import subprocess
import sys

SKIPPED = 77  # Meson's
TOPICS = ("lookups", "dates", "joins", "relations", "loading", "exclude", "ordering", "slicing", "values", "aggregates",
          "transforms", "arrays", "json_paths", "expressions", "functions", "time_functions", "statistics",
          "windows", "subqueries", "annotations", "rows", "groups", "writes", "periods", "sets", "firsts",
          "several_rows", "nulls", "one_row", "nested", "search", "more_functions", "frames", "several_aggregates",
          "walks", "returning", "dynamic", "filtered_relations", "managers", "locks", "bulk", "transactions", "writing",
          "validation", "column_types", "left_out", "deletes", "hstores")
EXTENSIONS = {"trigrams", "accents", "digests", "hstores"}  # topics that need one


def configure(url, schema):
    import django
    from django.conf import settings
    from psycopg2.extensions import parse_dsn
    dsn = parse_dsn(url)
    database = {"ENGINE": "django.db.backends.postgresql", "NAME": dsn.get("dbname", "postgres"),
                "USER": dsn.get("user", ""), "PASSWORD": dsn.get("password", ""), "HOST": dsn.get("host", ""),
                "PORT": dsn.get("port", ""), "OPTIONS": {"options": f"-c search_path={schema},public"}}
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=["django.contrib.postgres", "oracle"], USE_TZ=True,
                       TIME_ZONE="UTC", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
    django.setup()


class report:
    def __init__(self, documentation):
        self.passed = self.failed = 0
        self.reasons = set()
        self.documentation = documentation

    def fail(self, name, text, sql=""):
        self.failed += 1
        shown = re.sub(r'^SELECT .{200,}? FROM "', 'SELECT … FROM "', sql)
        print(f"FAILED {name}\n{text}" + (f"\n  {shown}" if sql else "") + "\n")

    def case(self, line, entry):
        from oracle import compare
        name, ours = f"{line['topic']}: {line['case']}", compare.reread(line["answer"])
        if entry is None:
            return self.fail(name, "  is no case in Django's file")
        on_purpose = isinstance(entry, compare.differs)
        theirs, ordered = compare.ask(entry.here if on_purpose else entry)
        if not compare.equal(ours, theirs, ordered):
            return self.fail(name, compare.difference(ours, theirs), line["sql"])
        if on_purpose:
            return self.difference(name, ours, entry)
        self.passed += 1

    def difference(self, name, ours, entry):
        from oracle import compare
        theirs, ordered = compare.ask(entry.django)
        if compare.equal(ours, theirs, ordered):
            return self.fail(name, "  does not differ any more")
        if entry.reason not in self.documentation:
            return self.fail(name, f"  the guide does not say: {entry.reason}")
        self.reasons.add(name)
        self.passed += 1


def compare_all(lines, documentation):
    from oracle import compare, models, trees
    compare.row_models[:] = [models.Country, models.Author, models.Book, models.Tag, models.BookTag, models.Review]
    for topic in TOPICS:
        importlib.import_module(f"oracle.{topic}")
    result, left = report(documentation), dict(compare.all_cases)
    for line in lines:
        if "tree" in line:
            trees.add(line)
        else:
            maker = compare.makers.get(line["topic"], lambda _: None)
            result.case(line, left.pop((line["topic"], line["case"]), None) or maker(line["case"]))
    without = EXTENSIONS - {line["topic"] for line in lines if "topic" in line}
    if without:
        print(f"!!! SKIPPED, the server lacks their extensions: {', '.join(sorted(without))}")
    for topic, name in left:
        if topic not in without:
            result.fail(f"{topic}: {name}", "  is no case of the program")
    trees.compare_all(result)
    return result


def main():
    program, page = sys.argv[1:3]
    try:
        import django
        import psycopg2  # noqa: F401
    except ImportError as missing:
        print(f"!!! THE ORACLE IS SKIPPED: {missing} (Debian: python3-django python3-psycopg2)")
        return SKIPPED
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as asked:
        lines = []
        for text in asked.stdout:
            lines.append(json.loads(text))
            if "done" in lines[-1]:
                break
        if not lines or "done" not in lines[-1]:
            asked.stdin.close()
            print(f"the program stopped after {len(lines)} lines\n\n0 passed, 1 failed")
            return 1
        configure(lines[0]["database"], lines[0]["schema"])
        result = compare_all(lines[1:-1], pathlib.Path(page).read_text())
        asked.stdin.close()
    print(f"Django {django.__version__}: {len(result.reasons)} cases differ on purpose")
    print(f"{result.passed} passed, {result.failed} failed")
    return 1 if result.failed else 0


if __name__ == "__main__":
    sys.path[0] = str(pathlib.Path(__file__).resolve().parent.parent)  # this folder is the Django app `oracle`
    sys.exit(main())
