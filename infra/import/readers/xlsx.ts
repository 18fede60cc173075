import { readFile, stat } from 'node:fs/promises';
import type { CellObject } from '@e965/xlsx';
import * as xlsx from '@e965/xlsx';
import { columnsOf, RegisterUnreadable, rowOf, type SourceRow } from './source-row.js';

/** A workbook is unpacked as a whole, so its size is bounded instead of its rows. */
const LARGEST_BYTES = 64 * 1024 * 1024;

interface DateParts { readonly y: number; readonly m: number; readonly d: number; readonly H: number; readonly M: number; readonly S: number }
interface NumberFormats {
  is_date(format: string): boolean;
  parse_date_code(value: number, options: { readonly date1904: boolean }): DateParts | null;
}
const formats = xlsx.SSF as NumberFormats;

/**
 * Rows of one sheet, the first unless named. A date cell is read as `YYYY-MM-DD` or `YYYY-MM-DD HH:mm:ss`, a number as
 * it is shown when it has a format (a code with leading zeros) and in full when it has none.
 */
export async function* xlsxRows(file: string, sheetName: string | undefined): AsyncGenerator<SourceRow> {
  if ((await stat(file)).size > LARGEST_BYTES) throw new RegisterUnreadable('the workbook is larger than 64 MB: save the sheet as CSV');
  const book = xlsx.read(await readFile(file), { dense: true, cellNF: true, cellHTML: false, cellFormula: false });
  const name = sheetName ?? book.SheetNames[0];
  const sheet = name === undefined ? undefined : book.Sheets[name];
  if (!sheet) throw new RegisterUnreadable(`the workbook has no sheet "${name ?? ''}"; it has ${book.SheetNames.join(', ')}`);
  const cells = (sheet as { readonly '!data'?: readonly (readonly (CellObject | undefined)[] | undefined)[] })['!data'] ?? [];
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const text = (row: readonly (CellObject | undefined)[] | undefined): string[] => Array.from(row ?? [], (cell) => textOf(cell, date1904));
  const head = cells.findIndex((row) => text(row).some((value) => value.trim() !== ''));
  const columns = columnsOf(text(cells[head]));
  for (let place = head + 1; place < cells.length; place += 1) {
    const values = text(cells[place]);
    if (values.every((value) => value.trim() === '')) continue;
    const broken = (cells[place] ?? []).findIndex((cell) => cell?.t === 'e');
    if (broken >= 0) {
      yield { row: place + 1, refusal: { code: 'cell-error', field: columns[broken] ?? `#${broken + 1}`, zh: '单元格是公式错误。', en: 'The cell holds a formula error.' } };
      continue;
    }
    while (values.length < columns.length) values.push('');
    while (values.length > columns.length && values.at(-1) === '') values.pop();
    yield rowOf(place + 1, columns, values);
  }
}

function textOf(cell: CellObject | undefined, date1904: boolean): string {
  if (!cell || cell.v === undefined || cell.v === null || cell.t === 'e') return '';
  if (cell.t !== 'n') return cell.t === 'b' ? String(cell.v).toUpperCase() : String(cell.v);
  const format = typeof cell.z === 'string' ? cell.z : 'General';
  if (formats.is_date(format)) return dateText(formats.parse_date_code(Number(cell.v), { date1904 })) ?? String(cell.v);
  return format === 'General' || cell.w === undefined ? String(cell.v) : cell.w.trim();
}

function dateText(parts: DateParts | null): string | null {
  if (!parts) return null;
  const { y, m, d, H, M, S } = parts;
  const date = `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`;
  return H === 0 && M === 0 && S === 0 ? date : `${date} ${two(H)}:${two(M)}:${two(Math.floor(S))}`;
}

const two = (value: number): string => String(value).padStart(2, '0');
