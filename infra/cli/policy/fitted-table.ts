import { stripVTControlCharacters } from 'node:util';
import { shownWidth, wrap } from 'aftercare/policy';
import { table } from '../table.js';

/** Columns of the screen; a pipe or a file has room for any line. */
export const screenColumns = (): number => process.stdout.columns ?? Infinity;

/** Columns side by side where they fit on the screen, else every row as lines of name and value: a table that a terminal breaks cannot be read. */
export function fittedTable(head: readonly string[], rows: readonly (readonly string[])[], columns = screenColumns()): string {
  const beside = table(head, rows);
  if (fits(beside, columns) || rows.length === 0) return beside;
  const names = Math.max(...head.map(shownWidth)) + 2;
  const lines = (name: string, cell: string): string[] => wrap(cell, Math.max(20, columns - names))
    .map((line, at) => (at === 0 ? name + ' '.repeat(names - shownWidth(name)) : ' '.repeat(names)) + line);
  return rows.map((row) => row.flatMap((cell, at) => (cell === '' ? [] : cell.split('\n').flatMap((part, line) => lines(line === 0 ? head[at] ?? '' : '', part)))).join('\n')).join('\n\n');
}

export const fits = (text: string, columns: number): boolean => text.split('\n').every((line) => shownWidth(stripVTControlCharacters(line)) <= columns);
