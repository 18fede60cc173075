import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { KekUnusable, readOrMakeKey } from './key-file.js';
import { unwrapKey, wrapKey } from './key-wrapping.js';
import { RecentKeys } from './recent-keys.js';
import type { SubjectKey, SubjectKeyVault } from './vault.js';

export interface SqliteVaultOptions {
  /** SQLite file of wrapped keys; several processes may have it open. */
  readonly file: string;
  /** The key-encryption key, 32 bytes, made on first use. Back it up apart from `file`: without it nothing opens. */
  readonly kekFile: string;
  /** Keys kept unwrapped in memory; 10,000 unless told. */
  readonly keysInMemory?: number;
}

interface KeyRow {
  readonly version: number;
  /** Null for a destroyed key: its version must never be made again, or old texts would look tampered with, not erased. */
  readonly wrapped: Buffer | null;
}

interface Asker {
  readonly subject: string;
  readonly resolve: (key: SubjectKey) => void;
  readonly reject: (error: unknown) => void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS vault (one INTEGER PRIMARY KEY CHECK (one = 1), proof BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS subject_key (
    subject TEXT NOT NULL, version INTEGER NOT NULL, wrapped BLOB, PRIMARY KEY (subject, version)) STRICT, WITHOUT ROWID`;
const LATEST = 'SELECT version, wrapped FROM subject_key WHERE subject = ? ORDER BY version DESC LIMIT 1';
const PROOF = Buffer.alloc(32);

/** Keys of data subjects in a file, each wrapped under the key-encryption key. @throws KekUnusable */
export function openSqliteVault(options: SqliteVaultOptions): SubjectKeyVault {
  const db = new Database(options.file);
  try {
    db.pragma('busy_timeout = 10000');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    // Setting WAL can leave NORMAL behind, and a key lost to a power cut takes every text under it along.
    if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('the vault does not sync its commits');
    db.exec(SCHEMA);
    return new SqliteVault(db, openKek(db, options.kekFile), options.keysInMemory ?? 10_000);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A vault that has keys already gets no new key-encryption key: that would hide the loss of the old one. */
function openKek(db: Database.Database, file: string): Buffer {
  const proof = db.prepare<[], Buffer>('SELECT proof FROM vault').pluck();
  if (proof.get() && !existsSync(file)) throw new KekUnusable('the key file of this vault is missing; restore it');
  const kek = readOrMakeKey(file);
  db.prepare('INSERT OR IGNORE INTO vault (one, proof) VALUES (1, ?)').run(wrapKey(kek, 'vault', 0, PROOF));
  try {
    unwrapKey(kek, 'vault', 0, proof.get() ?? Buffer.alloc(0));
  } catch {
    throw new KekUnusable('the key file is not the one this vault was made with');
  }
  return kek;
}

class SqliteVault implements SubjectKeyVault {
  readonly #recent: RecentKeys;
  readonly #latest: Database.Statement<[string], KeyRow>;
  readonly #exact: Database.Statement<[string, number], KeyRow>;
  readonly #insert: Database.Statement<[string, number, Buffer]>;
  readonly #makeAll: (subjects: ReadonlySet<string>) => ReadonlyMap<string, SubjectKey>;
  #asking: Asker[] = [];

  constructor(private readonly db: Database.Database, private readonly kek: Buffer, keysInMemory: number) {
    this.#recent = new RecentKeys(keysInMemory);
    this.#latest = db.prepare(LATEST);
    this.#exact = db.prepare('SELECT version, wrapped FROM subject_key WHERE subject = ? AND version = ?');
    // Another process may have made the key since we looked: the first one stays and is read back.
    this.#insert = db.prepare('INSERT OR IGNORE INTO subject_key (subject, version, wrapped) VALUES (?, ?, ?)');
    this.#makeAll = db.transaction((subjects: ReadonlySet<string>) => {
      const made = new Map<string, SubjectKey>();
      for (const subject of subjects) {
        const key = this.#make(subject);
        if (key) made.set(subject, key);
      }
      return made;
    }).immediate;
  }

  async keyFor(subject: string): Promise<SubjectKey> {
    return this.#recent.get(subject) ?? this.#stored(subject) ?? this.#ask(subject);
  }

  async findKey(subject: string, version: number): Promise<Uint8Array | null> {
    const recent = this.#recent.get(subject) ?? this.#stored(subject);
    if (recent?.version === version) return recent.key;
    const row = this.#exact.get(subject, version);
    return row?.wrapped ? unwrapKey(this.kek, subject, version, row.wrapped) : null;
  }

  close(): void {
    this.#answer();
    this.db.close();
  }

  #stored(subject: string): SubjectKey | null {
    const row = this.#latest.get(subject);
    if (!row?.wrapped) return null;
    const found = { version: row.version, key: unwrapKey(this.kek, subject, row.version, row.wrapped) };
    this.#recent.put(subject, found);
    return found;
  }

  /** Everybody who asks before the next turn of the event loop shares one synced commit. */
  #ask(subject: string): Promise<SubjectKey> {
    return new Promise((resolve, reject) => {
      this.#asking.push({ subject, resolve, reject });
      if (this.#asking.length === 1) setImmediate(() => this.#answer());
    });
  }

  #answer(): void {
    const asking = this.#asking;
    this.#asking = [];
    if (asking.length === 0) return;
    try {
      // Only what is committed is remembered: a text under a key that was rolled back could never be opened again.
      const made = this.#makeAll(new Set(asking.map(({ subject }) => subject)));
      for (const [owner, key] of made) this.#recent.put(owner, key);
      for (const { subject, resolve } of asking) resolve(this.#made(subject));
    } catch (error) {
      for (const { reject } of asking) reject(error);
    }
  }

  /** Null when somebody else made it before. */
  #make(subject: string): SubjectKey | null {
    const row = this.#latest.get(subject);
    if (row?.wrapped) return null;
    const version = (row?.version ?? 0) + 1;
    const key = randomBytes(32);
    return this.#insert.run(subject, version, wrapKey(this.kek, subject, version, key)).changes === 1 ? { version, key } : null;
  }

  #made(subject: string): SubjectKey {
    const key = this.#recent.get(subject) ?? this.#stored(subject);
    if (!key) throw new Error('a key is gone right after it was made');
    return key;
  }
}
