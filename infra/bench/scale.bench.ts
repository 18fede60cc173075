import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { lastOf, P99_MS } from '../scale/scale-table.js';
import type { RebuildOfStop, ScaleResult, Stop } from '../scale/stops.js';
import { againstLimit, againstYardstick, type Bench, type Found, type Measure } from './measure.js';

const ENGINES = ['sqlite', 'postgres'] as const;
/** What fits into a full run; `npm run scale` takes longer and goes further. */
const EVENTS = { sqlite: 300_000, postgres: 100_000 } as const;
/** Of the last rebuild against the one before it, events per processor second: linear growth keeps it near 1. */
const LINEAR = 0.7;
/** What the last tenth of a rebuild may hold above the second one, MB. */
const FLAT_MB = 64;

/** A log that grows, in a process of its own: what the bench left in memory is none of its business. */
export async function measureScale(bench: Bench): Promise<Found> {
  const scales = bench.scaleResults
    ? bench.scaleResults.map((file) => JSON.parse(readFileSync(resolve(file), 'utf8')) as ScaleResult)
    : await grown(bench);
  return { measures: scales.flatMap(measuresOf), scales };
}

async function grown({ quick, peers, say }: Bench): Promise<readonly ScaleResult[]> {
  const results: ScaleResult[] = [];
  for (const engine of ENGINES.filter((name) => name === 'sqlite' || peers)) {
    results.push(await grow(engine, quick ? 30_000 : EVENTS[engine], say));
  }
  return results;
}

async function grow(engine: string, events: number, say: (line: string) => void): Promise<ScaleResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-scale-'));
  const file = join(folder, 'result.json');
  try {
    const script = fileURLToPath(new URL('../scale/main.js', import.meta.url));
    const child = spawn(process.execPath, [script, '--engine', engine, '--events', String(events), '--json', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    createInterface(child.stderr).on('line', (line) => { say(`scale, ${engine}: ${line}`); });
    const [code] = await once(child, 'exit') as [number | null];
    if (code !== 0) throw new Error(`the growing log on ${engine} could not be measured`);
    return JSON.parse(readFileSync(file, 'utf8')) as ScaleResult;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measuresOf(result: ScaleResult): readonly Measure[] {
  const { engine, stops } = result;
  const last = lastOf(result);
  const before = stops.at(-2) ?? last;
  const at = `at ${last.events.toLocaleString('en-US')} events, ${engine}`;
  return [
    againstLimit({ id: `scale-case-${engine}`, what: `One case, p99, ${at}`, unit: 'ms', how: `${last.replay.replays} cases read by correlation, decoded and folded, ${last.replay.eventsEach.toFixed(1)} events each` },
      [last.replay.p99Ms], { atMost: P99_MS }),
    ...(last.rebuild && before.rebuild ? rebuildMeasures(engine, at, before, last.rebuild, before.rebuild) : []),
  ];
}

/** Judged by processor time, because the clock also tells what else the machine did. */
function rebuildMeasures(engine: string, at: string, { events }: Stop, last: RebuildOfStop, before: RebuildOfStop): readonly Measure[] {
  return [
    againstYardstick({ id: `scale-rebuild-${engine}`, what: `Rebuild, ${at}`, unit: 'events/processor s', how: `all read models of intake; the yardstick is the same rebuild at ${events.toLocaleString('en-US')} events` },
      [{ ours: 1e6 / last.cpuMicros, yardstick: 1e6 / before.cpuMicros }], LINEAR),
    againstLimit({ id: `scale-memory-${engine}`, what: `Memory that a rebuild gathers, ${at}`, unit: 'MB', how: 'lowest heap of the last tenth of the rebuild above that of the second tenth' },
      [Math.max(0, last.memory.lateHeapMb - last.memory.earlyHeapMb)], { atMost: FLAT_MB }),
  ];
}
