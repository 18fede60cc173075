import { linesOf } from './lines.js';
import { rowOf, TOO_LONG, type RowRefusal, type SourceRow } from './source-row.js';

const NO_OBJECT: RowRefusal = { code: 'malformed-json', zh: '该行不是一个 JSON 对象。', en: 'The line is not one JSON object.' };

/** One object a line; members are columns, null is an empty cell, members of nested objects are `outer.inner`. */
export async function* jsonRows(chunks: AsyncIterable<string>): AsyncGenerator<SourceRow> {
  for await (const { number, text } of linesOf(chunks)) {
    if (text === null) yield { row: number, refusal: TOO_LONG };
    else if (text.trim() !== '') yield jsonRow(number, text);
  }
}

function jsonRow(row: number, text: string): SourceRow {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { row, refusal: NO_OBJECT };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { row, refusal: NO_OBJECT };
  const cells: [string, string][] = [];
  const list = flatten(value as Record<string, unknown>, '', cells);
  if (list !== null) {
    return { row, refusal: { code: 'list-in-a-cell', field: list, zh: '此处是列表，无法作为一个值读取。', en: 'Holds a list, which is no single value.' } };
  }
  return rowOf(row, cells.map(([column]) => column), cells.map(([, cell]) => cell));
}

/** @returns the name of a member that is a list, which no cell can hold */
function flatten(value: Record<string, unknown>, before: string, cells: [string, string][]): string | null {
  for (const [name, member] of Object.entries(value)) {
    const column = `${before}${name}`;
    if (Array.isArray(member)) return column;
    if (typeof member !== 'object' || member === null) {
      cells.push([column, member === null ? '' : String(member)]);
      continue;
    }
    const list = flatten(member as Record<string, unknown>, `${column}.`, cells);
    if (list !== null) return list;
  }
  return null;
}
