import { decode, openMemoryStore, type EventStore } from 'aftercare/event-store';
import type { Aggregate, Opened, Recorded } from 'aftercare/kernel';
import type { MessageHandler } from '@nestjs/microservices';
import { uuidv7 } from 'uuidv7';
import type { Bus } from '../bus.js';
import type { Reaction, ReactionCommand } from '../reaction.js';
import type { ExecutionMeta } from '../reacting.js';
import { JetStreamStrategy, type StrategyOptions } from '../strategy.js';

export const investigation = { name: 'investigation' } as Aggregate;

export function openInvestigation(event: Opened): ReactionCommand {
  return { aggregate: investigation, id: event.correlationId, command: { type: 'OpenInvestigation' } };
}

type Reactions = Readonly<Record<string, (event: Opened) => Reaction | Promise<Reaction>>>;

export interface QualityOptions {
  readonly store?: EventStore;
  readonly reactions?: Reactions;
  readonly over?: Partial<StrategyOptions>;
}

/** A department that records one event for every complaint it hears of, naming the index of its cause. */
export function qualityDepartment(bus: Bus, options: QualityOptions = {}) {
  const store = options.store ?? openMemoryStore({ log: 'quality' });
  const strategy = new JetStreamStrategy({
    log: 'quality', store, bus,
    open: async recorded => ({ ...recorded, personal: null }),
    decode,
    execute: (command, meta) => record(store, command, meta),
    times: { retryMs: [5, 10, 20], quietMs: 300 },
    ...options.over,
  });
  const reactions: Reactions = options.reactions ?? { 'intake.ComplaintRegistered': openInvestigation };
  for (const [pattern, react] of Object.entries(reactions)) {
    strategy.addHandler(pattern, (async (event: Opened) => react(event)) as MessageHandler, true);
  }
  return { store, strategy, listen: () => strategy.listen(() => undefined) };
}

export async function record(store: EventStore, command: ReactionCommand, meta: ExecutionMeta): Promise<void> {
  const stream = `${command.aggregate.name}-${command.id}`;
  const recorded = await store.readStream(stream, 0, 100_000);
  const result = await store.append({
    stream, expectedVersion: recorded.length - 1, commandId: meta.commandId, fingerprint: 'fp', inbox: meta.inbox,
    events: [{
      id: uuidv7(), type: 'InvestigationOpened', schema: 1, occurredAt: '2026-03-02T01:30:00.000Z',
      actor: { id: 'reaction', role: 'system' }, onBehalfOf: null, reason: null, policy: null, signature: null, personal: null,
      correlationId: meta.causation.correlationId, causationId: meta.causation.id, data: { cause: meta.causation.index },
    }],
  });
  if (result.outcome === 'conflict' || result.outcome === 'command-id-reused') throw new Error(result.outcome);
}

/** Indexes of the causes in the order they were answered. */
export async function causesOf(store: EventStore): Promise<readonly number[]> {
  return (await store.readLog(0, 1_000_000)).map(({ event }) => causeOf(event));
}

/** The promise of the inbox: every event once, those of one case in their order. */
export async function expectEachOnceInOrder(store: EventStore, count: number): Promise<void> {
  const events = (await store.readLog(0, 1_000_000)).map(({ event }) => event);
  expect([...events.map(causeOf)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
  for (const cause of new Set(events.map(event => event.correlationId))) {
    const ofCase = events.filter(event => event.correlationId === cause).map(causeOf);
    expect(ofCase).toEqual([...ofCase].sort((a, b) => a - b));
  }
}

function causeOf(event: Recorded): number {
  return (event.data as { cause: number }).cause;
}
