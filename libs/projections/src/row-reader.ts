import type Database from 'better-sqlite3';
import {
  cursorAfter, filterOf, limitOf, MOST_ROWS, orderOf, rangesAfter, readCursor, selectSql, type After, type Condition, type Order,
} from './list-query.js';
import { rowCodec, type SqlCell } from './row-codec.js';
import { columnsOf, liveTable, quoted } from './table-sql.js';
import type { ListQuery, Page, Row, View } from './view.js';

type Keyed = Row & { key: string };

const STATEMENTS_KEPT = 200;

/** Reading of one view's live table. Statements are prepared once; a switch to rebuilt tables does not disturb them. */
export class RowReader {
  readonly #statements = new Map<string, Database.Statement<SqlCell[], SqlCell[]>>();
  readonly #columns: readonly string[];
  readonly #decode: (values: readonly SqlCell[]) => Row;

  constructor(private readonly db: Database.Database, private readonly view: View) {
    this.#columns = ['key', ...columnsOf(view)];
    this.#decode = rowCodec(view).decode;
  }

  get(key: string): Keyed | null {
    return this.#read(`SELECT ${this.#columns.map(quoted).join(', ')} FROM ${this.#table} WHERE "key" = ?`, [key])[0] ?? null;
  }

  count(where: ListQuery['where']): number {
    const filter = filterOf(this.view, where === undefined ? {} : { where });
    const [row] = this.#statement(`SELECT count(*) FROM ${this.#table} WHERE ${filter.sql}`).all(...filter.values);
    return Number(row?.[0] ?? 0);
  }

  list(query: ListQuery): Page<Keyed> {
    const limit = limitOf(query);
    const order = orderOf(this.view, query);
    const after = query.cursor === undefined ? null : readCursor(this.view, order, query.cursor);
    const found = this.#page(filterOf(this.view, query), order, after, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, next: found.length > limit && last ? cursorAfter(order, placeOf(order, last)) : null };
  }

  /** All rows of a query, read in pages: an open SQLite iterator would lock the connection against the live model. */
  *rows(query: ListQuery): Generator<Keyed> {
    const order = orderOf(this.view, query);
    const filter = filterOf(this.view, query);
    let after = query.cursor === undefined ? null : readCursor(this.view, order, query.cursor);
    for (;;) {
      const page = this.#page(filter, order, after, MOST_ROWS);
      yield* page;
      const last = page.at(-1);
      if (page.length < MOST_ROWS || !last) return;
      after = placeOf(order, last);
    }
  }

  #page(filter: Condition, order: Order, after: After | null, limit: number): Keyed[] {
    const found: Keyed[] = [];
    for (const range of rangesAfter(order, after)) {
      const sql = selectSql(this.view, this.#columns, filter, range, order);
      if (found.length < limit) found.push(...this.#read(sql, [...filter.values, ...range.values, limit - found.length]));
    }
    return found;
  }

  #read(sql: string, values: readonly SqlCell[]): Keyed[] {
    return this.#statement(sql).all(...values).map((row) => ({ ...this.#decode(row), key: String(row[0]) }));
  }

  get #table(): string {
    return quoted(liveTable(this.view));
  }

  /** Bounded, because every combination of filters that a request may name is another text. */
  #statement(sql: string): Database.Statement<SqlCell[], SqlCell[]> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      if (this.#statements.size >= STATEMENTS_KEPT) this.#statements.clear();
      statement = this.db.prepare<SqlCell[], SqlCell[]>(sql).raw(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function placeOf(order: Order, row: Keyed): After {
  return { value: (row[order.column] ?? null) as SqlCell, key: row.key };
}
