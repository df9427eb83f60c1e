// postgres.js: one connection, on which it pipelines whatever is asked together.
import * as timed from './timed.mjs';

const postgres = timed.load('postgres');
const sql = postgres({ max: 1, onnotice: () => {} });
const columns = sql`id, title, pages, price, published, author_id, isbn`;
const one = (n) => sql`SELECT ${columns} FROM book WHERE id = ${timed.keyOfQuery(n)}`;
const insert = (on, n) => on`INSERT INTO book ${on(timed.newBook(n))} RETURNING id`;
const update = (on, n) => on`UPDATE book SET pages = ${n}, title = ${'Title ' + n} WHERE id = ${n}`;
const numbers = (count) => Array.from({ length: count }, (_, n) => n);

async function oneByOne(count) {
  const rows = [];
  for (let n = 0; n < count; ++n) rows.push((await one(n))[0]);
  return rows;
}

async function allBooks(count) {
  const rows = [];
  for (let n = 0; n < count; ++n) for (const row of await sql`SELECT ${columns} FROM book`) rows.push(row);
  return rows;
}

async function joined(count) {
  const rows = [];
  for (let n = 0; n < count; ++n)
    rows.push(...await sql`
      SELECT b.id, b.title, b.pages, b.price, b.published, b.author_id, b.isbn, a.id AS key, a.name, a.country
      FROM book b JOIN author a ON a.id = b.author_id
      WHERE a.name = ${timed.authorOfQuery(n)} AND b.pages >= ${timed.pagesOfQuery(n)} AND b.price < ${timed.PRICE_LIMIT}
      ORDER BY b.published DESC, b.id LIMIT ${timed.JOINED_ROWS}`);
  return rows;
}

const insertOne = (count) => sql.begin(async (on) => {
  const keys = [];
  for (let n = 0; n < count; ++n) keys.push((await insert(on, n))[0].id);
  return keys;
});
const updateOne = (count) => sql.begin(async (on) => {
  let changed = 0;
  for (let n = 1; n <= count; ++n) changed += (await update(on, n)).count;
  return changed;
});
const insertTogether = (count) => sql.begin((on) => Promise.all(numbers(count).map((n) => insert(on, n))));
const updateTogether = async (count) =>
  (await sql.begin((on) => Promise.all(numbers(count).map((n) => update(on, n + 1)))))
    .reduce((changed, result) => changed + result.count, 0);
const insertBulk = (count) =>
  count ? sql`INSERT INTO book ${sql(numbers(count).map(timed.newBook))} RETURNING id` : [];

async function library(count) {
  let authors;
  for (let n = 0; n < count; ++n) {
    authors = await sql`SELECT id, name, country FROM author`;
    const books = await sql`SELECT ${columns} FROM book WHERE author_id = ANY(${authors.map((a) => a.id)}::bigint[])`;
    const tags = await sql`SELECT t.id, t.name, l.book_id FROM tag t JOIN book_tags l ON l.tag_id = t.id
      WHERE l.book_id = ANY(${books.map((b) => b.id)}::bigint[])`;
    timed.assemble(authors, books, tags);
  }
  return authors;
}

await timed.main({
  W1: [oneByOne, timed.books],
  W2: [(count, width) => timed.together(count, width, async (n) => (await one(n))[0]), timed.books],
  W3: [allBooks, timed.books], W4: [joined, timed.joined], W7: [library, timed.library],
  'W5.one': [insertOne, timed.size], 'W5.together': [insertTogether, timed.size], 'W5.bulk': [insertBulk, timed.size],
  'W6.one': [updateOne, timed.itself], 'W6.together': [updateTogether, timed.itself],
}, () => sql.end());
