import type { DomainEvent, Recorded, RuleTrace } from 'aftercare/kernel';
import { policySet } from '../shipped-policy.js';
import type { PackEntry, TableEntry } from '../pack/pack.schema.js';
import type { TableInputs } from '../terms.js';
import type { TableKey } from '../what-is-read.js';
import { draftOf } from './index.js';
import { draftWith, shipped, simulated } from './testing/letters.js';

const CASE = '019cdb9e-9c00-7000-8000-00000000c0de';

/** Events of one case that carry these traces, each in a stream of its own unless told. */
function traced(traces: readonly RuleTrace[], streamOf = (place: number): string => `approval-${CASE}.${place}`) {
  const events = traces.map((policy, index) => ({
    format: 1, id: `e-${index}`, log: 'intake', index, stream: streamOf(index), version: 0, schema: 1, occurredAt: '2026-03-11T06:00:00.000Z', recordedAt: '2026-03-11T06:00:00.000Z',
    actor: { id: 'u', role: 'billing.clerk' }, onBehalfOf: null, reason: null, correlationId: CASE, causationId: null, policy, signature: null, personal: null, type: 'Decided', data: {},
  }) satisfies Recorded<DomainEvent>);
  return { events, ofCase: () => events, ofStream: (stream: string) => events.filter((event) => event.stream === stream) };
}

const asked = (key: string, inputs: TableInputs): RuleTrace => policySet().decide(key as TableKey, inputs).trace;
const price = (minor: number): RuleTrace => asked('billing.price_approval.bands', { price: minor });
const rows = (value: NonNullable<TableEntry['value']>) => (entry: PackEntry): PackEntry => ({ ...entry, value }) as PackEntry;
const unchanged = draftOf(shipped.company, shipped.packs);

const withMatrix = (value: NonNullable<TableEntry['value']>) => draftOf({ ...shipped.company, off: shipped.company.off.filter(({ key }) => !key.endsWith('approval.authority_matrix')), own: { ...shipped.company.own, 'approval.authority_matrix': {
  kind: 'table', hit: 'unique', inputs: { kind: 'word', amount: 'money', cost: 'money' }, outputs: { signers: 'roles', order: 'word' }, value, clause: '1', rows: [], source: 'stated',
} } }, shipped.packs);

/** Events of one stream with what they say. */
function inOneStream(...told: readonly { readonly type: string; readonly data: object; readonly policy?: RuleTrace | null }[]) {
  const events = traced(told.map(() => price(1)), () => `approval-${CASE}`).events.map((event, place) => ({ ...event, policy: null, ...told[place] }) as Recorded<DomainEvent>);
  return { events, ofCase: () => events, ofStream: () => events };
}

