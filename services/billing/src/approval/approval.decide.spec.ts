import type { ApprovalEvent, ApproverRole, ProposeCompensation, ProposeServiceFee } from 'aftercare/contracts';
import { cny, type Actor } from 'aftercare/kernel';
import { policySet, type PolicySet, type TableInputs } from 'aftercare/policy';
import { CASE_ID, given, SUBJECT_ID } from 'aftercare/testing';
import type { ApprovalCommand } from './approval.js';
import { approval } from './approval.decide.js';
import { anAgreedPriceIsOneThatWasApproved } from './rules/an-agreed-price-is-one-that-was-approved.js';
import { theNamedApprover, theWaiverBands } from './rules/the-band-names-the-approver.js';

const CLERK: Actor = { id: 'u-clerk', role: 'billing.clerk' };
const FINANCE: Actor = { id: 'u-fin', role: 'billing.finance' };
const as = (role: ApproverRole, id = `u-${role}`): Actor => ({ id, role: `billing.${role}` });
const MANAGER = as('after-sales-manager');
const VICE = as('sales-vice-president');
const GENERAL = as('general-manager');

const fee: ProposeServiceFee = { amount: cny(80_000), grounds: '更换主板' };
const compensation = (minor = 80_000, more: Partial<ProposeCompensation> = {}) => ({
  type: 'ProposeCompensation' as const, caseId: CASE_ID, round: 1, amount: cny(minor), subject: SUBJECT_ID, customerId: null,
  requester: 'u-planner', returnId: null, grounds: null, ...more,
});
const plan = (requester = 'u-planner') => ({
  type: 'NotePlannedCompensation' as const, caseId: CASE_ID, round: 1, amount: cny(80_000), subject: SUBJECT_ID, customerId: 'k-1', requester,
});
const lapse = {
  type: 'RecordCompensationLapsed' as const, caseId: CASE_ID, round: 1, amount: cny(80_000), subject: SUBJECT_ID, ground: 'return-rejected' as const, why: '已过期',
};

/** The history that a run of commands leaves behind. */
function after(...steps: readonly (readonly [ApprovalCommand, Actor?])[]): ApprovalEvent[] {
  const history: ApprovalEvent[] = [];
  for (const [command, actor = CLERK] of steps) {
    const then = given(approval, ...history).when(command, { actor });
    if (then.refused) throw new Error(`${command.type}: ${then.refused}`);
    history.push(...then.events as ApprovalEvent[]);
  }
  return history;
}
const priced = (price: number, cost = 60_000) => after([{ type: 'ProposeServiceFee', ...fee, amount: cny(price) }], [{ type: 'VerifyCost', cost: cny(cost) }, FINANCE]);
const approvedFee = (price: number, cost: number, by: Actor) => {
  const history = priced(price, cost);
  return [...history, ...given(approval, ...history).when({ type: 'ApproveProposal' }, { actor: by }).events as ApprovalEvent[]];
};
const waiverOn = (price: number, cost: number) => {
  const history = approvedFee(price, cost, price < 100_000 ? MANAGER : VICE);
  return [...history, ...given(approval, ...history).when({ type: 'RequestWaiver', grounds: '老客户' }, { actor: CLERK }).events as ApprovalEvent[]];
};

