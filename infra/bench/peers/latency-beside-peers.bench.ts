import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Found } from '../measure.js';
import { percentile } from '../statistics.js';
import { Figures } from './comparison.js';
import type { Contestant } from './contestant.js';
import { Field } from './field.js';
import { workOf } from './work.js';

const PER_SECOND = 50;
const WARM_UP = 50;
const PATIENCE_MS = 10_000;

/** From the answer of an append to the call of a handler that follows the log. */
export async function measureLatencyBesidePeers(bench: Bench): Promise<Found> {
  const [rounds, seconds] = bench.quick ? [1, 2] : [3, 4];
  const field = await Field.open(bench, ({ id }) => id !== 'castore' && !id.startsWith('bare'));
  const figures = new Figures();
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const ready of field.inTurn(round)) {
        bench.say(`commit to handler beside peers: round ${round + 1} of ${rounds}, ${ready.entrant.title}`);
        const lags = await lagsOf(ready.contestant, PER_SECOND * seconds, ready.entrant.standing === 'floor');
        figures.record(ready, 'p50', percentile(lags, 0.5));
        figures.record(ready, 'p99', percentile(lags, 0.99));
      }
    }
  } finally {
    await field.close();
  }
  const comparison = figures.comparison({
    id: 'peers-latency', what: 'Commit to handler', unit: 'ms', better: 'less',
    how: `${PER_SECOND} single appends/s at fixed instants for ${seconds} s after a warm-up; from the answered append to the call of the handler, 0 when the handler was first. Ours goes through relay, NATS and inbox, `
      + 'which another process can listen to as well; Emmett and message-db poll their database; JetStream is the floor: from the call of publish to consume, without a store',
  }, field.introductions);
  return { measures: [], comparisons: [comparison] };
}

/** A message without a store is often consumed before its publisher hears of it, so the floor counts from the call. */
async function lagsOf(contestant: Contestant, count: number, fromCall: boolean): Promise<readonly number[]> {
  const answered = new Map<string, number>();
  const handled = new Map<string, number>();
  const stop = await contestant.follow?.((stream) => { handled.set(stream, performance.now()); });
  // A follower that starts at the end must have found it before the first append.
  await pause(500);
  const under: Promise<void>[] = [];
  for (let due = performance.now(), sent = 0; sent < WARM_UP + count; sent += 1) {
    const work = workOf(1);
    const called = performance.now();
    const isCounted = sent >= WARM_UP;
    under.push(contestant.append(work, -1).then(() => { if (isCounted) answered.set(work.stream, fromCall ? called : performance.now()); }));
    due += 1_000 / PER_SECOND;
    await pause(Math.max(0, due - performance.now()));
  }
  await Promise.all(under);
  const missing = (): number => [...answered.keys()].filter((stream) => !handled.has(stream)).length;
  for (const end = performance.now() + PATIENCE_MS; missing() > 0 && performance.now() < end;) await pause(20);
  await stop?.();
  if (missing() > 0) throw new Error(`${missing()} of ${count} events never reached the handler`);
  return [...answered].map(([stream, at]) => Math.max(0, (handled.get(stream) as number) - at));
}
