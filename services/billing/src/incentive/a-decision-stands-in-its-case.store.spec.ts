import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import { streamOf, type DomainEvent, type Recorded } from 'aftercare/kernel';
import { digestOf, policyBook, POLICY_BOOK_ID, shippedAdoption } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { Commands, DepartmentPolicies, fingerprintWith, States, type CommandCall } from 'aftercare/service-host';
import { idAt } from 'aftercare/testing';
import { uuidv7 } from 'uuidv7';
import { incentive } from './incentive.decide.js';
import { incentiveId } from './incentive.js';

const shipped = shippedAdoption();
const document = shipped.document.replace('"version":1,', '"version":2,');
const second = { ...shipped, adoption: 'example@2', version: 2, document, digest: digestOf(document), effectiveFrom: '2026-06-30T16:00:00.000Z' };
/** Opened after the second version began; its department heard of that late and kept the first. */
const LATE = idAt('2026-07-01T00:00:00.000Z');
const NEXT = idAt('2026-07-01T01:00:00.000Z');
const MONTH = incentiveId('u-1', '2026-07');

describe('P003-39 P002B-41 a month of a person, to which several cases add', () => {
  let store: EventStore;
  let commands: Commands;
  let now = 0;

  const start = (): void => {
    commands = new Commands({
      store, states: new States(store), vault: openMemoryVault(), policies: new DepartmentPolicies(store, () => now), fingerprint: fingerprintWith(Buffer.alloc(32, 7)), now: () => now,
    });
  };
  const by = (id: string): CommandCall => ({ actor: { id, role: 'manager' }, commandId: uuidv7(), expectedVersion: null, onBehalfOf: null, reason: null });
  const fault = (caseId: string, adoption: string | undefined, name: string) => commands.execute(incentive, MONTH, {
    type: 'NoteFault', person: 'u-1', period: '2026-07', fault: name, cause: 'negligence', grave: false, loss: null, recordedBy: 'u-head', basis: [],
  }, { ...by('reaction:billing.FaultRecorded'), cause: { eventId: uuidv7(), correlationId: caseId, ...(adoption !== undefined && { adoption }) } });
  const decide = (proposal: string) => commands.execute(incentive, MONTH, { type: 'DecideIncentive', proposal, outcome: 'confirmed', reason: '属实' }, by('u-manager'));
  const events = async (): Promise<readonly Recorded<DomainEvent>[]> => (await store.readStream(streamOf(incentive, MONTH), 0, 99)).map(({ event }) => event);
  const where = async (type: string): Promise<unknown[]> => (await events()).filter((event) => event.type === type).map(({ correlationId, adoption }) => [correlationId, adoption]);

  beforeEach(async () => {
    now = Date.parse('2026-07-02T00:00:00.000Z');
    store = openMemoryStore({ log: 'billing' });
    start();
    for (const adoption of [shipped, second]) await commands.execute(policyBook, POLICY_BOOK_ID, { type: 'NoteAdoption', adoption }, by('u-manager'));
    now += 5_000;
  });
  afterEach(() => store.close());

  it('is proposed by the version that each case keeps, and says so', async () => {
    await fault(LATE, 'example@1', 'f-1');
    await fault(NEXT, 'example@2', 'f-2');
    await fault(idAt('2026-06-01T00:00:00.000Z'), undefined, 'f-3');
    expect((await where('IncentiveProposed')).map((one) => (one as unknown[])[1])).toEqual(['example@1', 'example@2', 'example@1']);
  });

  it('a decision stands in the case that raised the proposal, not in the last one, also after a restart', async () => {
    await fault(LATE, 'example@1', 'f-1');
    await fault(NEXT, 'example@2', 'f-2');
    expect(await decide('f-1')).toMatchObject({ outcome: 'done' });
    start();
    expect(await decide('f-2')).toMatchObject({ outcome: 'done' });
    expect(await where('IncentiveDecided')).toEqual([[LATE, 'example@1'], [NEXT, 'example@2']]);
  });

  it('a bonus belongs to none of the cases and goes by what is in force; so does the decision on it', async () => {
    await fault(LATE, 'example@1', 'f-1');
    expect(await commands.execute(incentive, MONTH, { type: 'ProposeBonus', person: 'u-1', period: '2026-07', ground: 'outstanding' }, by('u-head'))).toMatchObject({ outcome: 'done' });
    const bonus = (await events()).findLast(({ type }) => type === 'IncentiveProposed')?.data as { proposal: string };
    await fault(NEXT, 'example@1', 'f-2');
    const outcome = await commands.execute(incentive, MONTH, { type: 'DecideIncentive', proposal: bonus.proposal, outcome: 'confirmed', amount: { minor: 5_000, currency: 'CNY' }, reason: '表现突出' }, by('u-manager'));
    expect([outcome.outcome, (await where('IncentiveProposed'))[1], ...await where('IncentiveDecided')]).toEqual(['done', [MONTH, 'example@2'], [MONTH, 'example@2']]);
  });

  it('waits for an adoption that has not come here, rather than propose by another', async () => {
    await expect(fault(LATE, 'example@3', 'f-1')).rejects.toMatchObject({ name: 'NotYet' });
    expect(await events()).toEqual([]);
  });
});