describe('who approves a price', () => {
  it.each([
    [0, MANAGER, 'P001C-25'], [99_999, MANAGER, 'P001C-25'], [100_000, VICE, 'P001C-26'], [100_001, VICE, 'P001C-26'], [99_999_999, VICE, 'P001C-26'],
  ])('P001C-25 P001C-26 a service fee of %i fen', (price, approver, rule) => {
    const pending = given(approval, ...priced(price));
    const taken = pending.when({ type: 'ApproveProposal' }, { actor: approver });
    expect(taken).toMatchObject({ types: ['ServiceFeeApproved'], stage: 'approved' });
    expect(taken.events[0]?.policy).toEqual({ id: 'P001C', version: '1', rule, inputs: { price }, outcome: approver.role });
    for (const other of [MANAGER, VICE, GENERAL].filter((actor) => actor !== approver)) {
      expect(pending.when({ type: 'ApproveProposal' }, { actor: other })).toMatchObject({ refused: 'not-your-role', rule });
    }
  });

  it.each([[99_999, MANAGER, VICE], [100_000, VICE, MANAGER]])('P001C-25 P001C-26 our reading: a compensation of %i fen is held to the price bands', (amount, right, wrong) => {
    const pending = given(approval, ...after([compensation(amount)]));
    expect(pending.when({ type: 'ApproveProposal' }, { actor: wrong }).refused).toBe('not-your-role');
    const taken = pending.when({ type: 'ApproveProposal' }, { actor: right });
    expect(taken.events[0]).toMatchObject({
      type: 'CompensationApproved', data: { caseId: CASE_ID, round: 1, amount: cny(amount), approver: right.id },
      policy: { id: 'P001C', inputs: { price: amount } },
    });
  });

  it('names the approver on what waits, for the queues', () => {
    expect(priced(100_000).at(-1)).toMatchObject({ type: 'ServiceCostVerified', data: { approverRole: 'sales-vice-president' } });
    expect(after([compensation(99_999)]).at(-1)).toMatchObject({ type: 'ApprovalProposed', data: { approverRole: 'after-sales-manager' } });
  });

  it('P001C-24 no fee is approved before finance has verified its cost, and revising asks finance again', () => {
    const drafted = after([{ type: 'ProposeServiceFee', ...fee }]);
    expect(given(approval, ...drafted).when({ type: 'ApproveProposal' }, { actor: MANAGER })).toMatchObject({ refused: 'cost-not-verified', rule: 'P001C-24' });
    const approved = approvedFee(80_000, 1, MANAGER);
    const then = given(approval, ...approved).when({ type: 'ReviseProposal', amount: cny(70_000), grounds: '客户议价' }, { actor: CLERK });
    expect(then).toMatchObject({ types: ['ApprovalRevised'], stage: 'proposed' });
    const again = given(approval, ...approved, ...then.events as ApprovalEvent[]).when({ type: 'ApproveProposal' }, { actor: MANAGER });
    expect(again.refused).toBe('cost-not-verified');
  });
});

describe('two people', () => {
  it('P001C-06 P001C-25 whoever drafted the price cannot approve or reject it', () => {
    const history = after(
      [{ type: 'ProposeServiceFee', ...fee }, as('after-sales-manager', 'u-both')], [{ type: 'VerifyCost', cost: cny(1) }, FINANCE],
    );
    for (const command of [{ type: 'ApproveProposal' as const }, { type: 'RejectProposal' as const, reason: '不妥' }]) {
      expect(given(approval, ...history).when(command, { actor: as('after-sales-manager', 'u-both') })).toMatchObject({
        refused: 'separation-of-duties', rule: 'P001C-25',
      });
      expect(given(approval, ...history).when(command, { actor: as('after-sales-manager', 'u-other') }).refused).toBeNull();
    }
  });

  it('P001C-24 whoever drafted the price cannot verify its cost', () => {
    const history = after([{ type: 'ProposeServiceFee', ...fee }, { id: 'u-both', role: 'billing.clerk' }]);
    const verify = { type: 'VerifyCost' as const, cost: cny(1) };
    expect(given(approval, ...history).when(verify, { actor: { id: 'u-both', role: 'billing.finance' } }).refused).toBe('separation-of-duties');
    expect(given(approval, ...history).when(verify, { actor: FINANCE }).stage).toBe('cost-verified');
  });

  it('P001C-27 whoever asked for the waiver cannot grant it', () => {
    const history = approvedFee(80_000, 1, MANAGER);
    const asked = given(approval, ...history).when({ type: 'RequestWaiver', grounds: '老客户' }, { actor: MANAGER });
    const waiting = given(approval, ...history, ...asked.events as ApprovalEvent[]);
    expect(waiting.when({ type: 'ApproveWaiver' }, { actor: MANAGER })).toMatchObject({ refused: 'separation-of-duties', rule: 'P001C-27' });
    expect(waiting.when({ type: 'ApproveWaiver' }, { actor: as('after-sales-manager', 'u-2') }).stage).toBe('waived');
  });

  it('P000-32 whoever fixed the plan cannot approve its compensation, whether the plan or the stock-in arrives first', () => {
    const stockedIn = compensation(80_000, { returnId: CASE_ID, requester: 'u-third-signer' });
    for (const history of [after([plan('u-planner')], [stockedIn]), after([stockedIn], [plan('u-planner')])]) {
      const pending = given(approval, ...history);
      expect(pending.when({ type: 'ApproveProposal' }, { actor: as('after-sales-manager', 'u-planner') }).refused).toBe('separation-of-duties');
      expect(pending.when({ type: 'ApproveProposal' }, { actor: as('after-sales-manager', 'u-third-signer') }).stage).toBe('approved');
    }
  });
});

