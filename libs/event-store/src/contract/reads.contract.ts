import canonicalize from 'canonicalize';
import { anAppend, anEvent } from './builders.js';
import type { Current, It } from './place.js';

export function readsContract(it: It, current: Current): void {
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
    while (seen.length < 99) {
      const page = await current.store.readLog(seen.length, 4);
      expect(page.length).toBeLessThanOrEqual(4);
      seen.push(...page.map(({ index }) => index));
      if (page.length === 0) break;
    }
    expect(seen).toEqual(Array.from({ length: 14 }, (_, i) => i));
  });

  it('given a log, when only its bytes are read, then they are those of the same events', async () => {
    await record('a-1', -1, 'x', 'x', 'x');
    const events = await current.store.readLog(1, 2);
    expect((await current.store.readBytes(1, 2)).map((bytes) => Buffer.from(bytes).toString())).toEqual(events.map(({ bytes }) => Buffer.from(bytes).toString()));
    await expect(current.store.readBytes(0, -1)).rejects.toThrow(RangeError);
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

  it('given a case with a policy version and one without, when they are read by any way, then each has what was recorded', async () => {
    await current.store.append(anAppend({ stream: 'a-1', events: [anEvent({ adoption: 'example@1' }), anEvent()] }));
    const { store } = current;
    for (const read of [await store.readStream('a-1', 0, 9), await store.readLog(0, 9), await store.readCorrelation('case-1', 0, 9)]) {
      expect(read.map(({ event }) => event.adoption)).toEqual(['example@1', undefined]);
      expect(read.map(({ bytes }) => Buffer.from(bytes).toString().includes('"adoption"'))).toEqual([true, false]);
    }
  });

  const texts = [
    ['emoji and Chinese', '药品💊不良反应'], ['quotes', `"';--\\`], ['a NUL and controls', 'a\u0000b\u001f\u007f\u2028'],
    ['two forms of one letter', 'e\u0301 \u00e9'], ['names that objects have', '__proto__'], ['text that runs from right to left', '\u202eabc\u200f'],
    ['what looks like an end of statement', `'); DROP TABLE events; --`], ['a byte order mark and the last character', '\ufeff\uffff\u{10ffff}'],
    ['a megabyte', '售后'.repeat(170_000)],
  ] as const;
  for (const [what, text] of texts) {
    it(`given text with ${what}, when it is recorded, then it is read back unchanged from its RFC 8785 bytes`, async () => {
      const event = anEvent({ data: { text, [text.slice(0, 20)]: 1 }, correlationId: text.slice(0, 50), reason: text });
      const stream = `complaint-${text.slice(0, 50)}`;
      await current.store.append(anAppend({ stream, commandId: text.slice(0, 50), events: [event] }));
      const [stored] = await current.store.readCorrelation(event.correlationId, 0, 2);
      expect(stored?.event).toMatchObject({ ...event, stream, log: current.store.log, format: 1, index: 0, version: 0 });
      expect(Buffer.from(stored?.bytes ?? []).equals(Buffer.from(canonicalize(stored?.event) ?? ''))).toBe(true);
      expect(await current.store.findCommand(text.slice(0, 50))).toMatchObject({ stream });
      expect(await current.store.readStream(stream, 0, 2)).toHaveLength(1);
    });
  }

  it('given names that look alike, then each is a stream, a case and a command of its own', async () => {
    const names = ['a', 'A', 'a ', ' a', 'a\t', '\u00e9', 'e\u0301', 'ss', 'ß', 'a%', 'a_', 'ab', '1', '01', '\uff11', 'null'];
    for (const name of names) {
      await current.store.append(anAppend({ stream: name, commandId: name, events: [anEvent({ correlationId: name, data: { name } })] }));
    }
    expect(await current.store.head()).toBe(names.length);
    for (const [index, name] of names.entries()) {
      expect((await current.store.readStream(name, 0, 9)).map((stored) => [stored.index, stored.event.data])).toEqual([[index, { name }]]);
      expect((await current.store.readCorrelation(name, 0, 9)).map((stored) => stored.index)).toEqual([index]);
      expect(await current.store.findCommand(name)).toMatchObject({ commandId: name, stream: name, firstIndex: index });
    }
  });

  it('given more events than asked for, then no read gives more than asked, and every read gives all when asked for enough', async () => {
    for (let i = 0; i < 12; i += 1) await record('a-1', i * 2 - 1, 'x', 'x');
    for (const limit of [0, 1, 5, 23, 24, 25, 10_000]) {
      const reads = [current.store.readLog(0, limit), current.store.readStream('a-1', 0, limit), current.store.readCorrelation('x', 0, limit)];
      expect((await Promise.all(reads)).map(({ length }) => length)).toEqual(Array.from({ length: 3 }, () => Math.min(limit, 24)));
    }
    for (const beyond of [24, 25, 1_000_000]) {
      const reads = [current.store.readLog(beyond, 9), current.store.readStream('a-1', beyond, 9), current.store.readCorrelation('x', beyond, 9)];
      expect(await Promise.all(reads)).toEqual([[], [], []]);
    }
  });
}
