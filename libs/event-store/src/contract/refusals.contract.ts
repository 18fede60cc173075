import { NotCanonical, StoreUnavailable, type AppendRequest } from '../port.js';
import { anAppend, anEvent } from './builders.js';
import type { Current, It } from './place.js';

const malformed: readonly [string, Partial<AppendRequest>][] = [
  ['no stream', { stream: '' }],
  ['an expected version below -1', { expectedVersion: -2 }],
  ['a fractional expected version', { expectedVersion: 0.5 }],
  ['a command id of 401 characters', { commandId: 'x'.repeat(401) }],
  ['no fingerprint', { fingerprint: '' }],
  ['a negative inbox index', { inbox: { source: 'quality', index: -1 } }],
  ['a message to release that has no source', { releases: { source: '', index: 0 } }],
];

const around: Record<string, unknown> = {};
around['self'] = around;
const unfaithful: readonly (readonly [string, object, string])[] = [
  ['a fraction', { refund: 12.5 }, 'data.refund'],
  ['an unsafe integer', { list: [{ n: 2 ** 53 }] }, 'data.list[0].n'],
  ['an unsafe negative integer', { n: -(2 ** 53) }, 'data.n'],
  ['what is no number', { n: NaN }, 'data.n'],
  ['infinity', { n: -Infinity }, 'data.n'],
  ['negative zero', { n: -0 }, 'data.n'],
  ['a big integer', { n: 1n }, 'data.n'],
  ['undefined', { lot: undefined }, 'data.lot'],
  ['undefined in a list', { lots: ['a', undefined] }, 'data.lots[1]'],
  ['a list with a hole', { lots: Object.assign([], { 1: 'a' }) }, 'data.lots'],
  ['half of a surrogate pair', { text: '\ud83d' }, 'data.text'],
  ['half of a surrogate pair in a name', { '\udc8a': 1 }, 'data.'],
  ['a date object', { at: new Date(0) }, 'data.at'],
  ['a map', { parts: new Map([['a', 1]]) }, 'data.parts'],
  ['its own way of becoming text', { amount: { toJSON: () => 1 } }, 'data.amount'],
  ['a member that only programs see', { [Symbol('x')]: 1 }, 'data'],
  ['itself inside', around, 'data.self'],
];

export function refusalsContract(it: It, current: Current): void {
  for (const [what, data, path] of unfaithful) {
    it(`given content with ${what}, then nothing is recorded and the place is named`, async () => {
      const refused = current.store.append(anAppend({ events: [anEvent(), anEvent({ data })], commandId: 'c-1' }));
      await expect(refused).rejects.toThrow(NotCanonical);
      await expect(refused).rejects.toThrow(path);
      expect([await current.store.head(), await current.store.findCommand('c-1')]).toEqual([0, null]);
    });
  }

  it('given a refused request among good ones of the same turn, then the good ones are recorded', async () => {
    const results = await Promise.allSettled([
      current.store.append(anAppend({ stream: 'a-1' })),
      current.store.append(anAppend({ stream: 'a-2', events: [anEvent({ data: { n: 0.1 } })] })),
      current.store.append(anAppend({ stream: 'a-3' })),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await current.store.head()).toBe(2);
  });

  for (const [what, over] of malformed) {
    it(`given a request with ${what}, then it is refused as a mistake of the caller`, async () => {
      await expect(current.store.append(anAppend(over))).rejects.toThrow(RangeError);
      expect(await current.store.head()).toBe(0);
    });
  }

  it('given names that differ only in half a surrogate pair, then neither is taken, because UTF-8 would make them one', async () => {
    for (const over of [{ commandId: 'x\ud800' }, { stream: 'x\ud800' }, { fingerprint: 'x\ud800' }]) {
      await expect(current.store.append(anAppend({ ...over, events: [] }))).rejects.toThrow(NotCanonical);
    }
  });

  it('given an unbounded or backward read, then it is refused', async () => {
    await expect(current.store.readLog(0, -1)).rejects.toThrow(RangeError);
    await expect(current.store.readLog(-1, 1)).rejects.toThrow(RangeError);
    await expect(current.store.readStream('a', 0, Infinity)).rejects.toThrow(RangeError);
    await expect(current.store.readCorrelation('a', 0, 0.5)).rejects.toThrow(RangeError);
  });

  it('given the caller changes the request afterwards, then the record holds what was asked for', async () => {
    const data = { quantity: 3 };
    const pending = current.store.append(anAppend({ events: [anEvent({ data })] }));
    data.quantity = 99;
    await pending;
    expect((await current.store.readLog(0, 1))[0]?.event.data).toEqual({ quantity: 3 });
  });

  it('given a closed store, then it says so, takes nothing and answers nothing', async () => {
    expect(current.store.status()).toEqual({ accepting: true });
    const lastMoment = current.store.append(anAppend());
    await current.store.close();
    expect(await lastMoment).toMatchObject({ outcome: 'appended' });
    expect(current.store.status()).toMatchObject({ accepting: false });
    await expect(current.store.append(anAppend({ stream: 'b-1' }))).rejects.toThrow(StoreUnavailable);
    await expect(current.store.readLog(0, 1)).rejects.toThrow(StoreUnavailable);
    await expect(current.store.head()).rejects.toThrow(StoreUnavailable);
    await current.store.close();
  });
}
