import type { Bench, Found } from '../measure.js';
import { Figures } from './comparison.js';
import type { Contestant, Work } from './contestant.js';
import { Field } from './field.js';
import { workOf, worksOf } from './work.js';

const WRITERS = 8;
const MOST_APPENDS = 5_000;

/**
 * Emmett's sqlite store moves the stream's position before it compares it and commits that also when it refuses, so after
 * one lost race the stream refuses every later append (seen with 0.42.4). There is nothing to measure then.
 */
const CANNOT = new Set(['emmett-sqlite']);

/** Eight writers who all want the same stream: whoever loses reads what the winner wrote and tries again. */
export async function measureHotStreamBesidePeers(bench: Bench): Promise<Found> {
  const [rounds, ms] = bench.quick ? [3, 300] : [7, 600];
  const field = await Field.open(bench, ({ id, standing }) => (standing === 'ours' || standing === 'peer') && !CANNOT.has(id));
  const figures = new Figures();
  try {
    for (let round = 0; round < rounds; round += 1) {
      bench.say(`hot stream beside peers: round ${round + 1} of ${rounds}`);
      const works = worksOf(MOST_APPENDS, 1);
      for (const ready of field.inTurn(round)) {
        const { perSecond, lost } = await contend(ready.contestant, works, ms);
        figures.record(ready, 'appends/s', perSecond);
        figures.record(ready, 'lost races for each append', lost);
      }
    }
  } finally {
    await field.close();
  }
  const comparison = figures.comparison({
    id: 'peers-hot', what: 'Hot stream', unit: 'appends/s', better: 'more', noRatioIn: ['lost races for each append'],
    how: `${WRITERS} writers append one event each to the same stream, expecting the last version they know; after a lost race they load what is new and try again; ${ms} ms for each contestant and round. `
      + 'Emmett on sqlite is left out: after one refused append its stream refuses every later one, because the refusal commits the moved position',
  }, field.introductions);
  return { measures: [], comparisons: [comparison] };
}

async function contend(contestant: Contestant, works: readonly Work[], ms: number): Promise<{ readonly perSecond: number; readonly lost: number }> {
  const opening = workOf(1);
  if (!await contestant.append(opening, -1)) throw new Error('a new stream was taken for an old one');
  const queue = works.values();
  let [won, lost] = [0, 0];
  const began = performance.now();
  await Promise.all(Array.from({ length: WRITERS }, async () => {
    let version = 0;
    for (const work of queue) {
      const mine = { ...work, stream: opening.stream };
      while (!await contestant.append(mine, version)) {
        lost += 1;
        version += await contestant.load?.(opening.stream, version + 1, () => undefined) ?? 0;
      }
      [won, version] = [won + 1, version + 1];
      if (performance.now() - began >= ms) return;
    }
  }));
  return { perSecond: (won / (performance.now() - began)) * 1_000, lost: lost / won };
}
