import { liveTable, quoted } from './table-sql.js';
import type { SqlCell } from './row-codec.js';
import type { ColumnKind, ListQuery, View } from './view.js';

/** A list was asked for in a way the view does not offer. `field` is the member of the query, or the column, at fault. */
export class BadListQuery extends Error {
  override readonly name = 'BadListQuery';
  constructor(readonly field: string, message: string) {
    super(message);
  }
}

/** One condition with the values it binds. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlCell[];
}

/** The last row of a page: its value in the ordering column and its key. */
export interface After {
  readonly value: SqlCell;
  readonly key: string;
}

export interface Order {
  readonly column: string;
  readonly descending: boolean;
  readonly onlyValues: boolean;
}

export const MOST_ROWS = 200;
const USUAL_ROWS = 50;

type Shape = Pick<View, 'name' | 'columns' | 'indexed'>;

export function limitOf(query: ListQuery): number {
  const limit = query.limit ?? USUAL_ROWS;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ROWS) throw new BadListQuery('limit', `limit is a whole number from 1 to ${MOST_ROWS}`);
  return limit;
}

export function orderOf(view: Shape, query: ListQuery): Order {
  const column = query.orderBy ?? 'key';
  if (column !== 'key' && !view.indexed.includes(column)) throw new BadListQuery('orderBy', `cannot order by "${column}"`);
  return { column, descending: query.descending ?? false, onlyValues: query.onlyValues ?? false };
}

/** Equality per column, `null` matching the absence of a value, and upper bounds, which no absent value is below. Whole numbers may come as text, as they do in a URL. */
export function filterOf(view: Shape, { where = {}, below = {} }: Pick<ListQuery, 'where' | 'below'>): Condition {
  const values: SqlCell[] = [];
  const conditions = (wishes: NonNullable<ListQuery['where']>, comparison: 'IS' | '<'): string[] =>
    Object.entries(wishes).filter(([, wanted]) => wanted !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([column, wanted]) => {
      values.push(filterValue(column, kindOf(view, column), wanted));
      return `${quoted(column)} ${comparison} ?`;
    });
  const parts = [...conditions(where, 'IS'), ...conditions(below, '<')];
  return { sql: parts.join(' AND ') || '1', values };
}

function kindOf(view: Shape, column: string): ColumnKind {
  if (column === 'key') return 'text';
  const kind = Object.hasOwn(view.columns, column) ? view.columns[column] : undefined;
  if (!kind || kind === 'json') throw new BadListQuery(column, `cannot filter by "${column}"`);
  return kind;
}

function filterValue(column: string, kind: ColumnKind, wanted: string | number | null): SqlCell {
  if (wanted === null) return null;
  if (kind === 'text' && typeof wanted === 'string') return wanted;
  const number = typeof wanted === 'string' && /^-?\d{1,16}$/.test(wanted) ? Number(wanted) : wanted;
  if (kind === 'integer' && Number.isSafeInteger(number)) return number;
  throw new BadListQuery(column, `"${column}" takes ${kind === 'text' ? 'a text' : 'a whole number'}`);
}

export function cursorAfter(order: Order, after: After): string {
  return Buffer.from(JSON.stringify([order.column, order.descending, after.value, after.key]), 'utf8').toString('base64url');
}

/** @throws BadListQuery when the cursor is broken or was made for another order. */
export function readCursor(view: Shape, order: Order, cursor: string): After {
  const bad = new BadListQuery('cursor', 'the cursor does not belong to this list');
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw bad;
  }
  if (!Array.isArray(parts) || parts.length !== 4) throw bad;
  const [column, descending, value, key] = parts as unknown[];
  if (column !== order.column || descending !== order.descending || typeof key !== 'string') throw bad;
  if (value === null && column !== 'key') return { value: null, key };
  if (kindOf(view, order.column) === 'integer' ? !Number.isSafeInteger(value) : typeof value !== 'string') throw bad;
  return { value: value as SqlCell, key };
}

/**
 * The rows after a place as one or two index ranges, in order. SQLite sorts NULL before every value; one range per
 * side keeps each a plain walk of the index, where a single condition with OR would scan it from the start.
 */
export function rangesAfter(order: Order, after: After | null): readonly Condition[] {
  if (order.column === 'key') {
    return after ? [{ sql: `"key" ${order.descending ? '<' : '>'} ?`, values: [after.key] }] : [{ sql: '1', values: [] }];
  }
  const column = quoted(order.column);
  const beyond = order.descending ? '<' : '>';
  const none: Condition = { sql: `${column} IS NULL`, values: [] };
  const some: Condition = { sql: `${column} IS NOT NULL`, values: [] };
  const both = order.onlyValues ? [some] : order.descending ? [some, none] : [none, some];
  if (!after) return both;
  const rest: Condition = after.value === null
    ? { sql: `${column} IS NULL AND "key" ${beyond} ?`, values: [after.key] }
    : { sql: `(${column}, "key") ${beyond} (?, ?)`, values: [after.value, after.key] };
  const first = (after.value === null) === (both[0] === none);
  return first ? [rest, ...both.slice(1)] : [rest];
}

export function selectSql(view: Shape, columns: readonly string[], filter: Condition, range: Condition, order: Order): string {
  const direction = order.descending ? 'DESC' : 'ASC';
  const by = order.column === 'key' ? `"key" ${direction}` : `${quoted(order.column)} ${direction}, "key" ${direction}`;
  return `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(liveTable(view))} WHERE (${filter.sql}) AND ${range.sql} ORDER BY ${by} LIMIT ?`;
}
