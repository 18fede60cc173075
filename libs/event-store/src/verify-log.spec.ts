import { anAppend, anEvent } from './contract/builders.js';
import { withBug } from './contract/planted-bugs.js';
import { openMemoryStore } from './memory/memory-store.js';
import type { EventStore, StoredEvent } from './port.js';
import { verifyLog } from './verify-log.js';

async function aLog(): Promise<EventStore> {
  const store = openMemoryStore({ log: 'intake', now: () => '2026-03-02T01:30:00.000Z' });
  for (let i = 0; i < 30; i += 1) {
    await store.append(anAppend({ stream: `s-${i % 3}`, expectedVersion: Math.floor(i / 3) * 2 - 1, events: [anEvent({ correlationId: `c-${i % 2}` }), anEvent()] }));
  }
  return store;
}

const inBytes = (from: string, to: string) => (stored: StoredEvent): StoredEvent => ({ ...stored, bytes: Buffer.from(Buffer.from(stored.bytes).toString('utf8').replace(from, to)) });
const at = (index: number, change: (stored: StoredEvent) => StoredEvent) => (store: EventStore): Partial<EventStore> => ({
  readLog: async (from, limit) => (await store.readLog(from, limit)).map((stored) => (stored.index === index ? change(stored) : stored)),
});

describe('checking a whole log', () => {
  it('given a sound log, then nothing is found and progress ends at its head', async () => {
    const seen: number[] = [];
    expect(await verifyLog(await aLog(), (done, of) => seen.push(done, of))).toEqual({ events: 60, findings: [] });
    expect(seen).toEqual([60, 60]);
  });

  it.each<[string, (store: EventStore) => Partial<EventStore>, RegExp]>([
    ['a missing index', at(7, (stored) => ({ ...stored, index: 8 })), /^index 7: 8 stands there/],
    ['bytes of another index', at(7, inBytes('"index":7,', '"index":9,')), /^index 7: its bytes say 9/],
    ['bytes of another log', at(7, inBytes('"log":"intake"', '"log":"quality"')), /^index 7: its bytes say 7 of "quality"/],
    ['bytes in another form', at(7, inBytes(',"log"', ', "log"')), /^index 7: .*canonical/],
    ['bytes that are no record', at(7, (stored) => ({ ...stored, bytes: Buffer.from('x') })), /^index 7: .*no record/],
    ['a version twice', at(13, inBytes('"version":5}', '"version":4}')), /^index 13: its stream has no version 4/],
    ['a time that goes back', at(7, inBytes('"recordedAt":"2026-03-02', '"recordedAt":"2026-03-01')), /^index 7: recorded before/],
    ['a head that is too far', (store) => ({ head: async () => await store.head() + 1 }), /^the head says 61 events, the log holds 60/],
    ['a stream that lacks an event when read', (store) => ({ readStream: async (stream, from, limit) => (await store.readStream(stream, from, limit)).filter(({ index }) => index !== 7) }), /^a stream of 20 events is read as 19/],
    ['a case with an event of another', (store) => ({ readCorrelation: async (id, from, limit) => (await store.readCorrelation(id, from, limit)).map((stored) => (stored.index === 8 ? { ...stored, index: 9 } : stored)) }), /^a case of/],
  ])('given %s, then the place is named', async (_, plant, finding) => {
    const { findings } = await verifyLog(withBug({ bug: '', plant }, await aLog()));
    expect(findings[0]).toMatch(finding);
  });

  it('given a log that is wrong everywhere, then the first ten places are named', async () => {
    const wrong = withBug({ bug: '', plant: (store) => ({ readLog: async (from, limit) => (await store.readLog(from, limit)).map(inBytes('"log":"intake"', '"log":"x"')) }) }, await aLog());
    expect((await verifyLog(wrong)).findings).toHaveLength(10);
  });
});
