import { refuse, type Refusal } from 'aftercare/kernel';
import { isExpired } from 'aftercare/policy';
import type { PendingApproval } from '../approval.js';

/** P001A-04: whether or not the watch has recorded it yet, so that no signature slips in between. */
export function nothingIsSignedAfterExpiry({ expiresAt }: PendingApproval, now: string): Refusal | null {
  if (!isExpired(expiresAt, now)) return null;
  return refuse('approval-expired', { zh: '审批已过期，须重新报批。', en: 'The time to decide is over; it has to be asked for again.' }, { rule: 'P001A-04' });
}

/** While the first of an order is checked against the allowance, nobody knows whether the second may follow. */
export function anOrderWaitsForTheAllowance({ asked, signatures }: PendingApproval): Refusal | null {
  if (asked?.order !== 'in-order' || signatures.every(({ counted }) => counted)) return null;
  return refuse('signature-being-checked', {
    zh: '前一签字正在核对限额，请稍后再试。', en: 'The signature before yours is being checked against its limit; try again in a moment.',
  }, { rule: 'P001A-04' });
}
