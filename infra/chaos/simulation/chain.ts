import { decode, type EventStore, type EventToAppend, type InboxMark } from 'aftercare/event-store';
import type { Aggregate, Opened, Recorded } from 'aftercare/kernel';
import type { ExecutionMeta, React, ReactionCommand, ReactionHost } from 'aftercare/messaging';
import type { EffectRule, LogEntry } from 'aftercare/testing';
import type { Incarnation } from './incarnation.js';

/**
 * A small company: intake registers, quality investigates and holds the lot, logistics blocks the goods, intake notes
 * it. One event that nobody wants, one reaction with two commands, one that wants nothing, one stream that all cases share.
 */
export const DEPARTMENTS = ['intake', 'quality', 'logistics'] as const;
export const LISTENS: readonly (readonly [source: string, listener: string])[] = [['intake', 'quality'], ['quality', 'logistics'], ['logistics', 'intake']];

interface Happening { readonly case: string; readonly n: number }
interface Wanted { readonly type: string; readonly stream: string; readonly happening: Happening }

const want = (stream: string, type: string, happening: Happening): ReactionCommand =>
  ({ aggregate: { name: stream } as Aggregate, id: happening.case, command: { type, stream, happening } as Wanted });
const of = (event: Opened): Happening => {
  const { case: name, n } = event.data as unknown as Happening;
  return { case: name, n };
};

/** Reactions by source and type. */
export const REACTIONS: Readonly<Record<string, Readonly<Record<string, React>>>> = {
  'intake>quality': {
    ComplaintRegistered: async (event) => [
      want(`investigation-${of(event).case}`, 'InvestigationOpened', of(event)), want('lot-everybody', 'LotHeld', of(event)),
    ],
  },
  'quality>logistics': {
    InvestigationOpened: async (event) => [want(`goods-${of(event).case}`, 'GoodsBlocked', of(event))],
    LotHeld: async () => [],
  },
  'logistics>intake': { GoodsBlocked: async (event) => [want(`complaint-${of(event).case}`, 'BlockNoted', of(event))] },
};

const is = (log: string, type: string) => (entry: LogEntry): boolean => entry.log === log && entry.type === type;

export const EFFECTS: readonly EffectRule[] = [
  { name: 'a complaint opens an investigation', cause: is('intake', 'ComplaintRegistered'), effect: is('quality', 'InvestigationOpened') },
  { name: 'a complaint holds the lot', cause: is('intake', 'ComplaintRegistered'), effect: is('quality', 'LotHeld') },
  { name: 'an investigation blocks the goods', cause: is('quality', 'InvestigationOpened'), effect: is('logistics', 'GoodsBlocked') },
  { name: 'the block is noted', cause: is('logistics', 'GoodsBlocked'), effect: is('intake', 'BlockNoted') },
];

/** How one life of a department carries out what its reactions want. */
export function hostOf(life: Incarnation, store: EventStore): ReactionHost {
  const { world, department } = life;
  return {
    log: department, store,
    decode: (bytes) => {
      const event = decode(bytes);
      return world.breaks('lanes-by-event') ? { ...event, correlationId: event.id } : event;
    },
    open: async (recorded: Recorded) => {
      world.monitor.begins(department, recorded.log, recorded.index);
      return { ...recorded, personal: null } as Opened;
    },
    execute: async (command, meta) => {
      await carryOut(life, store, command.command as Wanted, meta);
    },
  };
}

async function carryOut(life: Incarnation, store: EventStore, wanted: Wanted, { commandId, causation, inbox }: ExecutionMeta): Promise<void> {
  const { world } = life;
  const id = world.breaks('command-id-not-derived') ? world.newId() : commandId;
  if (inbox && world.breaks('mark-before-effect')) await store.markInbox(inbox);
  const mark = world.breaks('mark-before-effect') ? undefined : inbox;
  await recordOnce(life, store, { stream: wanted.stream, commandId: id, events: [eventOf(life, wanted.type, wanted.happening, causation.id)], inbox: mark });
}

export interface OnceRequest {
  readonly stream: string;
  readonly commandId: string;
  readonly events: readonly EventToAppend[];
  readonly inbox?: InboxMark;
}

const ATTEMPTS = 20;

/** As the command path of a department does it: known commands are recognised, lost races are run again. */
export async function recordOnce({ world }: Incarnation, store: EventStore, { stream, commandId, events, inbox }: OnceRequest): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await store.findCommand(commandId)) {
      if (inbox) await store.markInbox(inbox);
      return;
    }
    const expectedVersion = (await store.readStream(stream, 0, 1_000)).length - 1;
    const { outcome } = await store.append({ stream, expectedVersion, commandId, fingerprint: 'f', events, ...(inbox && { inbox }) });
    if (outcome !== 'conflict' || world.breaks('conflict-counts-as-done')) return;
  }
  throw new Error('too many writers');
}

export function eventOf({ world }: Incarnation, type: string, happening: Happening & { readonly operation?: string }, causationId: string | null): EventToAppend {
  return {
    id: world.newId(), type, schema: 1, occurredAt: '2026-03-02T01:30:00.000Z', actor: { id: 'sim', role: 'system' }, onBehalfOf: null, reason: null,
    correlationId: happening.case, causationId, policy: null, signature: null, data: happening, personal: null,
  };
}
