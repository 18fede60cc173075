import { conductEvents, type ConductEvent, type NoteComplainedOf, type NoteLateImplementation, type NoteValidity, type RecordFault } from 'aftercare/contracts';
import { cny, refuse, unreachable, words, type Decision, type DecisionContext } from 'aftercare/kernel';
import { monthOf, periodOf, timedAggregate, type PolicySet } from 'aftercare/policy';
import { evolve, noConduct, type ConductCommand, type ConductState } from './conduct.js';

type Context = DecisionContext<PolicySet>;
type Answer = Decision<ConductEvent>;

export function decide(command: ConductCommand, state: ConductState, context: Context): Answer {
  switch (command.type) {
    case 'NoteComplainedOf': return noteComplainedOf(command, state);
    case 'NoteValidity': return noteValidity(command, state, context);
    case 'NoteLateImplementation': return noteLate(command, state);
    case 'RecordFault': return recordFault(command, state, context);
    default: return unreachable(command);
  }
}

/** A case that is classified anew names another person only while it has not counted yet. */
function noteComplainedOf({ person, awareAt }: NoteComplainedOf, state: ConductState): Answer {
  if (state.upheld || (state.complainedOf?.person === person && state.complainedOf.awareAt === awareAt)) return [];
  return [{ type: 'ComplainedOfNoted', data: { person, awareAt } }];
}

/** P003-39: an unfounded complaint does not count. Our reading, as the source does not say. */
function noteValidity({ valid, event }: NoteValidity, { complainedOf, upheld }: ConductState, { policy }: Context): Answer {
  if (!valid || upheld || complainedOf === null) return [];
  const { person, awareAt } = complainedOf;
  return [{ type: 'ComplaintUpheldAgainst', data: { person, period: periodOf(policy.calendar, awareAt, 'month'), basis: [event] } }];
}

function noteLate({ clock, dueAt, event }: NoteLateImplementation, state: ConductState): Answer {
  return state.late.some((late) => late.clock === clock) ? [] : [{ type: 'LateImplementationNoted', data: { clock, dueAt, basis: [event] } }];
}

function recordFault(command: RecordFault, state: ConductState, { actor, freshId, now, policy }: Context): Answer {
  const { person, cause, happenedOn, grave, account } = command;
  if (person === actor.id) {
    return refuse('separation-of-duties', { zh: '不能认定自己的责任。', en: 'Nobody records a fault of his own.' }, { rule: 'P001E-42', field: 'person' });
  }
  if (happenedOn > policy.calendar.localDate(now)) {
    return refuse('not-happened-yet', { zh: '日期不能晚于今天。', en: 'It cannot have happened after today.' }, { rule: 'P001E-42', field: 'happenedOn' });
  }
  if (cause === 'late-implementation' && state.late.length === 0) {
    return refuse('not-late', { zh: '该案件没有逾期实施的记录。', en: 'Nothing on this case was carried out late.' }, { rule: 'P001E-45', field: 'cause' });
  }
  return [{
    type: 'FaultRecorded',
    data: {
      fault: freshId, person, period: monthOf(happenedOn), cause, happenedOn, grave, loss: command.loss ? cny(command.loss.minor) : null,
      recordedBy: actor.id, subject: freshId, basis: cause === 'late-implementation' ? state.late.slice(0, 1).flatMap(({ event }) => event ?? []) : [],
    },
    personal: words(freshId, { account }),
  }];
}

/** `conduct` is part of every stream name: renaming it would count complaints a second time. */
export const conduct = timedAggregate({
  name: 'conduct', initial: noConduct, decide, evolve, clocks: [], formats: conductEvents, stage: (state) => state.stage,
});
