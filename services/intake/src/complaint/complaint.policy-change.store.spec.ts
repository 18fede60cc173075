import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import { policyBook, POLICY_BOOK_ID, shippedAdoption, textOf, type AdoptionDocument, type NoteAdoption, type PackEntry } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { Commands, DepartmentPolicies, fingerprintWith, States } from 'aftercare/service-host';
import { inShanghai, shanghai } from 'aftercare/testing';
import { uuidv7 } from 'uuidv7';
import { asService, escalate, opinion, register } from '../spec/complaint-case.js';
import type { ComplaintCommand } from './complaint.js';
import { complaint } from './complaint.decide.js';

/** The id of a case opened then: its first 48 bits are the milliseconds (RFC 9562). */
function caseOpened(local: string): string {
  const ms = Date.parse(shanghai(local)).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-${uuidv7().slice(14)}`;
}

/** The example company again, from ten o'clock on: one hour for the first contact, twelve for the opinion. */
function secondVersion(): NoteAdoption['adoption'] {
  const { noticedLate: _noticedLate, ...shipped } = shippedAdoption();
  const { company, packs } = JSON.parse(shipped.document) as AdoptionDocument;
  const shorter = (entry: PackEntry | undefined, value: number): PackEntry => ({ ...entry, value }) as PackEntry;
  const { text, name } = textOf({
    format: 1,
    company: { ...company, version: 2, precedence: company.precedence.map((one) => (one.pack === 'P001E' ? { ...one, version: 2 } : one)) },
    packs: packs.map((pack) => (pack.id !== 'P001E' ? pack : {
      ...pack, version: 2, params: {
        ...pack.params, 'complaint.first_contact': shorter(pack.params['complaint.first_contact'], 1), 'complaint.head_opinion': shorter(pack.params['complaint.head_opinion'], 12),
      },
    })),
  });
  return { ...shipped, adoption: 'example@2', version: 2, digest: name.digest, document: text, effectiveFrom: shanghai('2026-03-11 10:00') };
}

describe('a policy that changes in the middle of a case', () => {
  let store: EventStore;
  let now: string;
  let commands: Commands;
  const start = (): Commands => new Commands({
    store, states: new States(store), vault: openMemoryVault(), policies: new DepartmentPolicies(store, () => Date.parse(now)),
    fingerprint: fingerprintWith(Buffer.alloc(32, 7)), now: () => Date.parse(now),
  });
  const call = () => ({ actor: { id: 'u-1', role: 'intake.clerk' }, commandId: uuidv7(), expectedVersion: null, onBehalfOf: null, reason: null });
  const note = (adoption: NoteAdoption['adoption']) => commands.execute(policyBook, POLICY_BOOK_ID, { type: 'NoteAdoption', adoption }, call());
  const send = async (local: string, id: string, command: ComplaintCommand): Promise<void> => {
    now = shanghai(local);
    const { outcome } = await commands.execute(complaint, id, command, call());
    if (outcome !== 'done') throw new Error(`${command.type}: ${outcome}`);
  };
  const clocksOf = async (id: string) => {
    const { state } = await new States(store).load(complaint, id);
    return Object.fromEntries(Object.entries(state.clocks).map(([name, { dueAt, policy }]) => [name, `${dueAt && inShanghai(dueAt)} ${policy}`]));
  };
  const keptBy = async (id: string): Promise<unknown[]> =>
    (await store.readStream(`complaint-${id}`, 0, 500)).flatMap(({ event }) => (event.type === 'PolicyVersionKept' ? [(event.data as { adoption: string }).adoption] : []));

  beforeEach(async () => {
    store = openMemoryStore({ log: 'intake' });
    now = shanghai('2026-03-11 08:00');
    commands = start();
    await note(shippedAdoption());
    now = shanghai('2026-03-11 09:30');
    await note(secondVersion());
  });
  afterEach(() => store.close());

  it('a case opened before keeps example@1 and its four hours, one opened after gets example@2 and its one hour', async () => {
    const [before, after] = [caseOpened('2026-03-11 09:59:59'), caseOpened('2026-03-11 10:00')];
    await send('2026-03-11 09:59:59', before, register('2026-03-11 09:59'));
    await send('2026-03-11 10:00', after, register('2026-03-11 10:00'));
    expect(await clocksOf(before)).toMatchObject({ 'P001E/complaint.first_contact': '2026-03-11 13:59 P001E@1' });
    expect(await clocksOf(after)).toMatchObject({ 'P001E/complaint.first_contact': '2026-03-11 11:00 P001E@2' });
    expect([await keptBy(before), await keptBy(after)]).toEqual([['example@1'], ['example@2']]);
  });

  it('what happens to the old case after the change still goes by example@1, in a process that was started later too', async () => {
    const [old, fresh] = [caseOpened('2026-03-11 09:00'), caseOpened('2026-03-11 11:00')];
    await send('2026-03-11 09:00', old, register('2026-03-11 09:00'));
    await send('2026-03-11 11:00', fresh, register('2026-03-11 11:00'));
    for (const id of [old, fresh]) await send('2026-03-11 12:00', id, asService);
    commands = start();
    for (const id of [old, fresh]) await send('2026-03-11 13:00', id, escalate);
    expect(await clocksOf(old)).toMatchObject({ 'P001E/complaint.head_opinion': '2026-03-12 13:00 P001E@1', 'P001E/complaint.first_contact': '2026-03-11 13:00 P001E@1' });
    expect(await clocksOf(fresh)).toMatchObject({ 'P001E/complaint.head_opinion': '2026-03-12 01:00 P001E@2' });
    await send('2026-03-11 14:00', old, opinion);
    expect([await keptBy(old), await keptBy(fresh)]).toEqual([['example@1'], ['example@2']]);
  });

  it('a case whose first command comes after the change keeps the policy of the moment it was opened', async () => {
    const queued = caseOpened('2026-03-11 09:45');
    await send('2026-03-11 10:30', queued, register('2026-03-11 09:45'));
    expect(await keptBy(queued)).toEqual(['example@1']);
    expect(await clocksOf(queued)).toMatchObject({ 'P001E/complaint.first_contact': '2026-03-11 13:45 P001E@1' });
  });

  it('an adoption noted late changes nothing that was opened before it was known', async () => {
    store = openMemoryStore({ log: 'intake' });
    now = shanghai('2026-03-11 08:00');
    commands = start();
    await note(shippedAdoption());
    const id = caseOpened('2026-03-11 11:00');
    await send('2026-03-11 11:00', id, register('2026-03-11 11:00'));
    now = shanghai('2026-03-11 12:00');
    await note(secondVersion());
    expect((await store.readStream(`policyBook-${POLICY_BOOK_ID}`, 0, 10)).map(({ event }) => (event.data as { noticedLate: boolean }).noticedLate)).toEqual([false, true]);
    await send('2026-03-11 13:00', id, escalate);
    expect(await clocksOf(id)).toMatchObject({ 'P001E/complaint.head_opinion': '2026-03-12 13:00 P001E@1' });
    const next = caseOpened('2026-03-11 13:00');
    await send('2026-03-11 13:01', next, register('2026-03-11 13:00'));
    expect(await keptBy(next)).toEqual(['example@2']);
  });
});
