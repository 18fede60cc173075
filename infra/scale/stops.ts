import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from 'aftercare/event-store';
import { openViews, type Views } from 'aftercare/projections';
import { viewsOf } from 'aftercare/service-host';
import { intake } from '../../services/intake/src/intake.module.js';
import { timesOfReplay, type ReplayTimes } from './case-replay.js';
import { fillFrom } from './fill.js';
import type { Generator } from './generator.js';
import { memoryDuring, type MemoryOfWork } from './memory.js';

/** What `npm run scale` found out; also what `--json` writes. */
export interface ScaleResult {
  readonly engine: string;
  readonly measuredAt: string;
  readonly seconds: number;
  readonly stops: readonly Stop[];
}

/** What a log of one size was found to be like. */
export interface Stop {
  readonly events: number;
  /** Since the stop before. */
  readonly filledPerSecond: number;
  readonly bytesPerEvent: number | null;
  readonly replay: ReplayTimes;
  /** Null when only cases were asked for. */
  readonly rebuild: RebuildOfStop | null;
}

export interface RebuildOfStop {
  readonly seconds: number;
  readonly perSecond: number;
  /** Processor time of this process for each event, microseconds: what stays comparable on a machine that others use too. */
  readonly cpuMicros: number;
  readonly memory: MemoryOfWork;
}

/** Ten million events take the live models minutes. */
const PATIENCE_MS = 3 * 3_600_000;

interface Parts {
  readonly store: EventStore;
  readonly generator: Generator;
  readonly folder: string;
  /** Size of the log in bytes; null where the engine keeps it elsewhere. */
  readonly size: () => Promise<number | null>;
  /** False leaves the read models out, which are most of the time. */
  readonly withRebuild?: boolean;
  readonly say: (line: string) => void;
}

/** Lets one log grow from size to size and measures at each: one case, all read models of intake, memory, bytes. */
export async function growAndMeasure(parts: Parts, sizes: readonly number[]): Promise<readonly Stop[]> {
  const { store, folder, withRebuild = true } = parts;
  await store.transfer().begin();
  if (!withRebuild) return measureEach(parts, null, sizes);
  const views = openViews({ file: join(folder, 'views.db'), store, views: viewsOf(intake) });
  try {
    views.start();
    return await measureEach(parts, views, sizes);
  } finally {
    views.close();
  }
}

async function measureEach({ store, generator, size, say }: Parts, views: Views | null, sizes: readonly number[]): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (const events of sizes) {
    const from = await store.head();
    const began = performance.now();
    const progress = everySeconds(10, (done: number) => { say(`filling: ${(from + done).toLocaleString('en-US')} of ${events.toLocaleString('en-US')} events`); });
    const filled = await fillFrom(generator, store.transfer(), events - from, progress);
    const filledPerSecond = filled / ((performance.now() - began) / 1_000);
    const head = await store.head();
    const bytes = await size();
    // Views that still fold would take the processor from the reader.
    if (views) await level(views, head, say);
    const replay = await timesOfReplay(store, generator.cases);
    say(`at ${head.toLocaleString('en-US')} events one case takes p50 ${replay.p50Ms.toFixed(2)} ms, p99 ${replay.p99Ms.toFixed(2)} ms`);
    stops.push({ events: head, filledPerSecond, bytesPerEvent: bytes === null ? null : bytes / head, replay, rebuild: views && await rebuilt(views, head, say) });
  }
  return stops;
}

async function level(views: Views, head: number, say: (line: string) => void): Promise<void> {
  const waiting = setInterval(() => { say(`the live read models are at ${views.position().toLocaleString('en-US')} of ${head.toLocaleString('en-US')}`); }, 10_000);
  await views.caughtUp(head, PATIENCE_MS).finally(() => { clearInterval(waiting); });
}

async function rebuilt(views: Views, head: number, say: (line: string) => void): Promise<RebuildOfStop> {
  const progress = everySeconds(10, (done: number) => { say(`rebuilding: ${done.toLocaleString('en-US')} of ${head.toLocaleString('en-US')}`); });
  const before = process.cpuUsage();
  const { result: { seconds, position, compared }, memory } = await memoryDuring(() => views.rebuild(({ done }) => { progress(done); }));
  const { user, system } = process.cpuUsage(before);
  if (!compared.every(({ same }) => same)) throw new Error('the rebuilt rows differ from the live ones');
  return { seconds, perSecond: position / seconds, cpuMicros: (user + system) / position, memory };
}

/** Size of files that belong together, such as a database and its journal. */
export function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

function everySeconds(seconds: number, tell: (done: number) => void): (done: number) => void {
  let last = performance.now();
  return (done) => {
    if (performance.now() - last < seconds * 1_000) return;
    last = performance.now();
    tell(done);
  };
}
