import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Mapping } from '../mapping/mapping.js';
import { readRegister } from '../readers/read-register.js';
import { RegisterUnreadable } from '../readers/source-row.js';

/** What is known of a file before anything of it is sent. */
export interface Survey {
  readonly rows: number;
  /** SHA-256 of file and mapping together: a resumed import has to be of the same two. */
  readonly digest: string;
}

/** Reads the whole file once. @throws RegisterUnreadable, also when the mapping names a column that no row has */
export async function surveyRegister(file: string, mapping: Mapping, mappingText: string): Promise<Survey> {
  const wanted = new Set(columnsNamed(mapping));
  let [rows, readable] = [0, 0];
  for await (const row of readRegister(file, mapping)) {
    rows += 1;
    if (!('cells' in row)) continue;
    readable += 1;
    if (wanted.size > 0) for (const column of wanted) if (column in row.cells) wanted.delete(column);
  }
  // A file in which no row can be read shows no columns either; each of its rows is refused for its own reason.
  if (readable > 0 && wanted.size > 0) {
    throw new RegisterUnreadable(`the mapping names columns that the file does not have: ${[...wanted].join(', ')}`);
  }
  return { rows, digest: await digestOf(file, mappingText) };
}

function columnsNamed({ key, fields }: Mapping): readonly string[] {
  return [...key, ...fields.flatMap(({ source }) => {
    if (source.from === 'column') return [source.column];
    return source.from === 'template' ? source.parts.flatMap((part) => ('column' in part ? [part.column] : [])) : [];
  })];
}

async function digestOf(file: string, mappingText: string): Promise<string> {
  const hash = createHash('sha256').update(mappingText).update('\0');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
