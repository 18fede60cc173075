import type { Cell, Row } from 'aftercare/projections';

// Excel takes a file without this mark for the local code page and shows Chinese as noise.
export const BYTE_ORDER_MARK = '\uFEFF';

/** One CSV line with CRLF (RFC 4180). */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** The lines of these rows, in the order of the columns. */
export function csvRows(rows: readonly Row[], columns: readonly string[]): string {
  return rows.map((row) => csvLine(columns.map((column) => row[column] ?? null))).join('');
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front: whoever wrote the complaint must not
 * run anything at the reader's desk. Numbers of ours stay numbers, also negative ones.
 */
function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
