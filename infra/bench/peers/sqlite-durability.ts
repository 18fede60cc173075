import { NotDurable } from './contestant.js';

const FULL = 2;

/** What `PRAGMA journal_mode` and `PRAGMA synchronous` answered on the connection that writes. @throws NotDurable */
export function sqliteDurability(journal: unknown, synchronous: unknown): string {
  if (journal !== 'wal' || Number(synchronous) < FULL) throw new NotDurable(`journal_mode=${String(journal)}, synchronous=${String(synchronous)}`);
  return `WAL, synchronous=${Number(synchronous) === FULL ? 'FULL' : 'EXTRA'}`;
}
