import type { Mapping } from '../mapping/mapping.js';
import { csvRows } from './csv.js';
import { jsonRows } from './jsonl.js';
import { separatedRows } from './separated-text.js';
import type { SourceRow } from './source-row.js';
import { textChunks } from './text-chunks.js';
import { xlsxRows } from './xlsx.js';

/** Every row of the file, in its order, each readable or refused; blank lines are no rows. @throws RegisterUnreadable */
export function readRegister(file: string, mapping: Pick<Mapping, 'format' | 'encoding' | 'delimiter' | 'sheet'>): AsyncGenerator<SourceRow> {
  const { format, encoding, delimiter, sheet } = mapping;
  switch (format) {
    case 'csv': return csvRows(textChunks(file, encoding), delimiter);
    case 'text': return separatedRows(textChunks(file, encoding), delimiter);
    case 'jsonl': return jsonRows(textChunks(file, encoding));
    case 'xlsx': return xlsxRows(file, sheet);
  }
}
