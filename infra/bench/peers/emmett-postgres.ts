import { Pool } from 'pg';
import { CASE_INDEXES, CASE_TABLE, CASE_TOTALS, type CaseEvent } from './case-list.js';
import { POOL } from './bare.js';
import { postgresDurability } from './cluster.js';
import type { Contestant, Entrant, Place, Projected, Seen, Work } from './contestant.js';
import { type EmmettMessage, type EmmettStore, isConflict } from './emmett.js';

interface Module {
  getPostgreSQLEventStore(url: string): EmmettStore & { close(): Promise<void>; schema: { migrate(): Promise<unknown> } };
  postgreSQLRawSQLProjection(options: object): object;
}
interface Dumbo {
  sql(text: string, ...values: readonly unknown[]): unknown;
}

const PACKAGE = '@event-driven-io/emmett-postgresql';
const SQL_PACKAGE = '@event-driven-io/dumbo';
const PULLING = { batchSize: 1_000, pullingFrequencyInMs: 1 };

export const emmettPostgres: Entrant = {
  id: 'emmett-postgres', title: 'Emmett, PostgreSQL', engine: 'postgres', standing: 'peer', fillers: 1,
  chosen: `its own pool of ${POOL}, expected version given; raw SQL projection, the cheapest of its kinds, pulled ${PULLING.batchSize} at a time with the least rest. `
    + 'Filled by one writer: it orders by transaction and resumes by position, so after appends side by side its consumer hands some events out twice, and the rows would differ',
  async open(place) {
    const module = await place.peers.load<Module>(PACKAGE);
    const store = module.getPostgreSQLEventStore(place.cluster.url(place.database));
    await store.schema.migrate();
    return new EmmettPostgres(module, await place.peers.load<Dumbo>(SQL_PACKAGE), store, place);
  },
};

class EmmettPostgres implements Contestant {
  readonly version: string;
  private readonly own: Pool;

  constructor(private readonly module: Module, private readonly dumbo: Dumbo, private readonly store: EmmettStore & { close(): Promise<void> }, private readonly place: Place) {
    this.version = place.peers.version(PACKAGE);
    this.own = new Pool({ connectionString: place.cluster.url(place.database), max: 1 });
  }

  durability(): Promise<string> {
    return postgresDurability(this.place.cluster, this.place.database);
  }

  async append({ stream, split }: Work, expectedVersion: number): Promise<boolean> {
    try {
      await this.store.appendToStream(stream, split, { expectedStreamVersion: BigInt(expectedVersion + 1) });
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  }

  async load(stream: string, fromVersion: number, fold: (event: Seen) => void): Promise<number> {
    const { events } = await this.store.readStream(stream, { from: BigInt(fromVersion + 1) });
    for (const event of events) fold(event);
    return events.length;
  }

  async project(): Promise<Projected> {
    for (const sql of CASE_TABLE) await this.own.query(sql);
    const { rows: [{ last } = { last: '0' }] } = await this.own.query<{ last: string }>('SELECT max(global_position) AS last FROM emt_messages');
    const began = performance.now();
    let events = 0;
    const consumer = this.store.consumer({ pulling: PULLING });
    consumer.projector({
      processorId: `bench-${performance.now()}`, startFrom: 'BEGINNING', stopAfter: ({ metadata }: EmmettMessage) => metadata.globalPosition >= BigInt(last),
      projection: this.module.postgreSQLRawSQLProjection({
        name: 'bench-case', canHandle: ['BenchCaseRegistered', 'BenchCaseStep'],
        evolve: (event: EmmettMessage & CaseEvent) => { events += 1; return this.keepRow(event); },
      }),
    });
    await consumer.start();
    for (const sql of CASE_INDEXES) await this.own.query(sql);
    const seconds = (performance.now() - began) / 1_000;
    const { rows: [totals] } = await this.own.query<{ rows: string; steps: string }>(CASE_TOTALS);
    return { events, seconds, rows: Number(totals?.rows), steps: Number(totals?.steps) };
  }

  async follow(seen: (stream: string) => void): Promise<() => Promise<void>> {
    const consumer = this.store.consumer({ pulling: PULLING });
    consumer.reactor({ processorId: `bench-${performance.now()}`, startFrom: 'END', eachMessage: async ({ metadata }: EmmettMessage) => { seen(metadata.streamName); } });
    void consumer.start();
    return () => consumer.stop();
  }

  async close(): Promise<void> {
    await this.own.end();
    await this.store.close();
  }

  private keepRow({ type, data, metadata: { streamName, occurredAt } }: EmmettMessage & CaseEvent): unknown {
    return type === 'BenchCaseRegistered'
      ? this.dumbo.sql('INSERT INTO case_list (key, product, lot, severity, stage, changed_at, steps) VALUES (%L, %L, %L, %L, %L, %L, 0) ON CONFLICT DO NOTHING',
        streamName, data.product, data.lot, data.severity, 'registered', occurredAt)
      : this.dumbo.sql('UPDATE case_list SET stage = %L, changed_at = %L, steps = steps + 1 WHERE key = %L', data.stage, occurredAt, streamName);
  }
}
