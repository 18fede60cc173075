import { policySet } from 'aftercare/policy';
import type { DeadlineEvent, ReactionReportEvent } from 'aftercare/contracts';
import { CASE_ID, everyPair, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import type { ReactionReportCommand } from './reaction-report.js';
import { reactionReport } from './reaction-report.decide.js';

const REPORTED = { round: 1, customerId: 'c-1', goods: null, awareAt: NOW, takenOn: '2026-03-10', notKnown: ['concomitantDrugs'] };

const registered: ReactionReportEvent = { type: 'AdverseReactionRegistered', data: { ...REPORTED, caseId: CASE_ID, subject: SUBJECT_ID } };
const transferred: ReactionReportEvent = { type: 'AdverseReactionTransferred', data: { to: 'u-t' } };
const answered: ReactionReportEvent = { type: 'AdverseReactionAnswered', data: { caseId: CASE_ID, round: 1 } };
const reopened: ReactionReportEvent = { type: 'AdverseReactionReopened', data: { caseId: CASE_ID, round: 2 } };

const register: ReactionReportCommand = {
  type: 'RegisterReaction', ...REPORTED, subject: SUBJECT_ID, description: '服药后头晕', reactionTerm: '头晕', quantityTaken: '2片', concomitantDrugs: null,
};
const transfer = (to: string): ReactionReportCommand => ({ type: 'TransferToTechnical', to });
const assess: ReactionReportCommand = { type: 'AssessReaction', seriousness: 'serious', reasoning: '住院' };
const answer: ReactionReportCommand = { type: 'AnswerReaction', reply: '请停药' };
const reopen = (round: number): ReactionReportCommand => ({ type: 'ReopenReaction', round, why: null });

describe('a reaction report', () => {
  it('P003-28 is registered with what was taken, felt and not known; health data is sealed', () => {
    const then = given(reactionReport).when(register);
    expect(then).toMatchObject({ types: ['AdverseReactionRegistered', 'MinimumElementsNoted'], stage: 'registered' });
    expect(then.events[0]?.data).toMatchObject({ caseId: CASE_ID, takenOn: '2026-03-10', notKnown: ['concomitantDrugs'], subject: SUBJECT_ID });
    expect(then.events[0]?.personal).toEqual({ subject: SUBJECT_ID, fields: { description: '服药后头晕', reactionTerm: '头晕', quantityTaken: '2片' } });
    expect(JSON.stringify(then.events[0]?.data)).not.toMatch(/头晕|2片/);
  });

  it('classified a second time, it keeps its place and takes the new particulars', () => {
    const then = given(reactionReport, registered, transferred).when(register);
    expect(then).toMatchObject({ types: ['AdverseReactionRestated', 'MinimumElementsNoted'], stage: 'transferred' });
  });

  it('P003-31 P000-36 classified again in a later round, it is open again for the technical department', () => {
    const later = { ...register, round: 2 } as ReactionReportCommand;
    for (const before of [[registered, transferred, answered], [registered, transferred], [registered]]) {
      const then = given(reactionReport, ...before).when(later);
      expect(then).toMatchObject({ types: ['AdverseReactionReopened', 'AdverseReactionRestated', 'MinimumElementsNoted'], stage: 'registered' });
      expect(then.state.own).toMatchObject({ round: 2 });
      expect(given(reactionReport, ...before, ...(then.events as ReactionReportEvent[]), transferred).when(answer).events[0]?.data).toMatchObject({ round: 2 });
    }
    expect(given(reactionReport, registered, transferred, answered).when(register)).toMatchObject({ types: ['AdverseReactionRestated', 'MinimumElementsNoted'], stage: 'answered' });
    expect(given(reactionReport, registered, transferred, answered, reopened).when(later).types).toEqual(['AdverseReactionRestated', 'MinimumElementsNoted']);
  });

  it('P003-31 the technical reply is due one working day after the transfer, over a weekend on Monday', () => {
    const due = (now: string): unknown => {
      const set = given(reactionReport, registered).when(transfer('u-t'), { now }).deadlines.find((d: DeadlineEvent) => d.type === 'DeadlinesSet');
      return set?.type === 'DeadlinesSet' ? set.data.clocks.map(({ clock, dueAt }) => [clock, dueAt]) : null;
    };
    expect(due(NOW)).toEqual([['P003/adr.technical_reply', '2026-03-12T06:00:00.000Z']]);
    expect(due('2026-03-13T06:00:00.000Z')).toEqual([['P003/adr.technical_reply', '2026-03-16T06:00:00.000Z']]);
  });

  it('P003-31 the reply ends the clock, handing the report on does not', () => {
    const first = given(reactionReport, registered).when(transfer('u-t'));
    const next = (command: ReactionReportCommand) => reactionReport.decider.decide(command, first.state, {
      id: CASE_ID, freshId: 'f', now: '2026-03-11T08:00:00.000Z', actor: { id: 'u', role: 'r' },
      policy: policySet(),
    });
    expect(next(answer)).toEqual([
      expect.objectContaining({ type: 'AdverseReactionAnswered' }),
      expect.objectContaining({ type: 'DeadlinesMet', data: { clocks: [{ clock: 'P003/adr.technical_reply', dueAt: '2026-03-12T06:00:00.000Z', late: false, doneAt: null }] } }),
    ]);
    expect(next(transfer('u-x'))).toEqual([expect.objectContaining({ type: 'AdverseReactionTransferred' })]);
  });

  it('P003-30 P003-31 is passed on before it is answered, and answered once a round', () => {
    expect(given(reactionReport, registered).when(answer)).toMatchObject({ refused: 'not-transferred', rule: 'P003-31' });
    expect(given(reactionReport, registered, transferred).when(answer).events[0]).toMatchObject({
      data: { caseId: CASE_ID, round: 1 }, personal: { subject: SUBJECT_ID, fields: { reply: '请停药' } },
    });
    expect(given(reactionReport, registered, transferred, answered).when(answer)).toMatchObject({ refused: 'already-answered', rule: 'P003-31' });
    expect(given(reactionReport, registered, transferred).when(transfer('u-t'))).toMatchObject({ refused: 'already-transferred', rule: 'P003-30', field: 'to' });
    expect(given(reactionReport, registered, transferred).when(transfer('u-x')).state.own).toMatchObject({ to: 'u-x' });
  });

  it('is assessed in every stage, and the assessment outlives the round', () => {
    const serious: ReactionReportEvent = { type: 'AdverseReactionAssessed', data: { seriousness: 'serious', expectedness: null, productKind: null } };
    expect(given(reactionReport, registered, transferred, answered).when(assess)).toMatchObject({ stage: 'answered', refused: null });
    expect(given(reactionReport, registered, serious, transferred, answered, reopened).state.own).toMatchObject({ round: 2, assessment: { seriousness: 'serious' } });
  });

  it('P000-36 a later round is answered anew and taken up once', () => {
    const told = [registered, transferred, answered];
    expect(given(reactionReport, ...told).when(reopen(2))).toMatchObject({ types: ['AdverseReactionReopened'], stage: 'registered' });
    expect(given(reactionReport, ...told).when(reopen(1)).types).toEqual([]);
    expect(given(reactionReport, ...told, reopened).when(reopen(2)).types).toEqual([]);
    expect(given(reactionReport, ...told, reopened, transferred).when(answer).events[0]?.data).toMatchObject({ round: 2 });
  });

  it('knows an answer to every command in every stage', () => {
    expect(everyPair(reactionReport, {
      new: [], registered: [registered], transferred: [registered, transferred], answered: [registered, transferred, answered],
    }, [register, transfer('u-x'), assess, answer, reopen(2)])).toMatchSnapshot();
  });
});
