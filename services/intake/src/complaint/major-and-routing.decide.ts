import type { ComplaintEvent, DecideRouting, DetermineMajor, FlagMajor, RouteCase } from 'aftercare/contracts';
import { type Decision, type DecisionContext, nothingToDetermine, words, wrongStage } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import type { ComplaintState, OpenComplaint } from './complaint.js';
import { isMajor, itIsNoMajorComplaint, theTableSaysWhetherItIsMajor } from './rules/what-is-major-stands-in-a-table.js';
import { noTimeLiesInTheFuture } from './rules/no-time-lies-in-the-future.js';

/** Two questions that tables of the policy answer, and a person where they do not: is it major, and who hears of it? */
type Context = DecisionContext<PolicySet>;
type Answer = Decision<ComplaintEvent>;
/** Absent and null are the same: nobody said it. */
type NotSaid<C> = { readonly [K in keyof C]: C[K] | null };
type Classified = Extract<ComplaintState, { readonly class: unknown; readonly goods: unknown }>;

/** Flagged again after the report, the matter would count as unreported once more. */
export function flagMajor(command: FlagMajor, state: OpenComplaint, context: Context): Answer {
  if (state.major === 'reported') return wrongStage('FlagMajor', { zh: '重大投诉已上报', en: 'major: reported' });
  const { trigger, learnedAt } = command;
  const inTheFuture = noTimeLiesInTheFuture(learnedAt, 'learnedAt', { zh: '获知重大情况的时间', en: 'learning of it' }, context.now);
  if (inTheFuture) return inTheFuture;
  const loss = command.loss ? { ...command.loss } : null;
  const said = theTableSaysWhetherItIsMajor({ trigger, loss }, context.policy);
  if (!said.determined) {
    // What is major already stays it; there is nothing left to ask a person.
    return state.major === 'flagged' ? []
      : [{ type: 'MajorComplaintUndetermined', data: { trigger, loss, learnedAt, why: said.why }, policy: said.trace }];
  }
  if (isMajor(said)) return [{ type: 'ComplaintFlaggedMajor', data: { trigger, loss, learnedAt }, policy: said.trace }];
  if (!state.majorOpen) return itIsNoMajorComplaint({ trigger, loss }, said);
  return [{ type: 'MajorComplaintDetermined', data: { major: false, by: 'table', trigger, loss }, policy: said.trace }];
}

/** The limits count from when the matter was learned of, not from when somebody found it to be major. */
export function determineMajor({ major, reasoning }: DetermineMajor, { majorOpen, subject }: OpenComplaint, { policy }: Context): Answer {
  if (!majorOpen) return nothingToDetermine('DetermineMajor');
  const { trigger, loss, learnedAt } = majorOpen;
  const { trace } = theTableSaysWhetherItIsMajor(majorOpen, policy);
  const decided = { ...trace, outcome: major ? 'major' : 'ordinary' };
  const determined: ComplaintEvent = {
    type: 'MajorComplaintDetermined', data: { major, by: 'person', trigger, loss }, personal: words(subject, { reasoning }), policy: decided,
  };
  return major ? [determined, { type: 'ComplaintFlaggedMajor', data: { trigger, loss, learnedAt }, policy: decided }] : [determined];
}

/** P003-33: by subject and urgency. */
export function routeCase({ urgency = null }: NotSaid<RouteCase>, state: Classified, { policy }: Context): Answer {
  const of = { class: state.class, urgency };
  const said = policy.decide('complaint.routing', of);
  const to = said.determined ? said.then['to'] : null;
  if (said.determined && Array.isArray(to)) return [{ type: 'CaseRouted', data: { ...of, to: [...to as readonly string[]], by: 'table' }, policy: said.trace }];
  return [{ type: 'RoutingUndetermined', data: { ...of, why: said.determined ? 'no-match' : said.why }, policy: said.trace }];
}

export function decideRouting({ to, reasoning }: DecideRouting, state: Classified, { policy }: Context): Answer {
  if (!state.routingOpen) return nothingToDetermine('DecideRouting');
  const of = { class: state.class, urgency: state.routingOpen.urgency };
  const { trace } = policy.decide('complaint.routing', of);
  return [{
    type: 'CaseRouted', data: { ...of, to: [to], by: 'person' }, personal: words(state.subject, { reasoning }), policy: { ...trace, outcome: to },
  }];
}
