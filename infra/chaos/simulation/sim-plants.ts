import type { EventStore } from 'aftercare/event-store';
import type { Incarnation } from './incarnation.js';

/** Mistakes that others made in delivery, put where our code meets its surroundings. */
export const SIM_PLANTS = {
  'relay-trusts-its-checkpoint': 'the relay goes on after what it remembers instead of what the stream holds',
  'no-fence': 'events are published without the condition on what stands before them',
  'copy-not-compared': 'the end of the stream is believed to be that of the log',
  'ack-before-commit': 'a message is acknowledged before its effect is recorded',
  'mark-before-effect': 'the inbox is marked first and the effect recorded afterwards',
  'gap-ignored': 'everything below the highest dealt-with index counts as dealt with',
  'ahead-marks-lost': 'what was dealt with beyond a missing event is forgotten',
  'command-id-not-derived': 'a reaction takes a new command id each time',
  'dedupe-by-window-only': 'a command is recognised for 300 ms only',
  'conflict-counts-as-done': 'a lost race for a stream is taken for success',
  'answer-before-commit': 'a client is answered before the append',
  'lanes-by-event': 'events of one case are worked on side by side',
  'deaf-at-the-end': 'only holes are filled, never the end that the bus forgot',
  'owner-skips': 'the owner of a log leaves out one of the events it is asked for',
  'drops-not-marked': 'the place of an event that nobody wants is not remembered',
} as const;

export type SimPlant = keyof typeof SIM_PLANTS;

/** What a department keeps, seen through its planted bug. Stands between one life and the durable store. */
export function plantedStore(life: Incarnation, store: EventStore): EventStore {
  const { world } = life;
  const over: Partial<EventStore> = {};
  if (world.breaks('gap-ignored')) {
    const highest = async (source: string): Promise<number> => {
      let most = -1;
      for (let index = 0; index <= world.longest; index += 1) if (await store.inboxSeen({ source, index })) most = index;
      return most;
    };
    over.inboxPosition = async (source) => await highest(source) + 1;
    over.inboxSeen = async ({ source, index }) => index <= await highest(source);
  }
  if (world.breaks('ahead-marks-lost')) over.inboxSeen = async ({ source, index }) => index < await store.inboxPosition(source);
  if (world.breaks('drops-not-marked')) over.markInbox = async () => undefined;
  if (world.breaks('dedupe-by-window-only')) {
    const windowed = (id: string): string => `${id}@${Math.floor(world.time.now() / 300)}`;
    over.findCommand = (id) => store.findCommand(windowed(id));
    over.append = (request) => store.append({ ...request, commandId: windowed(request.commandId) });
  }
  return Object.keys(over).length === 0 ? store : new Proxy(store, {
    get: (target, member) => {
      const value: unknown = Reflect.get(over, member) ?? Reflect.get(target, member);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
