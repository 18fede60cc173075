import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Row, View, ViewReader } from 'aftercare/projections';
import type { FastifyReply } from 'fastify';
import { BYTE_ORDER_MARK, csvLine, csvRows } from './csv.js';
import type { AskedList } from './list-query.js';
import { incidentOf, sendProblem } from './problem.filter.js';
import { problemOf } from './problem-of.js';

const ROWS_PER_CHUNK = 200;

type ListReader = Pick<ViewReader, 'list' | 'rows'>;
/** Prepares a row for its reader, such as opening its sealed texts. */
type ForReader = (row: Row) => Row | Promise<Row>;

/**
 * Answers a list: one page `{ items, next }` as JSON, or, as CSV, every row from the cursor on, streamed so that an
 * export of any size holds 200 rows in memory. Use it with Nest's `@Res()`.
 * @throws BadListQuery at once, before anything is sent; what fails later ends the reply and needs no `await`.
 */
export function sendPage<R extends Row>(
  reply: FastifyReply, reader: ListReader, view: View<R, never>, asked: AskedList, forReader: ForReader = (row) => row,
): void {
  if (asked.format === 'json') {
    const { items, next } = reader.list(view, asked.query);
    Promise.all(items.map(forReader)).then(
      (opened) => void reply.send({ items: opened, next }),
      (error: unknown) => sendProblem(reply.request, reply, problemOf(error) ?? incidentOf(error)),
    );
    return;
  }
  const columns = ['key', ...Object.keys(view.columns).filter((column) => column !== 'key')];
  const chunks = chunksOf(reader.rows(view, asked.query));
  // Read before the first byte leaves: a broken cursor must become a problem, not half a file.
  const first = chunks.next();
  void reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${view.name}.csv"`)
    .send(Readable.from(csvText(first, chunks, columns, forReader)));
}

async function* csvText(
  first: IteratorResult<readonly Row[]>, chunks: Iterator<readonly Row[]>, columns: readonly string[], forReader: ForReader,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(columns);
  for (let chunk = first; !chunk.done; chunk = chunks.next()) {
    yield csvRows(await Promise.all(chunk.value.map(forReader)), columns);
    // Reads are synchronous; without a pause an export would hold up every command of the department.
    await breathe();
  }
}

function* chunksOf(rows: Iterable<Row>): Generator<readonly Row[], undefined> {
  let chunk: Row[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < ROWS_PER_CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
  return undefined;
}
