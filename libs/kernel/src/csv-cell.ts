/**
 * A cell of CSV as RFC 4180 has it. A text that a spreadsheet would run as a formula gets an apostrophe in front, also
 * behind the full-width signs that some take for it: whoever wrote the complaint must not run anything at the reader's
 * desk. Numbers of ours stay numbers, also negative ones.
 */
export function csvCell(cell: string | number | boolean | null | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
