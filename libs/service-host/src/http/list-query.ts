import type { ColumnKind, ListQuery, Row, View } from 'aftercare/projections';
import { HttpProblem } from './problems.js';

export const LIST_FORMATS = ['json', 'csv'] as const;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** A list as it was asked for: `?column=value&sort=-dueAt&cursor=…&limit=50&format=csv`. */
export interface AskedList {
  readonly query: ListQuery;
  readonly format: (typeof LIST_FORMATS)[number];
}

type Parameters = Readonly<Record<string, unknown>>;
type AnyView<R extends Row> = Pick<View<R, never>, 'columns' | 'indexed'>;

/**
 * Reads the query parameters of a list. `json` columns cannot be asked for; `column=` asks for rows without a value.
 * @throws HttpProblem 400 naming the parameter and what is allowed
 */
export function parseListQuery<R extends Row>(parameters: Parameters, view: AnyView<R>): AskedList {
  const { sort, cursor, limit, format, ...columns } = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, textOf(name, value)]));
  const order = sortOf(sort, view.indexed);
  return {
    query: {
      where: Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, cellOf(name, value as string, view.columns)])),
      ...order,
      ...(cursor !== undefined && { cursor: cursorOf(cursor) }),
      limit: limitOf(limit),
    },
    format: formatOf(format),
  };
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw badParameter(name, '只能出现一次', 'may appear only once');
}

function cellOf(name: string, value: string, kinds: Readonly<Record<string, ColumnKind>>): string | number | null {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined || kind === 'json') {
    const allowed = [...Object.keys(kinds).filter((column) => kinds[column] !== 'json'), 'sort', 'cursor', 'limit', 'format'].join(', ');
    throw badParameter(name, `不认识，允许：${allowed}`, `is not known; allowed: ${allowed}`);
  }
  if (value === '') return null;
  if (kind === 'text') return value;
  if (!/^-?\d{1,16}$/.test(value) || !Number.isSafeInteger(Number(value))) throw badParameter(name, '必须是整数', 'must be an integer');
  return Number(value);
}

function sortOf(sort: string | undefined, indexed: readonly string[]): Pick<ListQuery, 'orderBy' | 'descending'> {
  if (sort === undefined) return {};
  const descending = sort.startsWith('-');
  const orderBy = descending ? sort.slice(1) : sort;
  if (!indexed.includes(orderBy)) {
    const allowed = indexed.join(', ');
    throw badParameter('sort', `只能按以下列排序（前加 - 为降序）：${allowed}`, `must be one of these, with - in front for descending: ${allowed}`);
  }
  return { orderBy, descending };
}

function cursorOf(cursor: string): string {
  if (!/^[\x21-\x7e]{1,1000}$/.test(cursor)) throw badParameter('cursor', '须为上一页给出的值', 'must be the value the previous page gave');
  return cursor;
}

function limitOf(limit: string | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  const rows = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  if (rows < 1 || rows > MAX_LIMIT) throw badParameter('limit', `须为 1 至 ${MAX_LIMIT}`, `must be 1 to ${MAX_LIMIT}`);
  return rows;
}

function formatOf(format: string | undefined): AskedList['format'] {
  const known = LIST_FORMATS.find((one) => one === (format ?? 'json'));
  if (!known) throw badParameter('format', '须为 json 或 csv', 'must be json or csv');
  return known;
}

function badParameter(name: string, zh: string, en: string): HttpProblem {
  const shown = name.slice(0, 80);
  return new HttpProblem({ status: 400, code: 'invalid-parameter', detail: { zh: `查询参数 ${shown} ${zh}。`, en: `Query parameter ${shown} ${en}.` }, field: shown });
}
