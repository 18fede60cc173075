import 'reflect-metadata';
import { openMemoryStore, type EventStore } from 'aftercare/event-store';
import { cny, type Aggregate } from 'aftercare/kernel';
import { digestOf, policyBook, POLICY_BOOK_ID, shippedAdoption, type PolicySet } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { Commands, DepartmentPolicies, fingerprintWith, States, type CommandCall, type Outcome } from 'aftercare/service-host';
import { idAt } from 'aftercare/testing';
import { uuidv7 } from 'uuidv7';
import { cost } from '../cost/cost.decide.js';
import { approval } from './approval.decide.js';

const JULY = '2026-06-30T16:00:00.000Z';
const shipped = shippedAdoption();
const document = shipped.document.replace('"version":1,', '"version":2,');
const second = { ...shipped, adoption: 'example@2', version: 2, document, digest: digestOf(document), effectiveFrom: JULY };
const IN_JUNE = idAt('2026-06-01T00:00:00.000Z');
const IN_JULY = idAt('2026-07-01T00:00:00.000Z');

type Opening = Record<string, unknown> & { readonly type: string };
const fee = (caseId?: string): Opening => ({ type: 'ProposeServiceFee', amount: cny(80_000), grounds: '超保修期', ...(caseId !== undefined && { caseId }) });
const call = (id: string, role = 'billing.clerk'): CommandCall => ({ actor: { id, role }, commandId: uuidv7(), expectedVersion: null, onBehalfOf: null, reason: null });

describe('a record that a person opens for a case, after another policy was adopted', () => {
  let now = 0;
  let store: EventStore;
  let commands: Commands;

  const open = (of: unknown, command: Opening): Promise<Outcome> => commands.create(of as Aggregate<Opening, unknown, never, PolicySet>, command, call('u-clerk'));
  const opened = async (of: unknown, command: Opening): Promise<string> => {
    const outcome = await open(of, command);
    if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.receipt.id;
  };
  const kept = async (id: string): Promise<unknown[]> =>
    (await store.readStream(`approval-${id}`, 0, 99)).flatMap(({ event }) => (event.type === 'PolicyVersionKept' ? [(event.data as { adoption: string }).adoption] : []));
  const note = async (adoption: typeof shipped): Promise<void> => {
    await commands.execute(policyBook, POLICY_BOOK_ID, { type: 'NoteAdoption', adoption }, call('u-manager', 'manager'));
    now += 5_000;
  };

  beforeEach(async () => {
    now = Date.parse('2026-07-02T00:00:00.000Z');
    store = openMemoryStore({ log: 'billing' });
    commands = new Commands({
      store, states: new States(store), vault: openMemoryVault(), policies: new DepartmentPolicies(store, () => now),
      fingerprint: fingerprintWith(Buffer.alloc(32, 7)), now: () => now,
    });
    await note(shipped);
    await note(second);
  });
  afterEach(() => store.close());

  it.each([[IN_JUNE, 'example@1'], [IN_JULY, 'example@2']])('P001C-06 belongs to %s and is decided under %s, also what follows', async (caseId, adoption) => {
    const id = await opened(approval, fee(caseId));
    const verified = await commands.execute(approval, id, { type: 'VerifyCost', cost: cny(50_000) }, call('u-finance', 'billing.finance'));
    expect(verified.outcome).toBe('done');
    const ofCase = (await store.readCorrelation(caseId, 0, 99)).map(({ event }) => [event.type, event.stream, event.adoption]);
    expect(ofCase.map(([type]) => type)).toEqual(expect.arrayContaining(['ApprovalProposed', 'PolicyVersionKept', 'ServiceCostVerified']));
    for (const [, stream, told] of ofCase) expect([stream, told]).toEqual([`approval-${id}`, adoption]);
    expect(await kept(id)).toEqual([adoption]);
    expect(await store.readCorrelation(id, 0, 99)).toEqual([]);
  });

  it('P001C-06 without a case is a case of its own', async () => {
    const id = await opened(approval, fee());
    expect([(await store.readCorrelation(id, 0, 99)).length > 0, await kept(id)]).toEqual([true, ['example@2']]);
  });

  it('follows what this department was told of the case rather than its day', async () => {
    const cause = { eventId: uuidv7(), correlationId: IN_JULY, adoption: 'example@1' };
    await commands.execute(approval, `${IN_JULY}.1`, {
      type: 'ProposeCompensation', caseId: IN_JULY, round: 1, amount: cny(5_000), subject: null, customerId: null, requester: 'u-planner', returnId: null, grounds: null,
    }, { ...call('reaction:intake.HandlingPlanFixed', 'system'), cause });
    expect(await kept(await opened(approval, fee(IN_JULY)))).toEqual(['example@1']);
  });

  it.each([['k-1'], ['CMP-2026-7K3F-Q9XB'], [`${IN_JUNE}.1`], ['5d9f1c1e-0c3b-4a52-9f6e-2f1f0c9d6a10'], [IN_JUNE.toUpperCase()], [idAt('2027-01-01T00:00:00.000Z')]])(
    'is refused for %s, which is the id of no case, and records nothing', async (caseId) => {
      const before = await store.head();
      expect(await open(approval, fee(caseId))).toMatchObject({ outcome: 'refused', refusal: { refused: 'not-a-case-id', field: 'caseId' } });
      expect(await store.head()).toBe(before);
    },
  );

  it('P003-27 a cost belongs to the case that is named', async () => {
    const id = await opened(cost, { type: 'RecordReturnCost', returnId: uuidv7(), caseId: IN_JUNE, kind: 'other', temporary: false, amount: cny(3_000), responsible: 'carrier' });
    expect((await store.readCorrelation(IN_JUNE, 0, 9)).map(({ event }) => event.stream)).toContain(`cost-${id}`);
  });
});
