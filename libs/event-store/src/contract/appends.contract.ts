import type { AppendResult } from '../port.js';
import { anAppend, anEvent } from './builders.js';
import type { Current, It } from './place.js';

const dumpOf = async (current: Current) => (await current.store.readLog(0, 1_000)).map(({ bytes }) => Buffer.from(bytes).toString('utf8'));

export function appendsContract(it: It, current: Current, durable: boolean): void {
  it('given no stream, when two events are appended, then they get the first versions and indexes', async () => {
    const result = await current.store.append(anAppend({ events: [anEvent(), anEvent({ type: 'ComplaintClassified' })] }));
    expect(result).toMatchObject({ outcome: 'appended', record: { stream: 'complaint-1', version: 1, firstIndex: 0, nextIndex: 2 } });
    const read = await current.store.readStream('complaint-1', 0, 10);
    expect(read.map(({ event }) => [event.type, event.index, event.version])).toEqual([
      ['ComplaintRegistered', 0, 0], ['ComplaintClassified', 1, 1],
    ]);
    expect(await current.store.head()).toBe(2);
  });

  it('given a stream, when a decision was based on another version, then nothing is recorded and the version is told', async () => {
    await current.store.append(anAppend());
    for (const expectedVersion of [-1, 1, 7]) {
      const result = await current.store.append(anAppend({ expectedVersion, events: [anEvent(), anEvent()], commandId: `late-${expectedVersion}` }));
      expect(result).toEqual({ outcome: 'conflict', actualVersion: 0 });
      expect(await current.store.findCommand(`late-${expectedVersion}`)).toBeNull();
    }
    expect(await current.store.head()).toBe(1);
  });

  it('given a recorded command, when it is repeated, then the same receipt is returned and nothing is added', async () => {
    const request = anAppend({ commandId: 'c-1' });
    const first = await current.store.append(request);
    const again = await current.store.append({ ...request, expectedVersion: 5 });
    expect(again).toEqual({ outcome: 'repeated', record: (first as { record: object }).record });
    expect(await current.store.findCommand('c-1')).toEqual((first as { record: object }).record);
    expect(await current.store.head()).toBe(1);
  });

  it('given a recorded command, when its id comes back with other content, then it is refused with the old receipt', async () => {
    await current.store.append(anAppend({ commandId: 'c-1', fingerprint: 'one' }));
    const reused = await current.store.append(anAppend({ commandId: 'c-1', fingerprint: 'two', stream: 'complaint-2' }));
    expect(reused).toMatchObject({ outcome: 'command-id-reused', record: { fingerprint: 'one', stream: 'complaint-1' } });
    expect(await current.store.head()).toBe(1);
  });

  it('given a command that changes nothing, when it is repeated, then it is recognised', async () => {
    const empty = anAppend({ events: [], commandId: 'nothing-to-do' });
    expect(await current.store.append(empty)).toMatchObject({ outcome: 'appended', record: { version: -1, firstIndex: 0, nextIndex: 0 } });
    expect(await current.store.append(empty)).toMatchObject({ outcome: 'repeated', record: { version: -1, firstIndex: 0, nextIndex: 0 } });
    expect(await current.store.append(anAppend())).toMatchObject({ outcome: 'appended', record: { firstIndex: 0 } });
  });

  it('given 20 parallel appends of one decision, then one is acknowledged and present, the others are told they are late', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => current.store.append(anAppend({ commandId: `p-${i}` }))));
    expect(results.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
    expect(results.filter((result) => result.outcome === 'conflict' && result.actualVersion === 0)).toHaveLength(19);
    expect(await current.store.readStream('complaint-1', 0, 100)).toHaveLength(1);
  });

  it('given 20 writers that retry when late, then every acknowledged event is present once and the log has no gap', async () => {
    const acknowledged = await Promise.all(Array.from({ length: 20 }, async (_, i) => {
      const event = anEvent();
      for (let [expectedVersion, tries] = [-1, 0]; tries < 100; tries += 1) {
        const result: AppendResult = await current.store.append(anAppend({ expectedVersion, events: [event], commandId: `w-${i}` }));
        if (result.outcome !== 'conflict') return { id: event.id, index: (result.record.firstIndex) };
        expectedVersion = result.actualVersion;
      }
      throw new Error('late 100 times, with 19 others');
    }));
    const log = await current.store.readLog(0, 100);
    expect(log.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(log.map(({ event }) => event.version)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    for (const { id, index } of acknowledged) expect(log[index]?.event.id).toBe(id);
  });

  it('given 20 parallel appends to 20 streams, then all are acknowledged, present and in one dense order', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => current.store.append(anAppend({ stream: `s-${i}`, events: [anEvent(), anEvent()] }))));
    const log = await current.store.readLog(0, 100);
    expect(log.map(({ index }) => index)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    for (const [i, result] of results.entries()) {
      if (result.outcome !== 'appended') throw new Error(result.outcome);
      const { firstIndex, nextIndex } = result.record;
      expect(log.slice(firstIndex, nextIndex).map(({ event }) => [event.stream, event.version])).toEqual([[`s-${i}`, 0], [`s-${i}`, 1]]);
    }
  });

  it('given one command sent 20 times at once, then it is recorded once and everybody gets its receipt', async () => {
    const request = anAppend({ commandId: 'once', events: [anEvent(), anEvent()] });
    const results = await Promise.all(Array.from({ length: 20 }, () => current.store.append(request)));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['appended', ...Array.from({ length: 19 }, () => 'repeated')]);
    const receipts = results.map((result) => 'record' in result && result.record);
    expect(receipts).toEqual(Array.from({ length: 20 }, () => receipts[0]));
    expect(await current.store.head()).toBe(2);
  });

  it('given requests of one turn, then each succeeds, repeats or conflicts by itself and sees the earlier ones', async () => {
    const first = anAppend({ commandId: 'a' });
    const results = await Promise.all([
      current.store.append(first),
      current.store.append(first),
      current.store.append(anAppend({ commandId: 'b' })),
      current.store.append(anAppend({ commandId: 'c', expectedVersion: 0 })),
      current.store.append(anAppend({ commandId: 'a', fingerprint: 'other' })),
      current.store.append(anAppend({ commandId: 'd', stream: 'complaint-2' })),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['appended', 'repeated', 'conflict', 'appended', 'command-id-reused', 'appended']);
    expect(await current.store.head()).toBe(3);
  });

  it('given a clock that is set back, then recording times never go backwards in the log', async () => {
    const readings = ['2026-03-02T01:00:05.000Z', '2026-03-02T01:00:01.000Z', '2026-03-02T01:00:09.000Z'];
    await current.reopen(() => readings.shift() as string);
    for (const stream of ['x-1', 'x-2', 'x-3']) await current.store.append(anAppend({ stream }));
    const times = (await current.store.readLog(0, 10)).map(({ event }) => event.recordedAt.slice(17, 19));
    expect(times).toEqual(['05', '05', '09']);
  });

  if (!durable) return;

  it('given a recorded log, when it is opened again, then every byte, receipt and the clock floor are still there', async () => {
    const late = () => '2031-01-01T00:00:00.000Z';
    await current.reopen(late);
    const first = await current.store.append(anAppend({ commandId: 'c-1', events: [anEvent(), anEvent()] }));
    const before = await dumpOf(current);
    await current.reopen(() => '2026-01-01T00:00:00.000Z');
    expect(await dumpOf(current)).toEqual(before);
    expect(await current.store.append(anAppend({ commandId: 'c-1' }))).toEqual({ ...first, outcome: 'repeated' });
    expect(await current.store.append(anAppend({ expectedVersion: 1 }))).toMatchObject({ record: { firstIndex: 2, recordedAt: late() } });
  });
}
