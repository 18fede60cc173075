import { decode, type EventStore, type EventToAppend } from 'aftercare/event-store';
import type { Aggregate, Opened } from 'aftercare/kernel';
import { JetStreamStrategy, type Bus, type ExecutionMeta, type ReactionCommand } from 'aftercare/messaging';
import type { MessageHandler } from '@nestjs/microservices';
import { uuidv7 } from 'uuidv7';
import type { EffectRule } from 'aftercare/testing';

/** One department that hears of complaints and one that registers them: the smallest company with a bus between. */
export const SOURCE = 'intake';
export const LISTENER = 'quality';

export const INVESTIGATION: EffectRule = {
  name: 'a complaint opens an investigation',
  cause: ({ log, type }) => log === SOURCE && type === 'ComplaintRegistered',
  effect: ({ log, type }) => log === LISTENER && type === 'InvestigationOpened',
};

const investigation = { name: 'investigation' } as Aggregate;

export function eventOf(type: string, caseId: string, data: object, causationId: string | null): EventToAppend {
  return {
    id: uuidv7(), type, schema: 1, occurredAt: new Date().toISOString(), actor: { id: 'chaos', role: 'system' }, onBehalfOf: null, reason: null,
    correlationId: caseId, causationId, policy: null, signature: null, data, personal: null,
  };
}

/** Appends an event to the case's stream once per command id. @throws Error after too many lost races */
export async function recordOnce(store: EventStore, stream: string, commandId: string, event: EventToAppend, inbox?: ExecutionMeta['inbox']): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const version = await versionOf(store, stream);
    const { outcome } = await store.append({ stream, expectedVersion: version, commandId, fingerprint: 'chaos', events: [event], ...(inbox && { inbox }) });
    if (outcome !== 'conflict') return;
  }
  throw new Error('too many writers');
}

/** Streams grow long here, so that the last version is looked for and not everything read. */
async function versionOf(store: EventStore, stream: string): Promise<number> {
  const PAGE = 500;
  for (let from = 0; ; from += PAGE) {
    const { length } = await store.readStream(stream, from, PAGE);
    if (length < PAGE) return from + length - 1;
  }
}

export interface ListenerOptions {
  /** A reaction's own mistakes, planted by a suite. */
  readonly execute?: (store: EventStore, command: ReactionCommand, meta: ExecutionMeta) => Promise<void>;
}

/** The listening department on a connection: begins at once, ends by `close`. */
export function listening(bus: Bus, store: EventStore, { execute = openInvestigation }: ListenerOptions = {}): JetStreamStrategy {
  const strategy = new JetStreamStrategy({
    log: LISTENER, store, bus, decode, open: async (recorded) => ({ ...recorded, personal: null }) as Opened,
    execute: (command, meta) => execute(store, command, meta), times: { retryMs: [20, 100, 500], quietMs: 1_000, lookMs: 250 },
  });
  const react = async (event: Opened): Promise<ReactionCommand> => ({ aggregate: investigation, id: event.correlationId, command: { type: 'OpenInvestigation' } });
  strategy.addHandler(`${SOURCE}.ComplaintRegistered`, react as MessageHandler, true);
  strategy.listen(() => undefined);
  return strategy;
}

export function openInvestigation(store: EventStore, command: ReactionCommand, { commandId, causation, inbox }: ExecutionMeta): Promise<void> {
  return recordOnce(store, `investigation-${command.id}`, commandId, eventOf('InvestigationOpened', causation.correlationId, {}, causation.id), inbox);
}
