import fc from 'fast-check';
import { openMemoryStore } from '../memory/memory-store.js';
import type { AppendRequest, EventStore } from '../port.js';
import { anEvent } from './builders.js';
import type { Engine, It } from './place.js';

const RUNS = Number(process.env['AFTERCARE_MODEL_RUNS'] ?? '15');
const LONGEST = 100;
const SOURCES = ['quality', 'billing'];
const STREAMS = ['a-1', 'a-2', 'b-1'];
const COMMANDS = 60;

/** Version is told relative to the stream's when the step begins, so that most decisions fit and many are late. */
interface Asked extends Omit<AppendRequest, 'expectedVersion'> { readonly behind: number }

type Step =
  | { readonly kind: 'append'; readonly asked: readonly Asked[] }
  | { readonly kind: 'repeat'; readonly commandId: string }
  | { readonly kind: 'mark' | 'quarantine' | 'release'; readonly source: string; readonly index: number; readonly reason: string }
  | { readonly kind: 'clock'; readonly seconds: number }
  | { readonly kind: 'look' }
  | { readonly kind: 'reopen' };

const source = fc.constantFrom(...SOURCES);
const index = fc.nat({ max: 8 });
const mark = fc.option(fc.record({ source, index }), { nil: undefined, freq: 2 });
const text = fc.string({ unit: 'grapheme', maxLength: 6 });
const content = fc.dictionary(text, fc.oneof({ weight: 15, arbitrary: fc.integer() }, { weight: 5, arbitrary: text }, { weight: 1, arbitrary: fc.constant(0.5) }), { maxKeys: 2 });
const asked: fc.Arbitrary<Asked> = fc.record({
  stream: fc.constantFrom(...STREAMS),
  behind: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, -1, 3),
  events: fc.array(fc.record({ id: fc.uuid({ version: 7 }), correlationId: fc.constantFrom('x', 'y'), data: content }), { maxLength: 3 }),
  commandId: fc.nat({ max: COMMANDS - 1 }).map(String),
  fingerprint: fc.constantFrom('f', 'f', 'f', 'f', 'f', 'g'),
  inbox: mark,
  releases: mark,
}).map((each) => ({ ...each, events: each.events.map((over) => anEvent(over)) }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('append' as const), asked: fc.array(asked, { minLength: 1, maxLength: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const), commandId: fc.nat({ max: COMMANDS - 1 }).map(String) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('mark' as const, 'quarantine' as const, 'release' as const), source, index, reason: text }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('clock' as const), seconds: fc.integer({ min: -3, max: 9 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'look' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
);
const steps = fc.array(step, { minLength: 20, maxLength: LONGEST, size: 'max' });

const START = Date.UTC(2026, 2, 2);
const iso = (seconds: number): string => new Date(START + seconds * 1_000).toISOString();
const textOf = (events: Awaited<ReturnType<EventStore['readLog']>>): string[] => events.map(({ index: at, bytes }) => `${at} ${Buffer.from(bytes).toString('utf8')}`);

/** Everything a reader can see. */
async function visible(store: EventStore): Promise<unknown> {
  return {
    head: await store.head(), log: textOf(await store.readLog(0, 10_000)), page: textOf(await store.readLog(2, 3)),
    streams: await Promise.all(STREAMS.map(async (stream) => [textOf(await store.readStream(stream, 0, 10_000)).length, textOf(await store.readStream(stream, 1, 2))])),
    ofCase: textOf(await store.readCorrelation('x', 1, 4)),
    headsAt: await Promise.all(Array.from({ length: 30 }, async (_, i) => store.headAt(iso(i * 10 - 20)))),
    marks: await Promise.all(SOURCES.map(async (each) => [await store.inboxPosition(each),
      ...await Promise.all(Array.from({ length: 10 }, async (_, i) => store.inboxSeen({ source: each, index: i })))])),
    quarantined: (await store.quarantined()).map((entry) => ({ ...entry, bytes: Buffer.from(entry.bytes).toString('utf8') })),
    commands: await Promise.all(Array.from({ length: COMMANDS }, async (_, i) => store.findCommand(String(i)))),
  };
}

/** The engine and the model side by side, with one clock. */
class Pair {
  private readonly sent = new Map<string, AppendRequest>();
  seconds = 0;
  readonly now = (): string => iso(this.seconds);
  readonly model = openMemoryStore({ log: 'intake', now: this.now });

  /** What a store answers to a step; the same for both, or the engine is wrong. */
  async requestsOf(taken: Step): Promise<readonly AppendRequest[]> {
    if (taken.kind === 'repeat') return [...this.sent.values()].filter(({ commandId }) => commandId === taken.commandId);
    if (taken.kind !== 'append') return [];
    const requests: AppendRequest[] = [];
    for (const { behind, ...rest } of taken.asked) {
      const before = requests.filter(({ stream }) => stream === rest.stream).reduce((sum, { events }) => sum + events.length, 0);
      const version = (await this.model.readStream(rest.stream, 0, 10_000)).length - 1 + before;
      const request = { ...rest, expectedVersion: Math.max(-1, version - behind) };
      if (!this.sent.has(request.commandId)) this.sent.set(request.commandId, request);
      requests.push(request);
    }
    return requests;
  }
}

async function answer(store: EventStore, taken: Step, requests: readonly AppendRequest[]): Promise<unknown> {
  switch (taken.kind) {
    case 'append':
    case 'repeat':
      return (await Promise.allSettled(requests.map(async (request) => store.append(request))))
        .map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)));
    case 'mark': return store.markInbox(taken);
    case 'release': return store.releaseFromQuarantine(taken);
    case 'quarantine': return store.quarantine({ source: taken.source, index: taken.index, reason: taken.reason, type: 't', at: 'then', bytes: Buffer.from(taken.reason) });
    case 'look': return visible(store);
    case 'clock':
    case 'reopen': return undefined;
  }
}

