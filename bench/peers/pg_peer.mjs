// pg (node-postgres): a client, named statements; W2, which it cannot pipeline, from a pool of eight.
import * as timed from './timed.mjs';

const pg = timed.load('pg');
const client = new pg.Client(), pool = new pg.Pool({ max: 8 });
await client.connect();
const columns = 'id, title, pages, price, published, author_id, isbn';
const one = (n) => ({ name: 'one', text: `SELECT ${columns} FROM book WHERE id = $1`, values: [timed.keyOfQuery(n)] });
const into = 'INSERT INTO book (title, pages, price, published, author_id, isbn) ';
const numbers = (count) => Array.from({ length: count }, (_, n) => n);

async function repeated(first, last, ask) {
  const rows = [];
  for (let n = first; n <= last; ++n) rows.push(...(await client.query(ask(n))).rows);
  return rows;
}

const joined = (n) => ({
  name: 'joined',
  text: `SELECT b.id, b.title, b.pages, b.price, b.published, b.author_id, b.isbn, a.id AS key, a.name, a.country
    FROM book b JOIN author a ON a.id = b.author_id WHERE a.name = $1 AND b.pages >= $2 AND b.price < $3
    ORDER BY b.published DESC, b.id LIMIT $4`,
  values: [timed.authorOfQuery(n), timed.pagesOfQuery(n), timed.PRICE_LIMIT, timed.JOINED_ROWS],
});

async function transaction(work) {
  await client.query('BEGIN');
  const answer = await work();
  await client.query('COMMIT');
  return answer;
}

const insertOne = (count) => transaction(() => repeated(0, count - 1, (n) => ({
  name: 'insert', text: into + 'VALUES ($1, $2, $3, $4, $5, $6) RETURNING id', values: Object.values(timed.newBook(n)),
})));

const updateOne = (count) => transaction(async () => {
  let changed = 0;
  for (let n = 1; n <= count; ++n)
    changed += (await client.query({
      name: 'update', text: 'UPDATE book SET pages = $1, title = $2 WHERE id = $3', values: [n, 'Title ' + n, n],
    })).rowCount;
  return changed;
});

async function insertBulk(count) {
  const made = numbers(count).map(timed.newBook);
  const arrays = ['title', 'pages', 'price', 'published', 'author_id', 'isbn'].map((key) => made.map((b) => b[key]));
  const text = 'SELECT * FROM unnest($1::text[], $2::int[], $3::float8[], $4::date[], $5::bigint[], $6::text[]) RETURNING id';
  return (await client.query(into + text, arrays)).rows;
}

async function library(count) {
  let authors;
  for (let n = 0; n < count; ++n) {
    authors = (await client.query('SELECT id, name, country FROM author')).rows;
    const books = (await client.query(`SELECT ${columns} FROM book WHERE author_id = ANY($1)`,
      [authors.map((a) => a.id)])).rows;
    const tags = (await client.query('SELECT t.id, t.name, l.book_id FROM tag t JOIN book_tags l ON l.tag_id = t.id' +
      ' WHERE l.book_id = ANY($1)', [books.map((b) => b.id)])).rows;
    timed.assemble(authors, books, tags);
  }
  return authors;
}

await timed.main({
  W1: [(count) => repeated(0, count - 1, one), timed.books],
  W2: [(count, width) => timed.together(count, width, async (n) => (await pool.query(one(n))).rows[0]), timed.books],
  W3: [(count) => repeated(1, count, () => `SELECT ${columns} FROM book`), timed.books],
  W4: [(count) => repeated(0, count - 1, joined), timed.joined],
  'W5.one': [insertOne, timed.size], 'W5.bulk': [insertBulk, timed.size], 'W6.one': [updateOne, timed.itself],
  W7: [library, timed.library],
}, async () => { await client.end(); await pool.end(); });
