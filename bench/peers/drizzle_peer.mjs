// drizzle over postgres.js, one connection.
import * as timed from './timed.mjs';

const postgres = timed.load('postgres');
const { drizzle } = timed.load('drizzle-orm/postgres-js');
const { and, asc, desc, eq, gte, lt, relations } = timed.load('drizzle-orm');
const { bigserial, bigint, date, doublePrecision, integer, pgTable, text } = timed.load('drizzle-orm/pg-core');

const author = pgTable('author', { id: bigserial({ mode: 'number' }).primaryKey(), name: text(), country: text() });
const book = pgTable('book', {
  id: bigserial({ mode: 'number' }).primaryKey(), title: text(), pages: integer(), price: doublePrecision(),
  published: date(), author_id: bigint({ mode: 'number' }), isbn: text(),
});
const tag = pgTable('tag', { id: bigserial({ mode: 'number' }).primaryKey(), name: text() });
const bookTags = pgTable('book_tags', {
  id: bigserial({ mode: 'number' }).primaryKey(), book_id: bigint({ mode: 'number' }), tag_id: bigint({ mode: 'number' }),
});
const schema = {
  author, book, tag, bookTags,
  ofAuthor: relations(author, ({ many }) => ({ books: many(book) })),
  ofBook: relations(book, ({ one, many }) => ({
    author: one(author, { fields: [book.author_id], references: [author.id] }), links: many(bookTags),
  })),
  ofLink: relations(bookTags, ({ one }) => ({
    book: one(book, { fields: [bookTags.book_id], references: [book.id] }),
    tag: one(tag, { fields: [bookTags.tag_id], references: [tag.id] }),
  })),
};
const client = postgres({ max: 1 });
const db = drizzle(client, { schema });
const oneBook = async (n) => (await db.select().from(book).where(eq(book.id, timed.keyOfQuery(n))))[0];

async function oneByOne(count) {
  const rows = [];
  for (let n = 0; n < count; ++n) rows.push(await oneBook(n));
  return rows;
}

async function allBooks(count) {
  const rows = [];
  for (let n = 0; n < count; ++n) for (const row of await db.select().from(book)) rows.push(row);
  return rows;
}

async function joined(count) {
  const rows = [];
  for (let n = 0; n < count; ++n)
    rows.push(...await db.select().from(book).innerJoin(author, eq(author.id, book.author_id))
      .where(and(eq(author.name, timed.authorOfQuery(n)), gte(book.pages, timed.pagesOfQuery(n)),
        lt(book.price, timed.PRICE_LIMIT)))
      .orderBy(desc(book.published), asc(book.id)).limit(timed.JOINED_ROWS));
  return rows;
}

const insertOne = (count) => db.transaction(async (on) => {
  const keys = [];
  for (let n = 0; n < count; ++n)
    keys.push((await on.insert(book).values(timed.newBook(n)).returning({ id: book.id }))[0]);
  return keys;
});
const insertBulk = (count) => count ? db.insert(book)
  .values(Array.from({ length: count }, (_, n) => timed.newBook(n))).returning({ id: book.id }) : [];
const updateOne = (count) => db.transaction(async (on) => {
  let changed = 0;
  for (let n = 1; n <= count; ++n)
    changed += (await on.update(book).set({ pages: n, title: 'Title ' + n }).where(eq(book.id, n))).count;
  return changed;
});

async function library(count) {
  let authors;
  for (let n = 0; n < count; ++n)
    authors = await db.query.author.findMany({ with: { books: { with: { links: { with: { tag: true } } } } } });
  return authors;
}

const librarySum = (authors) => timed.library(authors.map((a) => ({
  ...a, books: a.books.map((b) => ({ ...b, tags: b.links.map((link) => link.tag) })),
})));

await timed.main({
  W1: [oneByOne, timed.books],
  W2: [(count, width) => timed.together(count, width, oneBook), timed.books],
  W3: [allBooks, timed.books],
  W4: [joined, (rows) => timed.joined(rows.map((row) => ({ ...row.book, name: row.author.name })))],
  'W5.one': [insertOne, timed.size], 'W5.bulk': [insertBulk, timed.size], 'W6.one': [updateOne, timed.itself],
  W7: [library, librarySum],
}, () => client.end());
