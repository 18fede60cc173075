import type { InboxState } from '../transfer.js';
import { migrateStore } from '../migrate-store.js';
import { StoreUnavailable, type EventStore } from '../port.js';
import { LogMoved } from '../standing.js';
import { verifyLog } from '../verify-log.js';
import { anAppend, anEvent, aQuarantineEntry } from './builders.js';
import type { Current, Engine, It, Place } from './place.js';

/** In the order of code points, which UTF-16 units would not give. */
const IDS = ['', 'A', 'B', 'a', 'a b', 'é', '\uffff', '\u{10000}', '药'].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).slice(1);

const THERE = { place: 'sqlite:/there', now: () => '2026-03-02T03:00:00.000Z' };

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
    await current.replace(open);
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
      const report = await migrateStore(current.store, target, THERE);
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
      expect(await migrateStore(current.store, again, THERE)).toMatchObject({ same: true });
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
        whole = await migrateStore(current.store, breaking(target, { left: survives }), THERE).then(({ same }) => same, () => false);
        if (survives > 20) throw new Error('the transfer never ended');
        await target.close();
        if (!whole && survives > 0) await expect(place.open()).rejects.toThrow('migrate-store');
        target = await open(place);
      }
      expect(await migrateStore(current.store, target, THERE)).toMatchObject({ same: true });
      await target.close();
      return place.open();
    });
  });

  it('given a target with another past, then the difference is found and it cannot be opened for work', async () => {
    await current.store.append(anAppend({ events: [anEvent({ data: { amount: 10 } }), anEvent()] }));
    await current.replace(open);
    const [bytes] = await bytesOf(current.store) as [Uint8Array];
    await takenOver(async (target, place) => {
      await target.transfer().begin();
      await target.transfer().take({ kind: 'events', events: [Buffer.from(Buffer.from(bytes).toString('utf8').replace('"amount":10', '"amount":99'))] });
      const report = await migrateStore(current.store, target, THERE);
      expect(report.same).toBe(false);
      expect(report.to.eventsSha256).not.toBe(report.from.eventsSha256);
      await target.close();
      await expect(place.open()).rejects.toThrow('migrate-store');
      await current.reopen();
      expect(current.store.status()).toEqual({ accepting: true });
      return open(place);
    });
  });

  it('given a log that moved, then it is read and not opened for work, and says where it went and what to do', async () => {
    await work();
    await takenOver(async (target) => {
      const { from } = await migrateStore(current.store, target, THERE);
      await expect(current.reopen()).rejects.toThrow(LogMoved);
      await expect(current.place.open()).rejects.toThrow(/moved to sqlite:\/there at 2026-03-02T03:00:00.000Z: set AFTERCARE_STORE_INTAKE .*migrate-store/);
      await current.replace(open);
      expect([await current.store.head(), await current.store.transfer().standing()]).toEqual([from.events, { state: 'left', to: THERE.place, at: THERE.now() }]);
      for (const change of everyChange) await expect(change(current.store)).rejects.toThrow(StoreUnavailable);
      await expect(current.store.transfer().stay()).rejects.toThrow('moved to');
      await expect(current.store.transfer().take({ kind: 'inbox', states: [] })).rejects.toThrow('not being filled');
      await expect(current.store.transfer().finish()).rejects.toThrow('not being filled');
      expect(await migrateStore(current.store, target, THERE)).toMatchObject({ same: true });
      return target;
    });
  });

  it('given a log that is being moved, then nothing is recorded in it until the move is given up, and then nothing of it is lost', async () => {
    await work();
    const fence = { to: THERE.place, at: THERE.now() };
    await current.store.transfer().fence(fence);
    for (const change of everyChange) await expect(change(current.store)).rejects.toThrow(StoreUnavailable);
    await expect(current.place.open()).rejects.toThrow();
    await expect(current.reopen()).rejects.toThrow(/being moved to sqlite:\/there since .*--give-up/);
    await current.replace(open);
    expect(await current.store.transfer().fence({ ...fence, at: '2026-03-02T04:00:00.000Z' })).toMatchObject(fence);
    await expect(current.store.transfer().fence({ ...fence, to: 'elsewhere' })).rejects.toThrow('being moved to sqlite:/there');
    await expect(current.store.transfer().begin()).rejects.toThrow('being moved');
    const head = await current.store.head();
    await expect(current.store.transfer().leave(fence, head - 1)).rejects.toThrow(`has ${head} events, of which ${head - 1} were copied`);
    await current.store.transfer().stay();
    await expect(current.store.transfer().leave(fence, head)).rejects.toThrow('given up');
    await current.reopen();
    expect(await current.store.append(anAppend({ stream: 'after' }))).toMatchObject({ outcome: 'appended', record: { firstIndex: head } });
  });

  it('given a log that moved, when it is moved back, then it holds what was recorded and settled meanwhile, and goes on', async () => {
    await work();
    await takenOver(async (target, place) => {
      await migrateStore(current.store, target, THERE);
      await target.close();
      const working = await place.open();
      await working.append(anAppend({ stream: 'meanwhile', events: [anEvent(), anEvent()] }));
      for (let index = IDS.length; index < 12; index += 1) await working.markInbox({ source: 'quality', index });
      await working.releaseFromQuarantine({ source: 'billing', index: 0 });
      await working.close();
      const leaving = await open(place);
      const report = await migrateStore(leaving, current.store, { ...THERE, place: 'sqlite:/here' });
      expect(report).toMatchObject({ same: true, to: { events: 9, quarantined: 0 } });
      await leaving.close();
      await expect(place.open()).rejects.toThrow(/moved to sqlite:\/here/);
      await current.reopen();
      expect(await verifyLog(current.store)).toEqual({ events: 9, findings: [] });
      expect([await current.store.inboxPosition('quality'), await current.store.append(anAppend({ stream: 'back' }))]).toMatchObject([13, { outcome: 'appended' }]);
      return leaving;
    });
  });

  it('given a log that moved, then nothing that does not begin with it is moved over it, and it is not moved a second time', async () => {
    await current.store.append(anAppend({ events: [anEvent({ data: { amount: 10 } })] }));
    await current.replace(open);
    await takenOver(async (target) => {
      await migrateStore(current.store, target, THERE);
      await takenOver(async (another, place) => {
        await expect(migrateStore(current.store, another, THERE)).rejects.toThrow(LogMoved);
        await expect(migrateStore(current.store, another, { ...THERE, place: 'elsewhere' })).rejects.toThrow('moved to sqlite:/there');
        await another.close();
        const other = await place.open();
        await other.append(anAppend({ events: [anEvent({ data: { amount: 11 } })] }));
        await other.close();
        const stranger = await open(place);
        await expect(migrateStore(stranger, current.store, THERE)).rejects.toThrow('holds an event at 0 that this one does not');
        expect(await stranger.transfer().standing()).toEqual({ state: 'open' });
        return stranger;
      });
      await expect(current.place.open()).rejects.toThrow();
      return target;
    });
  });

  it('given an end at any step of a move, then never are both open, and the same command goes on until one is', async () => {
    await work();
    await takenOver(async (first, place) => {
      let target = first;
      const opens = async (at: Place): Promise<boolean> => at.open().then(async (store) => {
        const head = await store.head();
        await store.close();
        return head > 0;
      }, () => false);
      for (let survives = 0, whole = false; !whole; survives += 1) {
        const link = { left: survives };
        whole = await migrateStore(breaking(current.store, link), breaking(target, link), THERE).then(({ same }) => same, () => false);
        if (survives > 30) throw new Error('the move never ended');
        await Promise.all([target.close(), current.store.close()]);
        const state = [await opens(current.place), await opens(place)];
        expect(state).not.toEqual([true, true]);
        if (whole) expect(state).toEqual([false, true]);
        target = await open(place);
        await current.replace(open);
      }
      return target;
    });
  });
}

