import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { uuidv7 } from 'uuidv7';
import { openSqliteStore, type EventStore, type EventToAppend } from 'aftercare/event-store';
import { defineView, openViews, type Views } from 'aftercare/projections';
import { againstYardstick, type Bench, type Measure, type Round } from './measure.js';

type CaseEvent =
  | { readonly type: 'BenchCaseRegistered'; readonly data: { readonly product: string; readonly lot: string; readonly severity: string; readonly quantity: number } }
  | { readonly type: 'BenchCaseStep'; readonly data: { readonly stage: string; readonly opinion: string } };

const STAGES = ['classified', 'contacted', 'opinion-given', 'planned', 'implemented', 'communicated', 'closed'];

/** A list of cases with two indexes, as every department has one. */
const caseList = defineView<Readonly<{ product: string; lot: string; severity: string; stage: string; changedAt: string; steps: number }>, CaseEvent>({
  name: 'bench-case', shape: 1, indexed: ['stage', 'lot'],
  columns: { product: 'text', lot: 'text', severity: 'text', stage: 'text', changedAt: 'text', steps: 'integer' },
  key: (event) => event.stream,
  fold(row, event) {
    if (event.type === 'BenchCaseRegistered') {
      const { product, lot, severity } = event.data;
      return { product, lot, severity, stage: 'registered', changedAt: event.recordedAt, steps: 0 };
    }
    return row && { ...row, stage: event.data.stage, changedAt: event.recordedAt, steps: row.steps + 1 };
  },
});

/** A few rows that every event touches, as counters on a dashboard do. */
const typeCount = defineView<Readonly<{ seen: number; last: string }>, CaseEvent>({
  name: 'bench-type', shape: 1, indexed: [], columns: { seen: 'integer', last: 'text' },
  key: (event) => event.type,
  fold: (row, event) => ({ seen: (row?.seen ?? 0) + 1, last: event.recordedAt }),
});

/** Fills a log of its own in a temporary folder, then lets rebuild and bare scan take turns. */
export async function measureRebuild({ quick, say }: Bench): Promise<Measure> {
  const [cases, rounds] = quick ? [2_000, 3] : [10_000, 7];
  const folder = mkdtempSync(join(tmpdir(), 'bench-rebuild-'));
  const file = join(folder, 'log.db');
  const store = openSqliteStore({ file, log: 'intake' });
  const views = openViews({ file: join(folder, 'views.db'), store, views: [caseList, typeCount] });
  try {
    await fill(store, cases);
    const events = await store.head();
    views.start();
    await views.caughtUp(events, 120_000);
    const measured: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`rebuild: ${events} events, round ${round} of ${rounds}`);
      measured.push({ yardstick: events / secondsOfBareScan(file), ours: events / (await secondsOfRebuild(views)) });
    }
    return againstYardstick({
      id: 'rebuild', what: 'Rebuild of read models', unit: 'events/s',
      how: `Views.rebuild of two models over ${events} events until the new tables are live, against SELECT and JSON.parse of every event`,
    }, measured, 0.7);
  } finally {
    views.close();
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** The yardstick: every byte out of SQLite and through `JSON.parse`, nothing else. */
function secondsOfBareScan(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    const began = performance.now();
    let parsed = 0;
    for (const bytes of db.prepare<[], Buffer>('SELECT bytes FROM events ORDER BY idx').pluck().iterate()) {
      if (JSON.parse(bytes.toString('utf8')) !== null) parsed += 1;
    }
    if (parsed === 0) throw new Error('the bare scan found no events');
    return (performance.now() - began) / 1000;
  } finally {
    db.close();
  }
}

/** Until the rebuilt tables are the live ones; the comparison with the old rows afterwards is not part of a rebuild. */
async function secondsOfRebuild(views: Views): Promise<number> {
  const { seconds, compared } = await views.rebuild();
  if (!compared.every(({ same }) => same)) throw new Error('the rebuilt rows differ from the live ones');
  return seconds;
}

/** Cases are worked side by side, a hundred at a time, as in life: a row changes again long before it is forgotten. */
async function fill(store: EventStore, cases: number): Promise<void> {
  for (let first = 0; first < cases; first += 100) {
    const streams = Array.from({ length: Math.min(100, cases - first) }, (_, i) => `bench-${uuidv7()}-${first + i}`);
    for (let step = 0; step <= STAGES.length; step += 1) {
      await Promise.all(streams.map((stream, i) => store.append({
        stream, expectedVersion: step - 1, commandId: uuidv7(), fingerprint: 'bench', events: [caseEvent(stream, step, first + i)],
      })));
    }
  }
}

function caseEvent(stream: string, step: number, number: number): EventToAppend {
  const stage = STAGES[step - 1];
  const content = stage === undefined
    ? { type: 'BenchCaseRegistered', data: { product: '一次性使用输液器', lot: `L-${number % 997}`, severity: 'general', quantity: 3 } }
    : { type: 'BenchCaseStep', data: { stage, opinion: '按规定处理，已与客户沟通，等待下一部门答复。' } };
  const policy = { id: 'P002A', version: '1', rule: 'answer-in-time', inputs: { stage: stage ?? 'registered', severity: 'general' }, outcome: 'within 24 h' };
  return {
    ...content, id: uuidv7(), schema: 1, occurredAt: '2026-03-02T01:30:00.000Z', actor: { id: 'staff-7', role: 'receptionist' },
    onBehalfOf: null, reason: null, correlationId: stream, causationId: null, policy, signature: null,
    personal: { customer: { s: '01890000-0000-7000-8000-00000000000a', k: 1, c: 'A'.repeat(88) } },
  };
}
