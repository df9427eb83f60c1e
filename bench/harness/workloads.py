"""What is measured: the workloads of docs/benchmark.md with their counts, and the statements around them."""

from dataclasses import dataclass

BOOKS, ALL_ROWS = 100_000, 401_000


@dataclass(frozen=True)
class Workload:
    name: str
    title: str
    unit: str
    count: int         # of a full run
    quick: int         # of a quick run
    counted: int       # under callgrind and strace
    items: int = 1     # that one of the count stands for

    @property
    def writes(self):
        return "." in self.name


WORKLOADS = [
    Workload("W1", "one book by its key, one after the other", "query", 20_000, 1_000, 500),
    Workload("W2", "the same with 64 in flight", "query", 20_000, 2_000, 2_000),
    Workload("W3", "all 100,000 books", "row", 1, 1, 1, BOOKS),
    Workload("W4", "books joined with their author, three conditions, ordered, limit 20", "query", 2_000, 200, 200),
    Workload("W5.one", "inserts in one transaction, one by one", "row", 10_000, 500, 500),
    Workload("W5.together", "inserts in one transaction, started together", "row", 10_000, 1_000, 1_000),
    Workload("W5.bulk", "inserts in bulk", "row", 10_000, 2_000, 2_000),
    Workload("W6.one", "updates in one transaction, one by one", "row", 1_000, 500, 500),
    Workload("W6.together", "updates in one transaction, started together", "row", 1_000, 1_000, 1_000),
    Workload("W6.bulk", "updates in bulk", "row", 1_000, 1_000, 1_000),
    Workload("W7", "1,000 authors with their books and the books' tags", "row", 1, 1, 1, ALL_ROWS),
]

# What the writes left, whoever wrote it; then the table is as before.
WRITTEN = ("SELECT count(*) || ' ' || coalesce(sum(hashtext(row(title, pages, price, published, author_id, isbn)::text)),"
           " 0) FROM book WHERE {}")
CONDITIONS = {"W5": f"id > {BOOKS}", "W6": "id <= 1000"}
RESET = [
    f"DELETE FROM book WHERE id > {BOOKS}",
    "UPDATE book SET title = 'The book with the number ' || id, pages = 50 + id % 900 WHERE id <= 1000",
    "VACUUM book",
]
