import type { View } from './view.js';

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,80}$/;

/** A table or column name as SQL. Names come from code, never from a request; the check keeps it so. @throws Error on any other name. */
export function quoted(name: string): string {
  if (!NAME.test(name)) throw new Error(`"${name}" cannot name a table or a column`);
  return `"${name}"`;
}

/** The table of a view that everybody reads. */
export const liveTable = (view: Pick<View, 'name'>): string => `v_${view.name}`;
/** The table that the last switch put aside; at most one a view. */
export const keptTable = (view: Pick<View, 'name'>): string => `k_${view.name}`;
/** A table that was put aside and is folding what it missed, to be read again. */
export const returningTable = (view: Pick<View, 'name'>): string => `r_${view.name}`;
/** A table being filled from index 0. */
export const stagedTable = (view: Pick<View, 'name'>, rebuild: string): string => `n${rebuild}_${view.name}`;

export function columnsOf(view: Pick<View, 'columns'>): readonly string[] {
  return Object.keys(view.columns);
}

/** The primary key is the clustering key, so that every secondary index ends in it and serves a cursor without a sort. */
export function createTableSql(view: View, table: string): string {
  const columns = columnsOf(view).map((column) => {
    if (column.toLowerCase() === 'key') throw new Error(`View ${view.name}: every row already has a column "key"`);
    return `${quoted(column)} ${view.columns[column] === 'integer' ? 'INTEGER' : 'TEXT'}`;
  });
  return `CREATE TABLE ${quoted(table)} ("key" TEXT PRIMARY KEY NOT NULL${columns.map((c) => `, ${c}`).join('')}) STRICT, WITHOUT ROWID`;
}

/** Index names carry the table they were made for: they keep their name when the table is renamed and must not collide. */
export function createIndexSql(view: View, table: string, generation: string): readonly string[] {
  return view.indexed.map((column) => {
    if (view.columns[column] === undefined || view.columns[column] === 'json') throw new Error(`View ${view.name}: column "${column}" cannot be indexed`);
    return `CREATE INDEX ${quoted(`i${generation}_${view.name}_${column}`)} ON ${quoted(table)} (${quoted(column)}, "key")`;
  });
}

/** What a stored table must agree with; anything else in it is computed again from the log. */
export function shapeOf({ name, shape, columns, indexed }: View): string {
  return JSON.stringify({ name, shape, columns: Object.entries(columns), indexed });
}

/** The shapes of all views of a program: tells one version of it from another. */
export function signatureOf(views: readonly View[]): string {
  return JSON.stringify(views.map(shapeOf).sort());
}
