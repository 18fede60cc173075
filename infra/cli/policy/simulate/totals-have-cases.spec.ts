import fc from 'fast-check';
import { cny, lotId } from 'aftercare/kernel';
import { draftOf, policySet, shippedAdoption, Simulation, type AdoptionDocument, type CompanyPolicy, type Difference, type PolicyPack } from 'aftercare/policy';
import { idAt, Recording } from 'aftercare/testing';
import { approval } from '../../../../services/billing/src/approval/approval.decide.js';
import { billing } from '../../../../services/billing/src/billing.module.js';
import { incentive } from '../../../../services/billing/src/incentive/incentive.decide.js';
import { incentiveId } from '../../../../services/billing/src/incentive/incentive.js';
import { intake } from '../../../../services/intake/src/intake.module.js';
import { quality } from '../../../../services/quality/src/quality.module.js';
import { foundIn } from './found.js';
import { csvOf, lineOf } from './report.js';
import { randomComplaint, randomInvestigation, randomStopSale, type Draw } from './spec/random-case.js';
import { Tally, type Totals } from './totals.js';

const RUNS = Number(process.env['SIMULATE_RUNS'] ?? 60);
const OPENED = '2026-03-02T01:30:00.000Z';
const HORIZON = '2026-12-31T00:00:00.000Z';
const shipped = JSON.parse(shippedAdoption().document) as AdoptionDocument;
type Parts = { company: CompanyPolicy; packs: readonly PolicyPack[] };
type Params = PolicyPack['params'];

const inPack = (key: string, change: (entry: Params[string]) => object) => ({ company, packs }: Parts): Parts => ({
  company: { ...company, settle: company.settle.filter(({ table }) => table !== key) },
  packs: packs.map((pack) => (pack.params[key] ? { ...pack, params: { ...pack.params, [key]: { ...pack.params[key], ...change(pack.params[key]) } as Params[string] } } : pack)),
});
const off = (key: string) => ({ company, packs }: Parts): Parts => ({ packs, company: { ...company, off: [...company.off, { key, why: 'ours' }] } });
const row = (then: object) => () => ({ value: [{ id: 'all', if: {}, then }] });

/** One change each; a draft takes any of them. */
const CHANGES: readonly ((parts: Parts) => Parts)[] = [
  off('complaint.first_contact'), off('complaint.reply'), inPack('complaint.reply', () => ({ value: 3, unit: 'hour', calendar: 'wall-clock' })), inPack('complaint.reply', () => ({ warn: [10, 95] })),
  ({ company, packs }) => ({ packs, company: { ...company, calendar: 'NOWHERE' } }), ({ company, packs }) => ({ packs, company: { ...company, precedence: company.precedence.filter(({ pack }) => pack !== 'P001E') } }),
  inPack('billing.price_approval.bands', row({ approver: 'billing.general-manager' })), inPack('billing.waiver.bands', row({ approver: 'billing.general-manager' })), off('billing.price_approval.bands'),
  inPack('billing.price_approval.bands', row({ approver: 'billing.after-sales-manager' })), inPack('performance.fine.complaint_count', row({ fine: '7.00', publicCriticism: false })), off('performance.fine.complaint_count'),
  inPack('performance.bonus.outstanding', () => ({ value: { from: '1.00', to: '9.00' } })), inPack('triage.severity', row({ severity: 'ordinary', reportTo: ['intake.head'] })),
];

