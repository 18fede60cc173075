import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readableEvents } from 'aftercare/contracts';
import { canonicalJson, decodeWith, openStore, type EventStore } from 'aftercare/event-store';
import type { DomainEvent } from 'aftercare/kernel';
import { timesOfReplay } from './case-replay.js';
import { CASE_KINDS } from './case-kinds.js';
import { fillFrom } from './fill.js';
import { Generator } from './generator.js';
import { cast, mouldOf } from './mould.js';
import { aggregateOf, recordCase } from './recorded-case.js';
import { growAndMeasure } from './stops.js';

/** Ten times as many say no more here; `npm run scale` measures up to ten million. */
const EVENTS = Number(process.env['SCALE_EVENTS'] ?? 6_000);

describe('the generator of realistic cases', () => {
  let folder: string;
  let store: EventStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'scale-spec-'));
    store = await openStore('sqlite', { log: 'intake', dataDir: folder, forTransfer: true, decode: decodeWith(readableEvents) });
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it.each(CASE_KINDS.map((kind) => [kind.name, kind] as const))('"%s" told again is what the serialiser would have written', async (_, kind) => {
    const recorded = await recordCase(kind);
    const { steps, ids } = mouldOf(recorded);
    let last = 0;
    const newId = (): string => `019d0000-0000-7000-8000-${String((last += 1)).padStart(12, '0')}`;
    const telling = { ids: [newId()], newId, began: Date.parse('2026-05-04T02:00:00.000Z') };
    const told = steps.flatMap(({ after, events }) => events.map((mould, i) => cast(mould, { ...telling, now: new Date(telling.began + after).toISOString() }, 1_234_567 + i)));
    for (const bytes of told) expect(bytes.toString('utf8')).toBe(canonicalJson(JSON.parse(bytes.toString('utf8')), 'event'));
    expect(last).toBe(ids);
    expect(told.join('')).not.toContain(recorded[0]?.stream.slice(-36));
  });

  it('fills a log that a department could have recorded: every case folds as far as it got, ids and times advance', async () => {
    const generator = await Generator.create();
    await store.transfer().begin();
    await fillFrom(generator, store.transfer(), EVENTS, () => undefined);
    expect(await store.head()).toBeGreaterThanOrEqual(EVENTS);

    const stages = new Set<string>();
    for (const { id, aggregate: name } of generator.cases.slice(0, 200)) {
      const aggregate = aggregateOf(name);
      const stored = await store.readCorrelation(id, 0, 500);
      const state = stored.reduce((folded, { event }) => aggregate.decider.evolve(folded, event as unknown as DomainEvent), aggregate.decider.initial);
      stages.add(`${name} ${aggregate.stage(state)}`);
      expect(stored.map(({ event }) => event.version)).toEqual(stored.map((__, version) => version));
    }
    expect([...stages]).toEqual(expect.arrayContaining(['complaint closed', 'complaint classified', 'inquiry answered']));
    const all = await store.readLog(0, EVENTS);
    expect(all.every(({ event }, i) => i === 0 || event.recordedAt >= (all[i - 1]?.event.recordedAt ?? ''))).toBe(true);
    expect(new Set(all.map(({ event }) => event.id)).size).toBe(all.length);
  });

  it('the same seed gives the same mix of events', async () => {
    const [one, other] = [await Generator.create({ seed: 7 }), await Generator.create({ seed: 7 })];
    const types = (generator: Generator): string[] => Array.from({ length: 300 }, () => generator.next().receipt.stream.split('-')[0] ?? '');
    expect(types(one)).toEqual(types(other));
  });

  it('a growing log is measured: cases are found, read models built twice are the same', async () => {
    const stops = await growAndMeasure({ store, generator: await Generator.create(), folder, size: async () => 1, say: () => undefined }, [EVENTS / 2, EVENTS]);
    expect(stops.map(({ events }) => events >= EVENTS / 2)).toEqual([true, true]);
    expect(stops.every(({ rebuild, replay }) => (rebuild?.perSecond ?? 0) > 0 && replay.eventsEach > 1)).toBe(true);
  }, 60_000);

  it('a case that the log does not hold is not measured as a fast one', async () => {
    await expect(timesOfReplay(store, [{ id: 'nobody', aggregate: 'complaint' }])).rejects.toThrow('holds no event');
  });
});
