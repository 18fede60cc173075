import type { ApprovalEvent, DeputyshipFact } from 'aftercare/contracts';
import { cny, type Actor } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import { CASE_ID, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import { companyPolicy, expiresAfter, matrix, monthlyLimit, priceBand } from '../spec/company-policy.js';
import type { ApprovalCommand } from './approval.js';
import { approval } from './approval.decide.js';

const MANAGER: Actor = { id: 'u-asm', role: 'billing.after-sales-manager' };
const VICE: Actor = { id: 'u-vp', role: 'billing.sales-vice-president' };
const GENERAL: Actor = { id: 'u-gm', role: 'billing.general-manager' };
const CLERK: Actor = { id: 'u-clerk', role: 'billing.clerk' };
const SYSTEM: Actor = { id: 'reaction', role: 'system' };
const ROLES = [MANAGER.role, VICE.role, GENERAL.role];

const upTo1000 = ['small', { amount: '< 1000.00' }, [MANAGER.role], 'any-order'] as const;
const upTo5000 = ['middle', { amount: '[1000.00..5000.00]' }, [MANAGER.role, VICE.role], 'any-order'] as const;
const beyond = ['large', { amount: '> 5000.00' }, ROLES, 'in-order'] as const;
const bands = matrix(upTo1000, upTo5000, beyond);
const POLICY = companyPolicy(bands);

const propose = (minor: number, requester = 'u-planner'): ApprovalCommand => ({
  type: 'ProposeCompensation', caseId: CASE_ID, round: 1, amount: cny(minor), subject: SUBJECT_ID, customerId: null, requester, returnId: null, grounds: null,
});
const approve: ApprovalCommand = { type: 'ApproveProposal' };
const reject: ApprovalCommand = { type: 'RejectProposal', reason: '过高' };
const standingIn = (over: Partial<DeputyshipFact> = {}): DeputyshipFact => ({
  id: 'd-1', role: 'sales-vice-president', person: VICE.id, deputy: CLERK.id, from: '2026-03-10', to: '2026-03-12', appointedBy: VICE.id, ended: false, ...over,
});
const asDeputy = (over: Partial<DeputyshipFact> = {}): ApprovalCommand => ({ type: 'ApproveProposal', facts: { deputyships: [standingIn(over)] } });

type Step = readonly [ApprovalCommand, Actor, { now?: string; freshId?: string; policy?: PolicySet }?];

/** Decides step by step; every signature gets an id of its own. */
function after(policy: PolicySet, ...steps: readonly Step[]) {
  let history: ApprovalEvent[] = [];
  const said: string[] = [];
  for (const [index, [command, actor, over]] of steps.entries()) {
    const then = given(approval, ...history).when(command, { actor, policy, freshId: `s-${index}`, ...over });
    said.push(then.refused ?? (then.types.join(' ') || 'nothing'));
    history = [...history, ...then.events as ApprovalEvent[], ...then.deadlines as unknown as ApprovalEvent[]];
  }
  const at = given(approval, ...history);
  return { said, last: said.at(-1), history, stage: approval.stage(at.state), state: at.state };
}

describe('P001A-04 the matrix of a company at its edges', () => {
  it.each([
    [99_999, ['after-sales-manager']], [100_000, ['after-sales-manager', 'sales-vice-president']],
    [500_000, ['after-sales-manager', 'sales-vice-president']], [500_001, ['after-sales-manager', 'sales-vice-president', 'general-manager']],
  ])('%d fen are signed by %j', (minor, signers) => {
    const { history } = after(POLICY, [propose(minor), SYSTEM]);
    const required = history.find(({ type }) => type === 'SignaturesRequired');
    expect(required?.type === 'SignaturesRequired' ? required.data.signers : [(history[0] as { data: { approverRole: string } }).data.approverRole]).toEqual(signers);
  });

  it('999.99 needs one signature and no event beside the approval', () => {
    expect(after(POLICY, [propose(99_999), SYSTEM], [approve, MANAGER]).said).toEqual(['ApprovalProposed', 'CompensationApproved']);
  });

  it('1,000.00 is approved only when the last signature is in, whoever comes first', () => {
    for (const [first, second] of [[MANAGER, VICE], [VICE, MANAGER]] as const) {
      const { said, history } = after(POLICY, [propose(100_000), SYSTEM], [approve, first], [approve, second]);
      expect(said).toEqual(['ApprovalProposed SignaturesRequired', 'ApprovalSigned', 'ApprovalSigned CompensationApproved']);
      expect(history.at(-1)).toMatchObject({ data: { approver: second.id }, policy: { id: 'company', rule: 'middle' } });
    }
  });

  it('5,000.01 is signed in order: a signature out of turn is refused', () => {
    const { said } = after(POLICY, [propose(500_001), SYSTEM], [approve, VICE], [approve, MANAGER], [approve, GENERAL], [approve, VICE], [approve, GENERAL]);
    expect(said.slice(1)).toEqual(['not-your-turn', 'ApprovalSigned', 'not-your-turn', 'ApprovalSigned', 'ApprovalSigned CompensationApproved']);
  });

  it('an amount that no row or two rows cover waits for a person, and does not fall back on the bands of P001C', () => {
    expect(after(companyPolicy({ ...matrix(upTo1000), ...priceBand }), [propose(100_000), SYSTEM])).toMatchObject({ stage: 'undetermined', last: 'ApprovalProposed ApproverUndetermined' });
    const twice = matrix(upTo5000, ['again', { amount: '>= 5000.00' }, [GENERAL.role], 'any-order']);
    expect(after(companyPolicy(twice), [propose(500_000), SYSTEM]).stage).toBe('undetermined');
    expect(after(companyPolicy(matrix(['clerk', {}, ['billing.clerk'], 'any-order'])), [propose(1), SYSTEM]).stage).toBe('undetermined');
    const settled = after(companyPolicy(matrix(upTo1000)), [propose(100_000), SYSTEM],
      [{ type: 'AppointApprover', approverRole: 'general-manager', reason: '金额较大' }, { id: 'u-m', role: 'manager' }], [approve, GENERAL]);
    expect(settled.last).toBe('CompensationApproved');
  });

  it.each([
    ['no row', matrix(upTo1000), 'undetermined'],
    ['an open row', matrix(upTo1000, ['open', { amount: '>= 1000.00' }, null, 'any-order']), 'open'],
  ])('what a person settles beside %s of the matrix cites the matrix, not the bands that nobody asked', (_, table, rule) => {
    const { history, last } = after(companyPolicy({ ...table, ...priceBand }), [propose(100_000), SYSTEM],
      [{ type: 'AppointApprover', approverRole: 'general-manager', reason: '金额较大' }, { id: 'u-m', role: 'manager' }], [approve, GENERAL]);
    expect(last).toBe('CompensationApproved');
    expect(history.at(-1)?.policy).toEqual({
      id: 'company', version: '1', rule, inputs: { kind: 'compensation', amount: 100_000, cost: null, appointed: true }, outcome: 'billing.general-manager',
    });
  });
});

describe('P001A-04 a matrix that asks for the cost', () => {
  const FINANCE: Actor = { id: 'u-fin', role: 'billing.finance' };
  const byCost = companyPolicy(matrix(
    ['small', { cost: '< 1000.00' }, [MANAGER.role], 'any-order'], ['middle', { cost: '[1000.00..5000.00]' }, [VICE.role], 'any-order'], ['large', { cost: '> 5000.00' }, [GENERAL.role], 'any-order'],
  ));
  const PRICE = 700_000;
  const priced = (cost: number): Step[] => [[{ type: 'ProposeServiceFee', amount: cny(PRICE), grounds: '更换主板' }, CLERK], [{ type: 'VerifyCost', cost: cny(cost) }, FINANCE]];

  it.each([[0, MANAGER, 'small'], [99_999, MANAGER, 'small'], [100_000, VICE, 'middle'], [500_000, VICE, 'middle'], [500_001, GENERAL, 'large']])(
    'a cost of %i fen is signed by %j, the price and its waiver alike, and by nobody else', (cost, right, rule) => {
      const waiver: Step[] = [...priced(cost), [approve, right], [{ type: 'RequestWaiver', grounds: '老客户' }, CLERK]];
      for (const [steps, command, kind, approved] of [[priced(cost), approve, 'service-fee', 'ServiceFeeApproved'], [waiver, { type: 'ApproveWaiver' }, 'waiver', 'ServiceFeeWaived']] as const) {
        for (const other of [MANAGER, VICE, GENERAL].filter((one) => one !== right)) expect(after(byCost, ...steps, [command, other]).last).toBe('not-your-role');
        const { last, history } = after(byCost, ...steps, [command, right]);
        expect([last, history.at(-1)?.policy]).toEqual([approved, { id: 'company', version: '1', rule, inputs: { kind, amount: PRICE, cost }, outcome: expect.stringContaining(right.role) }]);
      }
    });

  it('names nobody where there is no cost: a compensation waits for a person', () => {
    const { last, history } = after(byCost, [propose(1), SYSTEM]);
    expect([last, history.at(-1)?.policy]).toEqual(['ApprovalProposed ApproverUndetermined', expect.objectContaining({ inputs: { kind: 'compensation', amount: 1, cost: null }, outcome: 'undetermined: missing-input (cost)' })]);
  });
});

describe('P001A-04 who signs', () => {
  const two = (requester: string, ...steps: readonly Step[]) => after(POLICY, [propose(100_000, requester), SYSTEM], ...steps).said.slice(1);

  it('the requester never approves, not in office and not through a deputy', () => {
    expect(two(VICE.id, [approve, VICE], [asDeputy(), CLERK])).toEqual(['separation-of-duties', 'separation-of-duties']);
    expect(two(CLERK.id, [asDeputy(), CLERK])).toEqual(['separation-of-duties']);
    expect(two('u-planner', [asDeputy({ person: null, appointedBy: 'u-planner' }), CLERK])).toEqual(['separation-of-duties']);
  });

  it('the same person signs once, also when holding both offices', () => {
    expect(two('u-planner', [approve, MANAGER], [approve, { ...VICE, id: MANAGER.id }])).toEqual(['ApprovalSigned', 'signed-already']);
  });

  it('a deputy signs within the dates, and the signature says in whose place and by which appointment', () => {
    const { said, history } = after(POLICY, [propose(100_000), SYSTEM], [asDeputy(), CLERK], [approve, MANAGER]);
    expect(said.slice(1)).toEqual(['ApprovalSigned', 'ApprovalSigned CompensationApproved']);
    expect(history.find(({ type }) => type === 'ApprovalSigned')).toMatchObject({
      data: { signer: CLERK.id, role: 'sales-vice-president', position: 2, deputyFor: { person: VICE.id, deputyship: 'd-1', from: '2026-03-10', to: '2026-03-12' } },
    });
  });

  it('a deputy outside the dates is refused, in days of the business zone', () => {
    const on = (now: string) => two('u-planner', [asDeputy(), CLERK, { now }])[0];
    expect([on('2026-03-09T15:59:59.999Z'), on('2026-03-09T16:00:00.000Z')]).toEqual(['deputyship-not-in-force', 'ApprovalSigned']);
    expect([on('2026-03-12T15:59:59.999Z'), on('2026-03-12T16:00:00.000Z')]).toEqual(['ApprovalSigned', 'deputyship-not-in-force']);
    expect(two('u-planner', [asDeputy({ ended: true }), CLERK], [approve, CLERK])).toEqual(['deputyship-not-in-force', 'not-your-role']);
  });

  it('a deputy alone, as the single signer, is on record too', () => {
    const one = companyPolicy(matrix(['one', {}, [VICE.role], 'any-order']));
    expect(after(one, [propose(1), SYSTEM], [asDeputy(), CLERK]).last).toBe('ApprovalSigned CompensationApproved');
  });

  it('a no ends it at any point, and what was signed comes to nothing', () => {
    const { said, stage } = after(POLICY, [propose(500_001), SYSTEM], [approve, MANAGER], [reject, GENERAL]);
    expect([said.slice(1), stage]).toEqual([['ApprovalSigned', 'SignaturesVoided CompensationRejected'], 'rejected']);
    expect(after(POLICY, [propose(500_001), SYSTEM], [reject, CLERK]).last).toBe('not-your-role');
    expect(after(POLICY, [propose(500_001, GENERAL.id), SYSTEM], [reject, GENERAL]).last).toBe('separation-of-duties');
  });

  it('another amount is signed anew by everybody', () => {
    const { said, state } = after(POLICY, [propose(100_000), SYSTEM], [approve, MANAGER], [propose(100_001), SYSTEM]);
    expect(said.at(-1)).toBe('SignaturesVoided ApprovalRevised SignaturesRequired');
    expect(state.own).toMatchObject({ signatures: [] });
  });
});

describe('P001A-04 a limit per person and month', () => {
  const limited = companyPolicy({ ...bands, ...monthlyLimit({ [MANAGER.role]: 500_000, [VICE.role]: 500_000 }) });
  const covered = (signature: string, yes = true, person?: string): ApprovalCommand => ({ type: 'NoteAllowance', signature, covered: yes, ...(person !== undefined && { person }) });

  it('a signature counts only when the allowance covers it, then the last one approves in the signer\'s name', () => {
    const { said, history } = after(limited, [propose(100_000), SYSTEM], [approve, MANAGER], [approve, VICE], [covered('s-2'), SYSTEM], [covered('s-1'), SYSTEM], [covered('s-1'), SYSTEM]);
    expect(said.slice(1)).toEqual(['ApprovalSigned', 'ApprovalSigned', 'SignatureCounted', 'SignatureCounted CompensationApproved', 'nothing']);
    expect(history.find(({ type }) => type === 'CompensationApproved')).toMatchObject({ data: { approver: MANAGER.id, approverRole: 'after-sales-manager' } });
  });

  it('a single signature is held back until then, too', () => {
    expect(after(limited, [propose(99_999), SYSTEM], [approve, MANAGER], [approve, MANAGER], [covered('s-1'), SYSTEM]).said.slice(1))
      .toEqual(['ApprovalSigned', 'signed-already', 'SignatureCounted CompensationApproved']);
  });

  it('draws on the month of the business zone: the last evening of March in UTC is April in Shanghai', () => {
    const periodAt = (now: string) => {
      const signed = after(limited, [propose(100_000), SYSTEM], [approve, VICE, { now }]).history.find(({ type }) => type === 'ApprovalSigned');
      return signed?.type === 'ApprovalSigned' ? signed.data.limit?.period : undefined;
    };
    expect([periodAt('2026-03-31T15:59:59.999Z'), periodAt('2026-03-31T16:00:00.000Z')]).toEqual(['2026-03', '2026-04']);
  });

  it('names whose allowance of which month; a deputy signs out of that of the person in whose place', () => {
    const { history } = after(limited, [propose(100_000), SYSTEM], [asDeputy(), CLERK, { now: '2026-03-11T16:00:00.000Z' }]);
    expect(history.find(({ type }) => type === 'ApprovalSigned')).toMatchObject({ data: { limit: { person: VICE.id, period: '2026-03', upTo: cny(500_000) } } });
  });

  it('a deputy\'s signature counts when both allowances cover it, whichever answers first, each of them once', () => {
    const one = companyPolicy({ ...matrix(['one', {}, [VICE.role], 'any-order']), ...monthlyLimit({ [VICE.role]: 500_000 }) });
    for (const [first, second] of [[VICE.id, CLERK.id], [CLERK.id, VICE.id]] as const) {
      const steps: Step[] = [[propose(100_000), SYSTEM], [asDeputy(), CLERK], [covered('s-1', true, first), SYSTEM], [covered('s-1', true, first), SYSTEM], [covered('s-1', true, 'u-else'), SYSTEM]];
      expect(after(one, ...steps, [covered('s-1', true, second), SYSTEM]).said.slice(1)).toEqual(['ApprovalSigned', 'SignatureCovered', 'nothing', 'nothing', 'SignatureCounted CompensationApproved']);
      const { said, history } = after(one, ...steps, [covered('s-1', false, second), SYSTEM], [approve, VICE]);
      expect(said.slice(-2)).toEqual(['SignaturesVoided SignatureRefused', 'ApprovalSigned']);
      expect(history.find(({ type }) => type === 'SignaturesVoided')).toMatchObject({ data: { signatures: [{ signature: 's-1', signer: CLERK.id, limit: { person: VICE.id } }] } });
    }
  });

  it('one of several that is refused takes no other with it', () => {
    const { state } = after(limited, [propose(100_000), SYSTEM], [approve, MANAGER], [asDeputy(), CLERK], [covered('s-2', false, CLERK.id), SYSTEM]);
    expect(state.own).toMatchObject({ signatures: [{ signature: 's-1' }] });
  });

  it('the last to sign, without a limit by then, approves nothing while another signature is still being checked', () => {
    const { said } = after(limited, [propose(100_000), SYSTEM], [approve, MANAGER], [approve, VICE, { policy: POLICY }], [covered('s-1'), SYSTEM]);
    expect(said.slice(1)).toEqual(['ApprovalSigned', 'ApprovalSigned', 'SignatureCounted CompensationApproved']);
  });

  it('beyond it the position is open again, for another person', () => {
    const { said } = after(limited, [propose(100_000), SYSTEM], [approve, VICE], [covered('s-1', false), SYSTEM], [approve, { ...VICE, id: 'u-vp2' }]);
    expect(said.slice(1)).toEqual(['ApprovalSigned', 'SignatureRefused', 'ApprovalSigned']);
  });

  it('in order, nobody signs after a signature that is still being checked', () => {
    const three = companyPolicy({ ...bands, ...monthlyLimit({ [MANAGER.role]: 500_001, [VICE.role]: 500_001, [GENERAL.role]: 500_001 }) });
    expect(after(three, [propose(500_001), SYSTEM], [approve, MANAGER], [approve, VICE], [covered('s-1'), SYSTEM], [approve, VICE]).said.slice(1))
      .toEqual(['ApprovalSigned', 'signature-being-checked', 'SignatureCounted', 'ApprovalSigned']);
  });

  it('an office without a limit in the list signs nothing: a person settles it first', () => {
    const forgotten = companyPolicy({ ...bands, ...monthlyLimit({ [VICE.role]: 1 }) });
    expect(after(forgotten, [propose(99_999), SYSTEM], [approve, MANAGER]).last).toBe('limit-undetermined');
  });

  it('an answer for a signature that was voided changes nothing', () => {
    expect(after(limited, [propose(100_000), SYSTEM], [approve, VICE], [reject, MANAGER], [covered('s-1'), SYSTEM]).last).toBe('nothing');
  });
});

describe('P001A-04 expiry', () => {
  const timed = companyPolicy({ ...bands, ...expiresAfter(2) });
  const DUE = '2026-03-13T06:00:00.000Z';
  const lapse: ApprovalCommand = { type: 'LapseApproval' };

  it('sets the time to decide, and the watch finds it among the clocks', () => {
    const { said, state } = after(timed, [propose(99_999), SYSTEM, { now: NOW }]);
    expect(said).toEqual(['ApprovalProposed ApprovalExpirySet']);
    expect(state.clocks).toMatchObject({ 'approval.expiry': { dueAt: DUE, breached: false } });
  });

  it('the last moment before it is in time, the due time itself is not, recorded or not', () => {
    const at = (now: string) => after(timed, [propose(99_999), SYSTEM], [approve, MANAGER, { now }]).last;
    expect([at('2026-03-13T05:59:59.999Z'), at(DUE)]).toEqual(['CompensationApproved', 'approval-expired']);
    expect(after(timed, [propose(99_999), SYSTEM], [reject, MANAGER, { now: DUE }]).last).toBe('approval-expired');
  });

  it('lapses once, gives the signatures back, and may be asked for again', () => {
    const { said, stage, state } = after(timed, [propose(100_000), SYSTEM], [approve, MANAGER], [lapse, SYSTEM, { now: '2026-03-13T05:59:59.999Z' }], [lapse, SYSTEM, { now: DUE }],
      [lapse, SYSTEM, { now: DUE }], [approve, VICE, { now: DUE }]);
    expect(said.slice(2)).toEqual(['nothing', 'SignaturesVoided ApprovalLapsed', 'nothing', 'wrong-stage']);
    expect([stage, state.clocks]).toEqual(['expired', {}]);
    const again = after(timed, [propose(100_000), SYSTEM], [lapse, SYSTEM, { now: DUE }], [{ type: 'ReviseProposal', amount: cny(99_999), grounds: '重新报批' }, CLERK, { now: DUE }]);
    expect([again.last, again.state.clocks['approval.expiry']?.dueAt]).toEqual(['ApprovalRevised ApprovalExpirySet', '2026-03-15T06:00:00.000Z']);
  });

  it('a decision in time ends the clock', () => {
    expect(after(timed, [propose(99_999), SYSTEM], [approve, MANAGER], [lapse, SYSTEM, { now: DUE }])).toMatchObject({ last: 'nothing', stage: 'approved', state: { clocks: {} } });
  });

  it('beyond the published years a person decides', () => {
    const never = companyPolicy({ ...bands, 'approval.expiry': { ...expiresAfter(400)['approval.expiry'], unit: 'working-day', calendar: 'working-days' } as never });
    expect(after(never, [propose(1), SYSTEM]).stage).toBe('undetermined');
  });
});
