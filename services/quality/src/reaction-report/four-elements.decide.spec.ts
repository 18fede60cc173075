import type { Goods, ReactionReportEvent } from 'aftercare/contracts';
import { adoptedWith, CASE_ID, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import { minimumCriteria, type ReactionReportCommand } from './reaction-report.js';
import { reactionReport } from './reaction-report.decide.js';

/** Ten days before NOW. */
const AWARE = '2026-03-01T06:00:00.000Z';
const GOODS: Goods = {
  productCode: 'DR-1', productName: '某片', model: null, lot: 'L-1', manufacturedOn: null, arrivedOn: null, expiresOn: null, quantity: 1, notKnown: [],
};
type Register = Extract<ReactionReportCommand, { type: 'RegisterReaction' }>;
const register = (more: Partial<Register> = {}): Register => ({
  type: 'RegisterReaction', round: 1, customerId: null, goods: GOODS, awareAt: AWARE, takenOn: null, notKnown: [], subject: SUBJECT_ID,
  description: '服药后头晕', reactionTerm: null, quantityTaken: null, concomitantDrugs: null, ...more,
});
const serious: ReactionReportCommand = { type: 'AssessReaction', seriousness: 'serious', productKind: 'drug', reasoning: '住院' };
const file: ReactionReportCommand = { type: 'FileReactionReport', filedAt: NOW, reference: 'ADR-2026-1' };
const GVP = 'CN-GVP-2021/adr.report.serious';

const policy = await adoptedWith(({ precedence }) => ({ precedence: [...precedence, { pack: 'CN-GVP-2021', version: 1 }] }));

function after(...steps: readonly (readonly [command: ReactionReportCommand, now?: string])[]) {
  const history: ReactionReportEvent[] = [];
  for (const [command, now = NOW] of steps) {
    const then = given(reactionReport, ...history).when(command, { policy, now });
    if (then.refused) throw new Error(`${command.type}: ${then.refused}`);
    history.push(...[...then.events, ...then.deadlines] as ReactionReportEvent[]);
  }
  const { own, clocks } = given(reactionReport, ...history).state;
  return {
    criteria: own.stage === 'new' ? null : minimumCriteria(own), clocks: Object.fromEntries(Object.entries(clocks).map(([name, { dueAt }]) => [name, dueAt])),
    elements: history.flatMap((event) => (event.type === 'MinimumElementsNoted' ? [event.data] : [])),
  };
}

describe('the four minimum elements of pharmacovigilance', () => {
  it('known at awareness, they leave five of fifteen days to a report that is entered ten days later', () => {
    const { criteria, clocks, elements } = after([register()], [serious]);
    expect(elements).toEqual([{ caseId: CASE_ID, round: 1, missing: [], completeAt: AWARE }]);
    expect(criteria).toBe('met');
    expect(clocks[GVP]).toBe('2026-03-16T06:00:00.000Z');
    expect((Date.parse(clocks[GVP] ?? '') - Date.parse(NOW)) / 86_400_000).toBe(5);
  });

  it.each([
    ['product', { goods: null }], ['product', { goods: { ...GOODS, notKnown: ['productName'] } }], ['product', { notKnown: ['productName'] }],
    ['product', { goods: { ...GOODS, productName: null, productCode: null } }],
    ['reaction', { description: null }], ['patient', { notKnown: ['patient'] }], ['reporter', { notKnown: ['reporter'] }],
  ] as const)('without the %s the report waits for it, and says so; the law that does not ask for it runs on', (missing, more) => {
    const { criteria, clocks, elements } = after([register(more as Partial<Register>)], [serious]);
    expect(criteria).toBe('missing');
    expect(elements).toEqual([{ caseId: CASE_ID, round: 1, missing: [missing], completeAt: null }]);
    expect(clocks).toEqual({ 'CN-ADR-2011/adr.report.serious': '2026-03-16T06:00:00.000Z' });
  });

  it('day 0 is the day that completed them, whether the duty was known before or is found after', () => {
    const completed = '2026-03-12T06:00:00.000Z';
    const both = { 'CN-ADR-2011/adr.report.serious': '2026-03-16T06:00:00.000Z', [GVP]: '2026-03-27T06:00:00.000Z' };
    expect(after([register({ goods: null })], [serious], [register(), completed]).clocks).toEqual(both);
    expect(after([register({ goods: null })], [register(), completed], [serious, completed]).clocks).toEqual(both);
  });

  it('come one after the other, are not forgotten, and are noted when they change', () => {
    const { criteria, elements } = after([register({ goods: null, description: null })], [register({ goods: null, description: null })], [register({ description: null })], [register({ goods: null })], [register({ goods: null, description: null })]);
    expect(elements.map(({ missing }) => missing)).toEqual([['product', 'reaction'], ['reaction'], []]);
    expect(criteria).toBe('met');
  });

  it('do not open the limit of a report that was handed in', () => {
    expect(after([register({ goods: null })], [serious], [file], [register()]).clocks).toEqual({});
  });

  it('an earlier awareness brings their day forward too', () => {
    expect(after([register()], [register({ awareAt: '2026-02-27T06:00:00.000Z' })], [serious]).clocks[GVP]).toBe('2026-03-14T06:00:00.000Z');
  });

  it('a word that intake took before it had a list is carried as it was recorded', () => {
    const told = given(reactionReport).when(register({ notKnown: ['pateint'] }), { policy });
    expect(told.events[0]?.data).toMatchObject({ notKnown: ['pateint'] });
  });

  it('are not known of a report from before they were asked for: no clock starts on a guess', () => {
    const old: ReactionReportEvent = { type: 'AdverseReactionRegistered', data: {
      caseId: CASE_ID, round: 1, customerId: null, goods: GOODS, awareAt: AWARE, takenOn: null, notKnown: [], subject: SUBJECT_ID,
    } };
    const { state } = given(reactionReport, old).when(serious, { policy });
    expect(Object.keys(state.clocks)).toEqual(['CN-ADR-2011/adr.report.serious']);
    expect(state.own.stage !== 'new' && minimumCriteria(state.own)).toBeNull();
    const restated = given(reactionReport, old).when(register({ awareAt: NOW }), { policy });
    expect(restated.events.at(-1)).toMatchObject({ data: { missing: [], completeAt: AWARE } });
  });
});