const everyChange: readonly ((store: EventStore) => Promise<unknown>)[] = [
  async (store) => store.append(anAppend({ stream: 'late', commandId: 'late' })), async (store) => store.append(anAppend({ stream: 'late', commandId: 'later', events: [] })),
  async (store) => store.markInbox({ source: 'late', index: 0 }), async (store) => store.quarantine(aQuarantineEntry({ source: 'late' })),
  async (store) => store.releaseFromQuarantine({ source: 'billing', index: 0 }),
];

/** The link is cut after so many changes. */
function breaking(target: EventStore, link: { left: number }): EventStore {
  const cut = (): void => {
    if (link.left === 0) throw new Error('the link is cut');
    link.left -= 1;
  };
  const transfer = target.transfer();
  const part = {
    commands: transfer.commands.bind(transfer), inbox: transfer.inbox.bind(transfer),
    begin: async () => { cut(); await transfer.begin(); },
    take: async (given: Parameters<typeof transfer.take>[0]) => { cut(); await transfer.take(given); },
    finish: async () => { cut(); await transfer.finish(); },
    standing: transfer.standing.bind(transfer), stay: transfer.stay.bind(transfer),
    fence: async (to: Parameters<typeof transfer.fence>[0]) => { cut(); return transfer.fence(to); },
    leave: async (to: Parameters<typeof transfer.fence>[0], events: number) => { cut(); await transfer.leave(to, events); },
  };
  return new Proxy(target, {
    get: (_, name) => {
      if (name === 'transfer') return () => part;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(target) : value;
    },
  });
}
