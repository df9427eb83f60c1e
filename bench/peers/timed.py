"""What all peers written in Python share: the errand, the timed part, the checksum and the line of JSON.

    peer.py WORKLOAD COUNT [WIDTH]      PGHOST, PGPORT, PGUSER and PGDATABASE name the server

A workload is a pair: a function of (count, width) that is timed, and one that sums up its answer afterwards.
Books are tuples of (id, title, pages, price, published, author_id, isbn); ../macro/checksum.hpp is the same in C++.
"""

import asyncio
import datetime
import inspect
import json
import pathlib
import re
import struct
import sys
import time

BOOKS, AUTHORS, PRICE_LIMIT, JOINED_ROWS = 100_000, 1_000, 80.0, 20
EPOCH = datetime.date(2000, 1, 1)
COLUMNS = "id, title, pages, price, published, author_id, isbn"
JOINED_SQL = (
    "SELECT b.id, b.title, b.pages, b.price, b.published, b.author_id, b.isbn, a.id, a.name, a.country"
    " FROM book b JOIN author a ON a.id = b.author_id WHERE a.name = {} AND b.pages >= {} AND b.price < {}"
    " ORDER BY b.published DESC, b.id LIMIT {}")


def key_of_query(n):
    return n * 7919 % BOOKS + 1


def author_of_query(n):
    return f"Author number {n * 7 % AUTHORS + 1}"


def pages_of_query(n):
    return 100 + n % 40 * 10


def new_book(n):
    published = EPOCH + datetime.timedelta(days=n % 5000)
    return (f"The new book with the number {n}", n % 900, n / 100, published, n % 1000 + 1, f"979-{n}")


def digest(text):
    data = text.encode()
    return len(data) * 131 + data[0] * 17 + data[-1] if data else 1


def books(rows):
    total = 0
    for key, title, pages, price, published, author, isbn in rows:
        bits = struct.unpack("<Q", struct.pack("<d", price))[0]
        total += key * 3 + digest(title) * 5 + pages * 7 + bits * 11
        total += (published - EPOCH).days * 13 + author * 17 + digest(isbn) * 19
    return total


def joined(rows):
    """Of rows that are a book and its author's name."""
    return sum(books([row[:7]]) + digest(row[7]) * 23 for row in rows)


def library(authors):
    """Of (name, country, [(book, [(tag id, tag name)])])."""
    total = 0
    for name, country, written in authors:
        total += digest(name) + digest(country)
        for book, tags in written:
            total += books([book]) + sum(key * 3 + digest(tag) for key, tag in tags)
    return total


def assemble(authors, written, tagged):
    """The answer of W7 from its three results: (id, name, country), books, (tag id, tag name, book id)."""
    tags_of, books_of = {}, {}
    for key, name, book in tagged:
        tags_of.setdefault(book, []).append((key, name))
    for book in written:
        books_of.setdefault(book[5], []).append((book, tags_of.get(book[0], [])))
    return [(name, country, books_of.get(key, [])) for key, name, country in authors]


def itself(number):
    return number


async def _await(value):
    return await value if inspect.isawaitable(value) else value


async def _errand(workloads, connect):
    name, count = sys.argv[1], int(sys.argv[2])
    width = int(sys.argv[3]) if len(sys.argv) > 3 else 64
    if name not in workloads:
        sys.exit(2)
    work, summed = workloads[name]
    if connect:
        await connect()
    await _await(work(1 if name in ("W3", "W7") else 10, width))
    wall, cpu = time.perf_counter(), time.process_time()
    answer = await _await(work(count, width))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = int(re.search(r"VmHWM:\s*(\d+)", pathlib.Path("/proc/self/status").read_text()).group(1)) / 1024
    print(json.dumps({"seconds": wall, "cpu": cpu, "peak_mb": peak, "checksum": str(summed(answer) % 2**64)}))


def main(workloads, connect=None):
    """Functions of an asynchronous client may be coroutines; a blocking one never meets a loop that matters."""
    asyncio.run(_errand(workloads, connect))
