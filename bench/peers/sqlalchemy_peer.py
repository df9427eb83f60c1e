"""SQLAlchemy's asynchronous ORM over asyncpg: a session; for W2 one for each query, from a pool of eight connections."""

import asyncio
import os

from sqlalchemy import BigInteger, Column, Date, Float, ForeignKey, Integer, Table, Text, select, update
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import contains_eager, declarative_base, relationship, selectinload, sessionmaker

import timed

Base = declarative_base()
book_tags = Table("book_tags", Base.metadata, Column("book_id", ForeignKey("book.id")),
                  Column("tag_id", ForeignKey("tag.id")))


class Author(Base):
    __tablename__ = "author"
    id = Column(BigInteger, primary_key=True)
    name = Column(Text)
    country = Column(Text)
    books = relationship("Book", back_populates="author")


class Tag(Base):
    __tablename__ = "tag"
    id = Column(BigInteger, primary_key=True)
    name = Column(Text)


class Book(Base):
    __tablename__ = "book"
    id = Column(BigInteger, primary_key=True)
    title = Column(Text)
    pages = Column(Integer)
    price = Column(Float)
    published = Column(Date)
    author_id = Column(ForeignKey("author.id"))
    isbn = Column(Text)
    author = relationship(Author, back_populates="books")
    tags = relationship(Tag, secondary=book_tags)


engine = create_async_engine(
    f"postgresql+asyncpg://{os.environ['PGUSER']}@/{os.environ['PGDATABASE']}"
    f"?host={os.environ['PGHOST']}&port={os.environ['PGPORT']}", pool_size=8, max_overflow=0, pool_timeout=600)
Session = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


def plain(b):
    return b.id, b.title, b.pages, b.price, b.published, b.author_id, b.isbn


def new_book(n):
    title, pages, price, published, author, isbn = timed.new_book(n)
    return Book(title=title, pages=pages, price=price, published=published, author_id=author, isbn=isbn)


async def one_by_one(count, _):
    async with Session() as session:
        return [(await session.execute(select(Book).where(Book.id == timed.key_of_query(n)))).scalar_one()
                for n in range(count)]


async def in_flight(count, width):
    answers = []

    async def every(first):
        for n in range(first, count, width):
            async with Session() as session:
                asked = select(Book).where(Book.id == timed.key_of_query(n))
                answers.append((await session.execute(asked)).scalar_one())

    await asyncio.gather(*(every(first) for first in range(width)))
    return answers


async def all_books(count, _):
    rows = []
    for _ in range(count):
        async with Session() as session:
            rows += (await session.execute(select(Book))).scalars().all()
    return rows


async def joined(count, _):
    rows = []
    async with Session() as session:
        for n in range(count):
            asked = select(Book).join(Book.author).options(contains_eager(Book.author)).where(
                Author.name == timed.author_of_query(n), Book.pages >= timed.pages_of_query(n),
                Book.price < timed.PRICE_LIMIT).order_by(Book.published.desc(), Book.id).limit(timed.JOINED_ROWS)
            rows += (await session.execute(asked)).scalars().all()
    return rows


async def insert_one(count, _):
    async with Session.begin() as session:
        for n in range(count):
            session.add(new_book(n))
            await session.flush()
    return count


async def insert_bulk(count, _):
    made = [new_book(n) for n in range(count)]
    async with Session.begin() as session:
        session.add_all(made)
    return sum(book.id is not None for book in made)


async def update_one(count, _):
    changed = 0
    async with Session.begin() as session:
        for n in range(1, count + 1):
            asked = update(Book).where(Book.id == n).values(pages=n, title=f"Title {n}")
            changed += (await session.execute(asked, execution_options={"synchronize_session": False})).rowcount
    return changed


async def update_bulk(count, _):
    values = [{"id": n, "pages": n, "title": f"Title {n}"} for n in range(1, count + 1)]
    async with Session.begin() as session:
        await session.run_sync(lambda blocking: blocking.bulk_update_mappings(Book, values))
    return count


async def library(count, _):
    for _ in range(count):
        async with Session() as session:
            asked = select(Author).options(selectinload(Author.books).selectinload(Book.tags))
            authors = (await session.execute(asked)).scalars().all()
    return authors


def library_sum(authors):
    return timed.library((a.name, a.country, [(plain(b), [(t.id, t.name) for t in b.tags]) for b in a.books])
                         for a in authors)


def books(rows):
    return timed.books(map(plain, rows))


timed.main({
    "W1": (one_by_one, books), "W2": (in_flight, books), "W3": (all_books, books),
    "W4": (joined, lambda rows: timed.joined((*plain(b), b.author.name) for b in rows)),
    "W5.one": (insert_one, timed.itself), "W5.bulk": (insert_bulk, timed.itself),
    "W6.one": (update_one, timed.itself), "W6.bulk": (update_bulk, timed.itself), "W7": (library, library_sum),
})
