/** "AFTC": marks the file as ours, so that a store is never opened over somebody else's database. */
export const APPLICATION_ID = 0x41465443;

/**
 * Step n brings a file from `user_version` n to n+1. A released step is never edited: files that took the old step
 * would differ from new ones without anybody noticing.
 */
export const MIGRATIONS: readonly string[] = [`
  CREATE TABLE events (
    idx INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    correlation TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_stream ON events (stream, version);
  CREATE INDEX events_by_correlation ON events (correlation, idx);

  CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    log TEXT NOT NULL,
    next INTEGER NOT NULL,
    recorded_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE commands (
    id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    first_index INTEGER NOT NULL,
    next_index INTEGER NOT NULL,
    recorded_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE inbox (source TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE inbox_ahead (source TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (source, idx)) STRICT, WITHOUT ROWID;

  CREATE TABLE quarantine (
    source TEXT NOT NULL,
    idx INTEGER NOT NULL,
    type TEXT NOT NULL,
    reason TEXT NOT NULL,
    bytes BLOB NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (source, idx)
  ) STRICT;

  CREATE TRIGGER events_never_change BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'recorded events are never changed'); END;
  CREATE TRIGGER events_never_vanish BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'recorded events are never deleted'); END;
  CREATE TRIGGER events_are_never_replaced BEFORE INSERT ON events
    WHEN NEW.idx < (SELECT next FROM head)
      OR EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND version = NEW.version)
    BEGIN SELECT RAISE(ABORT, 'recorded events are never replaced'); END;
  CREATE TRIGGER receipts_never_change BEFORE UPDATE ON commands
    BEGIN SELECT RAISE(ABORT, 'receipts are never changed'); END;
  CREATE TRIGGER receipts_never_vanish BEFORE DELETE ON commands
    BEGIN SELECT RAISE(ABORT, 'receipts are never deleted'); END;
`, `
  ALTER TABLE head ADD COLUMN filling INTEGER NOT NULL DEFAULT 0 CHECK (filling IN (0, 1));

  -- Not on its other columns: a trigger there costs a sixth of an append, and opening holds them against the events.
  CREATE TRIGGER head_keeps_its_log BEFORE UPDATE OF log ON head
    BEGIN SELECT RAISE(ABORT, 'a log keeps its name'); END;
  CREATE TRIGGER head_never_vanishes BEFORE DELETE ON head
    BEGIN SELECT RAISE(ABORT, 'the head of the log is never deleted'); END;
`, `
  -- Where the log went, as JSON; with it goes filling = 1, which closes the log for programs that do not know this column.
  ALTER TABLE head ADD COLUMN departure TEXT;
`];