/** A fee with its waiver, which a person has to decide; a fine, one without its trace, a bonus. */
function money(draw: Draw): Recording {
  const recording = new Recording('billing');
  const as = (role: string, id = role) => ({ at: OPENED, actor: { id, role } });
  const id = idAt(OPENED, 99);
  recording.do(approval, id, { type: 'ProposeServiceFee', amount: cny([50_000, 500_001][draw(2)] as number), grounds: 'g' } as never, as('billing.clerk'));
  recording.do(approval, id, { type: 'VerifyCost', cost: cny(500_000) } as never, as('billing.finance'));
  for (const role of ['after-sales-manager', 'sales-vice-president']) recording.do(approval, id, { type: 'ApproveProposal' }, as(`billing.${role}`));
  recording.do(approval, id, { type: 'RequestWaiver', grounds: 'g' } as never, as('billing.clerk'));
  if (draw(3) > 0) recording.do(approval, id, { type: 'AppointApprover', approverRole: 'general-manager', reason: 'r' } as never, as('manager'));
  if (draw(2) > 0) recording.do(approval, id, { type: 'ApproveWaiver' }, as('billing.general-manager'));
  for (const place of [1, 2]) recording.do(incentive, incentiveId('u-7', '2026-03'), { type: 'NoteUpheldComplaint', person: 'u-7', period: '2026-03', caseId: idAt(OPENED, place), basis: [] } as never, { at: OPENED, caseId: idAt(OPENED, place) });
  recording.do(incentive, incentiveId('u-8', '2026-03'), { type: 'ProposeBonus', person: 'u-8', period: '2026-03', ground: 'outstanding' } as never, as('manager'));
  if (draw(2) === 0) recording.events.forEach((event, place) => { if (event.type === 'ComplaintCounted') recording.events[place] = { ...event, policy: null }; });
  return recording;
}

async function told(recording: Recording, department: string, aggregates: readonly unknown[], parts: Parts): Promise<{ totals: Totals; differences: Difference[] }> {
  const simulation = new Simulation({ department, aggregates: aggregates as ConstructorParameters<typeof Simulation>[0]['aggregates'], draft: draftOf(parts.company, parts.packs), adopted: [shipped], horizon: HORIZON });
  const differences: Difference[] = [];
  const cases = new Set(recording.events.map(({ correlationId }) => correlationId));
  for (const caseId of cases) differences.push(...await simulation.differencesOf(caseId, recording.ofCase(caseId), async (stream) => recording.ofStream(stream)));
  const tally = new Tally();
  tally.add({ found: foundIn(differences), counts: simulation.counts, answered: [...simulation.answered] });
  return { totals: tally.totals(cases.size, 0, [], []), differences };
}

/** Each total with what the list has of it: how the screen and the file call the lines, and how many each stands for. */
function listed({ breaches, clocks, calls, penalties, decisions }: Totals, differences: readonly Difference[]): [string, number, number][] {
  const count = (what: string): number => differences.filter((one) => lineOf(one).what === what && csvOf(one).includes(`,${what.includes(',') ? `"${what}"` : what},`)).length;
  const sum = (of: (one: Difference) => number): number => differences.reduce((all, one) => all + of(one), 0);
  const callsOf = (side: 'warnings' | 'escalations', name: string): number => sum((one) => (one.kind === 'calls' ? (one[side] as unknown as Record<string, number>)[name] ?? 0 : 0));
  const { draft, withoutAmount } = { draft: sum((one) => (one.kind === 'amount' ? one.draft.most - one.recorded.most + one.notReplayable.most : 0)), withoutAmount: sum((one) => (one.kind === 'amount' ? one.withoutAmount.draft - one.withoutAmount.recorded : 0)) };
  const kinds = Object.values(penalties);
  const noted = (note: string): number => sum((one) => (one.kind === 'noted' && one.note === note && one.about !== 'fine' && one.about !== 'bonus' && one.about !== 'points' ? 1 : 0));
  return [
    ...(['added', 'removed', 'moved'] as const).map((name): [string, number, number] => [`breach ${name}`, breaches[name], count(`breach ${name}`)]),
    ['clocks added', clocks.added, count('clock added')], ['clocks removed', clocks.removed, count('clock removed')], ['clocks moved', clocks.dueMoved, count('due time moved')], ['clocks undetermined', clocks.undetermined, count('undetermined')],
    ...(['warnings', 'escalations'] as const).flatMap((side) => Object.entries(calls[side]).map(([name, total]): [string, number, number] => [`${side} ${name}`, total as number, callsOf(side, name)])),
    ['routes', decisions.routes, count('other route')], ['approvals', decisions.approvals, count('other approval')], ['penalties', decisions.penalties, count('other penalty')],
    ['extra signers', decisions.extraSigners, sum((one) => (one.kind === 'decision' ? one.extraSigners.length : 0))], ['spared signers', decisions.sparedSigners, sum((one) => (one.kind === 'decision' ? one.sparedSigners.length : 0))],
    ['left to a person', decisions.undetermined, sum((one) => (one.kind === 'decision' && one.after.outcome.startsWith('undetermined') ? 1 : 0))],
    ['other row', decisions.otherRule, count('same outcome, other row')], ['decided by rule', decisions.decidedByRule, count('decided by rule now')], ['not replayable', decisions.notReplayable, noted('not-replayable')],
    ['amounts', kinds.reduce((all, { recorded, draft: is, notReplayable }) => all + is.most - recorded.most + notReplayable.most, 0), draft],
    ['amounts of a person', kinds.reduce((all, one) => all + one.withoutAmount.draft - one.withoutAmount.recorded, 0), withoutAmount],
    ['amounts not replayable', kinds.filter(({ notReplayable }) => notReplayable.number > 0).length, Math.min(3, sum((one) => ((one.kind === 'amount' && one.notReplayable.number > 0) || (one.kind === 'noted' && ['fine', 'points', 'bonus'].includes(one.about)) ? 1 : 0)))],
  ];
}

