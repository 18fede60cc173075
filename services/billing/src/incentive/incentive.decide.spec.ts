import { AWARD_ANSWERS, DISMISSAL_ANSWERS, type AwardAnswer, type DismissalAnswer, type IncentiveEvent } from 'aftercare/contracts';
import { cny, type Actor } from 'aftercare/kernel';
import { policySet, type PolicySet, type TableEntry } from 'aftercare/policy';
import { everyPair, given, NOW, recorded } from 'aftercare/testing';
import { companyPolicy } from '../spec/company-policy.js';
import { incentive } from './incentive.decide.js';
import { incentiveId, type IncentiveCommand } from './incentive.js';
import { incentiveView, type IncentiveRow } from './incentive.view.js';

const PERSON = 'u-engineer';
const PERIOD = '2026-03';
const SYSTEM: Actor = { id: 'reaction', role: 'system' };
const HEAD: Actor = { id: 'u-head', role: 'billing.after-sales-manager' };
const BOSS: Actor = { id: 'u-gm', role: 'billing.general-manager' };
type Fault = Extract<IncentiveCommand, { type: 'NoteFault' }>;
type Ruling = Extract<IncentiveCommand, { type: 'DecideIncentive' }>;

const complaint = (caseId: string): IncentiveCommand => ({ type: 'NoteUpheldComplaint', person: PERSON, period: PERIOD, caseId, basis: [`e-${caseId}`] });
const fault = (id: string, over: Partial<Fault> = {}): IncentiveCommand =>
  ({ type: 'NoteFault', person: PERSON, period: PERIOD, fault: id, cause: 'negligence', grave: false, loss: null, recordedBy: HEAD.id, basis: [], ...over });
const rule = (proposal: string, over: Partial<Ruling> = {}): IncentiveCommand => ({ type: 'DecideIncentive', proposal, outcome: 'confirmed', reason: '属实', ...over });
const bonus = (over: Partial<Extract<IncentiveCommand, { type: 'ProposeBonus' }>> = {}): IncentiveCommand =>
  ({ type: 'ProposeBonus', person: PERSON, period: PERIOD, ground: 'outstanding', ...over });
type Step = readonly [IncentiveCommand, Actor?];

/** Decides step by step; what is proposed in step n is called `p-n`. */
function after(steps: readonly Step[], policy: PolicySet = policySet(), now = NOW) {
  let history: IncentiveEvent[] = [];
  const rows = new Map<string, IncentiveRow>();
  const said = steps.map(([command, actor = SYSTEM], index) => {
    const then = given(incentive, ...history).when(command, { actor, policy, freshId: `p-${index}`, now });
    for (const event of then.events as IncentiveEvent[]) {
      const entry = recorded(`incentive-${incentiveId(PERSON, PERIOD)}`, event);
      const key = incentiveView.key(entry);
      const row = key === null ? null : incentiveView.fold(rows.get(key) ?? null, entry);
      if (key !== null && row) rows.set(key, row);
    }
    history = [...history, ...then.events as IncentiveEvent[]];
    return then.refused ?? (then.types.join(' ') || 'nothing');
  });
  return { said, last: said.at(-1), history, rows, proposed: history.filter(({ type }) => type === 'IncentiveProposed') };
}
const complaints = (count: number): Step[] => Array.from({ length: count }, (_, index) => [complaint(`c-${index}`)]);