describe('who waives a fee', () => {
  it.each([
    [99_999, 1, MANAGER, 'P001C-27'], [100_000, 1, VICE, 'P001C-28'], [500_000, 1, VICE, 'P001C-28'], [500_000, 500_000, VICE, 'P001C-28'],
    [500_000, 500_001, GENERAL, 'P001C-29'], [500_001, 500_001, GENERAL, 'P001C-29'], [80_000, 500_001, GENERAL, 'P001C-29'],
    [99_999, 500_000, MANAGER, 'P001C-27'],
  ])('P001C-27 P001C-28 P001C-29 price %i fen, cost %i fen', (price, cost, approver, rule) => {
    const waiting = given(approval, ...waiverOn(price, cost));
    for (const command of [{ type: 'ApproveWaiver' as const }, { type: 'RejectWaiver' as const, reason: '不予减免' }]) {
      const taken = waiting.when(command, { actor: approver });
      expect(taken.events[0]?.policy).toEqual({ id: 'P001C', version: '1', rule, inputs: { price, cost }, outcome: approver.role });
      expect(taken.stage).toBe(command.type === 'ApproveWaiver' ? 'waived' : 'approved');
      for (const other of [MANAGER, VICE, GENERAL].filter((actor) => actor !== approver)) {
        expect(waiting.when(command, { actor: other })).toMatchObject({ refused: 'not-your-role', rule });
      }
    }
  });

  it.each([[500_001, 500_000], [500_001, 1], [9_000_000, 0]])('P001C-29 price %i with cost %i is in no band: a person names who decides', (price, cost) => {
    const history = waiverOn(price, cost);
    expect(history.at(-1)).toMatchObject({ type: 'ApproverUndetermined', data: { kind: 'waiver' } });
    const waiting = given(approval, ...history);
    expect(waiting.when({ type: 'ApproveWaiver' }, { actor: GENERAL })).toMatchObject({ refused: 'wrong-stage', stage: 'undetermined' });
    const appoint: ApprovalCommand = { type: 'AppointApprover', approverRole: 'general-manager', reason: '金额较大' };
    expect(waiting.when(appoint, { actor: CLERK }).refused).toBe('separation-of-duties');
    const appointed = waiting.when(appoint, { actor: VICE });
    expect(appointed.stage).toBe('waiver-requested');
    const open = given(approval, ...history, ...appointed.events as ApprovalEvent[]);
    expect(open.when({ type: 'ApproveWaiver' }, { actor: VICE }).refused).toBe('not-your-role');
    expect(open.when({ type: 'ApproveWaiver' }, { actor: GENERAL }).events[0]?.policy).toEqual({
      id: 'P001C', version: '1', rule: 'P001C-29-gap', inputs: { price, cost, appointed: true }, outcome: 'billing.general-manager',
    });
  });

  it('P001C-29 names nobody whom this department does not have, and nobody where no pack was adopted', () => {
    const trace = { id: 'OWN', version: '1', rule: 'r', inputs: {}, outcome: 'board' };
    expect(theNamedApprover({ determined: true, then: { approver: 'board' }, trace })).toBeNull();
    expect(theNamedApprover({ determined: false, why: 'not-adopted', trace })).toBeNull();
  });

  it('P001C-29 names nobody while the cost is unknown: the band on the cost might be the right one', () => {
    expect(theNamedApprover(theWaiverBands({ price: cny(80_000), cost: null }, policySet()))).toBeNull();
    expect(theNamedApprover(theWaiverBands({ price: cny(80_000), cost: cny(0) }, policySet()))?.approver).toBe('after-sales-manager');
  });

  it('an appointment holds for one decision only', () => {
    const history = waiverOn(500_001, 1);
    const next = (command: ApprovalCommand, actor: Actor) => history.push(...given(approval, ...history).when(command, { actor }).events as ApprovalEvent[]);
    next({ type: 'AppointApprover', approverRole: 'general-manager', reason: '金额较大' }, VICE);
    next({ type: 'RejectWaiver', reason: '不予减免' }, GENERAL);
    next({ type: 'RequestWaiver', grounds: '再次申请' }, CLERK);
    expect(given(approval, ...history).when({ type: 'ApproveWaiver' }, { actor: GENERAL }).stage).toBe('undetermined');
  });
});