describe('the totals of a simulation', () => {
  it.each([
    ['intake', intake.aggregates, (draw: Draw) => { const recording = new Recording('intake'); randomComplaint(recording, draw, OPENED); return recording; }],
    ['quality', quality.aggregates, (draw: Draw) => { const recording = new Recording('quality'); randomInvestigation(recording, draw, OPENED); randomStopSale(recording, draw, OPENED, lotId('DV-100', 'L-77')); return recording; }],
    ['billing', billing.aggregates, money],
  ] as const)('that are not zero have the cases of %s behind them, one for one', async (department, aggregates, record) => {
    const seen = new Set<string>();
    await fc.assert(fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.subarray([...CHANGES], { minLength: 1, maxLength: 4 }), async (numbers, changes) => {
      const recording = record((below) => (numbers.next().value as number) % below);
      const { totals, differences } = await told(recording, department, aggregates, changes.reduce((parts, change) => change(parts), { company: shipped.company, packs: shipped.packs } as Parts));
      for (const [name, total, lines] of listed(totals, differences)) {
        if (name === 'amounts not replayable') expect([name, lines >= total]).toEqual([name, true]);
        else expect([name, lines]).toEqual([name, total]);
        if (total !== 0) seen.add(name);
      }
      const [different, noted] = [false, true].map((isNoted) => new Set(differences.filter(({ kind }) => (kind === 'noted') === isNoted).map(({ caseId }) => caseId))) as [Set<string>, Set<string>];
      expect([totals.affected, totals.onlyNoted]).toEqual([different.size, [...noted].filter((caseId) => !different.has(caseId)).length]);
    }), { numRuns: RUNS, seed: 11 });
    expect([...seen].sort()).toEqual(expect.arrayContaining({
      intake: ['breach removed', 'clocks moved', 'clocks removed', 'clocks undetermined', 'warnings moved'],
      quality: [], billing: ['amounts', 'amounts not replayable', 'approvals', 'decided by rule', 'extra signers', 'left to a person', 'not replayable', 'other row'],
    }[department]));
  }, 120_000);

  it('a clock that runs under the draft only is a line and a case: what is printed as none is none', async () => {
    const without = off('complaint.first_contact')({ company: shipped.company, packs: shipped.packs });
    const recording = new Recording('intake', { ...policySet(), clocks: (key) => (key === 'complaint.first_contact' ? [] : policySet().clocks(key)) });
    randomComplaint(recording, () => 0, OPENED);
    const { totals, differences } = await told(recording, 'intake', intake.aggregates, { company: shipped.company, packs: shipped.packs });
    expect(totals).toMatchObject({ affected: 1, clocks: { added: 1 } });
    expect(differences.map((one) => lineOf(one))).toContainEqual(expect.objectContaining({ what: 'clock added', before: 'no such clock', after: expect.stringMatching(/^due /) }));
    const back = await told(recording, 'intake', intake.aggregates, without);
    expect([back.totals.affected, back.differences]).toEqual([0, []]);
  });
});
