import type { DomainEvent, Recorded, RuleTrace } from 'aftercare/kernel';
import type { PackEntry } from '../pack/pack.schema.js';
import { policySet } from '../shipped-policy.js';
import type { TableInputs } from '../terms.js';
import type { SettingKey, TableKey } from '../what-is-read.js';
import { draftOf, type AmountDifference } from './index.js';
import { draftWith, shipped, simulated } from './testing/letters.js';

const CASES = [1, 2, 3, 4, 5].map((place) => `019cdb9e-9c00-7000-8000-00000000000${place}`);
const FINES = 'performance.fine.complaint_count';

interface Told { readonly type: string; readonly data: object; readonly of?: number; readonly policy?: RuleTrace | null; readonly at?: string }

/** What one person did in one month: one stream, of several cases. */
function month(...told: readonly Told[]) {
  const events = told.map(({ type, data, of = 0, policy = null, at = '2026-03-11T06:00:00.000Z' }, index) => ({
    format: 1, id: `e-${index}`, log: 'billing', index, stream: 'incentive-8f1e', version: index, schema: 1, occurredAt: at, recordedAt: at, actor: { id: 'u', role: 'system' }, onBehalfOf: null,
    reason: null, correlationId: CASES[of] as string, causationId: null, policy, signature: null, personal: null, type, data,
  }) satisfies Recorded<DomainEvent>);
  return { events, ofCase: (id: string) => events.filter(({ correlationId }) => correlationId === id), ofStream: () => events };
}

const asked = (key: string, inputs: TableInputs): RuleTrace => policySet().decide(key as TableKey, inputs).trace;
const cited = (key: SettingKey, outcome: string): RuleTrace => ({ ...policySet().cite(key), inputs: {}, outcome });
/** The count of one complaint after the other, each of a case of its own. */
const complaints = (counts: readonly number[]): Told[] => counts.map((count, of) => ({ type: 'ComplaintCounted', data: { count }, of, policy: asked(FINES, { count }) }));
const settled = (fines: Readonly<Record<string, string | null>>) => draftOf({
  ...shipped.company, settle: shipped.company.settle.map((one) => (one.row in fines ? { ...one, then: fines[one.row] === null ? null : { fine: fines[one.row] as string, publicCriticism: true } } : one)),
}, shipped.packs);
const own = (more: object) => draftOf({ ...shipped.company, own: { ...shipped.company.own, ...more } }, shipped.packs);
const amountsOf = (differences: readonly unknown[]) => (differences as AmountDifference[]).filter(({ kind }) => kind === 'amount')
  .map(({ caseId, penalty, recorded, draft }) => [CASES.indexOf(caseId), penalty, recorded.most, draft.most]);
const nothing = { number: 0, least: 0, most: 0 };
const of = (number: number, least: number, most = least) => ({ number, least, most });
const same = draftOf(shipped.company, shipped.packs);

