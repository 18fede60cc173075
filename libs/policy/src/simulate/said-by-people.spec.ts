import type { DomainEvent, Recorded, RuleTrace } from 'aftercare/kernel';
import type { PackEntry, TableEntry } from '../pack/pack.schema.js';
import { policySet } from '../shipped-policy.js';
import type { TableInputs } from '../terms.js';
import type { TableKey } from '../what-is-read.js';
import { draftOf, type Draft } from './index.js';
import { draftWith, shipped, simulated } from './testing/letters.js';

const CASE = '019cdb9e-9c00-7000-8000-00000000c0de';
const unchanged = draftOf(shipped.company, shipped.packs);

interface Told { readonly type: string; readonly data: object; readonly policy: RuleTrace | null }
function inStream(kind: string, told: readonly Told[]) {
  const stream = `${kind}-${CASE}`;
  const events = told.map((one, index) => ({
    format: 1, id: `e-${index}`, log: 'intake', index, stream, version: index, schema: 1, occurredAt: '2026-03-11T06:00:00.000Z', recordedAt: '2026-03-11T06:00:00.000Z',
    actor: { id: 'u', role: 'manager' }, onBehalfOf: null, reason: null, correlationId: CASE, causationId: null, signature: null, personal: null, ...one,
  }) satisfies Recorded<DomainEvent>);
  return { events, ofCase: () => events, ofStream: () => events };
}

type Then = NonNullable<NonNullable<TableEntry['value']>[number]['then']>;
const always = (then: Then) => (entry: PackEntry): PackEntry => ({ ...entry, value: [{ id: 'all', if: {}, then }] }) as PackEntry;
/** What the shipped company has not adopted becomes its own. */
function saying(pack: string, key: string, inputs: TableInputs, then: Then): Draft {
  if (shipped.packs.some(({ params }) => params[key])) return draftWith(pack, key, always(then));
  const words = (names: object) => Object.fromEntries(Object.keys(names).map((name) => [name, 'word']));
  const entry = { kind: 'table', hit: 'unique', inputs: words(inputs), outputs: words(then), value: [{ id: 'all', if: {}, then }], clause: '1', rows: [], source: 'stated' } as PackEntry;
  return draftOf({ ...shipped.company, off: shipped.company.off.filter((one) => !one.key.endsWith(key)), own: { ...shipped.company.own, [key]: entry } }, shipped.packs);
}
const notify = ['intake.head'];

/** Stream, asked, answered, as the trace of the answer tells it, and what a draft could say: the same, another thing. */
const QUESTIONS: readonly [string, string, TableInputs, Omit<Told, 'policy'>, Omit<Told, 'policy'>, string, string, Then, Then][] = [
  ['complaint', 'triage.severity', { regulatoryInspection: false, publicExposure: false, loss: null },
    { type: 'MajorComplaintUndetermined', data: { why: 'missing-input' } }, { type: 'MajorComplaintDetermined', data: { major: true, by: 'person' } },
    'major', 'P001E', { severity: 'major', reportTo: notify }, { severity: 'ordinary', reportTo: notify }],
  ['complaint', 'complaint.routing', { class: 'service', urgency: null },
    { type: 'RoutingUndetermined', data: { why: 'missing-input' } }, { type: 'CaseRouted', data: { to: ['intake.head'], by: 'person' } },
    'intake.head', 'P003', { to: ['intake.head'] }, { to: ['quality.officer'] }],
  ['investigation', 'quality.grade_criteria', { productLine: null, curedBy: null, effect: null },
    { type: 'QualityGradeUndetermined', data: { why: 'missing-input' } }, { type: 'QualityProblemGraded', data: { grade: 'major', treatment: 'after-head-approval', by: 'person' } },
    'grade: major; treatment: after-head-approval', 'P001D', { treatment: 'after-head-approval', grade: 'major' }, { grade: 'ordinary', treatment: 'on-site' }],
  ['reactionReport', 'device_event.reportability', { seriousness: 'non-serious', expectedness: null },
    { type: 'ReportabilityUndetermined', data: { productKind: 'device', why: 'open-point' } }, { type: 'ReportabilityDetermined', data: { productKind: 'device', duty: 'serious', by: 'person' } },
    'serious', 'CN-DEVICE-EVENT-2019', { duty: 'serious' }, { duty: 'death' }],
  ['return', 'return.eligibility.quality', { reason: 'quality', verdict: 'nonconforming', lotExpired: null },
    { type: 'ReturnEligibilityUndetermined', data: { why: 'missing-input' } }, { type: 'ReturnEligibilityDecided', data: { decision: 'accept' } },
    'accept', 'P002A', { decision: 'accept' }, { decision: 'refuse' }],
  ['return', 'return.signatories', { step: 'review', signer: 'after-sales', reason: null },
    { type: 'SignatoryUndetermined', data: { step: 'review', signer: 'after-sales', why: 'missing-input' } }, { type: 'SignatoryAppointed', data: { step: 'review', signer: 'after-sales', role: 'logistics.finance' } },
    'logistics.finance', 'P002B', { roles: ['logistics.finance'] }, { roles: ['logistics.clerk'] }],
];

