import { isUtf8 } from 'node:buffer';
import { indexAt } from './names.js';

/** What is needed to know of a message that it is of no interest. */
export interface Skimmed {
  readonly index: number;
  readonly type: string;
}

const ID_LENGTH = 36;
const BEFORE_ID = '"format":1,"id":"';
const ENDING = /,"type":"(\w+)","version":\d+\}$/;
const ENDING_MOST = 200;

/**
 * Finds index and type without parsing the record: its RFC 8785 form ends with the type, and index and log stand side
 * by side right after the id. Answers only for a message of `source` that lies where the relay put it, at the sequence
 * of its index; null for everything else, which then has to be read whole.
 */
export function skim(data: Uint8Array, source: string, sequence: number): Skimmed | null {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const type = ENDING.exec(bytes.toString('latin1', Math.max(0, bytes.length - ENDING_MOST)))?.[1];
  if (type === undefined) return null;
  const index = indexAt(sequence);
  const at = bytes.indexOf(`","index":${index},"log":"${source}","occurredAt":"`, 0, 'latin1');
  const from = at - ID_LENGTH - BEFORE_ID.length;
  if (from < 0 || bytes.toString('latin1', from, at - ID_LENGTH) !== BEFORE_ID) return null;
  return isUtf8(bytes) ? { index, type } : null;
}
