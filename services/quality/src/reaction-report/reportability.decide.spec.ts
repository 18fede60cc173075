import type { ReactionReportEvent } from 'aftercare/contracts';
import { adoptedWith, CASE_ID, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import type { ReactionReportCommand } from './reaction-report.js';
import { reactionReport } from './reaction-report.decide.js';

const AWARE = '2026-03-01T06:00:00.000Z';
const registered: ReactionReportEvent = { type: 'AdverseReactionRegistered', data: {
  caseId: CASE_ID, round: 1, customerId: null, goods: null, awareAt: AWARE, takenOn: null, notKnown: [], subject: SUBJECT_ID,
} };
type Assess = Extract<ReactionReportCommand, { type: 'AssessReaction' }>;
const assess = (more: Partial<Assess>): Assess => ({ type: 'AssessReaction', seriousness: 'serious', reasoning: '住院', ...more });
const determine = (duty: 'death' | 'serious' | 'other' | 'none', productKind: 'drug' | 'device' = 'drug'): ReactionReportCommand =>
  ({ type: 'DetermineReportability', duty, productKind, reasoning: '经讨论' });
const file: ReactionReportCommand = { type: 'FileReactionReport', filedAt: NOW, reference: 'ADR-2026-1' };

/** All that is recorded, deadlines included, in the order of the commands. */
function after(...commands: readonly ReactionReportCommand[]): ReactionReportEvent[] {
  const history: ReactionReportEvent[] = [registered];
  for (const command of commands) {
    const then = given(reactionReport, ...history).when(command);
    if (then.refused) throw new Error(`${command.type}: ${then.refused}`);
    history.push(...[...then.events, ...then.deadlines] as ReactionReportEvent[]);
  }
  return history;
}
const clocksOf = (events: readonly ReactionReportEvent[]) => Object.entries(given(reactionReport, ...events).state.clocks).map(([name, { dueAt }]) => [name, dueAt]);

describe('whether a reaction has to be reported', () => {
  it.each([
    ['death', undefined, 'death', [['CN-ADR-2011/adr.report.death', '2026-03-01T16:00:00.000Z']]],
    ['serious', undefined, 'serious', [['CN-ADR-2011/adr.report.serious', '2026-03-16T06:00:00.000Z']]],
    ['non-serious', 'new', 'serious', [['CN-ADR-2011/adr.report.serious', '2026-03-16T06:00:00.000Z']]],
    ['non-serious', 'known', 'other', [['CN-ADR-2011/adr.report.other', '2026-03-31T06:00:00.000Z']]],
  ] as const)('a %s reaction to a drug, %s, has the duty "%s": ten days after awareness what is left of the limit is left', (seriousness, expectedness, duty, clocks) => {
    const command = assess({ seriousness, productKind: 'drug', ...(expectedness && { expectedness }) });
    const then = given(reactionReport, registered).when(command);
    expect(then.types).toEqual(['AdverseReactionAssessed', 'ReportabilityDetermined']);
    expect(then.events[1]).toMatchObject({
      data: { duty, by: 'table', productKind: 'drug', countsFrom: AWARE },
      policy: { id: 'CN-ADR-2011', version: '1', inputs: { seriousness, expectedness: expectedness ?? null }, outcome: duty },
    });
    expect(clocksOf(after(command))).toEqual(clocks);
  });

  it.each([
    [{ seriousness: 'undetermined', productKind: 'drug' }, 'no-match'],
    [{ seriousness: 'non-serious', productKind: 'drug' }, 'missing-input'],
    [{ seriousness: 'non-serious', productKind: 'drug', expectedness: 'undetermined' }, 'open-point'],
    [{ seriousness: 'serious' }, 'missing-input'],
    [{ seriousness: 'serious', productKind: 'device' }, 'not-adopted'],
  ] as const)('%j is no "nothing to report": it is undetermined (%s), and a person decides', (facts, why) => {
    const then = given(reactionReport, registered).when(assess(facts));
    expect(then.types).toEqual(['AdverseReactionAssessed', 'ReportabilityUndetermined']);
    expect(then.events[1]).toMatchObject({ data: { caseId: CASE_ID, round: 1, productKind: 'productKind' in facts ? facts.productKind : null, why } });
    expect(then.events[1]?.policy?.outcome).toMatch(/^undetermined: /);
    expect(then.deadlines).toEqual([]);
    const kind = 'productKind' in facts ? facts.productKind : 'drug';
    const decided = given(reactionReport, ...after(assess(facts))).when(determine('serious', kind));
    expect(decided.events).toEqual([expect.objectContaining({
      type: 'ReportabilityDetermined', personal: { subject: SUBJECT_ID, fields: { reasoning: '经讨论' } },
      data: { caseId: CASE_ID, round: 1, productKind: kind, duty: 'serious', by: why === 'missing-input' && !('productKind' in facts) ? 'table' : 'person', countsFrom: AWARE },
    })]);
    expect(decided.events[0]?.policy).toMatchObject({ outcome: 'serious' });
  });

  it('a person who names the product cannot talk away the duty that the law has for it', () => {
    const open = given(reactionReport, ...after(assess({})));
    expect(open.when(determine('none'))).toMatchObject({ refused: 'the-law-says-otherwise', rule: 'serious', field: 'duty' });
    const device = given(reactionReport, ...after(assess({ productKind: 'device' })));
    expect(device.when(determine('none', 'drug'))).toMatchObject({ refused: 'other-product-kind', field: 'productKind' });
    expect(device.when(determine('none', 'device')).types).toEqual(['ReportabilityDetermined']);
  });

  it('nobody determines what a table has said or what nobody has assessed', () => {
    expect(given(reactionReport, registered).when(determine('none'))).toMatchObject({ refused: 'not-assessed' });
    expect(given(reactionReport, ...after(assess({ productKind: 'drug' }))).when(determine('none'))).toMatchObject({ refused: 'already-determined' });
  });

  it('what a person decided stands until the assessment changes, and the limit runs on while it is open again', () => {
    const decided = after(assess({ seriousness: 'undetermined', productKind: 'drug' }), determine('serious'));
    expect(given(reactionReport, ...decided).when(assess({ seriousness: 'undetermined' })).types).toEqual(['AdverseReactionAssessed']);
    const again = given(reactionReport, ...decided).when(assess({ seriousness: 'undetermined', expectedness: 'new' }));
    expect(again.types).toEqual(['AdverseReactionAssessed', 'ReportabilityUndetermined']);
    expect(again.state.clocks['CN-ADR-2011/adr.report.serious']).toMatchObject({ dueAt: '2026-03-16T06:00:00.000Z' });
  });

  it('another duty takes the place of the one before, the same one changes nothing', () => {
    const serious = after(assess({ productKind: 'drug' }));
    expect(given(reactionReport, ...serious).when(assess({})).types).toEqual(['AdverseReactionAssessed']);
    const worse = after(assess({ productKind: 'drug' }), assess({ seriousness: 'death' }));
    expect(clocksOf(worse)).toEqual([['CN-ADR-2011/adr.report.death', '2026-03-01T16:00:00.000Z']]);
  });

  it('a death told of on the day can be reported in time: at once is until the end of that day', () => {
    const told = given(reactionReport, registered).when(assess({ seriousness: 'death', productKind: 'drug' }), { now: '2026-03-01T06:30:00.000Z' });
    expect(told.deadlines.map(({ type }) => type)).toEqual(['DeadlinesSet']);
    const reported = (now: string) => given(reactionReport, registered, ...[...told.events, ...told.deadlines] as ReactionReportEvent[])
      .when({ ...file, filedAt: now } as ReactionReportCommand, { now }).deadlines.find(({ type }) => type === 'DeadlinesMet');
    expect(reported('2026-03-01T15:59:00.000Z')).toMatchObject({ data: { clocks: [{ late: false }] } });
    expect(reported('2026-03-01T16:01:00.000Z')).toMatchObject({ data: { clocks: [{ late: true }] } });
  });

  it('a report handed in in time and entered a day later is in time: the law asks when it was handed in', () => {
    const told = given(reactionReport, registered).when(assess({ seriousness: 'death', productKind: 'drug' }), { now: '2026-03-01T06:30:00.000Z' });
    const entered = (filedAt: string) => given(reactionReport, registered, ...[...told.events, ...told.deadlines] as ReactionReportEvent[])
      .when({ ...file, filedAt } as ReactionReportCommand, { now: '2026-03-02T09:00:00.000Z' }).deadlines;
    expect(entered('2026-03-01T15:59:00.000Z')).toMatchObject([{ type: 'DeadlinesMet', data: { clocks: [{ late: false, doneAt: '2026-03-01T15:59:00.000Z' }] } }]);
    expect(entered('2026-03-01T16:01:00.000Z')).toMatchObject([{ type: 'DeadlineBreached' }, { type: 'DeadlinesMet', data: { clocks: [{ late: true }] } }]);
  });

  it('a report that is handed in meets the limit, and what is learned later has a limit of its own', () => {
    const open = given(reactionReport, registered);
    expect(open.when(file)).toMatchObject({ refused: 'reportability-open' });
    const known = after(assess({ productKind: 'drug' }));
    expect(given(reactionReport, ...known).when({ ...file, filedAt: '2026-03-11T06:00:00.001Z' } as ReactionReportCommand)).toMatchObject({ refused: 'in-the-future', field: 'filedAt' });
    const filed = given(reactionReport, ...known).when(file);
    expect(filed.deadlines).toMatchObject([{ type: 'DeadlinesMet', data: { clocks: [{ clock: 'CN-ADR-2011/adr.report.serious', late: false }] } }]);
    const worse = after(assess({ seriousness: 'non-serious', expectedness: 'known', productKind: 'drug' }), file, assess({ seriousness: 'serious' }));
    expect(worse.find((event) => event.type === 'ReportabilityDetermined' && event.data.duty === 'serious')?.data).toMatchObject({ countsFrom: NOW });
    expect(clocksOf(worse)).toEqual([['CN-ADR-2011/adr.report.serious', '2026-03-26T06:00:00.000Z']]);
  });

  it('a later round does not set the limits of the law back, an earlier awareness brings them forward', () => {
    const restated = (awareAt: string): ReactionReportEvent => ({ type: 'AdverseReactionRestated', data: {
      caseId: CASE_ID, round: 2, customerId: null, goods: null, awareAt, takenOn: null, notKnown: [],
    } });
    const from = (awareAt: string) => given(reactionReport, registered, restated(awareAt)).when(assess({ productKind: 'drug' })).events[1]?.data;
    expect(from(NOW)).toMatchObject({ countsFrom: AWARE });
    expect(from('2026-02-20T06:00:00.000Z')).toMatchObject({ countsFrom: '2026-02-20T06:00:00.000Z' });
  });

  it('a device has its own ladder once its law is adopted', async () => {
    const law = { pack: 'CN-DEVICE-EVENT-2019', version: 1 };
    const policy = await adoptedWith(({ precedence }) => ({ off: [], precedence: [...precedence, law] }));
    const then = given(reactionReport, registered).when(assess({ productKind: 'device', seriousness: 'possibly-serious' }), { policy });
    expect(then.events[1]).toMatchObject({ data: { duty: 'serious', productKind: 'device' }, policy: { id: 'CN-DEVICE-EVENT-2019', rule: 'serious-or-possible' } });
    expect(Object.entries(then.state.clocks).map(([name, { dueAt }]) => [name, dueAt])).toEqual([['CN-DEVICE-EVENT-2019/device_event.report.serious', '2026-03-21T06:00:00.000Z']]);
  });

  it('found anew by a person after a report went out, counts from then: the report was in time for what was known', () => {
    const history = after(assess({ productKind: 'drug' }), file, assess({ seriousness: 'undetermined' }), determine('death'));
    expect(history.findLast(({ type }) => type === 'ReportabilityDetermined')).toMatchObject({ data: { duty: 'death', by: 'person', countsFrom: NOW } });
  });
});
