import type { EventStore } from 'aftercare/event-store';
import type { DomainEvent } from 'aftercare/kernel';
import { percentile } from '../bench/statistics.js';
import { aggregateOf } from './recorded-case.js';

const BATCH = 500;

export interface ReplayTimes {
  readonly replays: number;
  readonly eventsEach: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Case {
  readonly id: string;
  readonly aggregate: string;
}

/** Reads one case by its correlation, decodes and folds it; as the audit's replay does. Answers with its number of events. */
async function replay(store: EventStore, { id, aggregate }: Case): Promise<number> {
  const { decider } = aggregateOf(aggregate);
  let state = decider.initial;
  let events = 0;
  for (let next = 0; ;) {
    const batch = await store.readCorrelation(id, next, BATCH);
    for (const { event } of batch) state = decider.evolve(state, event as unknown as DomainEvent);
    events += batch.length;
    if (batch.length < BATCH) return events;
    next = (batch.at(-1)?.index ?? 0) + 1;
  }
}

/** Cases from all over the log in an order that has nothing to do with their age, one after another. */
export async function timesOfReplay(store: EventStore, cases: readonly Case[], most = 3_000): Promise<ReplayTimes> {
  const took: number[] = [];
  let events = 0;
  const stride = 7_919;
  for (let turn = 0; turn < Math.min(most, cases.length * 2); turn += 1) {
    const one = cases[(turn * stride) % cases.length] as Case;
    const began = performance.now();
    const found = await replay(store, one);
    took.push(performance.now() - began);
    if (found === 0) throw new Error(`the log holds no event of case ${one.id}`);
    events += found;
  }
  return { replays: took.length, eventsEach: events / took.length, p50Ms: percentile(took, 0.5), p99Ms: percentile(took, 0.99) };
}
