import Database from 'better-sqlite3';

/** Another process, or another store in this one, writes this file. */
export class AlreadyBeingWritten extends Error {
  override readonly name = 'AlreadyBeingWritten';
}

/**
 * Lets one writer in by holding a transaction on a database beside the store for as long as the store is open. The
 * operating system frees it when the process ends in whatever way, so no stale lock survives a kill. The log's
 * own file stays free for readers such as a backup.
 * @throws AlreadyBeingWritten
 */
export function lockForWriting(file: string): { release(): void } {
  const lock = new Database(`${file}.writer-lock`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new AlreadyBeingWritten(`${file} is open for writing elsewhere; stop the other process first`);
  }
  return { release: () => { lock.close(); } };
}

/** Asks for the code instead of the class, not even for Object: where a process has several realms, the driver throws errors of its first. */
export function sqliteCode(error: unknown): string | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null;
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error)?.startsWith('SQLITE_BUSY') ?? false;
}