describe('P003-39 P003-40 P003-41 complaints of one month against one person', () => {
  it.each([[1, null], [2, 10_000], [3, 20_000], [4, 30_000], [5, 30_000]])('%d of them come to a proposed fine of %p fen, the highest tier only', (count, fine) => {
    const open = [...after(complaints(count)).rows.values()].filter(({ stage }) => stage === 'open');
    expect(open.map(({ amount }) => amount)).toEqual(fine === null ? [] : [fine]);
  });

  it('the proposal names its clause, its events, the public criticism, and the one it replaces', () => {
    const { proposed: [, second], rows } = after(complaints(3));
    expect(rows.get('p-1')?.stage).toBe('replaced');
    expect(second).toMatchObject({
      data: { kind: 'fine', publicCriticism: true, proposedBy: null, basis: ['e-c-1', 'e-c-2'], period: PERIOD },
      policy: { id: 'P003', rule: 'P003-40-three', inputs: { count: 3 } },
    });
  });

  it('a complaint that costs nothing carries the row that says so', () => {
    expect(after(complaints(1)).history).toEqual([expect.objectContaining({ type: 'ComplaintCounted', policy: expect.objectContaining({ id: 'P003', rule: 'P003-39-below', inputs: { count: 1 } }) })]);
  });

  it('that no fine is adopted is on record too, so that a draft with one can be asked', () => {
    expect(after(complaints(1), companyPolicy({})).history[0]).toMatchObject({ type: 'ComplaintCounted', policy: { rule: 'performance.fine.complaint_count', outcome: 'undetermined: not-adopted', inputs: { count: 1 } } });
  });

  it('a case counts once', () => {
    expect(after([[complaint('c-0')], [complaint('c-0')]]).said).toEqual(['ComplaintCounted', 'nothing']);
  });

  it('of a tier that took effect only the rest is proposed, never the sum', () => {
    const then = after([...complaints(2), [rule('p-1'), BOSS], [complaint('c-2')]]);
    expect(then.said.slice(2)).toEqual(['IncentiveDecided', 'ComplaintCounted IncentiveProposed']);
    expect(then.proposed.at(-1)).toMatchObject({ data: { amount: cny(10_000) } });
    expect(after([...complaints(4), [rule('p-3'), BOSS], [complaint('c-4')]]).last).toBe('ComplaintCounted');
    expect(after([...complaints(4), [rule('p-3', { outcome: 'rejected' }), BOSS], [complaint('c-4')]]).last).toBe('ComplaintCounted');
  });

  it('where the company settled nothing a person says how much, and nothing is proposed where the rule is not adopted', () => {
    const open = companyPolicy({ 'performance.fine.complaint_count': {
      kind: 'table', hit: 'unique', inputs: { count: 'integer' }, outputs: { fine: 'money' }, value: [{ id: 'open', if: {}, then: null }],
      clause: '4.5.1b', rows: ['P003-39'], source: 'stated',
    } });
    const then = after([[complaint('c-0')], [rule('p-0'), BOSS], [rule('p-0', { amount: cny(5_000) }), BOSS]], open);
    expect(then.said).toEqual(['ComplaintCounted IncentiveProposed', 'outside-the-range', 'IncentiveDecided']);
    expect(after(complaints(4), companyPolicy({})).said).toEqual(['ComplaintCounted', 'ComplaintCounted', 'ComplaintCounted', 'ComplaintCounted']);
  });
});

describe('P003-42 P003-43 every word that a company may write as a proposal', () => {
  const proposing = (key: string, proposal: string) => companyPolicy({ [key]: {
    kind: 'table', hit: 'unique', inputs: { count: 'integer' }, outputs: { proposal: 'word' }, value: [{ id: 'all', if: {}, then: { proposal } }], clause: '1', rows: ['P003-42'], source: 'stated',
  } });
  const DISMISSAL: Readonly<Record<DismissalAnswer, readonly string[]>> = { dismissal: ['complaint-count'], none: [] };
  const AWARD: Readonly<Record<AwardAnswer, string>> = { 'year-end-award': 'IncentiveProposed', none: 'no-award' };

  it.each(DISMISSAL_ANSWERS)('is understood: %s after many complaints', (answer) => {
    const { history } = after(complaints(1), proposing('performance.dismissal.complaint_count', answer));
    expect(history.flatMap((event) => (event.type === 'MisconductReferred' ? [event.data.ground] : []))).toEqual(DISMISSAL[answer]);
  });

  it.each(AWARD_ANSWERS)('is understood: %s after a year', (answer) => {
    expect(after([[{ type: 'ProposeYearAward', person: PERSON, period: '2025', facts: { complaints: 0 } }, HEAD]], proposing('performance.award.zero_complaints', answer)).last).toBe(AWARD[answer]);
  });
});

