"""How the cost grows: queries in flight, connections, rows, columns, and models in one program."""

import os
import pathlib
import shutil
import statistics
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "compile"))
from compile import compile_once  # noqa: E402
from source import source  # noqa: E402

COLUMNS = (1, 5, 10, 20, 40, 60)
TABLES = [
    "DROP TABLE IF EXISTS growing_rows, growing_columns",
    "CREATE TABLE growing_rows (id bigint PRIMARY KEY, title text NOT NULL, pages integer NOT NULL)",
    "INSERT INTO growing_rows SELECT n, 'The row with the number ' || n, n % 900 FROM generate_series(1, {rows}) n",
    "CREATE TABLE growing_columns (id bigint PRIMARY KEY, "
    + ", ".join(f"c{i} integer NOT NULL" for i in range(1, 61)) + ")",
    "INSERT INTO growing_columns SELECT n, " + ", ".join(f"n + {i}" for i in range(1, 61))
    + " FROM generate_series(1, 1000) n",
    "VACUUM ANALYZE growing_rows", "VACUUM ANALYZE growing_columns",
]


class Series:
    def __init__(self, name, title, x_title, y_title, per):
        self.name, self.title, self.x_title, self.y_title, self.per = name, title, x_title, y_title, per
        self.lines = {}

    def measure(self, bench, peers, points, count_of, items_of, rounds):
        """Microseconds of wall clock an item at each point, in turns over peers and points."""
        taken = {}
        for _ in range(rounds):
            for point in points:
                answers = set()
                for peer in peers:
                    count = count_of(point)
                    sample = bench.once(peer, self.name, count, point)
                    taken.setdefault((peer.title.strip("*"), point), []).append(
                        sample["seconds"] / count / items_of(point) * 1e6)
                    answers.add(sample["checksum"])
                if len(answers) != 1:
                    raise SystemExit(f"{self.name} {point}: the answers differ")
        for (peer, point), values in taken.items():
            self.lines.setdefault(peer, []).append((point, statistics.median(values)))
        return self


def at_run_time(bench, peers, quick, rounds):
    queries, most = (2_000, 100_000) if quick else (20_000, 1_000_000)
    bench.sql(*(statement.format(rows=most) if "{rows}" in statement else statement for statement in TABLES))
    library = [peer for peer in peers if peer.name == "library"]
    both = [peer for peer in peers if peer.name in ("library", "libpq")]
    rows = [n for n in (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000) if n <= most]
    return [
        Series("W2", "Queries in flight, one connection", "in flight", "µs a query", "query").measure(
            bench, both, (1, 4, 16, 64, 256, 1_000, 10_000), lambda n: max(queries, n), lambda n: 1, rounds),
        Series("connections", "Connections, 256 in flight", "connections", "µs a query", "query").measure(
            bench, library, (1, 2, 4, 8, 16, 32), lambda n: queries, lambda n: 1, rounds),
        Series("rows", "Rows of one result", "rows", "µs a row", "row").measure(
            bench, both, rows, lambda n: max(1, min(500, 100_000 // n)), lambda n: n, rounds),
        Series("columns", "Columns of a row", "columns", "µs a row", "row").measure(
            bench, both, COLUMNS, lambda n: 5 if quick else 20, lambda n: 1_000, rounds),
    ]


def at_compile_time(quick, rounds):
    """CPU milliseconds of the compiler for a file with so many models and a query of each."""
    series = Series("models", "Models in one file, -O0", "models", "CPU ms", "file")
    compiler = next(filter(shutil.which, (os.environ.get("CXX", "").split() or [""])[-1:] + ["clang++-19", "g++"]))
    with tempfile.TemporaryDirectory() as folder:
        for models in (1, 10, 50) if quick else (1, 10, 50, 100, 200):
            file = pathlib.Path(folder) / f"models_{models}.cpp"
            file.write_text(source(models, 0))
            times = [compile_once(compiler, "-O0", file)[0] for _ in range(rounds)]
            series.lines.setdefault(compiler, []).append((models, statistics.median(times) * 1000))
    return series