describe('the money of penalties and rewards under a draft', () => {
  it('P003-39 P003-40 P003-41 only the highest tier of a month counts: each complaint adds what it adds to that, and the sum is in minor units', async () => {
    const { differences, counts } = await simulated(month(...complaints([1, 2, 3, 4])), settled({ 'P003-39-two': '150.00', 'P003-41-four': '500.00' }));
    expect(counts.penalties.fine).toEqual({ recorded: of(1, 30_000), draft: of(1, 50_000), withoutAmount: { recorded: 0, draft: 0 }, notReplayable: nothing });
    expect(amountsOf(differences)).toEqual([[1, 'fine', 10_000, 15_000], [2, 'fine', 10_000, 5_000], [3, 'fine', 10_000, 30_000]]);
  });

  it('the very policy that was in force comes to the same sums', async () => {
    const { differences, counts } = await simulated(month(...complaints([1, 2, 3])), same);
    expect(differences).toEqual([]);
    expect(counts.penalties.fine).toMatchObject({ recorded: of(1, 20_000), draft: of(1, 20_000) });
  });

  it('what the draft leaves to a person is counted apart and not as zero, and so is what was recorded without its trace', async () => {
    const open = await simulated(month(...complaints([1, 2, 3])), settled({ 'P003-39-two': null }));
    expect(open.counts.penalties.fine).toEqual({ recorded: of(1, 20_000), draft: of(1, 20_000), withoutAmount: { recorded: 0, draft: 1 }, notReplayable: nothing });
    expect(amountsOf(open.differences)).toEqual([[1, 'fine', 10_000, 0], [2, 'fine', 10_000, 20_000]]);
    const before = await simulated(month({ type: 'ComplaintCounted', data: { count: 1 } }, ...complaints([1, 2]).slice(1)), same);
    expect(before.counts.penalties.fine).toMatchObject({ recorded: of(1, 10_000), draft: of(1, 10_000), notReplayable: of(1, 0) });
    expect(before.differences).toEqual([]);
    const off = draftOf({ ...shipped.company, off: [...shipped.company.off, { key: FINES, why: 'no' }] }, shipped.packs);
    expect((await simulated(month(...complaints([1, 2])), off)).counts.penalties.fine).toMatchObject({ recorded: of(1, 10_000), draft: nothing, withoutAmount: { draft: 0 }, notReplayable: nothing });
  });

  const fault = (id: string, at?: string): Told[] => [
    { type: 'FaultCounted', data: { fault: id, cause: 'negligence', grave: false }, ...(at && { at }) },
    { type: 'IncentiveProposed', data: { proposal: id, kind: 'points', ground: 'negligence', points: 3, range: null }, policy: cited('performance.penalty_points.negligence', '3 points'), ...(at && { at }) },
  ];

  it('P001E-42 points are points, asked for each fault; also where no points had been adopted', async () => {
    const five = own({ 'performance.penalty_points.negligence': { kind: 'number', value: 5, unit: 'points', clause: '1', rows: [], source: 'stated' } });
    const told = await simulated(month(...fault('f-1'), ...fault('f-2'), { type: 'FaultCounted', data: { fault: 'f-3', cause: 'negligence', grave: true } }), five);
    expect(told.counts.penalties.points).toMatchObject({ recorded: of(2, 6), draft: of(2, 10) });
    expect(amountsOf(told.differences)).toEqual([[0, 'points', 6, 10]]);
    const [counted] = fault('f-1');
    const newly = await simulated(month(counted as Told), five);
    expect(newly.counts.penalties.points).toMatchObject({ recorded: nothing, draft: of(1, 5) });
    expect(newly.answered).toContain('performance.penalty_points.negligence');
    // What came after the horizon counts on neither side.
    expect((await simulated(month(...fault('f-1'), ...fault('f-2', '2026-04-01T00:00:00.000Z')), five, '2026-03-31T00:00:00.000Z')).counts.penalties.points).toMatchObject({ recorded: of(1, 3), draft: of(1, 5) });
  });

  const range = (key: SettingKey) => policySet().setting(key) as { readonly from: number; readonly to: number };
  const ranged = (proposal: string, kind: string, ground: string, key: SettingKey): Told => ({
    type: 'IncentiveProposed', data: { proposal, kind, ground, points: null, range: { from: { minor: range(key).from }, to: { minor: range(key).to } } }, policy: cited(key, `${range(key).from}..${range(key).to}`),
  });

  it('P002B-41 P002B-42 a range adds both its ends; a further fault that joins the open fine is the same fine', async () => {
    const fine = range('performance.fine.negligence');
    const bonus = range('performance.bonus.outstanding');
    const draft = draftWith('P002B', 'performance.fine.negligence', (entry) => ({ ...entry, value: { from: '1.00', to: '2.00' } }) as PackEntry);
    const told = month(
      ranged('p-1', 'fine', 'negligence', 'performance.fine.negligence'), { type: 'IncentiveReplaced', data: { proposal: 'p-1', by: 'p-2' } },
      ranged('p-2', 'fine', 'negligence', 'performance.fine.negligence'), ranged('p-3', 'bonus', 'outstanding', 'performance.bonus.outstanding'),
    );
    const { counts, differences } = await simulated(told, draft);
    expect(counts.penalties).toMatchObject({ fine: { recorded: of(1, fine.from, fine.to), draft: of(1, 100, 200) }, bonus: { recorded: of(1, bonus.from, bonus.to), draft: of(1, bonus.from, bonus.to) } });
    expect(amountsOf(differences)).toEqual([[0, 'fine', fine.to, 200]]);
  });

  it('P003-43 an award names no amount: it is counted, and no sum', async () => {
    const award = (): Told => ({ type: 'IncentiveProposed', data: { proposal: 'p', kind: 'bonus', ground: 'zero-complaints', range: null, points: null }, policy: asked('performance.award.zero_complaints', { count: 0 }) });
    expect((await simulated(month(award()), same)).counts.penalties.bonus).toEqual({ recorded: nothing, draft: nothing, withoutAmount: { recorded: 1, draft: 1 }, notReplayable: nothing });
    const never = draftOf({ ...shipped.company, off: [...shipped.company.off, { key: 'performance.award.zero_complaints', why: 'no' }] }, shipped.packs);
    expect((await simulated(month(award()), never)).counts.penalties.bonus.withoutAmount).toEqual({ recorded: 1, draft: 0 });
  });
});