export function modelContract(it: It, engine: Engine): void {
  it(`given ${RUNS} random sequences of up to ${LONGEST} steps, then the engine answers and shows the same as its model at every step`, async () => {
    const figures = { sequences: 0, steps: 0, events: 0, reopened: 0 };
    const outcomes = new Map<string, number>();
    await fc.assert(fc.asyncProperty(steps, async (sequence) => {
      const place = engine.newPlace();
      const pair = new Pair();
      let store = await place.open(pair.now);
      try {
        for (const taken of [...sequence, { kind: 'look' } as const]) {
          if (taken.kind === 'clock') pair.seconds += taken.seconds;
          if (taken.kind === 'reopen' && engine.durable) {
            await store.close();
            store = await place.open(pair.now);
            figures.reopened += 1;
          }
          const requests = await pair.requestsOf(taken);
          const expected = await answer(pair.model, taken, requests);
          expect(await answer(store, taken, requests)).toEqual(expected);
          for (const result of requests.length > 0 ? expected as readonly unknown[] : []) {
            const outcome = typeof result === 'string' ? 'refused' : (result as { outcome: string }).outcome;
            outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          }
          figures.steps += 1;
        }
        figures.sequences += 1;
        figures.events += await pair.model.head();
      } finally {
        await store.close();
        await place.remove();
      }
    }), { numRuns: RUNS, endOnFailure: true });
    if (process.env['AFTERCARE_FIGURES']) process.stderr.write(`model: ${JSON.stringify({ ...figures, ...Object.fromEntries(outcomes) })}\n`);
    // Sequences in which everything is refused, or nothing, would agree on any engine.
    expect([...outcomes.keys()].sort()).toEqual(['appended', 'command-id-reused', 'conflict', 'refused', 'repeated']);
    expect(figures.events / figures.sequences).toBeGreaterThan(8);
  }, 120_000 + RUNS * 5_000);
}
