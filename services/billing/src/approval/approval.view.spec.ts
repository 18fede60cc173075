import type { ApprovalEvent, ApproverRole } from 'aftercare/contracts';
import { cny, type Actor } from 'aftercare/kernel';
import { policySet, type PolicySet } from 'aftercare/policy';
import { CASE_ID, given, NOW, recorded, SUBJECT_ID } from 'aftercare/testing';
import { companyPolicy, expiresAfter, matrix } from '../spec/company-policy.js';
import type { ApprovalCommand } from './approval.js';
import { approval } from './approval.decide.js';
import { approvalView, type ApprovalRow } from './approval.view.js';

const ID = `${CASE_ID}.2`;
const CLERK: Actor = { id: 'u-clerk', role: 'billing.clerk' };
const FINANCE: Actor = { id: 'u-fin', role: 'billing.finance' };
const as = (role: ApproverRole): Actor => ({ id: `u-${role}`, role: `billing.${role}` });
type Step = readonly [ApprovalCommand, Actor, string?];

const ofCase = { caseId: CASE_ID, round: 2, amount: cny(80_000), subject: SUBJECT_ID, customerId: 'k-1' };
const planned: Step = [{ type: 'NotePlannedCompensation', ...ofCase, requester: 'u-planner' }, CLERK];
const stockedIn: Step = [{ type: 'ProposeCompensation', ...ofCase, requester: 'u-signer', returnId: 'r-1', grounds: null }, CLERK];
const lapsed: Step = [{ type: 'RecordCompensationLapsed', ...ofCase, ground: 'return-refused', why: '人为损坏' }, CLERK];
const drafted = (minor: number): Step => [{ type: 'ProposeServiceFee', amount: cny(minor), grounds: '更换主板' }, CLERK];
const costed = (minor: number): Step => [{ type: 'VerifyCost', cost: cny(minor) }, FINANCE];
const waiverAsked: Step = [{ type: 'RequestWaiver', grounds: '老客户' }, CLERK];
const approvedBy = (role: ApproverRole): Step => [{ type: 'ApproveProposal' }, as(role)];

/** Decides step by step and folds what was recorded; the row has to agree with the decider after every step. */
function rowAfter(...steps: readonly Step[]): ApprovalRow | null {
  return rowUnder(policySet(), ...steps);
}

function rowUnder(policy: PolicySet, ...steps: readonly Step[]): ApprovalRow | null {
  const history: ApprovalEvent[] = [];
  let row: ApprovalRow | null = null;
  for (const [command, actor, now = NOW] of steps) {
    const then = given(approval, ...history).when(command, { id: ID, actor, policy, now });
    expect(then.refused).toBeNull();
    for (const event of then.events as ApprovalEvent[]) row = approvalView.fold(row, recorded(`approval-${ID}`, event));
    history.push(...then.events as ApprovalEvent[]);
    expect(row?.stage).toBe(then.stage);
    expect(row?.amount).toBe('amount' in then.state.own ? then.state.own.amount.minor : row?.amount);
  }
  return row;
}

