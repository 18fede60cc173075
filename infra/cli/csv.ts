import { csvCell } from 'aftercare/kernel';

type Cell = Parameters<typeof csvCell>[0];

/** A head and a line per row. */
export function csvOf<C extends string>(columns: readonly C[], rows: readonly Readonly<Record<C, Cell>>[]): string {
  return [columns.join(','), ...rows.map((row) => columns.map((column) => csvCell(row[column])).join(','))].join('\n');
}