describe('P003-42 P001E-42 grave cases', () => {
  it('more than five complaints with a grave one are handed to people once, five are an open point, four are not', () => {
    const grave: Step = [fault('f-1', { grave: true })];
    const referrals = (count: number) => after([...complaints(count), grave, [complaint('c-9')]]).history
      .flatMap((event) => (event.type === 'MisconductReferred' ? [`${event.data.ground} ${event.data.complaints} ${event.policy?.rule ?? ''}`] : []));
    expect(referrals(5)).toEqual(['grave-fault 5 ', 'complaint-count 5 P003-42-five']);
    expect(referrals(6)).toEqual(['grave-fault 6 ', 'complaint-count 6 P003-42']);
    expect(referrals(3)).toEqual(['grave-fault 3 ']);
  });

  it('a grave fault brings no points and no fine by itself', () => {
    expect(after([[fault('f-1', { grave: true, loss: cny(100) })]]).said).toEqual(['FaultCounted MisconductReferred']);
  });
});

describe('P001E-42 P001E-45 P002B-41 faults', () => {
  it('three points each time, by cause', () => {
    const { proposed } = after([[fault('f-1')], [fault('f-2', { cause: 'late-implementation' })], [fault('f-2', { cause: 'late-implementation' })]]);
    expect(proposed.map(({ data, policy }) => [data, policy?.rule])).toMatchObject([
      [{ kind: 'points', ground: 'negligence', points: 3, proposedBy: HEAD.id }, 'P001E-42'],
      [{ kind: 'points', ground: 'late-implementation', points: 3 }, 'P001E-45'],
    ]);
  });

  it('a loss brings a fine of 20 to 100 yuan, one a month', () => {
    const loss = { loss: cny(1) };
    const then = after([[fault('f-1', loss)], [fault('f-2', loss)], [rule('p-1', { amount: cny(2_000) }), BOSS], [fault('f-3', loss)]]);
    expect(then.said).toEqual(['FaultCounted IncentiveProposed IncentiveProposed', 'FaultCounted IncentiveProposed IncentiveReplaced IncentiveProposed', 'IncentiveDecided', 'FaultCounted IncentiveProposed']);
    expect(then.proposed[1]).toMatchObject({ data: { range: { from: cny(2_000), to: cny(10_000) } }, policy: { id: 'P002B', rule: 'P002B-41', inputs: { loss: 1 } } });
    expect(then.rows.get('p-1')).toMatchObject({ stage: 'confirmed', amount: 2_000, decidedBy: BOSS.id });
    expect(after([[fault('f-1', { cause: 'late-implementation', ...loss })]]).last).toBe('FaultCounted IncentiveProposed');
  });

  it('nothing lost brings no fine, only the points', () => {
    expect(after([[fault('f-1', { loss: cny(0) })]]).proposed.map((event) => event.type === 'IncentiveProposed' && event.data.kind)).toEqual(['points']);
  });

  it('takes nothing off a fine for complaints, and is not replaced by one', () => {
    const then = after([[fault('f-1', { loss: cny(1) })], [rule('p-0', { amount: cny(10_000) }), BOSS], ...complaints(3)]);
    const amountOf = ({ proposed }: ReturnType<typeof after>) => { const last = proposed.at(-1); return last?.type === 'IncentiveProposed' ? last.data.amount : null; };
    expect(amountOf(then)).toEqual(amountOf(after(complaints(3))));
    expect(then.history.filter((event) => event.type === 'IncentiveReplaced' && event.data.proposal === 'f-1')).toEqual([]);
  });

  it('a fine that took effect stands for the month, also where it was reduced', () => {
    const first = after([[fault('f-1', { loss: cny(1) })]]).history;
    const decided = (outcome: 'confirmed' | 'reduced' | 'rejected'): IncentiveEvent =>
      ({ type: 'IncentiveDecided', data: { proposal: 'p-0', person: PERSON, period: PERIOD, kind: 'fine', outcome, amount: cny(1_000), points: null, decidedBy: BOSS.id, subject: 's' } });
    const next = (outcome: 'confirmed' | 'reduced' | 'rejected') => given(incentive, ...first, decided(outcome)).when(fault('f-2', { loss: cny(1) }), { actor: SYSTEM }).types.length;
    expect([next('confirmed'), next('reduced'), next('rejected')]).toEqual([2, 2, 3]);
  });

  it.each([[1_999, 'outside-the-range'], [2_000, 'IncentiveDecided'], [10_000, 'IncentiveDecided'], [10_001, 'outside-the-range']])('a fine of %d fen: %s', (minor, said) => {
    expect(after([[fault('f-1', { loss: cny(1) })], [rule('p-0', { amount: cny(minor) }), BOSS]]).last).toBe(said);
  });
});