describe('recorded decisions under a draft', () => {
  it('P001C-25 P001C-26 the band moved from 1,000 to 500: exactly the prices between need another signature', async () => {
    const draft = draftWith('P001C', 'billing.price_approval.bands', rows([
      { id: 'P001C-25', if: { price: '< 500.00' }, then: { approver: 'billing.after-sales-manager' } }, { id: 'P001C-26', if: { price: '>= 500.00' }, then: { approver: 'billing.sales-vice-president' } },
    ]));
    const { differences, counts } = await simulated(traced([49_999, 50_000, 99_999, 100_000].map(price)), draft);
    expect(differences.map((one) => one.kind === 'decision' && [one.stream.slice(-1), one.effect, one.before, one.after, one.extraSigners, one.sparedSigners])).toEqual(['1', '2'].map((place) => [
      place, 'approval', { rule: 'P001C-25', outcome: 'billing.after-sales-manager' }, { rule: 'P001C-26', outcome: 'billing.sales-vice-president' },
      ['billing.sales-vice-president'], ['billing.after-sales-manager'],
    ]));
    expect(counts).toMatchObject({ decisions: 4, notReplayable: {} });
  });

  it('P001A-04 a matrix that the draft adopts comes before the bands, where the record has what it asks', async () => {
    const two = { signers: ['billing.after-sales-manager', 'billing.finance'], order: 'any-order' };
    const { differences } = await simulated(traced([price(100)]), withMatrix([{ id: 'all', if: {}, then: two }]));
    expect(differences).toEqual([expect.objectContaining({ effect: 'approval', extraSigners: ['billing.finance'], sparedSigners: [] })]);
    const byKind = await simulated(traced([price(100)]), withMatrix([{ id: 'fee', if: { kind: '"service-fee"' }, then: two }]));
    expect(byKind).toMatchObject({ differences: [], counts: { decisions: 0, notReplayable: { 'billing.price_approval.bands': 1 } } });
  });

  it('P001A-04 kind and cost of a fee are in its stream: the matrix is asked with them, as billing does', async () => {
    const three = ['billing.after-sales-manager', 'billing.after-sales-manager', 'billing.sales-vice-president'];
    const draft = withMatrix([
      { id: 'dear', if: { kind: '"service-fee"', cost: '>= 500.00' }, then: { signers: three, order: 'in-order' } },
      { id: 'cheap', if: { kind: '"service-fee"', cost: '< 500.00' }, then: { signers: ['billing.after-sales-manager'], order: 'any-order' } },
    ]);
    const fee = (cost: number, kind = 'service-fee') => inOneStream(
      { type: 'ApprovalProposed', data: { kind } }, { type: 'ServiceCostVerified', data: { cost: { minor: 1 } } }, { type: 'ApprovalRevised', data: {} },
      { type: 'ServiceCostVerified', data: { cost: { minor: cost } }, policy: price(90_000) },
    );
    const dear = await simulated(fee(50_000), draft);
    expect(dear.differences).toEqual([expect.objectContaining({ extraSigners: ['billing.after-sales-manager', 'billing.sales-vice-president'], sparedSigners: [] })]);
    expect(dear.answered).toEqual(['approval.authority_matrix']);
    expect(await simulated(fee(49_999), draft)).toMatchObject({ differences: [], counts: { decisions: 1, otherRule: 1, notReplayable: {} } });
    // A compensation has no cost and no row: a person decides.
    expect((await simulated(fee(50_000, 'compensation'), draft)).differences).toEqual([expect.objectContaining({ after: expect.objectContaining({ outcome: expect.stringMatching(/^undetermined/) }) })]);
  });

  it('P001A-04 what was verified before a revision is no cost any more, and the cost that a table was asked with goes before that of the stream', async () => {
    const draft = withMatrix(['service-fee', 'waiver'].flatMap((kind) => [
      { id: `${kind}-dear`, if: { kind: `"${kind}"`, cost: '>= 500.00' }, then: { signers: ['billing.general-manager'], order: 'any-order' } },
      { id: `${kind}-cheap`, if: { kind: `"${kind}"`, cost: '< 500.00' }, then: { signers: ['billing.sales-vice-president'], order: 'any-order' } },
    ]));
    const fee = [{ type: 'ApprovalProposed', data: { kind: 'service-fee' } }, { type: 'ServiceCostVerified', data: { cost: { minor: 50_000 } } }];
    const revised = await simulated(inOneStream(...fee, { type: 'ApprovalRevised', data: {}, policy: price(90_000) }), draft);
    expect(revised.differences).toEqual([expect.objectContaining({ after: { rule: 'undetermined', outcome: 'undetermined: missing-input (cost)' } })]);
    const waived = await simulated(inOneStream(...fee, { type: 'WaiverRequested', data: {}, policy: asked('billing.waiver.bands', { price: 90_000, cost: 49_999 }) }), draft);
    expect(waived.differences).toEqual([expect.objectContaining({ after: expect.objectContaining({ rule: 'waiver-cheap' }) })]);
  });

  it('P003-39 a fine from the first complaint is an added penalty; a count that was recorded without its trace is not replayable, by key', async () => {
    const first = draftWith('P003', 'performance.fine.complaint_count', rows([{ id: 'all', if: {}, then: { fine: '50.00', publicCriticism: false } }]));
    const counted = (count: number, policy: RuleTrace | null) => ({ type: 'ComplaintCounted', data: { count }, policy });
    const trace = (count: number) => asked('performance.fine.complaint_count', { count });
    expect((await simulated(inOneStream(counted(1, trace(1))), first)).differences).toEqual([expect.objectContaining({ effect: 'penalty', after: { rule: 'all', outcome: 'fine: 5000; publicCriticism: false' } })]);
    expect(await simulated(inOneStream(counted(1, null)), first)).toMatchObject({ differences: [], counts: { decisions: 0, notReplayable: { 'performance.fine.complaint_count': 1 } } });
    // What the proposal of the same count carries is not missing.
    expect((await simulated(inOneStream(counted(2, null), { type: 'IncentiveProposed', data: {}, policy: trace(2) }), first)).counts).toMatchObject({ decisions: 1, notReplayable: {} });
    // That of another count, or of a table that asks more, does not answer for it.
    for (const policy of [trace(2), asked('performance.dismissal.complaint_count', { count: 1, grave: false })]) {
      expect((await simulated(inOneStream(counted(1, null), { type: 'IncentiveProposed', data: {}, policy }), first)).counts).toMatchObject({ notReplayable: { 'performance.fine.complaint_count': 1 } });
    }
    const none = draftOf({ ...shipped.company, off: [...shipped.company.off, { key: 'performance.fine.complaint_count', why: 'no' }] }, shipped.packs);
    expect((await simulated(inOneStream(counted(1, null)), none)).counts.notReplayable).toEqual({});
  });

  it('P003-39 P003-40 other tiers of a fine are other penalties', async () => {
    const settle = shipped.company.settle.map((one) => (one.row === 'P003-39-two' ? { ...one, then: { fine: '150.00', publicCriticism: true } } : one));
    const draft = draftOf({ ...shipped.company, settle }, shipped.packs);
    const { differences } = await simulated(traced([1, 2, 3].map((count) => asked('performance.fine.complaint_count', { count }))), draft);
    expect(differences).toEqual([expect.objectContaining({
      effect: 'penalty', table: 'performance.fine.complaint_count', before: { rule: 'P003-39-two', outcome: 'fine: 10000; publicCriticism: true' }, after: { rule: 'P003-39-two', outcome: 'fine: 15000; publicCriticism: true' },
    })]);
  });

  it('P002B-16 P002B-17 a column that was computed from a setting is asked again only while that setting is the same', async () => {
    const within = asked('return.eligibility', { reason: 'unsaleable', withinRate: true, withinWindow: true });
    const judged: RuleTrace = { ...within, inputs: { ...within.inputs, 'from.bought': 1000, 'from.return.eligibility.quality': 'P002A-17: accept' } };
    const refusing = draftWith('P002B', 'return.eligibility', rows([{ id: 'P002B-16', if: {}, then: { decision: 'refuse' } }]));
    expect((await simulated(traced([judged]), refusing)).differences).toEqual([expect.objectContaining({ before: { rule: 'P002B-16', outcome: 'accept' }, after: { rule: 'P002B-16', outcome: 'refuse' } })]);
    expect(await simulated(traced([judged]), unchanged)).toMatchObject({ differences: [], counts: { decisions: 1, notReplayable: {} } });
    const stricter = draftOf({ ...shipped.company, own: { ...shipped.company.own, 'return.exchange_rate_limit': { ...shipped.company.own['return.exchange_rate_limit'], value: 500 } as PackEntry } }, shipped.packs);
    expect(await simulated(traced([judged]), stricter)).toMatchObject({ differences: [], counts: { decisions: 0, notReplayable: { 'return.exchange_rate_limit': 1 } } });
    const lots = draftWith('P002A', 'return.eligibility.quality', rows([{ id: 'P002A-17', if: {}, then: { decision: 'refuse' } }]));
    expect(await simulated(traced([judged]), lots)).toMatchObject({ counts: { decisions: 0, notReplayable: { 'return.eligibility.quality': 1 } } });
  });

  it('one question that several events of a stream repeat is asked once', async () => {
    const { counts } = await simulated(traced([price(1), price(1), price(2)], () => `approval-${CASE}`), unchanged);
    expect(counts.decisions).toBe(2);
  });

  it('the same outcome by another row is no difference, and is counted', async () => {
    const draft = draftWith('P001C', 'billing.price_approval.bands', rows([{ id: 'all', if: {}, then: { approver: 'billing.after-sales-manager' } }]));
    const { differences, counts } = await simulated(traced([price(1)]), draft);
    expect(differences).toEqual([]);
    expect(counts.otherRule).toBe(1);
  });

  it('a column that nobody recorded leaves the decision to a person, and says so', async () => {
    const draft = draftWith('P001C', 'billing.price_approval.bands', (entry) => ({
      ...entry, inputs: { price: 'money', kind: 'word' }, value: [{ id: 'gift', if: { kind: '"gift"' }, then: { approver: 'billing.general-manager' } }],
    }) as PackEntry);
    const { differences, counts } = await simulated(traced([price(1)]), draft);
    expect(differences).toEqual([expect.objectContaining({ after: { rule: 'undetermined', outcome: 'undetermined: missing-input (kind)' } })]);
    expect(counts.undeterminedDecisions).toBe(1);
  });

  it('what a person decided where the table was silent changes only where the table now speaks', async () => {
    const gap = asked('billing.waiver.bands', { price: 600_000, cost: 100_000 });
    const appointed = { ...gap, inputs: { ...gap.inputs, appointed: true }, outcome: 'billing.general-manager' };
    const graded = { ...asked('quality.grade_criteria', {}), outcome: 'grade: A; treatment: none' };
    expect((await simulated(traced([appointed, graded]), unchanged)).differences).toEqual([]);
    const settled = draftOf({ ...shipped.company, settle: [{ table: 'billing.waiver.bands', row: 'P001C-29-gap', why: 'ours', then: { approver: 'billing.sales-vice-president' } }] }, shipped.packs);
    expect((await simulated(traced([appointed]), settled)).differences).toEqual([expect.objectContaining({ before: { rule: 'P001C-29-gap', outcome: 'billing.general-manager' }, after: { rule: 'P001C-29-gap', outcome: 'billing.sales-vice-president' } })]);
  });

  it('P001C-29 what a person answered is what the draft is held against: the same role is decided by rule now, another one is a difference, each once', async () => {
    const gap = asked('billing.waiver.bands', { price: 500_001, cost: 500_000 });
    const granted = { ...gap, inputs: { ...gap.inputs, appointed: true }, outcome: 'billing.general-manager' };
    const told = [
      { type: 'ApproverUndetermined', data: { kind: 'waiver' }, policy: gap }, { type: 'ApproverAppointed', data: { kind: 'waiver', approverRole: 'general-manager' } },
      { type: 'ServiceFeeWaived', data: {}, policy: granted },
    ] as const;
    const settling = (approver: string) => draftOf({ ...shipped.company, settle: [...shipped.company.settle.filter(({ row }) => row !== 'P001C-29-gap'), { table: 'billing.waiver.bands', row: 'P001C-29-gap', why: 'ours', then: { approver } }] }, shipped.packs);
    for (const upTo of [2, 3]) {
      expect(await simulated(inOneStream(...told.slice(0, upTo)), settling('billing.general-manager'))).toMatchObject({ differences: [], counts: { decisions: 1, decidedByRule: 1, undeterminedDecisions: 0 } });
      const other = await simulated(inOneStream(...told.slice(0, upTo)), settling('billing.sales-vice-president'));
      expect(other.differences).toEqual([expect.objectContaining({
        before: { rule: 'P001C-29-gap', outcome: 'billing.general-manager' }, after: { rule: 'P001C-29-gap', outcome: 'billing.sales-vice-president' },
        extraSigners: ['billing.sales-vice-president'], sparedSigners: ['billing.general-manager'],
      })]);
      expect(other.counts.decidedByRule).toBe(0);
      expect(await simulated(inOneStream(...told.slice(0, upTo)), unchanged)).toMatchObject({ differences: [], counts: { decidedByRule: 0, undeterminedDecisions: 0, undeterminedKept: 1 } });
    }
    // Nobody has answered yet: the draft would have, and nobody knows whose signature it will be.
    const waiting = await simulated(inOneStream(told[0]), settling('billing.general-manager'));
    expect(waiting.differences).toEqual([expect.objectContaining({ before: { rule: 'P001C-29-gap', outcome: 'undetermined: open-point' }, extraSigners: [], sparedSigners: [] })]);
  });

  it('an answer that could not be carried out is the same one under the same policy, whatever a person said instead', async () => {
    const unreadable = price(1);
    const told = inOneStream(
      { type: 'ApproverUndetermined', data: { kind: 'service-fee' }, policy: unreadable }, { type: 'ApproverAppointed', data: { kind: 'service-fee', approverRole: 'general-manager' } },
      { type: 'ServiceFeeApproved', data: {}, policy: { ...unreadable, inputs: { ...unreadable.inputs, appointed: true }, outcome: 'billing.general-manager' } },
    );
    expect(await simulated(told, unchanged)).toMatchObject({ differences: [], counts: { decidedByRule: 0 } });
  });

  it('a decision that rests on a setting is the same under the same values; under others it is counted as not replayable', async () => {
    const cited = { ...policySet().cite('callback.max_attempts'), inputs: { attempts: 3, maxAttempts: 3 }, outcome: 'abandoned' };
    const same = await simulated(traced([cited]), unchanged);
    expect(same.counts).toMatchObject({ decisions: 1, notReplayable: {} });
    const other = draftOf({ ...shipped.company, own: { 'callback.max_attempts': { kind: 'number', value: 9, unit: 'attempts', clause: '1', rows: [], source: 'stated' } } }, shipped.packs);
    const { differences, counts } = await simulated(traced([cited]), other);
    expect(differences).toEqual([]);
    expect(counts).toMatchObject({ decisions: 0, notReplayable: { 'callback.max_attempts': 1 } });
  });

  it('P001E-42 P002B-41 other points and ranges of proposals are other penalties; those that stay are the same', async () => {
    const points = { ...policySet().cite('performance.penalty_points.negligence'), inputs: { cause: 'negligence' }, outcome: `${policySet().setting('performance.penalty_points.negligence')} points` };
    const range = policySet().setting('performance.fine.negligence');
    const fine = { ...policySet().cite('performance.fine.negligence'), inputs: { loss: 1 }, outcome: `${range?.from}..${range?.to}` };
    const draft = draftOf({ ...shipped.company, own: { 'performance.penalty_points.negligence': { kind: 'number', value: 9, unit: 'points', clause: '1', rows: [], source: 'stated' } } }, shipped.packs);
    const { differences, counts } = await simulated(traced([points, fine]), draft);
    expect(differences).toEqual([expect.objectContaining({ effect: 'penalty', table: 'performance.penalty_points.negligence', before: { rule: 'P001E-42', outcome: points.outcome }, after: { rule: 'performance.penalty_points.negligence', outcome: '9 points' } })]);
    expect(counts).toMatchObject({ decisions: 2, notReplayable: {} });
    const off = draftOf({ ...shipped.company, off: [...shipped.company.off, { key: 'performance.fine.negligence', why: 'ours' }] }, shipped.packs);
    expect((await simulated(traced([points, fine]), off)).differences).toEqual([expect.objectContaining({ table: 'performance.fine.negligence', after: { rule: 'performance.fine.negligence', outcome: 'nothing is proposed' } })]);
  });

  it('a rule that no recorded adoption has is named as not replayable, never passed over', async () => {
    const { counts } = await simulated(traced([{ id: 'P999', version: '3', rule: 'P999-01', inputs: { a: 1 }, outcome: 'yes' }]), unchanged);
    expect(counts).toMatchObject({ decisions: 0, notReplayable: { 'P999 P999-01': 1 } });
  });
});
