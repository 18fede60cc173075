import type { Cell, ColumnKind, Row, View } from './view.js';

export type SqlCell = string | number | null;

/** Rows as SQL values in the order `key`, then the declared columns. */
export interface RowCodec {
  encode(key: string, row: Row): SqlCell[];
  decode(values: readonly SqlCell[]): Row;
  /** @throws Error when a fold made a row that would not come back from the table as it went in. */
  check(row: Row): void;
}

function fits(kind: ColumnKind, cell: Cell | undefined): boolean {
  if (cell === null) return true;
  if (kind === 'text') return typeof cell === 'string';
  if (kind === 'integer') return Number.isSafeInteger(cell);
  return typeof cell === 'object' || typeof cell === 'string' || typeof cell === 'number';
}

/**
 * The check is strict because a rebuild folds rows that never left memory while the live model folds rows read back:
 * an `undefined` or undeclared member would make the two disagree.
 */
export function rowCodec(view: View): RowCodec {
  const columns = Object.entries(view.columns);
  return {
    check(row) {
      for (const [column, kind] of columns) {
        if (!fits(kind, row[column])) throw new Error(`column "${column}" does not take a value of this kind (${kind})`);
      }
      if (Object.keys(row).length !== columns.length) throw new Error('the row has a member that is no column');
    },
    encode(key, row) {
      const values: SqlCell[] = [key];
      for (const [column, kind] of columns) values.push(encodeCell(kind, row[column] ?? null));
      return values;
    },
    decode(values) {
      const row: Record<string, Cell> = {};
      columns.forEach(([column, kind], i) => { row[column] = decodeCell(kind, values[i + 1] ?? null); });
      return row;
    },
  };
}

function encodeCell(kind: ColumnKind, cell: Cell): SqlCell {
  return kind === 'json' && cell !== null ? JSON.stringify(cell) : (cell as SqlCell);
}

function decodeCell(kind: ColumnKind, value: SqlCell): Cell {
  return kind === 'json' && value !== null ? (JSON.parse(String(value)) as Cell) : value;
}