describe('the approval list', () => {
  it('P001C-25 P001C-26 shows whom a decision waits for, by number, and the grounds sealed', () => {
    expect(rowAfter(drafted(100_000))).toMatchObject({
      stage: 'proposed', kind: 'service-fee', waitsFor: null, personal: { fields: { grounds: { c: '更换主板' } } },
    });
    expect(rowAfter(drafted(99_999), costed(1))).toMatchObject({ waitsFor: 'after-sales-manager', cost: 1 });
    expect(rowAfter(drafted(100_000), costed(1))).toMatchObject({ waitsFor: 'sales-vice-president', number: 'APR-2026-0000-1G6Y.2' });
  });

  it('P000-32 follows a compensation from the plan, in either order of plan and stock-in', () => {
    expect(rowAfter(planned)).toMatchObject({ stage: 'planned', requester: 'u-planner', waitsFor: null });
    for (const steps of [[planned, stockedIn], [stockedIn, planned]]) {
      expect(rowAfter(...steps)).toMatchObject({ stage: 'proposed', requester: 'u-planner', returnId: 'r-1', waitsFor: 'after-sales-manager' });
    }
    expect(rowAfter(planned, lapsed)).toMatchObject({ stage: 'lapsed', waitsFor: null, customerId: 'k-1' });
    expect(rowAfter(lapsed)).toMatchObject({ stage: 'lapsed', caseId: CASE_ID, round: 2, amount: 80_000 });
  });

  it('P000-32 nothing waits once it is decided, and a revised amount waits again', () => {
    expect(rowAfter(stockedIn, approvedBy('after-sales-manager'))).toMatchObject({ stage: 'approved', waitsFor: null });
    const rejected: Step = [{ type: 'RejectProposal', reason: '过高' }, as('after-sales-manager')];
    expect(rowAfter(stockedIn, rejected)).toMatchObject({ stage: 'rejected', waitsFor: null, personal: { fields: { why: { c: '过高' } } } });
    const revised: Step = [{ type: 'ReviseProposal', amount: cny(100_000), grounds: '客户坚持' }, CLERK];
    expect(rowAfter(stockedIn, rejected, revised)).toMatchObject({ amount: 100_000, requester: 'u-clerk', waitsFor: 'sales-vice-president' });
  });

  it('P001C-27 P001C-29 follows a waiver, also where no band covers it', () => {
    const waiver = [drafted(500_001), costed(1), approvedBy('sales-vice-president'), waiverAsked];
    const appointed: Step = [{ type: 'AppointApprover', approverRole: 'general-manager', reason: '金额较大' }, as('general-manager')];
    expect(rowAfter(...waiver)).toMatchObject({ stage: 'undetermined', waitsFor: null });
    expect(rowAfter(...waiver, appointed)).toMatchObject({ stage: 'waiver-requested', waitsFor: 'general-manager' });
    const refused: Step = [{ type: 'RejectWaiver', reason: '不予' }, as('general-manager')];
    const granted: Step = [{ type: 'ApproveWaiver' }, as('general-manager')];
    expect(rowAfter(...waiver, appointed, refused)).toMatchObject({ stage: 'approved', waitsFor: null });
    expect(rowAfter(...waiver, appointed, granted)).toMatchObject({ stage: 'waived', waitsFor: null });
  });

  it('P001C-30 shows the price agreed with the customer', () => {
    const agreed: Step = [{ type: 'AgreePrice', amount: cny(90_000) }, CLERK];
    expect(rowAfter(drafted(80_000), costed(1), approvedBy('after-sales-manager'), agreed)).toMatchObject({ stage: 'agreed', amount: 90_000 });
  });

  it('P001A-04 follows several signatures: who is next, until when, and what comes to nothing', () => {
    const roles = ['billing.after-sales-manager', 'billing.sales-vice-president'];
    const policy = companyPolicy({ ...matrix(['two', {}, roles, 'any-order']), ...expiresAfter(2) });
    const due = '2026-03-13T06:00:00.000Z';
    expect(rowUnder(policy, stockedIn)).toMatchObject({
      waitsFor: 'after-sales-manager', signers: { roles: ['after-sales-manager', 'sales-vice-president'], signed: [] }, expiresAt: due,
    });
    expect(rowUnder(policy, stockedIn, approvedBy('sales-vice-president'))).toMatchObject({ waitsFor: 'after-sales-manager', signers: { signed: [2] } });
    expect(rowUnder(policy, stockedIn, approvedBy('after-sales-manager'))).toMatchObject({ stage: 'proposed', waitsFor: 'sales-vice-president', signers: { signed: [1] } });
    expect(rowUnder(policy, stockedIn, approvedBy('after-sales-manager'), approvedBy('sales-vice-president'))).toMatchObject({ stage: 'approved', waitsFor: null });
    const lapse: Step = [{ type: 'LapseApproval' }, CLERK, due];
    expect(rowUnder(policy, stockedIn, approvedBy('after-sales-manager'), lapse)).toMatchObject({ stage: 'expired', waitsFor: null, signers: { signed: [] } });
  });
});
