import { linesOf } from './lines.js';
import { columnsOf, rowOf, TOO_LONG, type SourceRow } from './source-row.js';

/** One row a line, columns split at every delimiter; a quote is a character like any other. */
export async function* separatedRows(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<SourceRow> {
  let columns: readonly string[] | null = null;
  for await (const { number, text } of linesOf(chunks)) {
    if (columns === null) columns = columnsOf(text?.split(delimiter));
    else if (text === null) yield { row: number, refusal: TOO_LONG };
    else if (text.trim() !== '') yield rowOf(number, columns, text.split(delimiter));
  }
}
