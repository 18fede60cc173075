import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CASE_INDEXES, CASE_TABLE, CASE_TOTALS, type CaseEvent } from './case-list.js';
import type { Contestant, Entrant, Projected, Seen, Work } from './contestant.js';
import { type EmmettConsumer, type EmmettMessage, type EmmettStore, isConflict, stillBehind } from './emmett.js';
import { OneAtATime } from './one-at-a-time.js';
import { sqliteDurability } from './sqlite-durability.js';

interface Connection {
  command(sql: string, values?: readonly unknown[]): Promise<unknown>;
  querySingle<T>(sql: string): Promise<T | null>;
  close(): void;
}
interface Module {
  sqliteConnection(options: { readonly fileName: string }): Connection;
  getSQLiteEventStore(options: object): EmmettStore & { schema: { migrate(): Promise<void> } };
}
type Handle = (message: EmmettMessage, context: { readonly connection: Connection }) => Promise<void>;

const PACKAGE = '@event-driven-io/emmett-sqlite';
const SETTLING_MS = 300;
/** Its own rest between two batches is 50 ms, which would measure the rest; 1 ms is the least it takes. */
const PULLING = { batchSize: 1_000, pullingFrequencyInMs: 1 };

export const emmettSqlite: Entrant = {
  id: 'emmett-sqlite', title: 'Emmett, sqlite', engine: 'sqlite', standing: 'peer',
  chosen: 'one connection kept open, which is faster than its default of one for each append; such a connection cannot carry two transactions, so appends queue before it. '
    + `Expected version given, which spares it a query. Its consumer pulls ${PULLING.batchSize} at a time with the least rest; while nothing is new it doubles its rest up to a second by itself`,
  async open(place) {
    const module = await place.peers.load<Module>(PACKAGE);
    const fileName = join(place.folder, 'emmett.db');
    const writing = await opened(module, fileName);
    await writing.store.schema.migrate();
    const { version } = await writing.connection.querySingle<{ version: string }>('SELECT sqlite_version() AS version') ?? { version: 'unknown' };
    return new EmmettSqlite(writing, await opened(module, fileName), `${place.peers.version(PACKAGE)} on SQLite ${version} through sqlite3 ${place.peers.version('sqlite3')}`);
  },
};

interface Opened {
  readonly connection: Connection;
  readonly store: ReturnType<Module['getSQLiteEventStore']>;
}

async function opened(module: Module, fileName: string): Promise<Opened> {
  const connection = module.sqliteConnection({ fileName });
  // It asks for WAL without waiting for the answer, and statements of one connection run side by side: a transaction that
  // begins before the answer fails, or makes this statement fail. Nothing tells when it is done.
  await pause(SETTLING_MS);
  for (const pragma of ['synchronous = FULL', 'busy_timeout = 20000']) await connection.command(`PRAGMA ${pragma}`);
  return { connection, store: module.getSQLiteEventStore({ fileName, connectionOptions: { singleton: true, connection } }) };
}

class EmmettSqlite implements Contestant {
  private readonly queue = new OneAtATime();

  /** The consumer needs a connection of its own: on a shared one an append would join its transaction and be answered before the commit. */
  constructor(private readonly writing: Opened, private readonly consuming: Opened, readonly version: string) {}

  async durability(): Promise<string> {
    const { journal_mode: journal } = await this.writing.connection.querySingle<{ journal_mode: string }>('PRAGMA journal_mode') ?? {};
    const { synchronous } = await this.writing.connection.querySingle<{ synchronous: number }>('PRAGMA synchronous') ?? {};
    return sqliteDurability(journal, synchronous);
  }

  append({ stream, split }: Work, expectedVersion: number): Promise<boolean> {
    return this.queue.run(async () => {
      try {
        await this.writing.store.appendToStream(stream, split, { expectedStreamVersion: BigInt(expectedVersion + 1) });
        return true;
      } catch (error) {
        if (isConflict(error)) return false;
        throw error;
      }
    });
  }

  async load(stream: string, fromVersion: number, fold: (event: Seen) => void): Promise<number> {
    const { events } = await this.writing.store.readStream(stream, { from: BigInt(fromVersion + 1) });
    for (const event of events) fold(event);
    return events.length;
  }

  async project(): Promise<Projected> {
    const { connection } = this.consuming;
    for (const sql of CASE_TABLE) await connection.command(sql);
    const { last } = await connection.querySingle<{ last: number }>('SELECT max(global_position) AS last FROM emt_messages') ?? { last: 0 };
    const began = performance.now();
    let events = 0;
    const consumer = this.consumer(async (message, context) => {
      events += 1;
      await keepRow(context.connection, message as EmmettMessage & CaseEvent);
    }, { startFrom: 'BEGINNING', stopAfter: ({ metadata }: EmmettMessage) => !stillBehind(metadata, last) });
    await consumer.start();
    for (const sql of CASE_INDEXES) await connection.command(sql);
    const seconds = (performance.now() - began) / 1_000;
    const totals = await connection.querySingle<{ rows: number; steps: number }>(CASE_TOTALS) ?? { rows: 0, steps: 0 };
    return { events, seconds, ...totals };
  }

  async follow(seen: (stream: string) => void): Promise<() => Promise<void>> {
    const consumer = this.consumer(async ({ metadata }) => { seen(metadata.streamName); }, { startFrom: 'END' });
    void consumer.start();
    return () => consumer.stop();
  }

  hurry(): Promise<void> {
    return this.writing.connection.command('PRAGMA synchronous = OFF').then(() => undefined);
  }

  settled(): Promise<void> {
    return this.writing.connection.command('PRAGMA synchronous = FULL').then(() => undefined);
  }

  async close(): Promise<void> {
    this.consuming.connection.close();
    this.writing.connection.close();
  }

  private consumer(eachMessage: Handle, options: object): EmmettConsumer {
    const consumer = this.consuming.store.consumer({ pulling: PULLING });
    consumer.processor({ processorId: `bench-${performance.now()}`, eachMessage, ...options });
    return consumer;
  }
}

/** In SQL, without reading the row first: the cheapest projection that its documents show. */
async function keepRow(connection: Connection, { type, data, metadata }: EmmettMessage & CaseEvent): Promise<void> {
  const { occurredAt, streamName } = metadata;
  if (type === 'BenchCaseRegistered') {
    await connection.command('INSERT INTO case_list (key, product, lot, severity, stage, changed_at, steps) VALUES (?, ?, ?, ?, ?, ?, 0)',
      [streamName, data.product, data.lot, data.severity, 'registered', occurredAt]);
  } else {
    await connection.command('UPDATE case_list SET stage = ?, changed_at = ?, steps = steps + 1 WHERE key = ?', [data.stage, occurredAt, streamName]);
  }
}
