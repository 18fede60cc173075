import { IMPORT_ROWS_MOST, type ImportRow } from 'aftercare/contracts';
import type { RowTranslator } from '../mapping/row-to-command.js';
import type { RowRefusal, SourceRow } from '../readers/source-row.js';

/** The door of intake closes at 1 MB; the frame around the rows needs a little of it. */
const BATCH_BYTES_MOST = 1_000_000;
/** A file of nothing but refused rows is written down piece by piece too. */
const ENTRIES_MOST = 1_000;

const TOO_LARGE: RowRefusal = {
  code: 'row-too-large', zh: '该行内容超过 1 MB。', en: 'What the row says is larger than 1 MB.',
};

export type Entry =
  | { readonly row: number; readonly key: string | null; readonly refusal: RowRefusal }
  /** `place`: of its command among the rows that are sent. */
  | { readonly row: number; readonly key: string; readonly place: number };

/** Consecutive rows of the file: those to send, already as JSON, and those refused before. */
export interface Batch {
  readonly entries: readonly Entry[];
  readonly rows: readonly string[];
}

/** Cuts the rows of a file into batches, each small enough for one request. */
export async function* batchesOf(source: AsyncIterable<SourceRow>, translator: RowTranslator, skip: number): AsyncGenerator<Batch> {
  let entries: Entry[] = [];
  let rows: string[] = [];
  let bytes = 0;
  let seen = 0;
  for await (const read of source) {
    seen += 1;
    if (seen <= skip) continue;
    const made = 'refusal' in read ? { key: null, refusal: read.refusal } : translator.translate(read.cells);
    const json = 'refusal' in made ? null : asJson(made);
    if (rows.length >= IMPORT_ROWS_MOST || entries.length >= ENTRIES_MOST || bytes + (json?.bytes ?? 0) > BATCH_BYTES_MOST) {
      yield { entries, rows };
      [entries, rows, bytes] = [[], [], 0];
    }
    if ('refusal' in made) entries.push({ row: read.row, ...made });
    else if (json === null || json.bytes > BATCH_BYTES_MOST) entries.push({ row: read.row, key: made.key, refusal: TOO_LARGE });
    else {
      entries.push({ row: read.row, key: made.key, place: rows.length });
      rows.push(json.text);
      bytes += json.bytes;
    }
  }
  if (entries.length > 0) yield { entries, rows };
}

function asJson(row: ImportRow): { readonly text: string; readonly bytes: number } {
  const text = JSON.stringify(row);
  return { text, bytes: Buffer.byteLength(text) + 1 };
}
