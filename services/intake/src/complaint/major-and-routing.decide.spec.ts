import { COMPLAINT_SEVERITIES, complaintEvents, type ComplaintEvent, type ComplaintSeverity, type EventType } from 'aftercare/contracts';
import { cny, type DomainEvent, type Recorded } from 'aftercare/kernel';
import { policySet, type PolicySet } from 'aftercare/policy';
import { adoptedWith, CASE_ID, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import Value from 'typebox/value';
import type { ComplaintCommand } from './complaint.js';
import { complaint } from './complaint.decide.js';
import { complaintView, type ComplaintRow } from './complaint.view.js';

const AWARE = '2026-03-11T01:00:00.000Z';
const LEARNED = '2026-03-11T00:30:00.000Z';
const registered: ComplaintEvent = { type: 'ComplaintRegistered', data: {
  channel: 'hotline', occurredAt: null, awareAt: AWARE, subject: SUBJECT_ID, customerId: null, locality: 'local', firstContactOwner: 'u-9', source: null,
} };
const classifiedAs = (kind: 'service' | 'product-quality' | 'adverse-reaction'): ComplaintEvent => ({ type: 'ComplaintClassified', data: {
  class: kind, caseId: CASE_ID, round: 1, customerId: null, locality: 'local', subject: SUBJECT_ID, awareAt: AWARE, goods: null, reaction: null, complainedOf: null,
} });
const flag = (trigger: 'regulatory-inspection' | 'economic-loss' | 'public-exposure', loss?: number): ComplaintCommand =>
  ({ type: 'FlagMajor', trigger, learnedAt: LEARNED, ...(loss !== undefined && { loss: cny(loss) }) });
const determine = (major: boolean): ComplaintCommand => ({ type: 'DetermineMajor', major, reasoning: '经核实' });
const route = (urgency?: 'ordinary' | 'urgent'): ComplaintCommand => ({ type: 'RouteCase', ...(urgency && { urgency }) });
const decideRouting: ComplaintCommand = { type: 'DecideRouting', to: 'sales.head', reasoning: '大客户' };

function after(start: readonly ComplaintEvent[], ...commands: readonly ComplaintCommand[]): ComplaintEvent[] {
  const history = [...start];
  for (const command of commands) {
    const then = given(complaint, ...history).when(command);
    if (then.refused) throw new Error(`${command.type}: ${then.refused}`);
    history.push(...then.events as ComplaintEvent[]);
  }
  return history;
}
const asContracted = (events: readonly DomainEvent[]) => events.every(({ type, data }) => Value.Check((complaintEvents as Record<string, EventType>)[type]!.data, data));
const rowAfter = (...events: readonly ComplaintEvent[]): ComplaintRow | null => events.reduce<ComplaintRow | null>((row, event, version) =>
  complaintView.fold(row, { ...event, id: `e-${version}`, stream: `complaint-${CASE_ID}`, version, recordedAt: NOW, personal: null } as unknown as Recorded<ComplaintEvent>), null);

describe('what is a major complaint', () => {
  it.each([
    [flag('regulatory-inspection'), 'P001E-49-inspection'], [flag('public-exposure'), 'P001E-49-exposure'], [flag('economic-loss', 500_000), 'P001E-49-loss-exactly'], [flag('economic-loss', 500_001), 'P001E-49-loss'],
  ])('P001E-49 is flagged by the row of the table that says so: %j', (command, rule) => {
    const then = given(complaint, registered).when(command);
    expect(then.types).toEqual(['ComplaintFlaggedMajor']);
    expect(then.events[0]?.policy).toMatchObject({ id: 'P001E', version: '1', rule });
  });

  /** What follows from every word that a company may write into the table; a new one has to say it here. */
  const FOLLOWS: Readonly<Record<ComplaintSeverity, string>> = { major: 'ComplaintFlaggedMajor', ordinary: 'below-major-threshold' };
  it.each(COMPLAINT_SEVERITIES)('P001E-49 the answer %s is understood', (severity) => {
    const policy: PolicySet = { ...policySet(), decide: () => ({ determined: true, then: { severity }, trace: { id: 'own', version: '1', rule: 'own-1', inputs: {}, outcome: severity } }) };
    const then = given(complaint, registered).when(flag('public-exposure'), { policy });
    expect(then.refused ?? then.types.join()).toBe(FOLLOWS[severity]);
  });

  it('P001E-49 a loss of 4999.99 yuan is not major', () => {
    const then = given(complaint, registered).when(flag('economic-loss', 499_999));
    expect(then).toMatchObject({ refused: 'below-major-threshold', rule: 'P001E-49', field: 'loss' });
  });

  it('P001E-49 a loss that nobody knows is neither: a person decides, and the limits count from when it was learned of', () => {
    const open = given(complaint, registered).when(flag('economic-loss'));
    expect(open.types).toEqual(['MajorComplaintUndetermined']);
    expect(open.events[0]).toMatchObject({
      data: { trigger: 'economic-loss', loss: null, learnedAt: LEARNED, why: 'missing-input' },
      policy: { id: 'P001E', rule: 'undetermined', inputs: { regulatoryInspection: false, publicExposure: false, loss: null }, outcome: 'undetermined: missing-input (loss)' },
    });
    expect(open.deadlines).toEqual([]);
    const waiting = given(complaint, ...after([registered], flag('economic-loss')));
    const yes = waiting.when(determine(true));
    expect(yes.events).toMatchObject([
      { type: 'MajorComplaintDetermined', data: { major: true, by: 'person' }, personal: { subject: SUBJECT_ID, fields: { reasoning: '经核实' } }, policy: { outcome: 'major' } },
      { type: 'ComplaintFlaggedMajor', data: { trigger: 'economic-loss', loss: null, learnedAt: LEARNED } },
    ]);
    expect(yes.state.clocks['P001E/complaint.major.report']).toMatchObject({ dueAt: '2026-03-11T04:30:00.000Z' });
    const no = waiting.when(determine(false));
    expect(no.types).toEqual(['MajorComplaintDetermined']);
    expect(no.state.own).toMatchObject({ major: 'no', majorOpen: null });
    expect(asContracted([...open.events, ...yes.events, ...no.events])).toBe(true);
  });

  it('the amount, once it is known, answers what was open', () => {
    const waiting = given(complaint, ...after([registered], flag('economic-loss')));
    expect(waiting.when(flag('economic-loss', 499_999)).events).toMatchObject([{ type: 'MajorComplaintDetermined', data: { major: false, by: 'table' } }]);
    expect(waiting.when(flag('economic-loss', 500_000))).toMatchObject({ types: ['ComplaintFlaggedMajor'], state: { own: { major: 'flagged', majorOpen: null } } });
  });

  it('nobody determines what was not asked, and what is major already is not asked again', () => {
    expect(given(complaint, registered).when(determine(true))).toMatchObject({ refused: 'wrong-stage' });
    expect(given(complaint, ...after([registered], flag('public-exposure'))).when(flag('economic-loss')).types).toEqual([]);
  });

  it('without a rule nothing is ordinary: a person decides', async () => {
    const policy = await adoptedWith(({ precedence }) => ({ precedence: precedence.filter(({ pack }) => pack !== 'P001E') }));
    const then = given(complaint, registered).when(flag('economic-loss', 1), { policy });
    expect(then.events).toMatchObject([{ type: 'MajorComplaintUndetermined', data: { why: 'not-adopted' } }]);
  });

  it('P001E-49 what a person determined says for which matter, its amount included, where the table was silent', async () => {
    const policy = await adoptedWith(({ precedence }) => ({ precedence: precedence.filter(({ pack }) => pack !== 'P001E') }));
    const open = given(complaint, registered).when(flag('economic-loss', 123), { policy }).events as ComplaintEvent[];
    const inputs = { regulatoryInspection: false, publicExposure: false, loss: 123 };
    expect(given(complaint, registered, ...open).when(determine(true), { policy }).events.map((event) => event.policy)).toMatchObject([{ inputs, outcome: 'major' }, { inputs, outcome: 'major' }]);
  });
});

describe('whom a complaint is reported to', () => {
  it.each([
    ['service', 'ordinary', 'P003-33-service', ['intake.head']], ['product-quality', 'urgent', 'P003-33-quality-urgent', ['quality.head', 'sales.marketing-director']],
    ['adverse-reaction', undefined, 'P003-33-reaction', ['quality.technical']],
  ] as const)('P003-33 %s, %s', (kind, urgency, rule, to) => {
    const then = given(complaint, registered, classifiedAs(kind)).when(route(urgency));
    expect(then.events).toMatchObject([{ type: 'CaseRouted', data: { class: kind, urgency: urgency ?? null, to, by: 'table' }, policy: { id: 'P003', rule } }]);
    expect(asContracted(then.events)).toBe(true);
  });

  it('P003-33 an unknown urgency sends it nowhere by itself: a person names the role', () => {
    const history = [registered, classifiedAs('service')];
    const open = given(complaint, ...history).when(route());
    expect(open.events).toMatchObject([{ type: 'RoutingUndetermined', data: { class: 'service', urgency: null, why: 'missing-input' } }]);
    const decided = given(complaint, ...after(history, route())).when(decideRouting);
    expect(decided.events).toMatchObject([{
      type: 'CaseRouted', data: { to: ['sales.head'], by: 'person' }, personal: { fields: { reasoning: '大客户' } }, policy: { rule: 'undetermined', outcome: 'sales.head' },
    }]);
    expect(decided.state.own).toMatchObject({ routingOpen: null });
    expect(asContracted([...open.events, ...decided.events])).toBe(true);
  });

  it.each<[string, ReturnType<PolicySet['decide']>, string]>([
    ['switched off', { determined: false, why: 'not-adopted', trace: { id: 'own', version: '1', rule: 'complaint.routing', inputs: {}, outcome: 'undetermined: not-adopted' } }, 'not-adopted'],
    ['answering without a role', { determined: true, then: {}, trace: { id: 'own', version: '1', rule: 'own-1', inputs: {}, outcome: '' } }, 'no-match'],
  ])('P003-33 with the table %s a person routes this class and urgency', (_, outcome, why) => {
    const policy: PolicySet = { ...policySet(), decide: (_key, inputs) => ({ ...outcome, trace: { ...outcome.trace, inputs: inputs as typeof outcome.trace.inputs } }) };
    const of = { class: 'product-quality', urgency: 'urgent' };
    const history = [registered, classifiedAs('product-quality')];
    const open = given(complaint, ...history).when(route('urgent'), { policy });
    expect(open.events).toMatchObject([{ type: 'RoutingUndetermined', data: { ...of, why } }]);
    const decided = given(complaint, ...history, ...open.events as ComplaintEvent[]).when(decideRouting, { policy });
    expect(decided.events).toMatchObject([{ type: 'CaseRouted', data: { ...of, to: ['sales.head'], by: 'person' }, policy: { inputs: of, outcome: 'sales.head' } }]);
  });

  it('a case without a class has no subject to route by, and nobody decides what was not asked', () => {
    expect(given(complaint, registered).when(route('urgent'))).toMatchObject({ refused: 'wrong-stage' });
    expect(given(complaint, registered, classifiedAs('service')).when(decideRouting)).toMatchObject({ refused: 'wrong-stage' });
  });
});

describe('the complaint register', () => {
  it('shows what waits for a person until somebody has decided it', () => {
    const both = after([registered, classifiedAs('service')], flag('economic-loss'), route());
    expect(rowAfter(...both)?.undetermined).toBe('major routing');
    expect(rowAfter(...after(both, determine(true)))).toMatchObject({ undetermined: 'routing', major: 1 });
    expect(rowAfter(...after(both, determine(false), decideRouting))).toMatchObject({ undetermined: null, major: 0, routedTo: 'sales.head' });
  });
});
