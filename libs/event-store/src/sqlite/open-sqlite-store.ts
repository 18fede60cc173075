import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { decode as asRecorded, type Decode } from '../decode.js';
import { systemNow, type Now } from '../log-clock.js';
import type { EventStore } from '../port.js';
import { openDatabase } from './open-database.js';
import { SqliteStore } from './sqlite-store.js';
import { lockForWriting } from './writer-lock.js';

export interface SqliteStoreOptions {
  /** Path of the database file; it and its folder are created when missing. `<file>.writer-lock` lies beside it. */
  readonly file: string;
  /** Name of the department. A file belongs to one log for ever. */
  readonly log: string;
  readonly now?: Now;
  readonly decode?: Decode;
  /** Opens a log whose transfer has begun; nothing may work on it then. */
  readonly forTransfer?: boolean;
}

/**
 * One department's log in one SQLite file.
 * @throws AlreadyBeingWritten while another store has the file open; TransferUnfinished for a log that is only being
 * filled, unless opened for that; Error when the file is damaged or not this log.
 */
export function openSqliteStore({ file, log, now = systemNow, decode = asRecorded, forTransfer = false }: SqliteStoreOptions): EventStore {
  if (file === '' || file.startsWith(':')) throw new RangeError('A log needs a file; use the memory store where nothing is to be kept');
  const path = onePathOf(file);
  const lock = lockForWriting(path);
  try {
    return new SqliteStore(log, openDatabase(path, log, forTransfer), now, decode, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Two names of one file must meet at the same lock. */
function onePathOf(file: string): string {
  const path = resolve(file);
  if (existsSync(path)) return realpathSync(path);
  mkdirSync(dirname(path), { recursive: true });
  return join(realpathSync(dirname(path)), basename(path));
}
