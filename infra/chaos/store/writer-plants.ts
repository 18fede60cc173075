import type { AppendRequest, AppendResult, EventStore } from 'aftercare/event-store';

/** Wrong ways to keep a log, each of which the checkers have to notice after kills. */
export const WRITER_PLANTS = {
  'ack-before-commit': 'answers before the append is durable',
  'torn-append': 'records the events of one append one by one',
  'repeat-not-known': 'takes a repeated command for a new one',
  'conflict-recorded': 'records what it refuses',
  'error-swallowed': 'answers ok when the log could not be written',
} as const;

type Append = (request: AppendRequest) => Promise<AppendResult>;

const done = ({ commandId, fingerprint, stream }: AppendRequest): AppendResult =>
  ({ outcome: 'appended', record: { commandId, fingerprint, stream, version: 0, firstIndex: 0, nextIndex: 0, recordedAt: '' } });

const BROKEN: Record<keyof typeof WRITER_PLANTS, (append: Append) => Append> = {
  'ack-before-commit': (append) => async (request) => {
    setTimeout(() => void append(request).catch(() => undefined), 2);
    return done(request);
  },
  'torn-append': (append) => async (request) => {
    for (const [place, event] of request.events.entries()) {
      await append({ ...request, events: [event], commandId: `${request.commandId}/${place}`, expectedVersion: request.expectedVersion + place });
    }
    return done(request);
  },
  'repeat-not-known': (append) => {
    let calls = 0;
    return (request) => append({ ...request, commandId: `${request.commandId}/${calls += 1}`, stream: `${request.stream}/${process.pid}-${calls}` });
  },
  'conflict-recorded': (append) => async (request) => {
    const result = await append(request);
    if (result.outcome === 'conflict') await append({ ...request, expectedVersion: -1 });
    return result;
  },
  'error-swallowed': (append) => (request) => append(request).catch(() => done(request)),
};

/** The store itself, or one with the planted bug. @throws Error for a bug that nobody knows */
export function planted(name: string | null, store: EventStore): EventStore {
  if (name === null) return store;
  const breaks = BROKEN[name as keyof typeof WRITER_PLANTS];
  if (!breaks) throw new Error(`there is no planted bug "${name}" of a writer`);
  const append = breaks((request) => store.append(request));
  return new Proxy(store, {
    get: (target, member) => {
      if (member === 'append') return append;
      const value: unknown = Reflect.get(target, member);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