describe('the price agreed with the customer', () => {
  it.each([
    [79_999, 'below-approved-price', 'P001C-30'], [80_000, null, null], [99_999, null, null], [100_000, 'beyond-approved-band', 'P001C-26'],
  ])('P001C-30 approved 80000 fen, agreed %i fen', (minor, refused, rule) => {
    const then = given(approval, ...approvedFee(80_000, 1, MANAGER)).when({ type: 'AgreePrice', amount: cny(minor) }, { actor: CLERK });
    expect(then).toMatchObject({ refused, rule, stage: refused ? 'approved' : 'agreed' });
  });

  it('P001C-30 is no more than the approved one where the bands name nobody', () => {
    const silent: PolicySet = { ...policySet(), decide: (_, inputs: TableInputs) => ({
      determined: false, why: 'not-adopted', trace: { id: 'own', version: '1', rule: 'r', inputs: { price: inputs['price'] ?? null }, outcome: 'undetermined' },
    }) };
    expect(anAgreedPriceIsOneThatWasApproved(cny(80_001), cny(80_000), silent)).toMatchObject({ refused: 'beyond-approved-band' });
    expect(anAgreedPriceIsOneThatWasApproved(cny(80_000), cny(80_000), silent)).toBeNull();
  });
});

describe('a compensation whose goods never came back', () => {
  it.each([['unknown', []], ['planned', [plan()] as const]])('P000-32 is rejected for the case that waits for it (%s so far)', (_, before) => {
    const then = given(approval, ...after(...before.map((command) => [command] as const))).when(lapse);
    expect(then.events).toEqual([{
      type: 'CompensationRejected', data: { caseId: CASE_ID, round: 1, amount: cny(80_000), ground: 'return-rejected', approver: null },
      personal: { subject: SUBJECT_ID, fields: { why: '已过期' } },
    }]);
  });

  it('P000-32 does not touch a compensation that was proposed since', () => {
    expect(given(approval, ...after([compensation()])).when(lapse)).toMatchObject({ refused: null, types: [] });
  });

  it('P000-36 another plan of the same round is proposed anew after a lapse and after a rejection', () => {
    const rejected = after([compensation()], [{ type: 'RejectProposal', reason: '过高' }, MANAGER]);
    for (const history of [after([lapse]), rejected]) {
      expect(given(approval, ...history).when(compensation(50_000))).toMatchObject({ types: ['ApprovalProposed'], stage: 'proposed' });
      expect(given(approval, ...history).when(plan()).stage).toBe('planned');
    }
  });

  it('P000-36 another plan replaces the amount that still waits, the same plan changes nothing', () => {
    const waiting = given(approval, ...after([compensation(80_000)]));
    expect(waiting.when(compensation(80_000)).types).toEqual([]);
    expect(waiting.when(compensation(100_000, { requester: 'u-other' })).events).toEqual([{
      type: 'ApprovalRevised', data: { amount: cny(100_000), requester: 'u-other', approverRole: 'sales-vice-president' },
      personal: { subject: SUBJECT_ID, fields: {} },
      policy: { id: 'P001C', version: '1', rule: 'P001C-26', inputs: { price: 100_000 }, outcome: 'billing.sales-vice-president' },
    }]);
  });
});

