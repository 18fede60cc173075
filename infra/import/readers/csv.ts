import { scanRecord } from './csv-record.js';
import { columnsOf, LONGEST_RECORD, rowOf, TOO_LONG, type RowRefusal, type SourceRow } from './source-row.js';

const QUOTE_OPEN: RowRefusal = { code: 'quote-not-closed', zh: '引号未闭合。', en: 'A quote is opened and never closed.' };
const STRAY_QUOTE: RowRefusal = { code: 'stray-quote', zh: '引号之后有多余的内容。', en: 'Something follows a closing quote.' };

type Found = { readonly line: number; readonly values: readonly string[] } | { readonly line: number; readonly refusal: RowRefusal };

/**
 * Rows of a CSV text by the line on which they begin. A row that cannot be read costs its first line only: reading goes
 * on with the next one, so that a single forgotten quote does not swallow the rest of a register.
 */
export async function* csvRows(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<SourceRow> {
  let columns: readonly string[] | null = null;
  for await (const found of records(chunks, delimiter)) {
    if ('refusal' in found) {
      columns ??= columnsOf(undefined);
      yield { row: found.line, refusal: found.refusal };
    } else if (columns === null) {
      columns = columnsOf(found.values);
    } else if (found.values.some((value) => value.trim() !== '')) {
      yield rowOf(found.line, columns, found.values);
    }
  }
}

async function* records(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<Found> {
  const scanner = new Scanner(delimiter);
  for await (const chunk of chunks) {
    scanner.add(chunk);
    yield* scanner.take(false);
  }
  yield* scanner.take(true);
}

class Scanner {
  private text = '';
  private at = 0;
  private line = 1;

  constructor(private readonly delimiter: string) {}

  add(chunk: string): void {
    this.text = this.text.slice(this.at) + chunk;
    this.at = 0;
  }

  *take(whole: boolean): Generator<Found> {
    while (this.at < this.text.length) {
      const scan = scanRecord(this.text, this.at, this.delimiter, whole);
      if (scan.found === 'record') {
        const fits = scan.next - this.at <= LONGEST_RECORD;
        yield fits ? { line: this.line, values: scan.values } : { line: this.line, refusal: TOO_LONG };
        this.advance(scan.next);
        continue;
      }
      const tooLong = this.text.length - this.at > LONGEST_RECORD;
      if (scan.found === 'more' && !whole && !tooLong) return;
      const next = this.nextLine();
      if (next === null && !whole) return;
      yield { line: this.line, refusal: scan.found === 'stray-quote' ? STRAY_QUOTE : tooLong ? TOO_LONG : QUOTE_OPEN };
      this.advance(next ?? this.text.length);
    }
  }

  private advance(next: number): void {
    this.line += lineEnds(this.text, this.at, next);
    this.at = next;
  }

  private nextLine(): number | null {
    const end = /\r\n|\n|\r/g;
    end.lastIndex = this.at;
    return end.exec(this.text) ? end.lastIndex : null;
  }
}

function lineEnds(text: string, from: number, to: number): number {
  let ends = 0;
  for (let at = from; at < to; at += 1) {
    if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) ends += 1;
  }
  return ends;
}
