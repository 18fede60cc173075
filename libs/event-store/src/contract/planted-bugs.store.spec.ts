import Database from 'better-sqlite3';
import { openMemoryStore } from '../memory/memory-store.js';
import type { EventStore } from '../port.js';
import type { StoreTransfer } from '../transfer.js';
import type { Check } from './checks.js';
import type { Place } from './place.js';
import { withBug } from './planted-bugs.js';
import { temporaryPlace } from './temporary-sqlite.js';

process.env['AFTERCARE_LONG_STREAM'] = '1500';
process.env['AFTERCARE_MODEL_RUNS'] = '1';
const { checksOf } = await import('./checks.js');

type SqlitePlace = ReturnType<typeof temporaryPlace>;

const TRIGGERS = ['events_never_change', 'events_never_vanish', 'events_are_never_replaced', 'receipts_never_vanish'];

/** What an opened file is made to forget before the store sees it; the bug is then in the engine's rights or in what it keeps. */
function forgetful(place: SqlitePlace, sql: string): Place {
  return { ...place, open: async (now) => {
    await (await place.open(now)).close();
    const db = new Database(place.file);
    db.exec(`${TRIGGERS.map((name) => `DROP TRIGGER IF EXISTS ${name};`).join('')}${sql}`);
    db.close();
    return place.open(now);
  } };
}

function transferring(place: SqlitePlace, change: (right: StoreTransfer) => Partial<StoreTransfer>): Place {
  const changed = (store: EventStore): EventStore => withBug({ bug: '', plant: () => ({ transfer: () => {
    const right = store.transfer();
    return {
      commands: right.commands.bind(right), inbox: right.inbox.bind(right), begin: right.begin.bind(right), take: right.take.bind(right), finish: right.finish.bind(right),
      standing: right.standing.bind(right), fence: right.fence.bind(right), leave: right.leave.bind(right), stay: right.stay.bind(right),
      ...change(right),
    };
  } }) }, store);
  return { ...place, open: async (now) => changed(await place.open(now)), openForTransfer: async () => changed(await (place.openForTransfer as () => Promise<EventStore>)()) };
}

const swallowed = async (work: Promise<unknown>): Promise<void> => work.then(() => {}, () => {});

const BUGS: readonly { readonly bug: string; readonly newPlace: () => Place }[] = [
  { bug: 'writes each statement by itself', newPlace: () => temporaryPlace('missing') },
  { bug: 'answers before it has committed', newPlace: () => temporaryPlace('answered too early') },
  { bug: 'does not guard what is recorded', newPlace: () => forgetful(temporaryPlace(), '') },
  { bug: 'goes on after it died', newPlace: () => { const place = temporaryPlace(); return { ...place, openDying: async (_, now) => place.open(now) }; } },
  { bug: 'forgets receipts when it is opened', newPlace: () => forgetful(temporaryPlace(), 'DELETE FROM commands;') },
  { bug: 'forgets its inbox when it is opened', newPlace: () => forgetful(temporaryPlace(), 'DELETE FROM inbox; DELETE FROM inbox_ahead; DELETE FROM quarantine;') },
  { bug: 'knows only the present once it was opened again', newPlace: () => {
    const place = temporaryPlace();
    let opened = 0;
    return { ...place, open: async (now) => {
      opened += 1;
      return opened < 3 ? place.open(now) : withBug({ bug: '', plant: (store) => ({ headAt: async () => store.head() }) }, await place.open(now));
    } };
  } },
  { bug: 'opens a log that is only half there', newPlace: () => { const place = temporaryPlace(); return { ...place, open: async (now) => (await place.openForTransfer?.()) ?? place.open(now) }; } },
  { bug: 'loses the quarantine on the way', newPlace: () => transferring(temporaryPlace(), (right) => ({ take: async (part) => { if (part.kind !== 'quarantine') await right.take(part); } })) },
  { bug: 'lets a log be moved twice', newPlace: () => transferring(temporaryPlace(), (right) => ({
    standing: async () => ({ state: 'open' }), fence: async (departure) => right.fence(departure).catch(() => departure),
  })) },
  { bug: 'orders receipts by UTF-16', newPlace: () => transferring(temporaryPlace(), (right) => ({
    commands: async (after, limit) => [...await right.commands(null, 1_000)].sort((a, b) => (a.commandId < b.commandId ? -1 : 1)).filter(({ commandId }) => after === null || commandId > after).slice(0, limit) })) },
  { bug: 'fills a log that was worked on', newPlace: () => transferring(temporaryPlace(), (right) => ({ begin: async () => swallowed(right.begin()) })) },
  { bug: 'takes half of a batch', newPlace: () => transferring(temporaryPlace(), (right) => ({ take: async (part) => {
    if (part.kind === 'events') for (const one of part.events) await right.take({ kind: 'events', events: [one] });
    else await right.take(part);
  } })) },
  { bug: 'says nothing about another receipt', newPlace: () => transferring(temporaryPlace(), (right) => ({ take: async (part) => (part.kind === 'commands' ? swallowed(right.take(part)) : right.take(part)) })) },
];

async function broken(checks: readonly Check[]): Promise<string[]> {
  const failed: string[] = [];
  for (const { promise, run } of checks) await run().catch(() => { failed.push(promise); });
  return failed;
}

/** The promises that only an engine with a disk can break; the others are tried on the memory store. */
describe('the contract suite, on engines with a disk', () => {
  const ofMemory = new Set(checksOf({ durable: false, newPlace: () => ({ open: async () => openMemoryStore({ log: 'x' }), remove: async () => {} }), cannot: { die: 'memory', transfer: 'memory' } }).map(({ promise }) => promise));
  const all = checksOf({ durable: true, newPlace: () => temporaryPlace() }).map(({ promise }) => promise);
  const promises = all.filter((promise) => !ofMemory.has(promise));
  const found = new Set<string>();

  it.each(BUGS)('finds an engine that $bug', async ({ newPlace }) => {
    const failed = await broken(checksOf({ durable: true, newPlace }).filter(({ promise }) => promises.includes(promise) && !found.has(promise)));
    for (const promise of failed) found.add(promise);
    const again = failed.length > 0 ? [] : await broken(checksOf({ durable: true, newPlace }).filter(({ promise }) => found.has(promise)));
    expect(failed.length + again.length).toBeGreaterThan(0);
  }, 120_000);

  it('has no check that none of these engines fails', () => {
    expect(promises.filter((promise) => !found.has(promise))).toEqual([]);
  });
});
