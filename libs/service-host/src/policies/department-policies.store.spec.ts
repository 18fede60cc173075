import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import { digestOf, policyBook, POLICY_BOOK_ID, policySet, shippedAdoption, textOf, type AdoptionDocument, type PolicySet, type PolicyStanding } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { Commands } from '../commands/commands.js';
import { States } from '../commands/states.js';
import { alwaysBy, DepartmentPolicies, openedAt } from './department-policies.js';
import { PolicyEndWatch } from './policy-end-watch.js';

const JULY = '2026-06-30T16:00:00.000Z';
const shipped = shippedAdoption();
const document = shipped.document.replace('"version":1,', '"version":2,');
const second = { ...shipped, adoption: 'example@2', version: 2, document, digest: digestOf(document), effectiveFrom: JULY };

async function note(store: EventStore, ...adoptions: readonly (typeof shipped)[]): Promise<void> {
  const commands = new Commands({
    store, states: new States(store), vault: openMemoryVault(), policies: alwaysBy(policySet()), fingerprint: (_, command) => JSON.stringify(command), now: () => Date.parse('2026-06-01T00:00:00Z'),
  });
  for (const adoption of adoptions) {
    await commands.execute(policyBook, POLICY_BOOK_ID, { type: 'NoteAdoption', adoption }, {
      actor: { id: 'r', role: 'system' }, commandId: adoption.adoption, expectedVersion: null, onBehalfOf: null, reason: null,
    });
  }
}

/** A company without packs: many of its versions are read in no time. */
function ours(version: number): typeof shipped {
  const { company } = JSON.parse(shipped.document) as AdoptionDocument;
  const { text, name } = textOf({ format: 1, company: { ...company, id: 'ours', version, precedence: [], own: {}, off: [], settle: [] }, packs: [] });
  return { ...shipped, ...name, adoption: `ours@${version}`, document: text, effectiveFrom: JULY };
}

const versionOf = async (policy: Promise<PolicySet>): Promise<number> => (await policy).adoption.version;

