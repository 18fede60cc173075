import { Pool } from 'pg';
import { POOL } from './bare.js';
import type { CaseEvent } from './case-list.js';
import { CaseTable } from './case-table.js';
import { postgresDurability } from './cluster.js';
import type { Contestant, Entrant, Place, Projected, Seen, SplitEvent, Work } from './contestant.js';

interface Detail {
  readonly aggregateId: string;
  readonly version: number;
  readonly type: string;
  readonly payload: unknown;
  readonly metadata: unknown;
  readonly timestamp?: string;
}
interface Context {
  readonly eventStoreId: string;
}
interface Adapter {
  pushEvent(detail: Detail, context: Context): Promise<unknown>;
  pushEventGroup(options: object, ...grouped: readonly Grouped[]): Promise<unknown>;
  groupEvent(detail: Detail): Grouped;
  getEvents(aggregateId: string, context: Context, options: { readonly minVersion?: number }): Promise<{ readonly events: readonly Detail[] }>;
  listAggregateIds(context: Context, options: { readonly limit: number; readonly pageToken?: string }): Promise<{ readonly aggregateIds: readonly { readonly aggregateId: string }[]; readonly nextPageToken?: string }>;
}
interface Grouped {
  context?: Context;
}
interface Module {
  readonly PostgresEventStorageAdapter: (new (options: { readonly connectionString: string }) => Adapter) & {
    createEventTable(options: { readonly connectionString: string }): Promise<unknown>;
  };
}

const PACKAGE = '@castore/event-storage-adapter-postgres';
const CONTEXT = { eventStoreId: 'complaint' };
const PAGE = 1_000;
const POOL_OF_ADAPTER = '_sql';

export const castore: Entrant = {
  id: 'castore', title: 'Castore, PostgreSQL', engine: 'postgres', standing: 'peer',
  chosen: `its storage adapter without the command layer above it, pool of ${POOL} as postgres.js makes it; several events as an event group, which is its one transaction for many. `
    + 'It has no log over all streams: a replay lists the aggregates page by page and reads each, ten at a time, as its own maintenance library does; it has no durable consumer',
  async open(place) {
    const { PostgresEventStorageAdapter } = await place.peers.load<Module>(PACKAGE);
    const connectionString = place.cluster.url(place.database);
    await PostgresEventStorageAdapter.createEventTable({ connectionString });
    return new Castore(new PostgresEventStorageAdapter({ connectionString }), place);
  },
};

class Castore implements Contestant {
  readonly version: string;
  private readonly own: Pool;
  /** Milliseconds of the next first event while filling; null lets the database take the time. */
  private clock: number | null = null;

  constructor(private readonly adapter: Adapter, private readonly place: Place) {
    this.version = place.peers.version(PACKAGE);
    this.own = new Pool({ connectionString: place.cluster.url(place.database), max: 1 });
  }

  durability(): Promise<string> {
    return postgresDurability(this.place.cluster, this.place.database);
  }

  async append({ stream, split }: Work, expectedVersion: number): Promise<boolean> {
    const details = split.map((event, i) => this.detailOf(stream, event, expectedVersion + 2 + i));
    const [first] = details;
    try {
      if (first && details.length === 1) await this.adapter.pushEvent(first, CONTEXT);
      else await this.adapter.pushEventGroup({}, ...details.map((detail) => Object.assign(this.adapter.groupEvent(detail), { context: CONTEXT })));
      return true;
    } catch (error) {
      if (/AlreadyExists/.test(String((error as { code?: string }).code)) || /duplicate key|already exists/i.test((error as Error).message)) return false;
      throw error;
    }
  }

  async load(stream: string, fromVersion: number, fold: (event: Seen) => void): Promise<number> {
    const { events } = await this.adapter.getEvents(idOf(stream), CONTEXT, { minVersion: fromVersion + 1 });
    for (const { type, payload } of events) fold({ type, data: payload });
    return events.length;
  }

  async project(): Promise<Projected> {
    const table = new CaseTable(this.own);
    await table.create();
    const began = performance.now();
    let events = 0;
    for (let pageToken: string | undefined; ;) {
      const page = await this.adapter.listAggregateIds(CONTEXT, { limit: PAGE, ...(pageToken === undefined ? {} : { pageToken }) });
      const ids = page.aggregateIds.map(({ aggregateId }) => aggregateId).values();
      const readSome = async (): Promise<void> => {
        for (const id of ids) {
          const { events: details } = await this.adapter.getEvents(id, CONTEXT, {});
          events += details.length;
          folds.push(...details.map(({ type, payload, metadata }) => ({
            key: id, at: (metadata as { occurredAt: string }).occurredAt, event: { type, data: payload } as CaseEvent,
          })));
        }
      };
      const folds: { key: string; at: string; event: CaseEvent }[] = [];
      await Promise.all(Array.from({ length: POOL }, readSome));
      if (folds.length > 0) await table.take(folds);
      pageToken = page.nextPageToken;
      if (pageToken === undefined) break;
    }
    await table.index();
    return { events, seconds: (performance.now() - began) / 1_000, ...await table.totals() };
  }

  /** Its pages end at a time and the next one begins after it: aggregates that began in the same millisecond would be skipped. */
  async hurry(): Promise<void> {
    this.clock = Date.parse('2026-03-02T01:30:00.000Z');
  }

  async settled(): Promise<void> {
    this.clock = null;
  }

  async close(): Promise<void> {
    await this.own.end();
    // The adapter keeps its pool to itself and offers no way to close it.
    const { [POOL_OF_ADAPTER]: pool } = this.adapter as unknown as Record<string, { end(options: { readonly timeout: number }): Promise<void> } | undefined>;
    await pool?.end({ timeout: 1 });
  }

  private detailOf(stream: string, { type, data, metadata }: SplitEvent, version: number): Detail {
    const at = this.clock === null ? {} : { timestamp: new Date(version === 1 ? this.clock++ : this.clock).toISOString() };
    return { aggregateId: idOf(stream), version, type, payload: data, metadata, ...at };
  }
}

function idOf(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}
