import type Database from 'better-sqlite3';

/** The rows of one append, with the event bytes already made. */
export interface BareAppend {
  readonly commandId: string;
  readonly stream: string;
  readonly events: readonly { readonly correlation: string; readonly type: string; readonly bytes: Buffer }[];
}

/**
 * The yardstick: the shortest loop over the bare driver that writes the same rows to the same tables, durably, without
 * checking, serialising or answering anything. It must never be slowed to flatter the port.
 */
export function bareWriter(db: Database.Database): (append: BareAppend) => void {
  const insertEvent = db.prepare('INSERT INTO events (idx, stream, version, correlation, type, bytes) VALUES (?, ?, ?, ?, ?, ?)');
  const insertCommand = db.prepare('INSERT INTO commands (id, fingerprint, stream, version, first_index, next_index, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const moveHead = db.prepare('UPDATE head SET next = ?, recorded_at = ?');
  const recordedAt = '2026-03-02T01:30:00.000Z';
  let next = 0;
  return db.transaction(({ commandId, stream, events }: BareAppend) => {
    const first = next;
    let version = -1;
    for (const { correlation, type, bytes } of events) {
      version += 1;
      insertEvent.run(next, stream, version, correlation, type, bytes);
      next += 1;
    }
    insertCommand.run(commandId, 'fingerprint-of-the-command', stream, version, first, next, recordedAt);
    moveHead.run(next, recordedAt);
  }).immediate;
}
