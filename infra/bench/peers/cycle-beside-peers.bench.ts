import type { Bench, Found } from '../measure.js';
import { Figures } from './comparison.js';
import type { Contestant, Seen, Work } from './contestant.js';
import { Field } from './field.js';
import { workOf } from './work.js';

const LOADED = 20;
const APPENDED = 2;
const STREAMS = 192;
const WRITERS = [1, 8, 64] as const;
const MOST_CYCLES = 3_000;

/** A command as a service runs it: load the last twenty events, fold, decide, append two expecting what was loaded. */
export async function measureCyclesBesidePeers(bench: Bench): Promise<Found> {
  const [rounds, ms] = bench.quick ? [3, 200] : [7, 400];
  const field = await Field.open(bench, ({ engine }) => engine !== 'jetstream');
  const figures = new Figures();
  try {
    const lengths = await streamsOf(field);
    for (let round = 0; round < rounds; round += 1) {
      bench.say(`command cycle beside peers: round ${round + 1} of ${rounds}`);
      for (const writers of WRITERS) {
        const works = Array.from({ length: MOST_CYCLES }, () => workOf(APPENDED, '-', LOADED));
        for (const ready of field.inTurn(round)) {
          if (writers > (ready.entrant.mostWriters ?? writers)) continue;
          const mine = lengths.get(ready.entrant.id) as Map<string, number>;
          figures.record(ready, writers === 1 ? '1 under way' : `${writers} under way`, await cyclesPerSecond(ready.contestant, mine, works, writers, ms));
        }
      }
    }
  } finally {
    await field.close();
  }
  const comparison = figures.comparison({
    id: 'peers-cycle', what: 'Command cycle', unit: 'commands/s', better: 'more',
    how: `load ${LOADED} events, fold, append ${APPENDED} expecting the version that was loaded, on ${STREAMS} streams; ${ms} ms for each contestant and round`,
  }, field.introductions);
  return { measures: [], comparisons: [comparison] };
}

async function streamsOf(field: Field): Promise<ReadonlyMap<string, Map<string, number>>> {
  const works = Array.from({ length: STREAMS }, () => workOf(LOADED));
  const lengths = new Map<string, Map<string, number>>();
  await field.fill(async ({ entrant, contestant }) => {
    for (const work of works) await contestant.append(work, -1);
    lengths.set(entrant.id, new Map(works.map(({ stream }) => [stream, LOADED])));
  });
  return lengths;
}

/** Every writer has its own streams: what is measured is the cycle, not the race. */
async function cyclesPerSecond(contestant: Contestant, lengths: Map<string, number>, works: readonly Work[], writers: number, ms: number): Promise<number> {
  const streams = [...lengths.keys()];
  const queue = works.values();
  let cycles = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: writers }, async (_, writer) => {
    let turn = writer;
    for (const work of queue) {
      const stream = streams[turn % streams.length] as string;
      turn += writers;
      const length = lengths.get(stream) as number;
      const seen = await contestant.load?.(stream, length - LOADED, decide());
      if (seen !== LOADED) throw new Error(`${seen} events were loaded instead of ${LOADED}`);
      if (!await contestant.append({ ...work, stream }, length - 1)) throw new Error('somebody else wrote to this stream');
      lengths.set(stream, length + APPENDED);
      cycles += 1;
      if (performance.now() - began >= ms) return;
    }
  }));
  return (cycles / (performance.now() - began)) * 1_000;
}

function decide(): (event: Seen) => void {
  const counts = new Map<string, number>();
  return ({ type }) => { counts.set(type, (counts.get(type) ?? 0) + 1); };
}
