import 'reflect-metadata';
import type { ApprovalEvent, EventOf, AllowanceExceeded, AllowanceReleased, AllowanceTaken, ApprovalSigned, SignaturesVoided } from 'aftercare/contracts';
import { openSqliteStore, type EventStore } from 'aftercare/event-store';
import { cny, type Actor, type Opened } from 'aftercare/kernel';
import type { Reaction } from 'aftercare/messaging';
import { openMemoryVault } from 'aftercare/privacy';
import { alwaysBy, Commands, fingerprintWith, States, type CommandCall } from 'aftercare/service-host';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { approval } from '../approval/approval.decide.js';
import { WhenAllowanceAnsweredCountTheSignature } from '../reactions/when-allowance-answered-count-the-signature.js';
import { WhenApprovalSignedAskTheAllowance } from '../reactions/when-approval-signed-ask-the-allowance.js';
import { companyPolicy, matrix, monthlyLimit } from '../spec/company-policy.js';

const VICE: Actor = { id: 'u-vp', role: 'billing.sales-vice-president' };
const SYSTEM: Actor = { id: 'reaction', role: 'system' };
const NOW = Date.parse('2026-03-11T06:00:00.000Z');
const policy = companyPolicy({ ...matrix(['one', {}, [VICE.role], 'any-order']), ...monthlyLimit({ [VICE.role]: 500_000 }) });
const call = (actor: Actor): CommandCall => ({ actor, commandId: uuidv7(), expectedVersion: null, onBehalfOf: null, reason: null });

describe('P001A-04 one person signs two approvals of 3,000.00 at once, and may sign for 5,000.00 a month', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-allowance-'));
  let store: EventStore;
  /** Two instances of the department on one log; neither knows what the other remembers. */
  let instances: readonly Commands[];

  beforeEach(() => {
    store = openSqliteStore({ file: join(folder, `${uuidv7()}.db`), log: 'billing' });
    instances = [0, 1].map(() => new Commands({
      store, states: new States(store), vault: openMemoryVault(), policies: alwaysBy(policy), fingerprint: fingerprintWith(Buffer.alloc(32, 7)), now: () => NOW,
    }));
  });
  afterEach(() => store.close());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const eventsOf = async (type: string) => (await store.readLog(0, 500)).map(({ event }) => event).filter((event) => event.type === type) as unknown as Opened<ApprovalEvent>[];
  /** What the bus does with the answer of a reaction, on either instance. */
  const carryOut = async (reaction: Reaction, place: number): Promise<void> => {
    const orders = (Array.isArray(reaction) ? reaction : [reaction]) as readonly Reaction[];
    for (const one of orders) {
      if (one === undefined || !('command' in one)) throw new Error('expected an order');
      const { aggregate, id, command } = one;
      const done = await instances[place % 2]?.execute(aggregate as never, id, command, call(SYSTEM));
      expect(done?.outcome).toBe('done');
    }
  };

  it.each([1, 2, 3, 4, 5])('exactly one of them is approved (attempt %#)', async () => {
    const ids = [uuidv7(), uuidv7()];
    const propose = { type: 'ProposeCompensation' as const, caseId: null, round: 1, amount: cny(300_000), subject: null, customerId: null, requester: 'u-planner', returnId: null, grounds: null };
    await Promise.all(ids.map((id) => instances[0]?.execute(approval, id, propose, call(SYSTEM))));
    await Promise.all(ids.map((id, place) => instances[place]?.execute(approval, id, { type: 'ApproveProposal' }, call(VICE))));
    const asks = new WhenApprovalSignedAskTheAllowance();
    await Promise.all((await eventsOf('ApprovalSigned')).map((event, place) => carryOut(asks.signed(event as Opened<EventOf<typeof ApprovalSigned>>), place)));
    const answers = new WhenAllowanceAnsweredCountTheSignature();
    const taken = await eventsOf('AllowanceTaken');
    const exceeded = await eventsOf('AllowanceExceeded');
    expect([taken.length, exceeded.length]).toEqual([1, 1]);
    for (const event of taken) await carryOut(answers.taken(event as unknown as Opened<EventOf<typeof AllowanceTaken>>), 0);
    for (const event of exceeded) await carryOut(answers.exceeded(event as unknown as Opened<EventOf<typeof AllowanceExceeded>>), 1);
    expect((await eventsOf('CompensationApproved')).length).toBe(1);
    expect((await eventsOf('SignatureRefused')).length).toBe(1);
  });

  it.each([1, 2, 3])('deputising for two persons whom nobody knows lets a clerk sign for one of them only (attempt %#)', async () => {
    const ids = [uuidv7(), uuidv7()];
    const clerk: Actor = { id: 'u-clerk', role: 'billing.clerk' };
    const propose = { type: 'ProposeCompensation' as const, caseId: null, round: 1, amount: cny(300_000), subject: null, customerId: null, requester: 'u-planner', returnId: null, grounds: null };
    await Promise.all(ids.map((id) => instances[0]?.execute(approval, id, propose, call(SYSTEM))));
    await Promise.all(ids.map((id, place) => instances[place]?.execute(approval, id, { type: 'ApproveProposal', facts: { deputyships: [{
      id: `d-${place}`, role: 'sales-vice-president', person: `u-ghost-${place}`, deputy: clerk.id, from: '2026-03-01', to: '2026-03-31', appointedBy: 'u-overseer', ended: false,
    }] } }, call(clerk))));
    const asks = new WhenApprovalSignedAskTheAllowance();
    await Promise.all((await eventsOf('ApprovalSigned')).map((event, place) => carryOut(asks.signed(event as Opened<EventOf<typeof ApprovalSigned>>), place)));
    const answers = new WhenAllowanceAnsweredCountTheSignature();
    for (const event of await eventsOf('AllowanceExceeded')) await carryOut(answers.exceeded(event as unknown as Opened<EventOf<typeof AllowanceExceeded>>), 1);
    for (const event of await eventsOf('AllowanceTaken')) await carryOut(answers.taken(event as unknown as Opened<EventOf<typeof AllowanceTaken>>), 0);
    for (const event of await eventsOf('SignaturesVoided')) await carryOut(asks.voided(event as unknown as Opened<EventOf<typeof SignaturesVoided>>), 0);
    expect([(await eventsOf('CompensationApproved')).length, (await eventsOf('SignatureRefused')).length]).toEqual([1, 1]);
    const released = (await eventsOf('AllowanceReleased')).map((event) => (event as unknown as Opened<EventOf<typeof AllowanceReleased>>).data.amount.minor);
    expect(released).toEqual([300_000]);
  });
});
