import { callbackEvents, type CallbackEvent, type CompleteCallback, type ExpectCallback } from 'aftercare/contracts';
import { unreachable, words, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { callbackClocks, evolve, noCallback, type CallbackCommand, type CallbackState } from './callback.js';
import { aCallIsShortUnlessTheCustomerProlongsIt } from './rules/a-call-is-short-unless-the-customer-prolongs-it.js';
import { anUnreachableCustomerIsCalledSoOftenAndNoMore } from './rules/an-unreachable-customer-is-called-so-often-and-no-more.js';

type Context = DecisionContext<PolicySet>;
type Answer = Decision<CallbackEvent>;
type Scheduled = Extract<CallbackState, { stage: 'scheduled' }>;

/** First the stage, then the command. */
export function decide(command: CallbackCommand, state: CallbackState, context: Context): Answer {
  switch (state.stage) {
    case 'none': return whileNone(command, context);
    case 'expected':
    case 'completed':
    case 'abandoned': return betweenCalls(command, state, context);
    case 'scheduled': return whileScheduled(command, state, context);
    case 'withdrawn': return isFromReaction(command) ? [] : wrongStage(command.type, state.stage);
    default: return unreachable(state);
  }
}

function whileNone(command: CallbackCommand, context: Context): Answer {
  switch (command.type) {
    case 'ExpectCallback': return expect(command, context);
    case 'WithdrawCallback': return [];
    default: return wrongStage(command.type, 'none');
  }
}

/** Every round has its callback; a round that had its turn does not get another one. */
function betweenCalls(command: CallbackCommand, state: Extract<CallbackState, { stage: 'expected' | 'completed' | 'abandoned' }>, context: Context): Answer {
  switch (command.type) {
    case 'ExpectCallback': return [];
    case 'ScheduleCallback': return schedule(command, state.round, context);
    case 'WithdrawCallback': return state.stage === 'expected' ? withdrawn : [];
    default: return wrongStage(command.type, state.stage);
  }
}

function whileScheduled(command: CallbackCommand, state: Scheduled, context: Context): Answer {
  switch (command.type) {
    case 'ExpectCallback': return [];
    case 'ScheduleCallback': return schedule(command, state.round, context);
    case 'WithdrawCallback': return withdrawn;
    case 'RecordAttempt': return attempt(command.note, state, context);
    case 'CompleteCallback': return complete(command, state, context);
    default: return unreachable(command);
  }
}

function isFromReaction(command: CallbackCommand): boolean {
  return command.type === 'ExpectCallback' || command.type === 'ScheduleCallback' || command.type === 'WithdrawCallback';
}

const withdrawn: readonly CallbackEvent[] = [{ type: 'CallbackWithdrawn', data: { why: 'case-closed' } }];

function expect({ customerId, awareAt, subject, complainant, phone }: ExpectCallback, context: Context): Answer {
  return [{
    type: 'CallbackExpected', data: { caseId: context.id, round: 1, customerId, awareAt, subject }, personal: words(subject, { complainant, phone }),
  }];
}

function schedule({ round, communicatedAt }: { readonly round: number; readonly communicatedAt: string }, lastRound: number, context: Context): Answer {
  return round <= lastRound ? [] : [{ type: 'CallbackScheduled', data: { caseId: context.id, round, communicatedAt } }];
}

function attempt(note: string | undefined, state: Scheduled, context: Context): Answer {
  const { subject, customerId, round } = state;
  const attempts = state.attempts + 1;
  const attempted: CallbackEvent = { type: 'CallbackAttempted', data: { attempt: attempts }, personal: words(subject, { note }) };
  const { abandoned, trace } = anUnreachableCustomerIsCalledSoOftenAndNoMore(attempts, context.policy);
  if (!abandoned) return [attempted];
  return [attempted, {
    type: 'CallbackAbandoned', data: { caseId: context.id, round, customerId, attempts }, personal: words(subject, { note }), policy: trace,
  }];
}

/** Content and satisfied are two facts: intake reacts to the second only. */
function complete(command: CompleteCallback, state: Scheduled, context: Context): Answer {
  const refusal = aCallIsShortUnlessTheCustomerProlongsIt(command, context.policy);
  if (refusal) return refusal;
  const { subject, customerId, round } = state;
  const { seconds, prolongedByCustomer, opened = null, thanked = null, outcome, notes, remark } = command;
  const { timeliness, attitude, competence, outcome: result } = command.ratings;
  return [
    { type: 'CallbackCompleted', data: { seconds, prolongedByCustomer, opened, thanked }, personal: words(subject, { notes }) },
    {
      type: 'SatisfactionRecorded',
      data: { caseId: context.id, round, customerId, outcome, ratings: { timeliness, attitude, competence, outcome: result } },
      personal: words(subject, { remark }),
    },
  ];
}

/** `callback` is part of every stream name: renaming it would orphan recorded callbacks. */
export const callback = timedAggregate({
  name: 'callback', initial: noCallback, decide, evolve, clocks: callbackClocks, formats: callbackEvents,
  stage: (state) => state.stage,
});
