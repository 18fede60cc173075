import type {
  AllowanceExceeded, AllowanceTaken, ApprovalSigned, ComplaintClassified, ComplaintUpheldAgainst, ComplaintValidityDetermined, DeadlineBreached, EventOf, FaultRecorded,
  HandlingPlanFixed, Remedy, ReturnCancelled, ReturnInspectionRefused, ReturnRejected, ReturnStockedIn,
  SignaturesVoided,
} from 'aftercare/contracts';
import { cny, isCaseId } from 'aftercare/kernel';
import type { Reaction } from 'aftercare/messaging';
import { CASE_ID, opened, SUBJECT_ID } from 'aftercare/testing';
import { allowanceId } from './allowance/allowance.js';
import { incentiveId } from './incentive/incentive.js';
import { WhenAllowanceAnsweredCountTheSignature } from './reactions/when-allowance-answered-count-the-signature.js';
import { WhenApprovalExpiredLetItLapse } from './reactions/when-approval-expired-let-it-lapse.js';
import { WhenApprovalSignedAskTheAllowance } from './reactions/when-approval-signed-ask-the-allowance.js';
import { WhenComplaintConcernsStaffNoteIt } from './reactions/when-complaint-concerns-staff-note-it.js';
import { WhenConductRecordedProposeTheIncentive } from './reactions/when-conduct-recorded-propose-the-incentive.js';
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

describe('when an approval is signed', () => {
  const reaction = new WhenApprovalSignedAskTheAllowance();
  const limit = { person: 'u-vp', period: '2026-03' };
  const signed = (withLimit: boolean, signer = 'u-deputy') => opened<EventOf<typeof ApprovalSigned>>(`approval-${CASE_ID}.2`, {
    type: 'ApprovalSigned',
    data: {
      signature: 's-1', kind: 'compensation', meaning: 'approved', position: 1, role: 'sales-vice-president', signer,
      deputyFor: { person: 'u-vp', deputyship: 'd-1', from: '2026-03-10', to: '2026-03-12' }, amount: cny(5_000), limit: withLimit ? { ...limit, upTo: cny(500_000) } : null,
    },
  });

  it('P001A-04 the allowance of that person and month is asked; without a limit nothing is', () => {
    const taking = (person: string) => ({
      aggregate: 'allowance', id: allowanceId(person, '2026-03'),
      command: { type: 'TakeAllowance', ...limit, person, approval: `${CASE_ID}.2`, signature: 's-1', role: 'sales-vice-president', amount: cny(5_000), limit: cny(500_000) },
    });
    expect(orderOf(reaction.signed(signed(true, 'u-vp')))).toEqual(taking('u-vp'));
    expect(reaction.signed(signed(true))).toMatchObject([taking('u-vp'), taking('u-deputy')].map(({ id, command }) => ({ id, command })));
    expect(reaction.signed(signed(false))).toBeUndefined();
  });

  it('P001A-04 what was voided is given back, signature by signature', () => {
    const voided = opened<EventOf<typeof SignaturesVoided>>(`approval-${CASE_ID}.2`, {
      type: 'SignaturesVoided',
      data: { signatures: [{ signature: 's-1', position: 1, signer: 'u-deputy', limit }, { signature: 's-2', position: 2, signer: 'u-gm', limit: null }] },
    });
    expect(reaction.voided(voided)).toMatchObject([
      { id: allowanceId('u-vp', '2026-03'), command: { type: 'ReleaseAllowance', ...limit, approval: `${CASE_ID}.2`, signature: 's-1' } },
      { id: allowanceId('u-deputy', '2026-03'), command: { type: 'ReleaseAllowance', ...limit, person: 'u-deputy', approval: `${CASE_ID}.2`, signature: 's-1' } },
    ]);
  });

  it('P001A-04 the answer goes back to the approval', () => {
    const answer = new WhenAllowanceAnsweredCountTheSignature();
    const data = { ...limit, approval: `${CASE_ID}.2`, signature: 's-1', role: 'sales-vice-president', amount: cny(1), limit: cny(1), taken: cny(1) } as const;
    const stream = `allowance-${allowanceId('u-vp', '2026-03')}`;
    expect(orderOf(answer.taken(opened<EventOf<typeof AllowanceTaken>>(stream, { type: 'AllowanceTaken', data }))))
      .toEqual({ aggregate: 'approval', id: `${CASE_ID}.2`, command: { type: 'NoteAllowance', signature: 's-1', person: 'u-vp', covered: true } });
    expect(orderOf(answer.exceeded(opened<EventOf<typeof AllowanceExceeded>>(stream, { type: 'AllowanceExceeded', data }))).command).toMatchObject({ covered: false });
  });
});

