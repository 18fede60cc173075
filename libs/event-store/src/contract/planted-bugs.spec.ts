import { openMemoryStore } from '../memory/memory-store.js';
import type { EventStore } from '../port.js';
import type { Check } from './checks.js';
import { APPEND_BUGS, INBOX_BUGS, READ_BUGS, WAKE_BUGS, withBug, type PlantedBug } from './planted-bugs.js';

process.env['AFTERCARE_LONG_STREAM'] = '3000';
process.env['AFTERCARE_MODEL_RUNS'] = '3';
process.env['AFTERCARE_RACES'] = '10';
process.env['AFTERCARE_WAKE_MS'] = '1500';
const { checksOf } = await import('./checks.js');

const LONG_ENOUGH_MS = 60_000;
/** A check that a bug keeps asking for ever would not even let a timer run. */
const MOST_CALLS = 100_000;

function tired(store: EventStore): EventStore {
  let calls = 0;
  return new Proxy(store, {
    get: (_, name) => {
      if ((calls += 1) > MOST_CALLS && name !== 'close') throw new Error('asked too often');
      return Reflect.get(store, name, store) as unknown;
    },
  });
}

const checksWith = (open: (now?: () => string) => EventStore): readonly Check[] =>
  checksOf({ durable: false, newPlace: () => ({ open: async (now) => open(now), remove: async () => {} }), cannot: { die: 'memory', transfer: 'memory' } });

interface Broken { readonly promise: string; readonly why: string }

/** The promises that do not hold. */
async function broken(checks: readonly Check[]): Promise<Broken[]> {
  const failed: Broken[] = [];
  for (const { promise, run } of checks) {
    const late = new Promise<void>((_, reject) => { setTimeout(reject, LONG_ENOUGH_MS, new Error('never ended')).unref(); });
    await Promise.race([run(), late]).catch((why: unknown) => { failed.push({ promise, why: String(why) }); });
  }
  return failed;
}

/** A machine whose clock the log believes: the memory store is only told times that it takes as they are. */
const CLOCK: PlantedBug = { bug: 'runs its clock backwards with the machine', plant: (store) => ({
  readLog: async (from, limit) => (await store.readLog(from, limit)).map((each) => ({ ...each, event: { ...each.event, recordedAt: new Date(Date.parse(each.event.recordedAt) - each.index * 1_000).toISOString() } })),
  headAt: async (instant) => (await store.readLog(0, 1_000_000)).filter(({ event, index }) => new Date(Date.parse(event.recordedAt) - index * 1_000).toISOString() <= instant).length,
}) };

describe('the contract suite', () => {
  /** Promises that some bug broke. Each check has to find one bug and each bug one check, so pairs beyond that are not tried. */
  const found = new Map<string, string>();
  const BUGS = [...APPEND_BUGS, ...READ_BUGS, ...WAKE_BUGS, ...INBOX_BUGS, CLOCK];

  it('finds nothing wrong with a right engine', async () => {
    expect(await broken(checksWith((now) => tired(openMemoryStore({ log: 'intake', now }))))).toEqual([]);
  }, 300_000);

  it.each(BUGS)('finds an engine that $bug', async (planted) => {
    const checks = checksWith((now) => tired(withBug(planted, openMemoryStore({ log: 'intake', now }))));
    const failed = await broken(checks.filter(({ promise }) => !found.has(promise)));
    for (const { promise } of failed) found.set(promise, planted.bug);
    for (const check of failed.length > 0 ? [] : checks) {
      failed.push(...await broken([check]));
      if (failed.length > 0) break;
    }
    expect(failed.length).toBeGreaterThan(0);
  }, 300_000);

  it('has no check that none of these engines fails', () => {
    const idle = checksWith(() => openMemoryStore({ log: 'intake' })).map(({ promise }) => promise).filter((promise) => !found.has(promise));
    expect(idle).toEqual([]);
  });
});
