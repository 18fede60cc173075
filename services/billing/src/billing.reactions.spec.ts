import type { EventOf, HandlingPlanFixed, Remedy, ReturnCancelled, ReturnInspectionRefused, ReturnRejected, ReturnStockedIn } from 'aftercare/contracts';
import { cny, isCaseId } from 'aftercare/kernel';
import type { Reaction } from 'aftercare/messaging';
import { CASE_ID, opened, SUBJECT_ID } from 'aftercare/testing';
import { WhenHandlingPlanFixedProposeOrAwaitTheCompensation } from './reactions/when-handling-plan-fixed-propose-or-await-the-compensation.js';
import { WhenReturnFailedLetTheCompensationLapse } from './reactions/when-return-failed-let-the-compensation-lapse.js';
import { WhenReturnStockedInProposeTheCompensation } from './reactions/when-return-stocked-in-propose-the-compensation.js';

const PLANNER = { id: 'u-planner', role: 'intake.head' };
const SIGNER = { id: 'u-signer', role: 'logistics.quality' };
const RETURN_ID = '019cdb9e-9c00-7000-8000-00000000beef';

const plan = (remedies: Remedy[], compensation: number | null) => opened<EventOf<typeof HandlingPlanFixed>>(`complaint-${CASE_ID}`, {
  type: 'HandlingPlanFixed',
  data: {
    caseId: CASE_ID, round: 2, customerId: 'k-1', locality: 'local', class: 'service', remedies, goods: null, verdict: null,
    compensation: compensation === null ? null : cny(compensation), planNumber: 1,
  },
  personal: { subject: SUBJECT_ID, fields: { plan: '补偿客户' } },
}, PLANNER);
const stockedIn = (caseId: string | null, compensation: number | null) => opened<EventOf<typeof ReturnStockedIn>>(`return-${RETURN_ID}`, {
  type: 'ReturnStockedIn',
  data: { caseId, round: 2, customerId: 'k-1', kind: 'return', quantity: 1, compensation: compensation === null ? null : cny(compensation) },
}, SIGNER);

const orderOf = (reaction: Reaction) => {
  if (reaction === undefined || !('command' in reaction)) throw new Error('expected one order');
  expect(isCaseId(reaction.id)).toBe(true);
  return { aggregate: reaction.aggregate.name, id: reaction.id, command: reaction.command };
};

describe('when a handling plan is fixed', () => {
  const reaction = new WhenHandlingPlanFixedProposeOrAwaitTheCompensation();

  it.each<Remedy>(['price-concession', 'repair', 'apology', 'explanation'])('P000-32 with %s and money, the money is proposed in the name of the planner', (remedy) => {
    expect(orderOf(reaction.react(plan([remedy], 5_000)))).toEqual({
      aggregate: 'approval', id: `${CASE_ID}.2`, command: {
        type: 'ProposeCompensation', caseId: CASE_ID, round: 2, customerId: 'k-1', amount: cny(5_000), requester: 'u-planner', subject: SUBJECT_ID,
        returnId: null, grounds: '补偿客户',
      },
    });
  });

  it.each<Remedy>(['return', 'exchange', 'mail-back-exchange'])('P000-32 P002B-25 with %s the money waits for the goods, and the planner is kept', (remedy) => {
    expect(orderOf(reaction.react(plan(['price-concession', remedy], 5_000)))).toMatchObject({
      id: `${CASE_ID}.2`, command: { type: 'NotePlannedCompensation', requester: 'u-planner', amount: cny(5_000) },
    });
  });

  it('P000-32 without money there is nothing to approve', () => {
    expect(reaction.react(plan(['return'], null))).toBeUndefined();
  });
});

describe('when a return is stocked in', () => {
  const reaction = new WhenReturnStockedInProposeTheCompensation();

  it('P002B-25 the compensation of its case and round is proposed', () => {
    expect(orderOf(reaction.react(stockedIn(CASE_ID, 5_000)))).toEqual({
      aggregate: 'approval', id: `${CASE_ID}.2`, command: {
        type: 'ProposeCompensation', caseId: CASE_ID, round: 2, customerId: 'k-1', amount: cny(5_000), requester: 'u-signer', subject: null,
        returnId: RETURN_ID, grounds: null,
      },
    });
  });

  it('P002B-25 goods without a case are approved under the return', () => {
    expect(orderOf(reaction.react(stockedIn(null, 5_000)))).toMatchObject({ id: RETURN_ID, command: { caseId: null, returnId: RETURN_ID } });
  });

  it('P002B-25 goods without a concession need no approval', () => {
    expect(reaction.react(stockedIn(CASE_ID, null))).toBeUndefined();
  });
});

describe('when a return fails', () => {
  const reaction = new WhenReturnFailedLetTheCompensationLapse();
  const rejected = (compensation: number | null) => opened<EventOf<typeof ReturnRejected>>(`return-${RETURN_ID}`, {
    type: 'ReturnRejected',
    data: { caseId: CASE_ID, round: 2, ground: 'lot-expired', compensation: compensation === null ? null : cny(compensation) },
    personal: { subject: SUBJECT_ID, fields: { explanation: '批号已过期' } },
  });
  const refused = opened<EventOf<typeof ReturnInspectionRefused>>(`return-${RETURN_ID}`, {
    type: 'ReturnInspectionRefused', data: { caseId: CASE_ID, round: 2, customerId: 'c-1', customerDamage: true, compensation: cny(5_000) },
    personal: { subject: SUBJECT_ID, fields: { statement: '人为损坏' } },
  });
  const cancelled = opened<EventOf<typeof ReturnCancelled>>(`return-${RETURN_ID}`, {
    type: 'ReturnCancelled', data: { caseId: CASE_ID, round: 2, customerId: 'c-1', compensation: cny(5_000) },
    personal: { subject: SUBJECT_ID, fields: { reason: '客户未寄出' } },
  });

  it('P002A-17 P002B-24 its compensation lapses, with the reason in the words of logistics', () => {
    const lapse = { type: 'RecordCompensationLapsed', caseId: CASE_ID, round: 2, amount: cny(5_000), subject: SUBJECT_ID };
    expect(orderOf(reaction.rejected(rejected(5_000)))).toEqual({
      aggregate: 'approval', id: `${CASE_ID}.2`, command: { ...lapse, ground: 'return-rejected', why: '批号已过期' },
    });
    expect(orderOf(reaction.refused(refused))).toEqual({
      aggregate: 'approval', id: `${CASE_ID}.2`, command: { ...lapse, ground: 'return-refused', why: '人为损坏' },
    });
    expect(orderOf(reaction.cancelled(cancelled))).toEqual({
      aggregate: 'approval', id: `${CASE_ID}.2`, command: { ...lapse, ground: 'return-cancelled', why: '客户未寄出' },
    });
  });

  it('P002A-17 a return without a concession concerns nobody here', () => {
    expect(reaction.rejected(rejected(null))).toBeUndefined();
  });
});
