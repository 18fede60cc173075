import fc from 'fast-check';
import { anEvent } from '../contract/builders.js';
import { temporaryPlace } from '../contract/temporary-sqlite.js';
import { openMemoryStore } from '../memory/memory-store.js';
import type { AppendRequest, EventStore } from '../port.js';

type Step =
  | { readonly kind: 'append'; readonly requests: readonly AppendRequest[] }
  | { readonly kind: 'mark' | 'quarantine' | 'release'; readonly source: string; readonly index: number; readonly reason: string }
  | { readonly kind: 'reopen' };

const source = fc.constantFrom('quality', 'billing');
const index = fc.nat({ max: 5 });
const request = fc.record({
  stream: fc.constantFrom('a-1', 'a-2', 'b-1'),
  expectedVersion: fc.integer({ min: -1, max: 3 }),
  events: fc.array(fc.record({ correlationId: fc.constantFrom('x', 'y'), data: fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(fc.integer(), fc.constant(0.5)), { maxKeys: 2 }) }), { maxLength: 3 }),
  commandId: fc.nat({ max: 30 }).map(String),
  fingerprint: fc.constantFrom('f', 'f', 'f', 'g'),
  inbox: fc.option(fc.record({ source, index }), { nil: undefined }),
}).map((r): AppendRequest => ({ ...r, events: r.events.map((over) => anEvent({ id: 'id', ...over })) }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('append' as const), requests: fc.array(request, { minLength: 1, maxLength: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('mark' as const, 'quarantine' as const, 'release' as const), source, index, reason: fc.string() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
);

async function take(store: EventStore, taken: Step): Promise<unknown> {
  switch (taken.kind) {
    case 'append':
      return (await Promise.allSettled(taken.requests.map((r) => store.append(r)))).map((result) => result.status === 'fulfilled' ? result.value : String(result.reason));
    case 'mark': return store.markInbox(taken);
    case 'release': return store.releaseFromQuarantine(taken);
    case 'quarantine': return store.quarantine({ source: taken.source, index: taken.index, reason: taken.reason, type: 't', at: 'then', bytes: Buffer.from(taken.reason) });
    case 'reopen': return undefined;
  }
}

/** Everything a reader can see. */
async function visible(store: EventStore): Promise<unknown> {
  const texts = (events: Awaited<ReturnType<EventStore['readLog']>>): string[] => events.map(({ index: at, bytes }) => `${at} ${Buffer.from(bytes).toString()}`);
  const marks = await Promise.all(['quality', 'billing'].map(async (s) => [await store.inboxPosition(s),
    ...await Promise.all([0, 1, 2, 3, 4, 5, 6].map((i) => store.inboxSeen({ source: s, index: i })))]));
  return {
    head: await store.head(), marks, log: texts(await store.readLog(0, 1_000)),
    page: texts(await store.readLog(2, 3)), stream: texts(await store.readStream('a-1', 1, 2)), ofCase: texts(await store.readCorrelation('x', 1, 4)),
    quarantined: (await store.quarantined()).map((entry) => ({ ...entry, bytes: Buffer.from(entry.bytes).toString() })),
    commands: await Promise.all(Array.from({ length: 31 }, (_, i) => store.findCommand(String(i)))),
  };
}

/** A clock that jumps back now and then; both stores must read it equally often. */
function jumpyClock(): () => string {
  let reading = 0;
  return () => new Date(Date.UTC(2026, 2, 2) + ((reading += 1) % 7) * 1_000).toISOString();
}

describe('sqlite against its model', () => {
  it('answers and shows the same as the memory store after any sequence of requests', async () => {
    let appended = 0;
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      const place = temporaryPlace();
      const [modelClock, clock] = [jumpyClock(), jumpyClock()];
      const model = openMemoryStore({ log: 'intake', now: modelClock });
      let store = await place.open(clock);
      try {
        for (const taken of steps) {
          if (taken.kind === 'reopen') {
            await store.close();
            store = await place.open(clock);
          }
          expect(await take(store, taken)).toEqual(await take(model, taken));
        }
        expect(await visible(store)).toEqual(await visible(model));
        appended += await model.head();
      } finally {
        await store.close();
        await place.remove();
      }
    }), { numRuns: 100 });
    expect(appended).toBeGreaterThan(100);
  }, 240_000);
});
