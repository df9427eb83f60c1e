"""psycopg 3: a blocking connection, its pipeline mode where queries leave together."""

import psycopg

import timed

INSERT = ("INSERT INTO book (title, pages, price, published, author_id, isbn)"
          " VALUES (%s, %s, %s, %s, %s, %s) RETURNING id")
UPDATE = "UPDATE book SET pages = %s, title = %s WHERE id = %s"
ONE = f"SELECT {timed.COLUMNS} FROM book WHERE id = %s"
connection = psycopg.connect(autocommit=True)


def one_by_one(count, _):
    return [connection.execute(ONE, (timed.key_of_query(n),)).fetchone() for n in range(count)]


def in_flight(count, width):
    answers = []
    for start in range(0, count, width):
        with connection.pipeline():
            asked = [connection.execute(ONE, (timed.key_of_query(n),)) for n in range(start, min(start + width, count))]
            answers += [cursor.fetchone() for cursor in asked]
    return answers


def all_books(count, _):
    return [row for _ in range(count) for row in connection.execute(f"SELECT {timed.COLUMNS} FROM book").fetchall()]


def joined(count, _):
    sql = timed.JOINED_SQL.format("%s", "%s", "%s", "%s")
    rows = []
    for n in range(count):
        rows += connection.execute(sql, (timed.author_of_query(n), timed.pages_of_query(n), timed.PRICE_LIMIT,
                                         timed.JOINED_ROWS)).fetchall()
    return [(*row[:7], row[8]) for row in rows]


def insert_one(count, _):
    with connection.transaction():
        return [connection.execute(INSERT, timed.new_book(n)).fetchone() for n in range(count)]


def insert_together(count, _):
    with connection.transaction(), connection.pipeline():
        asked = [connection.execute(INSERT, timed.new_book(n)) for n in range(count)]
        return [cursor.fetchone() for cursor in asked]


def insert_bulk(count, _):
    keys = []
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [timed.new_book(n) for n in range(count)], returning=True)
        while count:
            keys.append(cursor.fetchone())
            if not cursor.nextset():
                break
    return keys


def update_one(count, _):
    with connection.transaction():
        return sum(connection.execute(UPDATE, (n, f"Title {n}", n)).rowcount for n in range(1, count + 1))


def update_together(count, _):
    with connection.transaction(), connection.pipeline() as pipeline:
        asked = [connection.execute(UPDATE, (n, f"Title {n}", n)) for n in range(1, count + 1)]
        pipeline.sync()
        return sum(cursor.rowcount for cursor in asked)


def update_bulk(count, _):
    with connection.cursor() as cursor:
        cursor.executemany(UPDATE, [(n, f"Title {n}", n) for n in range(1, count + 1)])
        return cursor.rowcount if count else 0


def library(count, _):
    for _ in range(count):
        authors = connection.execute("SELECT id, name, country FROM author").fetchall()
        books = connection.execute(f"SELECT {timed.COLUMNS} FROM book WHERE author_id = ANY(%s)",
                                   ([a[0] for a in authors],)).fetchall()
        tags = connection.execute("SELECT t.id, t.name, l.book_id FROM tag t JOIN book_tags l ON l.tag_id = t.id"
                                  " WHERE l.book_id = ANY(%s)", ([b[0] for b in books],)).fetchall()
        answer = timed.assemble(authors, books, tags)
    return answer


timed.main({
    "W1": (one_by_one, timed.books), "W2": (in_flight, timed.books), "W3": (all_books, timed.books),
    "W4": (joined, timed.joined), "W5.one": (insert_one, len), "W5.together": (insert_together, len),
    "W5.bulk": (insert_bulk, len), "W6.one": (update_one, timed.itself),
    "W6.together": (update_together, timed.itself), "W6.bulk": (update_bulk, timed.itself),
    "W7": (library, timed.library),
})
