import type { Bench, Found } from '../measure.js';
import { median } from '../statistics.js';
import { Figures } from './comparison.js';
import type { Contestant, Seen } from './contestant.js';
import { Field } from './field.js';
import { workOf } from './work.js';

const LENGTHS = [10, 100, 1_000, 10_000] as const;
const STREAMS_OF_EACH = 4;
const CHUNK = 500;

/** Whole streams read, decoded and folded. */
export async function measureLoadsBesidePeers(bench: Bench): Promise<Found> {
  const [rounds, ms] = bench.quick ? [3, 100] : [7, 200];
  const field = await Field.open(bench, ({ engine }) => engine !== 'jetstream');
  const figures = new Figures();
  try {
    bench.say('stream load beside peers: filling');
    const streams = await streamsOf(field);
    for (let round = 0; round < rounds; round += 1) {
      bench.say(`stream load beside peers: round ${round + 1} of ${rounds}`);
      for (const length of LENGTHS) {
        for (const ready of field.inTurn(round)) {
          figures.record(ready, `${length.toLocaleString('en-US')} events`, await msOfLoad(ready.contestant, streams.get(length) as readonly string[], length, ms));
        }
      }
    }
  } finally {
    await field.close();
  }
  const comparison = figures.comparison({
    id: 'peers-load', what: 'Stream load', unit: 'ms', better: 'less', how: `median of the loads of ${ms} ms, at least three; one after another, ${STREAMS_OF_EACH} streams of each length`,
  }, field.introductions);
  return { measures: [], comparisons: [comparison] };
}

async function streamsOf(field: Field): Promise<ReadonlyMap<number, readonly string[]>> {
  const works = new Map(LENGTHS.map((length) => [length, Array.from({ length: STREAMS_OF_EACH }, () => chunksOf(length))]));
  await field.fill(async ({ contestant }) => {
    for (const chunks of [...works.values()].flat()) {
      let version = -1;
      for (const chunk of chunks) {
        if (!await contestant.append(chunk, version)) throw new Error('filling met a conflict');
        version += chunk.events.length;
      }
    }
  });
  return new Map([...works].map(([length, chunks]) => [length, chunks.map(([first]) => first?.stream ?? '')]));
}

function chunksOf(length: number): ReturnType<typeof workOf>[] {
  const first = workOf(Math.min(CHUNK, length));
  const more = Array.from({ length: Math.ceil(length / CHUNK) - 1 }, (_, i) => workOf(Math.min(CHUNK, length - (i + 1) * CHUNK), first.stream, (i + 1) * CHUNK));
  return [first, ...more];
}

async function msOfLoad(contestant: Contestant, streams: readonly string[], length: number, ms: number): Promise<number> {
  const took: number[] = [];
  const end = performance.now() + ms;
  for (let turn = 0; turn < 3 || performance.now() < end; turn += 1) {
    const began = performance.now();
    const stages: Seen[] = [];
    const seen = await contestant.load?.(streams[turn % streams.length] as string, 0, (event) => { stages[0] = event; });
    took.push(performance.now() - began);
    if (seen !== length) throw new Error(`${seen} events were loaded instead of ${length}`);
  }
  return median(took);
}
