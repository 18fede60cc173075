import type { Bench, Found } from '../measure.js';
import { Figures } from './comparison.js';
import type { Contestant, Work } from './contestant.js';
import { Field } from './field.js';
import { worksOf } from './work.js';

const SIZES = [1, 10, 100] as const;
const WRITERS = [1, 8, 64] as const;
/** Events that nobody here writes within a round; the works are made before the clock runs. */
const MOST_EVENTS = { 1: 15_000, 10: 30_000, 100: 40_000 } as const;

/** Durable appends to new streams by one, eight and sixty-four writers in one process, for a fixed time each. */
export async function measureAppendsBesidePeers(bench: Bench): Promise<Found> {
  const [rounds, ms] = bench.quick ? [3, 120] : [7, 250];
  const field = await Field.open(bench, () => true);
  const figures = new Map(SIZES.map((size) => [size, new Figures()]));
  try {
    await everyCell(field, 20, 100, () => undefined);
    for (let round = 0; round < rounds; round += 1) {
      bench.say(`append beside peers: round ${round + 1} of ${rounds}`);
      await everyCell(field, round, ms, (size, ready, column, perSecond) => figures.get(size)?.record(ready, column, perSecond));
    }
  } finally {
    await field.close();
  }
  const comparisons = SIZES.map((size) => (figures.get(size) as Figures).comparison({
    id: `peers-append-${size}`, what: size === 1 ? 'Durable append, one event' : `Durable append, ${size} events at once`, unit: 'events/s', better: 'more',
    how: `each append goes to a new stream, expected version given, answered after the commit; ${ms} ms for each contestant and round`,
  }, field.introductions));
  return { measures: targets(figures), comparisons };
}

function targets(figures: ReadonlyMap<number, Figures>): Found['measures'] {
  const how = 'one writer, answered after the commit, in rounds that take turns';
  const crowd = 'one event each, 64 writers in one process, answered after the commit';
  const [one, hundred] = [figures.get(1) as Figures, figures.get(100) as Figures];
  const [column, crowded] = [writersColumn(1), writersColumn(64)];
  return [
    ...one.target('peers-singly-emmett-sqlite', 'Single append, one writer, beside Emmett, sqlite', 'events/s', how, ['ours-sqlite', 'emmett-sqlite'], column, 10),
    ...one.target('peers-singly-emmett-postgres', 'Single append, one writer, beside Emmett, PostgreSQL', 'events/s', how, ['ours-postgres', 'emmett-postgres'], column, 10),
    ...one.target('peers-64-emmett-sqlite', 'Single append, 64 writers, beside Emmett, sqlite', 'events/s', crowd, ['ours-sqlite', 'emmett-sqlite'], crowded, 10),
    ...one.target('peers-64-emmett-postgres', 'Single append, 64 writers, beside Emmett, PostgreSQL', 'events/s', crowd, ['ours-postgres', 'emmett-postgres'], crowded, 10),
    ...hundred.target('peers-hundreds-emmett-sqlite', 'Hundreds beside Emmett, sqlite', 'events/s', how, ['ours-sqlite', 'emmett-sqlite'], column, 3),
    ...hundred.target('peers-hundreds-emmett-postgres', 'Hundreds beside Emmett, PostgreSQL', 'events/s', how, ['ours-postgres', 'emmett-postgres'], column, 3),
    ...one.target('peers-singly-bare-sqlite', 'Single append, bare loop on sqlite', 'events/s', how, ['ours-sqlite', 'bare-sqlite'], column, 0.7),
    ...one.target('peers-singly-bare-postgres', 'Single append, bare loop on PostgreSQL', 'events/s', how, ['ours-postgres', 'bare-postgres'], column, 0.7),
  ];
}

type Cell = (size: (typeof SIZES)[number], ready: ReturnType<Field['inTurn']>[number], column: string, perSecond: number) => void;

async function everyCell(field: Field, round: number, ms: number, done: Cell): Promise<void> {
  for (const size of SIZES) {
    for (const writers of WRITERS) {
      const works = worksOf(MOST_EVENTS[size] / size, size);
      for (const ready of field.inTurn(round)) {
        if (writers > (ready.entrant.mostWriters ?? writers)) continue;
        done(size, ready, writersColumn(writers), await eventsPerSecond(ready.contestant, works, writers, ms));
      }
    }
  }
}

async function eventsPerSecond(contestant: Contestant, works: readonly Work[], writers: number, ms: number): Promise<number> {
  const queue = works.values();
  let events = 0;
  const began = performance.now();
  const end = began + ms;
  await Promise.all(Array.from({ length: writers }, async () => {
    for (const work of queue) {
      if (!await contestant.append(work, -1)) throw new Error('a new stream was taken for an old one');
      events += work.events.length;
      if (performance.now() >= end) return;
    }
  }));
  return (events / (performance.now() - began)) * 1_000;
}

function writersColumn(writers: number): string {
  return writers === 1 ? '1 writer' : `${writers} writers`;
}