describe('every stage and command', () => {
  const manyStages: Record<string, readonly ApprovalEvent[]> = {
    'new': [], 'planned': after([plan()]), 'lapsed': after([lapse]), 'compensation proposed': after([compensation()]),
    'compensation approved': after([compensation()], [{ type: 'ApproveProposal' }, MANAGER]),
    'compensation rejected': after([compensation()], [{ type: 'RejectProposal', reason: '过高' }, MANAGER]),
    'fee proposed': after([{ type: 'ProposeServiceFee', ...fee }]), 'fee cost-verified': priced(80_000), 'fee approved': approvedFee(80_000, 1, MANAGER),
    'fee rejected': after([{ type: 'ProposeServiceFee', ...fee }], [{ type: 'RejectProposal', reason: '过高' }, MANAGER]),
    'waiver-requested': waiverOn(80_000, 1), 'undetermined': waiverOn(500_001, 1),
    'waived': [...waiverOn(80_000, 1), { type: 'ServiceFeeWaived', data: { approver: 'u', approverRole: 'after-sales-manager' } }],
    'agreed': [...approvedFee(80_000, 1, MANAGER), { type: 'PriceAgreedWithCustomer', data: { amount: cny(80_000) } }],
  };
  const commands: readonly ApprovalCommand[] = [
    { type: 'ProposeServiceFee', ...fee }, { type: 'VerifyCost', cost: cny(1) }, { type: 'ApproveProposal' }, { type: 'RejectProposal', reason: '过高' },
    { type: 'ReviseProposal', amount: cny(70_000), grounds: '议价' }, { type: 'RequestWaiver', grounds: '老客户' }, { type: 'ApproveWaiver' },
    { type: 'RejectWaiver', reason: '不予减免' }, { type: 'AppointApprover', approverRole: 'general-manager', reason: '金额较大' },
    { type: 'AgreePrice', amount: cny(80_000) }, plan(), compensation(), lapse,
  ];

  it('is taken, passed over or refused as this table says', () => {
    const table = Object.fromEntries(Object.entries(manyStages).map(([stage, history]) => [stage, commands.map((command) => {
      const then = given(approval, ...history).when(command, { actor: MANAGER });
      return `${command.type}: ${then.refused ?? (then.types.join(' ') || 'nothing')}`;
    }).filter((line) => !line.endsWith('wrong-stage'))]));
    expect(table).toEqual({
      'new': [
        'ProposeServiceFee: ApprovalProposed', 'NotePlannedCompensation: PlannedCompensationNoted',
        'ProposeCompensation: ApprovalProposed', 'RecordCompensationLapsed: CompensationRejected',
      ],
      'planned': ['NotePlannedCompensation: nothing', 'ProposeCompensation: ApprovalProposed', 'RecordCompensationLapsed: CompensationRejected'],
      'lapsed': ['NotePlannedCompensation: PlannedCompensationNoted', 'ProposeCompensation: ApprovalProposed', 'RecordCompensationLapsed: nothing'],
      'compensation proposed': [
        'ApproveProposal: CompensationApproved', 'RejectProposal: CompensationRejected', 'NotePlannedCompensation: nothing',
        'ProposeCompensation: nothing', 'RecordCompensationLapsed: nothing',
      ],
      'compensation approved': ['NotePlannedCompensation: nothing', 'ProposeCompensation: already-decided', 'RecordCompensationLapsed: nothing'],
      'compensation rejected': [
        'ReviseProposal: ApprovalRevised', 'NotePlannedCompensation: PlannedCompensationNoted', 'ProposeCompensation: ApprovalProposed',
        'RecordCompensationLapsed: nothing',
      ],
      'fee proposed': ['VerifyCost: ServiceCostVerified', 'ApproveProposal: cost-not-verified', 'RejectProposal: ServiceFeeRejected'],
      'fee cost-verified': ['ApproveProposal: ServiceFeeApproved', 'RejectProposal: ServiceFeeRejected'],
      'fee approved': ['ReviseProposal: ApprovalRevised', 'RequestWaiver: WaiverRequested', 'AgreePrice: PriceAgreedWithCustomer'],
      'fee rejected': ['ReviseProposal: ApprovalRevised'],
      'waiver-requested': ['ApproveWaiver: ServiceFeeWaived', 'RejectWaiver: ServiceFeeWaiverRejected'],
      'undetermined': ['AppointApprover: ApproverAppointed'],
      'waived': [],
      'agreed': [],
    });
  });
});
