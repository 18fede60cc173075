import type { CaseClosed, ComplaintRegistered, EventOf, ResolutionCommunicated } from 'aftercare/contracts';
import { CASE_ID, NOW, opened, SUBJECT_ID } from 'aftercare/testing';
import { WhenCaseClosedWithdrawTheCallback } from './reactions/when-case-closed-withdraw-the-callback.js';
import { WhenComplaintRegisteredExpectACallback } from './reactions/when-complaint-registered-expect-a-callback.js';
import { WhenOutcomeCommunicatedScheduleTheCallback } from './reactions/when-outcome-communicated-schedule-the-callback.js';

const STREAM = `complaint-${CASE_ID}`;
const registered = (fields: Record<string, string> | null) => opened<EventOf<typeof ComplaintRegistered>>(STREAM, {
  type: 'ComplaintRegistered',
  data: {
    channel: 'hotline', occurredAt: null, awareAt: NOW, customerId: 'k-1', locality: 'local', subject: SUBJECT_ID, firstContactOwner: 'u-1', source: null,
  },
  ...(fields && { personal: { subject: SUBJECT_ID, fields } }),
});
const communicated = (unfounded: boolean) => opened<EventOf<typeof ResolutionCommunicated>>(STREAM, {
  type: 'ResolutionCommunicated', data: { caseId: CASE_ID, round: 2, customerId: 'k-1', unfounded },
});

describe('what surveys does about a case', () => {
  it('P000-35 keeps whom to call, from the registration', () => {
    const reaction = new WhenComplaintRegisteredExpectACallback();
    const expected = { type: 'ExpectCallback', customerId: 'k-1', awareAt: NOW, subject: SUBJECT_ID };
    expect(reaction.react(registered({ complainant: '王女士', phone: '13800000000', description: '漏液' }))).toMatchObject({
      id: CASE_ID, command: { ...expected, complainant: '王女士', phone: '13800000000' },
    });
    expect(reaction.react(registered(null))).toMatchObject({ command: { ...expected, complainant: null, phone: null } });
  });

  it('P000-35 schedules the call of the round when the outcome was told', () => {
    expect(new WhenOutcomeCommunicatedScheduleTheCallback().react(communicated(false))).toMatchObject({
      id: CASE_ID, command: { type: 'ScheduleCallback', round: 2, communicatedAt: NOW },
    });
  });

  it('P002B-33 does not call about an unfounded complaint', () => {
    expect(new WhenOutcomeCommunicatedScheduleTheCallback().react(communicated(true))).toBeUndefined();
  });

  it('P000-36 withdraws what is outstanding when the case is closed', () => {
    const closed = opened<EventOf<typeof CaseClosed>>(STREAM, { type: 'CaseClosed', data: { caseId: CASE_ID, round: 1, ground: 'unfounded', rounds: 1 } });
    expect(new WhenCaseClosedWithdrawTheCallback().react(closed)).toMatchObject({ id: CASE_ID, command: { type: 'WithdrawCallback' } });
  });
});
