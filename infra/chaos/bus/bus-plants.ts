import type { EventStore } from 'aftercare/event-store';
import type { OwnStream, OwnStreamAccess } from 'aftercare/messaging';
import { openInvestigation, type ListenerOptions } from './departments.js';

export const BUS_PLANTS = {
  'relay-trusts-its-checkpoint': 'the relay goes on after what it remembers instead of what the stream holds',
  'position-not-kept': 'the listener begins anew after a restart and takes new command ids',
  'every-40th-dropped': 'a message now and then is marked without its effect',
} as const;

export interface BusPlant {
  stream(access: OwnStreamAccess): OwnStreamAccess;
  store(store: EventStore): EventStore;
  readonly listener: ListenerOptions;
}

const HEALTHY: BusPlant = { stream: (access) => access, store: (store) => store, listener: {} };

/** @throws Error for a bug that nobody knows */
export function busPlants(name: string | null): BusPlant {
  switch (name) {
    case null: return HEALTHY;
    case 'relay-trusts-its-checkpoint': return { ...HEALTHY, stream: trusting };
    case 'position-not-kept': return { ...HEALTHY, store: forgetful, listener: { execute: (store, command, meta) => openInvestigation(store, command, { ...meta, commandId: `${meta.commandId}/${Math.random()}` }) } };
    case 'every-40th-dropped': return {
      ...HEALTHY, listener: { execute: (store, command, meta) => (meta.causation.index % 40 === 39 && meta.inbox ? store.markInbox(meta.inbox) : openInvestigation(store, command, meta)) },
    };
    default: throw new Error(`there is no planted bug "${name}" of a bus`);
  }
}

function trusting(access: OwnStreamAccess): OwnStreamAccess {
  let confirmed = 0;
  const over = (stream: OwnStream): OwnStream => ({
    state: async () => ({ created: 'the one I know', lastSequence: confirmed }),
    message: (sequence) => stream.message(sequence),
    publishFenced: async (events) => {
      await stream.publishFenced(events);
      confirmed = (events.at(-1)?.index ?? -1) + 1;
    },
    remove: () => stream.remove(),
    leave: () => stream.leave(),
  });
  return { isConnected: () => access.isConnected(), open: async (stopped) => access.open(stopped).then((stream) => stream && over(stream)) };
}

/** Knows nothing of what was dealt with before this listener began. */
function forgetful(store: EventStore): EventStore {
  return new Proxy(store, {
    get: (target, member) => {
      if (member === 'inboxSeen') return async () => false;
      if (member === 'inboxPosition') return async () => 0;
      const value: unknown = Reflect.get(target, member);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