const breached = (stream: string, clock: string) => opened<EventOf<typeof DeadlineBreached>>(stream, {
  type: 'DeadlineBreached', data: { clock, dueAt: '2026-03-11T06:00:00.000Z', policy: 'P001E@1', rule: 'P001E-45', lateByMs: 0, consequence: null },
});

describe('when a time is over', () => {
  it('P001A-04 the approval lapses, and no other clock makes it', () => {
    const reaction = new WhenApprovalExpiredLetItLapse();
    expect(orderOf(reaction.react(breached(`approval-${CASE_ID}.2`, 'approval.expiry')))).toMatchObject({ id: `${CASE_ID}.2`, command: { type: 'LapseApproval' } });
    expect(reaction.react(breached(`approval-${CASE_ID}`, 'P001E/complaint.implement'))).toBeUndefined();
  });

  it('P001E-45 a plan carried out late is noted on the case, and no other clock is', () => {
    const reaction = new WhenComplaintConcernsStaffNoteIt();
    expect(orderOf(reaction.breached(breached(`complaint-${CASE_ID}`, 'P001E/complaint.implement'))))
      .toMatchObject({ aggregate: 'conduct', id: CASE_ID, command: { type: 'NoteLateImplementation', clock: 'P001E/complaint.implement' } });
    expect(reaction.breached(breached(`complaint-${CASE_ID}`, 'P003/complaint.reply'))).toBeUndefined();
  });
});

describe('when a complaint is about staff', () => {
  const reaction = new WhenComplaintConcernsStaffNoteIt();
  const classified = (complainedOf: string | null) => opened<EventOf<typeof ComplaintClassified>>(`complaint-${CASE_ID}`, {
    type: 'ComplaintClassified',
    data: {
      class: 'service', caseId: CASE_ID, round: 1, customerId: null, locality: 'local', subject: SUBJECT_ID, awareAt: '2026-03-10T06:00:00.000Z', goods: null, reaction: null,
      complainedOf,
    },
  });

  it('P003-38 the person and the validity are noted, and of other complaints nothing', () => {
    expect(orderOf(reaction.classified(classified('u-engineer')))).toMatchObject({ aggregate: 'conduct', id: CASE_ID, command: { person: 'u-engineer', awareAt: '2026-03-10T06:00:00.000Z' } });
    expect(reaction.classified(classified(null))).toBeUndefined();
    const found = (valid: boolean) => opened<EventOf<typeof ComplaintValidityDetermined>>(`complaint-${CASE_ID}`, {
      type: 'ComplaintValidityDetermined', data: { valid, groundsSufficient: valid, demandReasonable: valid, companyError: valid },
    });
    expect(orderOf(reaction.validity(found(true)))).toMatchObject({ id: CASE_ID, command: { type: 'NoteValidity', valid: true } });
    expect(reaction.validity(found(false))).toBeUndefined();
  });

  it('P003-39 P001E-42 what counts goes to the month of the person', () => {
    const propose = new WhenConductRecordedProposeTheIncentive();
    const whose = { person: 'u-engineer', period: '2026-03' };
    expect(orderOf(propose.upheld(opened<EventOf<typeof ComplaintUpheldAgainst>>(`conduct-${CASE_ID}`, { type: 'ComplaintUpheldAgainst', data: { ...whose, basis: ['e-1'] } }))))
      .toMatchObject({ aggregate: 'incentive', id: incentiveId('u-engineer', '2026-03'), command: { type: 'NoteUpheldComplaint', caseId: CASE_ID, ...whose } });
    const data = { ...whose, fault: 'f-1', cause: 'negligence', happenedOn: '2026-03-11', grave: false, loss: null, recordedBy: 'u-head', subject: SUBJECT_ID, basis: [] } as const;
    expect(orderOf(propose.fault(opened<EventOf<typeof FaultRecorded>>(`conduct-${CASE_ID}`, { type: 'FaultRecorded', data: { ...data, basis: [] } }))))
      .toMatchObject({ id: incentiveId('u-engineer', '2026-03'), command: { type: 'NoteFault', fault: 'f-1', recordedBy: 'u-head' } });
  });
});
