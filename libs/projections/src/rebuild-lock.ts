import Database from 'better-sqlite3';
import { codeOf } from './thrown.js';

/**
 * The right to fill tables beside the live ones, for one holder a file. It is a transaction on a database of its own,
 * which the operating system frees however the process ends, so nothing waits for a dead one. Null while another has it.
 */
export function takeRebuildLock(file: string): { release(): void } | null {
  const lock = new Database(`${file}.rebuild-lock`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!codeOf(error).startsWith('SQLITE_BUSY')) throw error;
    return null;
  }
  return { release: () => { lock.close(); } };
}
