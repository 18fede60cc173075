import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import Database from 'better-sqlite3';
import { decode, openSqliteStore, openStore, type EventStore } from 'aftercare/event-store';
import { connectBus, JetStreamStrategy, natsOwnStream, provisionConsumer, provisionStream, Relay, type Bus } from 'aftercare/messaging';
import { openViews, type Views } from 'aftercare/projections';
import { postgresDurability } from './cluster.js';
import { caseList } from './case-list.js';
import type { Contestant, Entrant, Place, Projected, Seen, Work } from './contestant.js';
import { sqliteDurability } from './sqlite-durability.js';

const LISTENER = 'listener';
/** A million events take the live models more than the usual patience of a reader. */
const PATIENCE_MS = 600_000;
const BATCH = 500;
const CHOSEN = 'EventStore as the departments use it: receipt of the command, canonical form and dense index in every append';

export const oursOnSqlite: Entrant = {
  id: 'ours-sqlite', title: 'Aftercare, sqlite', engine: 'sqlite', standing: 'ours', chosen: CHOSEN,
  async open(place) {
    const store = await openStore('sqlite', { log: 'bench-sqlite', dataDir: place.folder });
    return new Ours(store, place, () => durabilityOfFile(join(place.folder, 'log.db')));
  },
};

export const oursOnPostgres: Entrant = {
  id: 'ours-postgres', title: 'Aftercare, PostgreSQL', engine: 'postgres', standing: 'ours', chosen: CHOSEN,
  async open(place) {
    const store = await openStore(place.cluster.url(place.database), { log: 'bench-postgres', dataDir: place.folder });
    return new Ours(store, place, () => postgresDurability(place.cluster, place.database));
  },
};

class Ours implements Contestant {
  readonly version = 'this commit';

  constructor(private readonly store: EventStore, private readonly place: Place, readonly durability: () => Promise<string>) {}

  async append({ stream, commandId, events }: Work, expectedVersion: number): Promise<boolean> {
    const { outcome } = await this.store.append({ stream, expectedVersion, events, commandId, fingerprint: 'bench' });
    if (outcome === 'appended') return true;
    if (outcome === 'conflict') return false;
    throw new Error(`the bench expects every append to be new, not ${outcome}`);
  }

  async load(stream: string, fromVersion: number, fold: (event: Seen) => void): Promise<number> {
    for (let next = fromVersion; ;) {
      const batch = await this.store.readStream(stream, next, BATCH);
      for (const { event } of batch) fold(event);
      next += batch.length;
      if (batch.length < BATCH) return next - fromVersion;
    }
  }

  async project(): Promise<Projected> {
    const file = join(this.place.folder, 'views.db');
    for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });
    const views = openViews({ file, store: this.store, views: [caseList] });
    try {
      views.start();
      await views.caughtUp(await this.store.head(), PATIENCE_MS);
      const { events, seconds } = await views.rebuild();
      return { events, seconds, ...totalsOf(views) };
    } finally {
      views.close();
    }
  }

  /** The whole way: relay, JetStream, inbox with its position in a store of its own, reaction. */
  async follow(seen: (stream: string) => void): Promise<() => Promise<void>> {
    const bus = connectBus({ servers: this.place.natsUrl, name: 'bench' });
    await provision(bus, this.store.log);
    const relay = new Relay(this.store, natsOwnStream(bus, this.store.log));
    const listener = openSqliteStore({ file: join(this.place.folder, 'listener.db'), log: LISTENER });
    const strategy = new JetStreamStrategy({
      bus, log: LISTENER, store: listener, decode,
      open: async (recorded) => ({ ...recorded, personal: null }), execute: async () => undefined,
    });
    const react = async ({ stream }: { readonly stream: string }): Promise<undefined> => { seen(stream); };
    for (const type of ['BenchCaseRegistered', 'BenchCaseStep']) strategy.addHandler(`${this.store.log}.${type}`, react, true);
    relay.start();
    strategy.listen(() => undefined);
    return async () => {
      await strategy.close();
      await relay.close();
      await bus.close();
      await listener.close();
    };
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

/** What the provisioner of a company does before its departments start. */
async function provision(bus: Bus, log: string): Promise<void> {
  const connection = await bus.online();
  if (!connection) throw new Error('the bus was closed');
  const manager = await jetstreamManager(connection);
  await provisionStream(manager, log);
  await provisionConsumer(manager, log, LISTENER);
}

function totalsOf(views: Views): { readonly rows: number; readonly steps: number } {
  let [rows, steps] = [0, 0];
  for (const row of views.rows(caseList, {})) [rows, steps] = [rows + 1, steps + row.steps];
  return { rows, steps };
}

/** The store's own connection cannot be asked; it verifies its mode at every open, and a second one sees the journal. */
async function durabilityOfFile(file: string): Promise<string> {
  const db = new Database(file, { readonly: true });
  try {
    return sqliteDurability(db.pragma('journal_mode', { simple: true }), 2);
  } finally {
    db.close();
  }
}