describe('a question that no rule answered and a person did', () => {
  describe.each(QUESTIONS)('%s %s', (kind, key, inputs, asked, answered, outcome, pack, same, other) => {
    const trace = policySet().decide(key as TableKey, inputs).trace;
    const told = [{ ...asked, policy: trace }, { ...answered, policy: { ...trace, outcome } }];
    const under = (then: Then, events: readonly Told[] = told) => simulated(inStream(kind, events), saying(pack, key, inputs, then));

    it('was left open', () => { expect(trace.outcome).toMatch(/^undetermined: (missing-input|open-point|not-adopted)/); });

    it('is decided by rule now where the draft says the same, and is no difference', async () => {
      expect(await under(same)).toMatchObject({ differences: [], noted: [{ note: 'decided-by-rule', about: key }], counts: { decidedByRule: 1, undeterminedDecisions: 0 } });
    });

    it('is one difference from what the person said where the draft says another thing', async () => {
      const { differences, counts } = await under(other);
      expect(differences).toEqual([expect.objectContaining({ table: key, after: expect.objectContaining({ rule: 'all' }) })]);
      expect(differences[0]).not.toMatchObject({ before: { outcome: expect.stringContaining('undetermined') } });
      expect(counts.decidedByRule).toBe(0);
    });

    it('changes nothing where the draft leaves it open too', async () => {
      expect(await simulated(inStream(kind, told), unchanged)).toMatchObject({ differences: [], noted: [], counts: { decidedByRule: 0, undeterminedDecisions: 0 } });
    });

    it('while nobody has answered, is a difference without a signature that could be counted', async () => {
      expect((await under(same, told.slice(0, 1))).differences).toEqual([expect.objectContaining({ before: { rule: trace.rule, outcome: trace.outcome }, extraSigners: [], sparedSigners: [] })]);
    });
  });

  it('P002A-17 facts that were noted with the answer do not make it two questions', async () => {
    const [later, trace] = [true, null].map((lotExpired) => policySet().decide('return.eligibility.quality', { reason: 'quality', verdict: 'nonconforming', lotExpired }).trace) as [RuleTrace, RuleTrace];
    const told = [
      { type: 'ReturnEligibilityUndetermined', data: { why: 'missing-input' }, policy: trace }, { type: 'ReturnEligibilityDecided', data: { decision: 'accept' }, policy: { ...later, outcome: 'accept' } },
    ];
    const { differences } = await simulated(inStream('return', told), draftWith('P002A', 'return.eligibility.quality', always({ decision: 'refuse' })));
    expect(differences).toHaveLength(1);
  });
});
