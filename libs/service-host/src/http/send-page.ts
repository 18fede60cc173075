import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Page, Row, View, ViewReader } from 'aftercare/projections';
import type { FastifyReply } from 'fastify';
import { BYTE_ORDER_MARK, csvLine, csvRows } from './csv.js';
import type { AskedList } from './list-query.js';

const CSV_PAGE_ROWS = 200;

type ListReader = Pick<ViewReader, 'list'>;
type Listed<R extends Row> = View<R, never>;
/** What a reader of this route may see of a row, for example its sealed texts opened. */
type Show = (row: Row) => Promise<Row>;

/**
 * Answers a list: one page `{ items, next }` as JSON, or, as CSV, every row from the cursor on, streamed page by page
 * so that a large export holds one page in memory. Use it with Nest's `@Res()`.
 */
export async function sendPage<R extends Row>(
  reply: FastifyReply, reader: ListReader, view: Listed<R>, asked: AskedList, show: Show = async (row) => row,
): Promise<void> {
  if (asked.format === 'json') {
    const page = reader.list(view, asked.query);
    void reply.send({ items: await Promise.all(page.items.map(show)), next: page.next });
    return;
  }
  // Read before the first byte leaves: a broken cursor must still become a problem, not half a file.
  const first = reader.list(view, { ...asked.query, limit: CSV_PAGE_ROWS });
  void reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${view.name}.csv"`)
    .send(Readable.from(csvPages(reader, view, asked, first, show)));
}

async function* csvPages<R extends Row>(
  reader: ListReader, view: Listed<R>, { query }: AskedList, first: Page<R & { key: string }>, show: Show,
): AsyncGenerator<string> {
  const columns = ['key', ...Object.keys(view.columns).filter((column) => column !== 'key')];
  yield BYTE_ORDER_MARK + csvLine(columns);
  for (let page = first; ; page = reader.list(view, { ...query, limit: CSV_PAGE_ROWS, cursor: page.next })) {
    if (page.items.length > 0) yield csvRows(await Promise.all(page.items.map(show)), columns);
    if (page.next === null) return;
    // Reads are synchronous; without a pause an export would hold up every command of the department.
    await breathe();
  }
}