describe('P002B-42 P002B-43 P003-43 bonuses', () => {
  it.each<[IncentiveCommand, number, number]>([[bonus(), 5_000, 20_000], [bonus({ ground: 'consumer-service' }), 2_000, 10_000]])('are chosen within the range (%#)', (proposal, from, to) => {
    const chosen = (minor: number) => after([[proposal, HEAD], [rule('p-0', { amount: cny(minor) }), BOSS]]).last;
    expect([from - 1, from, to, to + 1].map(chosen)).toEqual(['outside-the-range', 'IncentiveDecided', 'IncentiveDecided', 'outside-the-range']);
  });

  it('are proposed once, not for oneself and not for a month to come', () => {
    expect(after([[bonus(), HEAD], [bonus(), BOSS]]).last).toBe('already-proposed');
    expect(after([[bonus(), HEAD], [rule('p-0', { outcome: 'rejected' }), BOSS], [bonus(), HEAD]]).last).toBe('IncentiveProposed');
    expect(after([[bonus({ person: HEAD.id }), HEAD]]).last).toBe('separation-of-duties');
    expect(after([[bonus({ period: '2026-04' }), HEAD]]).last).toBe('period-not-begun');
  });

  it('P003-43 a year without complaints, once it is over; the amount is for the person who decides', () => {
    const award = (count: number, period = '2025'): IncentiveCommand => ({ type: 'ProposeYearAward', person: PERSON, period, facts: { complaints: count } });
    expect(after([[award(0), HEAD], [rule('p-0'), BOSS], [rule('p-0', { amount: cny(1) }), BOSS]]).said).toEqual(['IncentiveProposed', 'outside-the-range', 'IncentiveDecided']);
    expect([after([[award(1), HEAD]]).last, after([[award(0, '2026'), HEAD]]).last]).toEqual(['had-complaints', 'year-not-over']);
    expect(after([[award(0, '2026'), HEAD]], undefined, '2026-12-31T16:00:00.000Z').last).toBe('IncentiveProposed');
  });

  it('P003-43 a year about which the table says nothing is put before a person, on record; one that it denies is refused for the reason it has', () => {
    const award = (count: number): Step => [{ type: 'ProposeYearAward', person: PERSON, period: '2025', facts: { complaints: count } }, HEAD];
    const table = (value: TableEntry['value']) => companyPolicy({ 'performance.award.zero_complaints': {
      kind: 'table', hit: 'unique', inputs: { count: 'integer' }, outputs: { proposal: 'word' }, value, clause: '1', rows: ['P003-43'], source: 'stated',
    } });
    const open = table([{ id: 'none', if: { count: '0' }, then: { proposal: 'none' } }, { id: 'open', if: { count: '1' }, then: null }]);
    for (const [count, outcome] of [[1, 'undetermined: open-point'], [2, 'undetermined: no-match']] as const) {
      const then = after([award(count), [rule('p-0', { amount: cny(1) }), HEAD], [rule('p-0', { outcome: 'rejected' }), BOSS]], open);
      expect(then.said).toEqual(['IncentiveProposed', 'separation-of-duties', 'IncentiveDecided']);
      expect(then.history[0]).toMatchObject({ data: { ground: 'zero-complaints', amount: null }, policy: { outcome: expect.stringContaining(outcome) } });
    }
    expect(after([award(0)], open).last).toBe('no-award');
  });
});

