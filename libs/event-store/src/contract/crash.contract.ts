import type { AppendRequest, AppendResult, EventStore } from '../port.js';
import { anAppend, anEvent, aQuarantineEntry } from './builders.js';
import type { Current, Engine, It } from './place.js';

/** No engine needs nearly as many statements for two commands; beyond this the store does not die at all. */
const FAR_TOO_MANY = 500;
const MARK = { source: 'quality', index: 1 };
const QUARANTINED = { source: 'quality', index: 0 };

const acknowledged = async (answer: Promise<AppendResult>): Promise<boolean> => answer.then(({ outcome }) => outcome === 'appended', () => false);

/** Everything of the command, or nothing: its three events, its receipt, its mark and its release. */
async function traces(store: EventStore, request: AppendRequest): Promise<readonly boolean[]> {
  const ids = request.events.map(({ id }) => id);
  const found = (await store.readLog(0, 1_000)).filter(({ event }) => ids.includes(event.id));
  return [
    ...ids.map((id) => found.some(({ event }) => event.id === id)),
    await store.findCommand(request.commandId) !== null,
    ...(request.inbox ? [await store.inboxSeen(request.inbox)] : []),
    ...(request.releases ? [(await store.quarantined()).length === 0] : []),
  ];
}

async function requireWhole(store: EventStore, before: number): Promise<void> {
  const log = await store.readLog(0, 1_000);
  expect(log.map(({ index }) => index)).toEqual(Array.from({ length: log.length }, (_, i) => i));
  expect(await store.head()).toBe(log.length);
  expect(log.length).toBeGreaterThanOrEqual(before);
}

export function crashContract(it: It, current: Current, engine: Engine): void {
  if (engine.cannot?.die) return;

  const dying = async (statements: number): Promise<EventStore> => current.replace((place) => {
    if (!place.openDying) throw new Error('Place.openDying is missing; say in Engine.cannot.die why it cannot be shown');
    return place.openDying(statements);
  });

  it('given a process that dies before any of its statements, then each command is there as a whole or not at all, and its repeat completes it once', async () => {
    await current.store.append(anAppend({ stream: 'before-1' }));
    let [points, survived] = [0, false];
    for (let n = 0; !survived; n += 1) {
      if (n > FAR_TOO_MANY) throw new Error(`after ${n} statements the store has still neither died nor answered`);
      await current.reopen();
      await current.store.quarantine(aQuarantineEntry(QUARANTINED));
      const before = await current.store.head();
      const mark = { ...MARK, index: MARK.index + n };
      const full = anAppend({ stream: `full-${n}`, events: [anEvent(), anEvent(), anEvent()], commandId: `full-${n}`, inbox: mark, releases: QUARANTINED });
      const beside = anAppend({ stream: `beside-${n}`, commandId: `beside-${n}` });

      await dying(n);
      const answers = await Promise.all([acknowledged(current.store.append(full)), acknowledged(current.store.append(beside))]);
      survived = answers.every(Boolean);
      await current.reopen();

      await requireWhole(current.store, before);
      for (const [i, request] of [full, beside].entries()) {
        const found = await traces(current.store, request);
        expect([n, new Set(found).size]).toEqual([n, 1]);
        if (answers[i]) expect([n, ...found]).toEqual([n, ...found.map(() => true)]);
        const repeat = await current.store.append(request);
        expect([n, repeat.outcome]).toEqual([n, found[0] ? 'repeated' : 'appended']);
        expect(await traces(current.store, request)).toEqual(found.map(() => true));
      }
      expect([n, await current.store.head()]).toEqual([n, before + 4]);
      points = n;
    }
    expect(points).toBeGreaterThanOrEqual(1);
    if (process.env['AFTERCARE_FIGURES']) process.stderr.write(`${current.store.constructor.name}: died at ${points} points of two commands\n`);
  }, 120_000);

  it('given a process that dies while it marks and quarantines, then a quarantined message is also marked, and the repeat completes it', async () => {
    for (let n = 0, survived = false; !survived; n += 1) {
      if (n > FAR_TOO_MANY) throw new Error(`after ${n} statements the store has still neither died nor answered`);
      const entry = aQuarantineEntry({ index: n });
      await dying(n);
      survived = await current.store.quarantine(entry).then(() => true, () => false);
      await current.reopen();
      const kept = (await current.store.quarantined()).some(({ index }) => index === n);
      expect([n, await current.store.inboxSeen(entry)]).toEqual([n, kept]);
      if (survived) expect(kept).toBe(true);
      await current.store.quarantine(entry);
      expect([await current.store.inboxPosition('quality'), (await current.store.quarantined()).length]).toEqual([n + 1, n + 1]);
    }
  }, 120_000);

  it('given a store that died, then it takes and answers nothing more, and says so', async () => {
    await dying(0);
    await expect(current.store.append(anAppend())).rejects.toThrow(Error);
    await expect(current.store.append(anAppend({ stream: 'later-1' }))).rejects.toThrow(Error);
    expect(current.store.status().accepting).toBe(false);
    await current.reopen();
    expect(await current.store.append(anAppend())).toMatchObject({ outcome: 'appended', record: { firstIndex: 0 } });
  });
}
