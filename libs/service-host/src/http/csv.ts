import { csvCell } from 'aftercare/kernel';
import type { Cell, Row } from 'aftercare/projections';

// Excel takes a file without this mark for the local code page and shows Chinese as noise.
export const BYTE_ORDER_MARK = '\uFEFF';

/** One CSV line with CRLF (RFC 4180). */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => csvCell(typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : cell)).join(',')}\r\n`;
}

/** The lines of these rows, in the order of the columns. */
export function csvRows(rows: readonly Row[], columns: readonly string[]): string {
  return rows.map((row) => csvLine(columns.map((column) => row[column] ?? null))).join('');
}