describe('P002B-41 nothing takes effect without another person\'s decision', () => {
  it('neither the person it is about nor the one who brought it up decides', () => {
    const decidedBy = (actor: Actor) => after([[fault('f-1')], [rule('f-1'), actor]]).last;
    expect([decidedBy({ ...BOSS, id: PERSON }), decidedBy({ ...BOSS, id: HEAD.id }), decidedBy(BOSS)]).toEqual(['separation-of-duties', 'separation-of-duties', 'IncentiveDecided']);
  });

  it('of a fine that several reported none of them decides, however often it was joined', () => {
    const by = (id: string, recordedBy: string): Step => [fault(id, { loss: cny(1), recordedBy })];
    const decidedBy = (id: string) => after([by('f-1', 'u-a'), by('f-2', 'u-b'), by('f-3', 'u-c'), [rule('p-2', { amount: cny(2_000) }), { ...BOSS, id }]]).last;
    expect(['u-a', 'u-b', 'u-c', 'u-d'].map(decidedBy)).toEqual(['separation-of-duties', 'separation-of-duties', 'separation-of-duties', 'IncentiveDecided']);
  });

  it('once: a decided or replaced proposal is closed, and an unknown one is none', () => {
    expect(after([[fault('f-1')], [rule('f-1'), BOSS], [rule('f-1'), BOSS], [rule('f-9'), BOSS]]).said.slice(2)).toEqual(['already-decided', 'unknown-proposal']);
    expect(after([...complaints(3), [rule('p-1'), BOSS]]).last).toBe('already-decided');
  });

  it('reduced is less than proposed and more than nothing; confirmed is exactly what was proposed', () => {
    const ruled = (over: Partial<Ruling>) => after([...complaints(2), [rule('p-1', over), BOSS]]).last;
    expect(['reduced', 'confirmed'].map((outcome) => [0, 9_999, 10_000, 10_001].map((minor) => ruled({ outcome: outcome as 'reduced', amount: cny(minor) })))).toEqual([
      ['outside-the-range', 'IncentiveDecided', 'outside-the-range', 'outside-the-range'],
      ['outside-the-range', 'outside-the-range', 'IncentiveDecided', 'outside-the-range'],
    ]);
    const points = (over: Partial<Ruling>) => after([[fault('f-1')], [rule('f-1', over), BOSS]]).last;
    expect([points({ outcome: 'reduced', points: 2 }), points({ outcome: 'reduced', points: 3 }), points({ outcome: 'reduced' }), points({})])
      .toEqual(['IncentiveDecided', 'outside-the-range', 'outside-the-range', 'IncentiveDecided']);
  });

  it('answers every stage x command pair', () => {
    const opened = after([[fault('f-0')]]).history;
    const proposes = { NoteUpheldComplaint: 'ComplaintCounted', NoteFault: 'FaultCounted IncentiveProposed', ProposeBonus: 'IncentiveProposed' };
    expect(everyPair(incentive, { new: [], open: opened }, [complaint('c-1'), fault('f-1'), bonus(), rule('f-0')])).toEqual({
      new: { ...proposes, DecideIncentive: 'unknown-proposal' }, open: { ...proposes, DecideIncentive: 'IncentiveDecided' },
    });
  });
});
