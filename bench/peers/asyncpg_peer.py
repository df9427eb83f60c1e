"""asyncpg: a connection; W2, which it cannot pipeline, from a pool of eight."""

import asyncio

import asyncpg

import timed

INSERT = "INSERT INTO book (title, pages, price, published, author_id, isbn) "
UPDATE = "UPDATE book SET pages = $1, title = $2 WHERE id = $3"
ONE = f"SELECT {timed.COLUMNS} FROM book WHERE id = $1"
connection = pool = None


async def connect():
    global connection, pool
    connection = await asyncpg.connect()
    pool = await asyncpg.create_pool(min_size=8, max_size=8)


async def one_by_one(count, _):
    return [await connection.fetchrow(ONE, timed.key_of_query(n)) for n in range(count)]


async def in_flight(count, width):
    answers = []

    async def every(first):
        for n in range(first, count, width):
            answers.append(await pool.fetchrow(ONE, timed.key_of_query(n)))

    await asyncio.gather(*(every(first) for first in range(width)))
    return answers


async def all_books(count, _):
    return [row for _ in range(count) for row in await connection.fetch(f"SELECT {timed.COLUMNS} FROM book")]


async def joined(count, _):
    sql = timed.JOINED_SQL.format("$1", "$2", "$3", "$4")
    rows = []
    for n in range(count):
        rows += await connection.fetch(sql, timed.author_of_query(n), timed.pages_of_query(n), timed.PRICE_LIMIT,
                                       timed.JOINED_ROWS)
    return [(*row[:7], row[8]) for row in rows]


async def insert_one(count, _):
    async with connection.transaction():
        return [await connection.fetchval(INSERT + "VALUES ($1, $2, $3, $4, $5, $6) RETURNING id", *timed.new_book(n))
                for n in range(count)]


async def insert_bulk(count, _):
    columns = list(zip(*(timed.new_book(n) for n in range(count)))) or [()] * 6
    return await connection.fetch(INSERT + "SELECT * FROM unnest($1::text[], $2::int[], $3::float8[], $4::date[],"
                                  " $5::bigint[], $6::text[]) RETURNING id", *columns)


async def update_one(count, _):
    async with connection.transaction():
        return sum([int((await connection.execute(UPDATE, n, f"Title {n}", n)).split()[1])
                    for n in range(1, count + 1)])


async def update_bulk(count, _):
    await connection.executemany(UPDATE, [(n, f"Title {n}", n) for n in range(1, count + 1)])
    return count


async def library(count, _):
    for _ in range(count):
        authors = await connection.fetch("SELECT id, name, country FROM author")
        books = await connection.fetch(f"SELECT {timed.COLUMNS} FROM book WHERE author_id = ANY($1)",
                                       [a["id"] for a in authors])
        tags = await connection.fetch("SELECT t.id, t.name, l.book_id FROM tag t JOIN book_tags l ON l.tag_id = t.id"
                                      " WHERE l.book_id = ANY($1)", [b["id"] for b in books])
        answer = timed.assemble(authors, books, tags)
    return answer


timed.main({
    "W1": (one_by_one, timed.books), "W2": (in_flight, timed.books), "W3": (all_books, timed.books),
    "W4": (joined, timed.joined), "W5.one": (insert_one, len), "W5.bulk": (insert_bulk, len),
    "W6.one": (update_one, timed.itself), "W6.bulk": (update_bulk, timed.itself), "W7": (library, timed.library),
}, connect)
