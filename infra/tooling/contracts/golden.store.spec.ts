import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import Database from 'better-sqlite3';
import { readableEvents } from 'aftercare/contracts';
import { canonicalJson, decodeWith, openSqliteStore, type EventStore, type StoredEvent } from 'aftercare/event-store';
import type { Aggregate, DomainEvent, Recorded } from 'aftercare/kernel';
import { openViews, type View } from 'aftercare/projections';
import { CaseFiles, type DepartmentDefinition } from 'aftercare/service-host';
import { readEvent } from '../../../libs/messaging/src/read-event.js';
import { viewsOf } from '../../../libs/service-host/src/department/views-of.js';
import { HistoryController } from '../../../libs/service-host/src/department/history.controller.js';
import { projectRoot } from '../../launcher/project-root.js';
import { DEPARTMENTS } from './departments.js';
import { CASE_ID } from './example.js';
import { goldenVault } from './golden.js';
import { nameOf, readReleased, type GoldenFile } from './released.js';

const released = readReleased(projectRoot());
const decode = decodeWith(readableEvents);
const indexIn = ({ bytes }: GoldenFile): number => (JSON.parse(bytes.toString('utf8')) as Recorded).index;
const logOf = (department: string): GoldenFile[] => released.golden.filter((golden) => golden.department === department).sort((a, b) => indexIn(a) - indexIn(b));

const ajv = addFormats.default(new Ajv({ allErrors: true, strict: true, schemas: [released.envelope ?? {}, ...released.schemas.map(({ schema }) => schema)] }));
function faultsOf(department: string, { type, schema, ...rest }: Pick<Recorded, 'type' | 'schema'>): string[] {
  const valid = ajv.getSchema(`/schemas/${department}/${type}.v${schema}.json`);
  if (!valid) return [`no schema of ${type} v${schema}`];
  return valid({ type, schema, ...rest }) ? [] : (valid.errors ?? []).map(({ instancePath, message }) => `${type} v${schema} ${instancePath} ${message ?? ''}`);
}

/** A row for each event, so that what a rebuild folded can be looked at. */
const witness: View = {
  name: 'witness', shape: 1, columns: { record: 'json' }, indexed: [], key: ({ id }) => id, fold: (_, event) => ({ record: event }),
};

/** Writes records as an older program left them: the port would give them a place and a version of its own. */
function logHolding(file: string, department: string, records: readonly Buffer[]): EventStore {
  void openSqliteStore({ file, log: department }).close();
  const db = new Database(file);
  const insert = db.prepare('INSERT INTO events (idx, stream, version, correlation, type, bytes) VALUES (?, ?, ?, ?, ?, ?)');
  let recordedAt = '';
  for (const bytes of records) {
    const event = JSON.parse(bytes.toString('utf8')) as Recorded;
    insert.run(event.index, event.stream, event.version, event.correlationId, event.type, bytes);
    recordedAt = event.recordedAt;
  }
  db.prepare('UPDATE head SET next = ?, recorded_at = ?').run(records.length, recordedAt);
  db.close();
  return openSqliteStore({ file, log: department, decode });
}

describe.each(DEPARTMENTS.map((definition) => [definition.name, definition] as const))('every version that %s ever recorded', (department, definition: DepartmentDefinition) => {
  const folder = mkdtempSync(join(tmpdir(), `aftercare-golden-${department}-`));
  const golden = logOf(department);
  const aggregates = definition.aggregates as readonly Aggregate[];
  let store: EventStore;
  let log: readonly StoredEvent[];

  beforeAll(async () => {
    store = logHolding(join(folder, 'log.db'), department, golden.map(({ bytes }) => bytes));
    log = await store.readLog(0, golden.length + 1);
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is a record in the canonical form, in a log without a gap, and valid by the schema of its own version', () => {
    expect(golden.map(indexIn)).toEqual(golden.map((_, place) => place));
    for (const file of golden) {
      const record = JSON.parse(file.bytes.toString('utf8')) as Recorded;
      expect(canonicalJson(record, 'record')).toBe(file.bytes.toString('utf8'));
      expect([nameOf(file), faultsOf(department, record)]).toEqual([nameOf({ department: record.log, type: record.type, version: record.schema }), []]);
    }
  });

  it('is read from the log in the shape of today, and the stored bytes stay what they were', () => {
    expect(log.map(({ bytes }) => Buffer.from(bytes).toString('utf8'))).toEqual(golden.map(({ bytes }) => bytes.toString('utf8')));
    expect(log.map(({ event }) => [event.type, event.schema])).toEqual(log.map(({ event }) => [event.type, readableEvents.known[department]?.[event.type]]));
    expect(log.flatMap(({ event }) => faultsOf(department, event))).toEqual([]);
  });

  it('is the same when its stream is loaded for a decision', async () => {
    const loaded = new Map<number, Recorded>();
    for (const stream of new Set(log.map(({ event }) => event.stream))) {
      // No decision is based on what people did about the quarantine; its stream is only shown.
      if (stream.startsWith('quarantine-')) {
        for (const { event, index } of await store.readStream(stream, 0, log.length)) loaded.set(index, event);
        continue;
      }
      const aggregate = aggregates.find(({ name }) => stream.startsWith(`${name}-`)) as Aggregate;
      let state = aggregate.decider.initial;
      for (const { event, index } of await store.readStream(stream, 0, log.length)) {
        loaded.set(index, event);
        state = aggregate.decider.evolve(state, event as unknown as DomainEvent);
      }
      expect(aggregate.stage(state)).toEqual(expect.any(String));
    }
    expect(log.map(({ index }) => loaded.get(index))).toEqual(log.map(({ event }) => event));
  });

  it('is the same when another department gets it from the bus', () => {
    expect(golden.map(({ bytes }) => readEvent(bytes, department, decode))).toEqual(log.map(({ event }) => ({ ok: true, event })));
  });

  it('is the same when read models follow the log and when they are built again', async () => {
    const views = openViews({ file: join(folder, 'views.db'), store, views: [...viewsOf(definition), witness] as View[] });
    try {
      const folded = (): unknown[] => log.map(({ event }) => views.get(witness, event.id)?.['record']);
      views.start();
      await views.caughtUp(log.length);
      expect(folded()).toEqual(log.map(({ event }) => event));
      const { events, compared } = await views.rebuild();
      expect([events, views.status().failed, compared.filter(({ same }) => !same)]).toEqual([log.length, undefined, []]);
      expect(folded()).toEqual(log.map(({ event }) => event));
    } finally {
      views.close();
    }
  });

  it('is the same when the case is exported, with its texts opened', async () => {
    const history = new HistoryController(store, new CaseFiles(store, goldenVault));
    const { items, next } = await history.ofCase(CASE_ID, '0', '500');
    const texts = ({ personal }: Recorded): string[] => Object.keys(personal ?? {}).map((name) => `示例 ${name}`);
    expect(next).toBeNull();
    expect(items.map(({ personal, ...event }) => [event, Object.values(personal?.fields ?? {})]))
      .toEqual(log.map(({ event }) => [{ ...event, personal: undefined }, texts(event)]));
  });
});
