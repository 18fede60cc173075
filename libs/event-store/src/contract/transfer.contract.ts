import type { InboxState } from '../transfer.js';
import { migrateStore } from '../migrate-store.js';
import { StoreUnavailable, type EventStore } from '../port.js';
import { verifyLog } from '../verify-log.js';
import { anAppend, anEvent, aQuarantineEntry } from './builders.js';
import type { Current, Engine, It, Place } from './place.js';

/** In the order of code points, which UTF-16 units would not give. */
const IDS = ['', 'A', 'B', 'a', 'a b', 'é', '\uffff', '\u{10000}', '药'].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).slice(1);

/** Moving a whole log between engines, here from one place of an engine to another of the same. */
export function transferContract(it: It, current: Current, engine: Engine): void {
  if (engine.cannot?.transfer) return;

  const open = async (place: Place): Promise<EventStore> => {
    if (!place.openForTransfer) throw new Error('Place.openForTransfer is missing; say in Engine.cannot.transfer why it cannot be shown');
    return place.openForTransfer();
  };

  /** Something of everything that a log can hold. */
  const work = async (): Promise<void> => {
    await current.reopen(() => '2026-03-02T01:30:00.000Z');
    for (const [i, commandId] of IDS.entries()) {
      const events = Array.from({ length: i % 3 }, () => anEvent({ correlationId: `case-${i % 2}` }));
      await current.store.append(anAppend({ stream: `s-${i}`, commandId, events, inbox: { source: 'quality', index: i } }));
    }
    for (const index of [30, 12, 14]) await current.store.markInbox({ source: 'quality', index });
    await current.store.markInbox({ source: 'only-ahead', index: 5 });
    await current.store.quarantine(aQuarantineEntry({ source: 'billing' }));
    await current.reopen(() => '2026-03-02T02:00:00.000Z');
    await current.store.append(anAppend({ stream: 's-1', expectedVersion: 0, commandId: 'last', events: [] }));
  };
  const takenOver = async (body: (target: EventStore, place: Place) => Promise<EventStore>): Promise<void> => {
    const place = engine.newPlace();
    let target = await open(place);
    try {
      target = await body(target, place);
    } finally {
      await target.close();
      await place.remove();
    }
  };
  const bytesOf = async (store: EventStore): Promise<readonly Uint8Array[]> => (await store.readLog(0, 1_000)).map(({ bytes }) => bytes);

  it('given a log with everything a log can hold, when it is moved, then both hold the same and the new one goes on where the old one stopped', async () => {
    await work();
    await takenOver(async (target, place) => {
      const report = await migrateStore(current.store, target);
      expect(report).toMatchObject({ same: true, from: { events: 7, receipts: IDS.length + 1, sources: 3, quarantined: 1 } });
      expect(report.to).toEqual(report.from);
      await target.close();
      const moved = await place.open(() => '2026-03-02T01:45:00.000Z');
      expect(moved.status()).toEqual({ accepting: true });
      expect(await verifyLog(moved)).toEqual({ events: 7, findings: [] });
      expect((await bytesOf(moved)).map((bytes) => Buffer.from(bytes).toString())).toEqual((await bytesOf(current.store)).map((bytes) => Buffer.from(bytes).toString()));
      expect(await moved.append(anAppend({ commandId: 'A' }))).toMatchObject({ outcome: 'repeated' });
      expect([await moved.inboxPosition('quality'), await moved.inboxSeen({ source: 'quality', index: 14 }), await moved.inboxPosition('only-ahead')])
        .toEqual([IDS.length, true, 0]);
      // The receipt without events was the last thing that happened, so the clock stands at its time.
      expect(await moved.append(anAppend({ stream: 's-1', expectedVersion: 0 }))).toMatchObject({ outcome: 'appended', record: { firstIndex: 7, version: 1, recordedAt: '2026-03-02T02:00:00.000Z' } });
      return moved;
    });
  });

  it('given a log, then its receipts come in the order of code points in pages, and its inbox as it stands', async () => {
    await work();
    const transfer = current.store.transfer();
    const ids: string[] = [];
    for (;;) {
      const page = await transfer.commands(ids.at(-1) ?? null, 3);
      expect(page.length).toBeLessThanOrEqual(3);
      if (page.length === 0) break;
      ids.push(...page.map(({ commandId }) => commandId));
    }
    expect(ids).toEqual([...IDS, 'last'].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    expect(await transfer.inbox()).toEqual([
      { source: 'billing', next: 1, ahead: [] }, { source: 'only-ahead', next: 0, ahead: [5] }, { source: 'quality', next: IDS.length, ahead: [12, 14, 30] },
    ] satisfies InboxState[]);
  });

  it('given a log that is being filled, then it cannot be opened for work nor worked on, until the transfer is finished', async () => {
    await work();
    const events = await bytesOf(current.store);
    await takenOver(async (target, place) => {
      await target.transfer().begin();
      await target.transfer().take({ kind: 'events', events: events.slice(0, 2) });
      await expect(target.append(anAppend())).rejects.toThrow(StoreUnavailable);
      await expect(target.markInbox({ source: 'quality', index: 0 })).rejects.toThrow(StoreUnavailable);
      expect(target.status().accepting).toBe(false);
      await target.close();
      await expect(place.open()).rejects.toThrow('migrate-store');
      const again = await open(place);
      await expect(again.append(anAppend())).rejects.toThrow(StoreUnavailable);
      expect(await again.head()).toBe(2);
      expect(await migrateStore(current.store, again)).toMatchObject({ same: true });
      await again.close();
      return place.open();
    });
  });

  it('given a log that was worked on in whatever way, then it is not filled', async () => {
    const ways: readonly ((store: EventStore) => Promise<unknown>)[] = [
      async (store) => store.append(anAppend()),
      async (store) => store.append(anAppend({ events: [] })),
      async (store) => store.markInbox({ source: 'quality', index: 3 }),
      async (store) => store.quarantine(aQuarantineEntry()),
    ];
    for (const way of ways) {
      await takenOver(async (target) => {
        await way(target);
        await expect(target.transfer().begin()).rejects.toThrow('worked on');
        await expect(target.transfer().take({ kind: 'events', events: [] })).rejects.toThrow(Error);
        expect(target.status()).toEqual({ accepting: true });
        return target;
      });
    }
  });

  it('given events that do not continue the log, then none of their batch is taken', async () => {
    await current.store.append(anAppend({ stream: 'a-1', events: [anEvent(), anEvent(), anEvent()] }));
    await current.store.append(anAppend({ stream: 'b-1' }));
    const [first, second, third, fourth] = await bytesOf(current.store) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const edited = (bytes: Uint8Array, from: string, to: string) => Buffer.from(Buffer.from(bytes).toString('utf8').replace(from, to));
    const wrong: readonly (readonly Uint8Array[])[] = [
      [second], [first, first], [first, third], [first, second, fourth], [first, Buffer.from('{}')], [first, Buffer.from([255])],
      [first, edited(second, `"log":"${current.store.log}"`, '"log":"another"')], [first, edited(second, '"version":1}', '"version":2}')],
      [first, edited(second, '"recordedAt":"2', '"recordedAt":"1')],
    ];
    await takenOver(async (target) => {
      await target.transfer().begin();
      for (const [i, events] of wrong.entries()) {
        await expect(target.transfer().take({ kind: 'events', events })).rejects.toThrow(Error);
        expect([i, await target.head(), (await target.readLog(0, 9)).length]).toEqual([i, 0, 0]);
      }
      await target.transfer().take({ kind: 'events', events: [first, second] });
      await expect(target.transfer().take({ kind: 'events', events: [second] })).rejects.toThrow(Error);
      await target.transfer().take({ kind: 'events', events: [third, fourth] });
      expect(await target.head()).toBe(4);
      return target;
    });
  });

  it('given receipts, marks and quarantined messages that come twice, then they are there once, and another receipt of one id is refused', async () => {
    await work();
    await takenOver(async (target) => {
      const [from, to] = [current.store.transfer(), target.transfer()];
      await to.begin();
      await to.take({ kind: 'events', events: await bytesOf(current.store) });
      const [commands, states, entries] = [await from.commands(null, 99), await from.inbox(), await current.store.quarantined()];
      for (let time = 0; time < 2; time += 1) {
        await to.take({ kind: 'commands', commands });
        await to.take({ kind: 'inbox', states });
        await to.take({ kind: 'quarantine', entries });
      }
      expect([await to.commands(null, 99), await to.inbox(), (await target.quarantined()).length]).toEqual([commands, states, 1]);
      const other = commands.slice(0, 1).map((command) => ({ ...command, fingerprint: 'other' }));
      await expect(to.take({ kind: 'commands', commands: other })).rejects.toThrow(Error);
      return target;
    });
  });

  it('given a transfer that breaks at any of its steps, when it is run again, then it goes on and both logs hold the same', async () => {
    await work();
    await takenOver(async (first, place) => {
      let target = first;
      for (let survives = 0, whole = false; !whole; survives += 1) {
        whole = await migrateStore(current.store, breaking(target, survives)).then(({ same }) => same, () => false);
        if (survives > 20) throw new Error('the transfer never ended');
        await target.close();
        if (!whole) await expect(place.open()).rejects.toThrow('migrate-store');
        target = await open(place);
      }
      expect(await migrateStore(current.store, target)).toMatchObject({ same: true });
      await target.close();
      return place.open();
    });
  });

  it('given a target with another past, then the difference is found and it cannot be opened for work', async () => {
    await current.store.append(anAppend({ events: [anEvent({ data: { amount: 10 } }), anEvent()] }));
    const [bytes] = await bytesOf(current.store) as [Uint8Array];
    await takenOver(async (target, place) => {
      await target.transfer().begin();
      await target.transfer().take({ kind: 'events', events: [Buffer.from(Buffer.from(bytes).toString('utf8').replace('"amount":10', '"amount":99'))] });
      const report = await migrateStore(current.store, target);
      expect(report.same).toBe(false);
      expect(report.to.eventsSha256).not.toBe(report.from.eventsSha256);
      await target.close();
      await expect(place.open()).rejects.toThrow('migrate-store');
      return open(place);
    });
  });
}

/** The link to the target is cut after so many changes. */
function breaking(target: EventStore, survives: number): EventStore {
  let left = survives;
  const cut = (): void => {
    if (left === 0) throw new Error('the link is cut');
    left -= 1;
  };
  const transfer = target.transfer();
  const part = {
    commands: transfer.commands.bind(transfer), inbox: transfer.inbox.bind(transfer), begin: transfer.begin.bind(transfer),
    take: async (given: Parameters<typeof transfer.take>[0]) => { cut(); await transfer.take(given); },
    finish: async () => { cut(); await transfer.finish(); },
  };
  return new Proxy(target, {
    get: (_, name) => {
      if (name === 'transfer') return () => part;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(target) : value;
    },
  });
}
