import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Found } from '../measure.js';
import { percentile } from '../statistics.js';
import { Figures } from './comparison.js';
import type { Contestant, Projected } from './contestant.js';
import { Field, type Ready } from './field.js';
import { CASE_LENGTH, workOf } from './work.js';

const AT_ONCE = 16;
const APPENDS_PER_SECOND = 50;
const ALONE = 'events/s';
const BESIDE = 'events/s while appending';
const TAIL = 'append p99 meanwhile, ms';

/** The whole log into a case list with two indexes, first alone and then while appends go on. */
export async function measureReplayBesidePeers(bench: Bench): Promise<Found> {
  const rounds = bench.quick ? 2 : 3;
  const events = bench.replayEvents ?? (bench.quick ? 4_000 : 24_000);
  const cases = Math.ceil(events / CASE_LENGTH);
  const field = await Field.open(bench, ({ standing }) => standing === 'ours' || standing === 'peer');
  const figures = new Figures();
  try {
    await field.fill(async ({ entrant, contestant }) => {
      bench.say(`replay beside peers: filling ${entrant.title} with ${cases * CASE_LENGTH} events`);
      await fill(contestant, cases, entrant.fillers ?? AT_ONCE);
    });
    for (let round = 0; round < rounds; round += 1) {
      for (const ready of field.inTurn(round)) {
        bench.say(`replay beside peers: round ${round + 1} of ${rounds}, ${ready.entrant.title}`);
        await measureOne(ready, figures, cases, round);
      }
    }
  } finally {
    await field.close();
  }
  const comparison = figures.comparison({
    id: 'peers-replay', what: 'Global replay into a read model', unit: 'events/s', better: 'more', lessIn: [TAIL],
    how: `${cases * CASE_LENGTH} events of ${cases} cases into a list of cases with two indexes; all end with the same rows, which is checked. Our rows lie in a file of their own that is not synced at every commit, because they can be computed again; the others keep theirs as durable as their events. While appending: ${APPENDS_PER_SECOND} single appends/s in the same process`,
  }, field.introductions);
  const how = `${cases * CASE_LENGTH} events into a list of cases with two indexes, until it can be read`;
  return {
    measures: [
      ...figures.target('peers-replay-emmett-sqlite', 'Replay beside Emmett, sqlite', 'events/s', how, ['ours-sqlite', 'emmett-sqlite'], ALONE, 3),
      ...figures.target('peers-replay-emmett-postgres', 'Replay beside Emmett, PostgreSQL', 'events/s', how, ['ours-postgres', 'emmett-postgres'], ALONE, 3),
    ],
    comparisons: [comparison],
  };
}

/** Cases come in hundreds that are worked side by side, each in two parts, as in life. */
async function fill(contestant: Contestant, cases: number, fillers: number): Promise<void> {
  const half = CASE_LENGTH / 2;
  for (let first = 0; first < cases; first += 100) {
    const works = Array.from({ length: Math.min(100, cases - first) }, () => workOf(half));
    for (const [version, part] of [[-1, works], [half - 1, works.map(({ stream }) => workOf(half, stream, half))]] as const) {
      const queue = part.values();
      await Promise.all(Array.from({ length: fillers }, async () => {
        for (const work of queue) if (!await contestant.append(work, version)) throw new Error('filling met a conflict');
      }));
    }
  }
}

async function measureOne(ready: Ready, figures: Figures, cases: number, round: number): Promise<void> {
  const alone = await ready.contestant.project?.();
  if (!alone) return;
  // Cases of the appends of earlier rounds are in the log too, one event each.
  const fair = (of: Projected): boolean => of.steps === cases * (CASE_LENGTH - 1) && (round > 0 || of.rows === cases);
  if (!fair(alone)) throw new Error(`${ready.entrant.title} built ${alone.rows} rows with ${alone.steps} steps of ${cases} cases`);
  figures.record(ready, ALONE, alone.events / alone.seconds);
  const { projected, p99Ms } = await besideAppends(ready.contestant);
  figures.record(ready, BESIDE, projected.events / projected.seconds);
  figures.record(ready, TAIL, p99Ms);
}

async function besideAppends(contestant: Contestant): Promise<{ readonly projected: Projected; readonly p99Ms: number }> {
  const took: number[] = [];
  const under = new Set<Promise<void>>();
  let done = false;
  const append = async (): Promise<void> => {
    const began = performance.now();
    if (!await contestant.append(workOf(1), -1)) throw new Error('a new stream was taken for an old one');
    took.push(performance.now() - began);
  };
  const appending = (async () => {
    for (let due = performance.now(); !done; due += 1_000 / APPENDS_PER_SECOND) {
      const one = append().finally(() => under.delete(one));
      under.add(one);
      await pause(Math.max(0, due + 1_000 / APPENDS_PER_SECOND - performance.now()));
    }
    await Promise.all(under);
  })();
  const projected = await (contestant.project as () => Promise<Projected>)().finally(() => { done = true; });
  await appending;
  return { projected, p99Ms: percentile(took, 0.99) };
}
