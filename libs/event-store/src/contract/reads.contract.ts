import canonicalize from 'canonicalize';
import { anAppend, anEvent } from './builders.js';
import type { Current } from './current.js';

export function readsContract(current: Current): void {
  const record = async (stream: string, expectedVersion: number, ...cases: string[]) =>
    current.store.append(anAppend({ stream, expectedVersion, events: cases.map((correlationId) => anEvent({ correlationId })) }));

  it('given several streams, when one is read, then its events come in version order, from where asked, no more than asked', async () => {
    await record('a-1', -1, 'x', 'x', 'x');
    await record('b-1', -1, 'y', 'y');
    await record('a-1', 2, 'x');
    const versions = async (from: number, limit: number) => (await current.store.readStream('a-1', from, limit)).map(({ event }) => event.version);
    expect(await versions(0, 10)).toEqual([0, 1, 2, 3]);
    expect(await versions(1, 2)).toEqual([1, 2]);
    expect(await versions(4, 2)).toEqual([]);
    expect(await versions(0, 0)).toEqual([]);
    expect(await current.store.readStream('a', 0, 10)).toEqual([]);
  });

  it('given a log, when it is read in pages, then every event comes once in index order', async () => {
    for (let i = 0; i < 7; i += 1) await record(`s-${i}`, -1, 'x', 'x');
    const seen: number[] = [];
    for (;;) {
      const page = await current.store.readLog(seen.length, 4);
      expect(page.length).toBeLessThanOrEqual(4);
      seen.push(...page.map(({ index }) => index));
      if (page.length === 0) break;
    }
    expect(seen).toEqual(Array.from({ length: 14 }, (_, i) => i));
  });

  it('given events of two cases over several streams, when a case is read, then exactly its events come in log order', async () => {
    await record('a-1', -1, 'case-1', 'case-2');
    await record('b-1', -1, 'case-1');
    await record('a-1', 1, 'case-2', 'case-1');
    const indexes = async (from: number, limit: number) => (await current.store.readCorrelation('case-1', from, limit)).map(({ index }) => index);
    expect(await indexes(0, 10)).toEqual([0, 2, 4]);
    expect(await indexes(1, 1)).toEqual([2]);
    expect(await indexes(5, 10)).toEqual([]);
  });

  it.each([['emoji and Chinese', '药品💊不良反应'], ['quotes', `"';--\\`], ['a NUL and controls', 'a\u0000b\u001f\u007f\u2028'], ['a megabyte', '售后'.repeat(170_000)]])(
    'given text with %s, when it is recorded, then it is read back unchanged from its RFC 8785 bytes', async (_, text) => {
      const event = anEvent({ data: { text, [text.slice(0, 20)]: 1 }, correlationId: text.slice(0, 50), reason: text });
      const stream = `complaint-${text.slice(0, 50)}`;
      await current.store.append(anAppend({ stream, commandId: text.slice(0, 50), events: [event] }));
      const [stored] = await current.store.readCorrelation(event.correlationId, 0, 2);
      expect(stored?.event).toMatchObject({ ...event, stream, log: current.store.log, format: 1, index: 0, version: 0 });
      expect(Buffer.from(stored?.bytes ?? []).equals(Buffer.from(canonicalize(stored?.event) ?? ''))).toBe(true);
      expect(await current.store.findCommand(text.slice(0, 50))).toMatchObject({ stream });
      expect(await current.store.readStream(stream, 0, 2)).toHaveLength(1);
    });

  it('given a subscriber that reads up to each head it is woken with, then it never skips or doubles an event', async () => {
    const seen: number[] = [];
    let reading = Promise.resolve();
    const stop = current.store.subscribe((head) => {
      reading = reading.then(async () => {
        for (const { index } of await current.store.readLog(seen.length, head - seen.length)) seen.push(index);
      });
    });
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(Array.from({ length: 6 }, (_, i) => record(`s-${round}-${i}`, -1, 'x', 'x')));
    }
    await reading;
    expect(seen).toEqual(Array.from({ length: 60 }, (_, i) => i));
    stop();
    await record('last-1', -1, 'x');
    await reading;
    expect(seen).toHaveLength(60);
  });

  it('given a wake, when the woken one reads, then what it was woken for is there', async () => {
    const found = new Promise<number>((resolve) => {
      current.store.subscribe((head) => void current.store.readLog(head - 1, 1).then((events) => resolve(events.length)));
    });
    await record('a-1', -1, 'x');
    expect(await found).toBe(1);
  });
}