describe('the policies of a department', () => {
  let store: EventStore;
  let now = 0;
  beforeEach(async () => {
    now = Date.parse('2026-07-02T00:00:00Z');
    store = openMemoryStore({ log: 'intake' });
    await note(store, shipped);
  });

  it('decide a new stream by what was in force when its case was opened, an old one by what it keeps', async () => {
    await note(store, second);
    const policies = new DepartmentPolicies(store, () => now);
    expect(await versionOf(policies.decideBy(null, '2026-06-30T15:59:59.999Z'))).toBe(1);
    expect(await versionOf(policies.decideBy(null, JULY))).toBe(2);
    expect(await versionOf(policies.decideBy('example@1', JULY))).toBe(1);
  });

  it('find what another instance has noted, before it begins and at once where a case keeps it', async () => {
    const policies = new DepartmentPolicies(store, () => now);
    expect(await versionOf(policies.decideBy(null, JULY))).toBe(1);
    await note(store, second);
    expect(await versionOf(policies.decideBy(null, JULY))).toBe(1);
    now += 2_000;
    expect(await versionOf(policies.decideBy(null, JULY))).toBe(2);
    const other = new DepartmentPolicies(store, () => now);
    expect(await versionOf(other.decideBy('example@2', JULY))).toBe(2);
  });

  it('know of an adoption when its first case is opened, however lately they looked before another instance noted it', async () => {
    const decidedAt = Date.parse('2026-06-30T15:59:50.000Z');
    for (let sinceLook = 0; sinceLook <= 10_000; sinceLook += 500) {
      const shared = openMemoryStore({ log: 'intake' });
      await note(shared, shipped);
      now = decidedAt - sinceLook;
      const other = new DepartmentPolicies(shared, () => now);
      await other.decideBy(null, JULY);
      // Ten seconds lie between an adoption and its first case; noting it may take most of them.
      await note(shared, second);
      now = decidedAt + 10_000;
      expect(await versionOf(other.decideBy(null, JULY))).toBe(2);
    }
  });

  it('hold every adoption of a book however long it has become, read at once or little by little', async () => {
    const slow = new DepartmentPolicies(store, () => now);
    let noted = 0;
    // With the shipped one these are one page of the log and one more, two pages and one more.
    for (const upTo of [99, 100, 199, 200]) {
      await note(store, ...Array.from({ length: upTo - noted }, (_, place) => ours(noted + place + 1)));
      noted = upTo;
      now += 2_000;
      for (const policies of [slow, new DepartmentPolicies(store, () => now)]) {
        expect(await versionOf(policies.decideBy(null, JULY))).toBe(upTo);
        expect((await policies.decideBy(`ours@${upTo}`, JULY)).adoption).toMatchObject({ id: 'ours', version: upTo });
      }
    }
  });

  it('look again where the time of day was set back', async () => {
    const policies = new DepartmentPolicies(store, () => now);
    await policies.decideBy(null, JULY);
    now -= 3_600_000;
    await note(store, second);
    expect(await versionOf(policies.decideBy(null, JULY))).toBe(2);
  });

  it('say at the midnight of the business zone that what was adopted has ended, and no more once a successor is noted', async () => {
    const ours = JSON.parse(second.document) as { company: { validTo: string | null } };
    ours.company.validTo = '2026-07-31';
    const text = JSON.stringify(ours);
    await note(store, { ...second, document: text, digest: digestOf(text), validTo: '2026-07-31' });
    const policies = new DepartmentPolicies(store, () => now);
    const said: string[] = [];
    const watch = new PolicyEndWatch({ standing: () => policies.standing(), everyMs: 60_000, alarm: { warn: (message) => said.push(message) } });
    const looks = async (instant: string): Promise<PolicyStanding | undefined> => {
      now = Date.parse(instant);
      await watch.look();
      return policies.standing();
    };
    expect(await looks('2026-07-31T15:59:59.999Z')).toMatchObject({ today: '2026-07-31', ended: false, endsInDays: 0 });
    expect(await looks('2026-07-31T16:00:00.000Z')).toMatchObject({ today: '2026-08-01', adoption: 'example@2', validTo: '2026-07-31', ended: true, endsInDays: -1 });
    expect(said).toEqual([expect.stringMatching(/^what is adopted ends in 0 days/), expect.stringMatching(/^every adopted policy has ended/)]);
    const third = shipped.document.replace('"version":1,', '"version":3,');
    await note(store, { ...shipped, adoption: 'example@3', version: 3, document: third, digest: digestOf(third), effectiveFrom: '2026-08-02T16:00:00.000Z' });
    expect(await looks('2026-08-02T15:59:59.999Z')).toMatchObject({ adoption: 'example@2', ended: true, endsInDays: -2 });
    expect(await looks('2026-08-02T16:00:00.000Z')).toMatchObject({ adoption: 'example@3', ended: false, endsInDays: null });
    expect(said).toHaveLength(3);
  });

  it('miss no adoption, however many commands looked for the one before at the same moment', async () => {
    const policies = new DepartmentPolicies(store, () => now);
    for (let version = 2; version <= 4; version += 1) {
      const text = shipped.document.replace('"version":1,', `"version":${version},`);
      await note(store, { ...second, adoption: `example@${version}`, version, document: text, digest: digestOf(text) });
      const all = Array.from({ length: 8 }, () => versionOf(policies.decideBy(null, JULY, `example@${version}`)));
      expect(await Promise.all(all)).toEqual(all.map(() => version));
    }
  });

  it('refuse a document that is not the adopted one', async () => {
    await note(store, { ...second, document: second.document.replace('"value":24', '"value":240') });
    await expect(new DepartmentPolicies(store, () => now).decideBy(null, JULY)).rejects.toThrow('is not the one that was adopted');
  });

  it('count working hours in the windows of the department', async () => {
    const ours = JSON.parse(second.document) as { company: { windows: Record<string, unknown> } };
    ours.company.windows['intake'] = [{ weekdays: [1, 2, 3, 4, 5], from: '00:00', to: '24:00' }];
    const text = JSON.stringify(ours);
    await note(store, { ...second, document: text, digest: digestOf(text) });
    const { calendar } = await new DepartmentPolicies(store, () => now).decideBy(null, JULY);
    expect(calendar.due({ value: 4, unit: 'working-hour', calendar: 'working-hours' }, '2026-07-03T10:00:00.000Z')).toEqual({ at: '2026-07-03T14:00:00.000Z' });
  });

  it('refuse to decide a case by a policy that the log does not hold', async () => {
    const policies = new DepartmentPolicies(store, () => now);
    await expect(policies.decideBy('ours@7', JULY)).rejects.toThrow('does not hold ours@7');
    // What is in force is no stand-in for it.
    await policies.decideBy(null, JULY);
    await expect(policies.decideBy('ours@7', JULY)).rejects.toThrow('does not hold ours@7');
  });

  it('take the time a case was opened from its id, and now for what has no beginning of its own', () => {
    expect(openedAt('019cdb9e-9c00-7000-8000-00000000c0de', 'now')).toBe('2026-03-11T06:38:50.880Z');
    expect(openedAt('019cdb9e-9c00-7000-8000-00000000c0de.2', 'now')).toBe('2026-03-11T06:38:50.880Z');
    expect(openedAt(POLICY_BOOK_ID, 'now')).toBe('now');
  });
});
