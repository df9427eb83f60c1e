// What all peers for Node share: the errand, the timed part, the checksum and the line of JSON; timed.py explains.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export const load = createRequire(process.env.BENCH_NODE_MODULES + '/');
export const PRICE_LIMIT = 80, JOINED_ROWS = 20;
const BOOKS = 100000, AUTHORS = 1000, EPOCH = Date.UTC(2000, 0, 1), DAY = 86400000;

export const keyOfQuery = (n) => (n * 7919) % BOOKS + 1;
export const authorOfQuery = (n) => `Author number ${(n * 7) % AUTHORS + 1}`;
export const pagesOfQuery = (n) => 100 + (n % 40) * 10;
export const dateOf = (days) => new Date(EPOCH + days * DAY).toISOString().slice(0, 10);
export const newBook = (n) => ({
  title: `The new book with the number ${n}`, pages: n % 900, price: n / 100, published: dateOf(n % 5000),
  author_id: n % 1000 + 1, isbn: `979-${n}`,
});

function digest(text) {
  const bytes = Buffer.from(text);
  return bytes.length ? bytes.length * 131 + bytes[0] * 17 + bytes[bytes.length - 1] : 1;
}

const bits = new BigUint64Array(1), float = new Float64Array(bits.buffer);

// Of rows whose columns have the names of the table's.
export function books(rows) {
  let total = 0n;
  for (const row of rows) {
    float[0] = row.price;
    const days = Math.round((new Date(row.published).getTime() - EPOCH) / DAY);
    const small = Number(row.id) * 3 + digest(row.title) * 5 + row.pages * 7 + days * 13 +
      Number(row.author_id) * 17 + digest(row.isbn) * 19;
    total += BigInt(small) + bits[0] * 11n;
  }
  return total;
}

// Of books with their author's name beside them.
export const joined = (rows) =>
  rows.reduce((total, row) => total + books([row]) + BigInt(digest(row.name) * 23), 0n);

// Of authors with books with tags.
export function library(authors) {
  let total = 0n;
  for (const author of authors) {
    total += BigInt(digest(author.name) + digest(author.country)) + books(author.books);
    for (const book of author.books)
      for (const tag of book.tags) total += BigInt(Number(tag.id) * 3 + digest(tag.name));
  }
  return total;
}

// The answer of W7 from its three results.
export function assemble(authors, written, tagged) {
  const authorOf = new Map(authors.map((author) => [author.id, Object.assign(author, { books: [] })]));
  const bookOf = new Map();
  for (const book of written) {
    bookOf.set(book.id, Object.assign(book, { tags: [] }));
    authorOf.get(book.author_id).books.push(book);
  }
  for (const tag of tagged) bookOf.get(tag.book_id).tags.push(tag);
  return authors;
}

// So many at a time take turns over the numbers below count; resolves to all answers.
export async function together(count, width, ask) {
  const answers = [];
  const every = async (first) => {
    for (let n = first; n < count; n += width) answers.push(await ask(n));
  };
  await Promise.all(Array.from({ length: width }, (_, first) => every(first)));
  return answers;
}

export const size = (rows) => BigInt(rows.length);
export const itself = (number) => BigInt(number);

// workloads: a pair for each name: the function of (count, width) that is timed, and one that sums up its answer.
export async function main(workloads, end) {
  const [name, count, width = '64'] = process.argv.slice(2);
  if (!workloads[name]) process.exit(2);
  const [work, summed] = workloads[name];
  await work(name === 'W3' || name === 'W7' ? 1 : 10, Number(width));
  const before = process.cpuUsage(), start = process.hrtime.bigint();
  const answer = await work(Number(count), Number(width));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9, cpu = process.cpuUsage(before);
  const peak = Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
  console.log(JSON.stringify({
    seconds, cpu: (cpu.user + cpu.system) / 1e6, peak_mb: peak, checksum: String(BigInt.asUintN(64, summed(answer))),
  }));
  await end();
}
