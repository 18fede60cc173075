import type { ApprovalLapsed, EventOf } from 'aftercare/contracts';
import { cny } from 'aftercare/kernel';
import { CASE_ID, opened } from 'aftercare/testing';
import { WhenApprovalLapsedSettleTheRemedy } from './when-approval-lapsed-settle-the-remedy.js';

const lapsed = (kind: 'compensation' | 'waiver', caseId: string | null) => opened<EventOf<typeof ApprovalLapsed>>(`approval-${CASE_ID}.2`, {
  type: 'ApprovalLapsed', data: { caseId, round: 2, kind, amount: cny(5_000), expiredAt: '2026-03-13T06:00:00.000Z' },
});

describe('when an approval lapsed', () => {
  const reaction = new WhenApprovalLapsedSettleTheRemedy();

  it('P001A-04 P000-32 the case no longer waits for the compensation, and may ask again', () => {
    expect(reaction.react(lapsed('compensation', CASE_ID))).toMatchObject({
      id: CASE_ID, command: { type: 'SettleRemedy', remedy: 'compensation', outcome: 'rejected', reference: `${CASE_ID}.2`, round: 2 },
    });
  });

  it('P001A-04 a waiver and goods without a case concern no complaint', () => {
    expect([reaction.react(lapsed('waiver', CASE_ID)), reaction.react(lapsed('compensation', null))]).toEqual([undefined, undefined]);
  });
});
