import { suggestionEvents, type SuggestionEvent } from 'aftercare/contracts';
import { words, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { evolve, noSuggestion, type SuggestionCommand, type SuggestionState } from './suggestion.js';

/** P000-07, P000-18: heard by anybody, recorded, passed on, answered. `feedback.forward` has no value in the source: unset. */
export function decide(command: SuggestionCommand, state: SuggestionState, context: DecisionContext<PolicySet>): Decision<SuggestionEvent> {
  switch (command.type) {
    case 'ReceiveSuggestion': {
      if (state.stage !== 'new') return wrongStage(command.type, state.stage);
      const { channel, heardAt, customerId, suggester, phone, email, suggestion } = command;
      return [{
        type: 'SuggestionReceived',
        data: { channel, heardAt, subject: context.freshId, customerId: customerId ?? null, firstContactOwner: context.actor.id },
        personal: words(context.freshId, { suggester, phone, email, suggestion }),
      }];
    }
    case 'ForwardSuggestion': return state.stage === 'received'
      ? [{ type: 'SuggestionForwarded', data: { to: command.to } }] : wrongStage(command.type, state.stage);
    case 'AnswerSuggestion': return state.stage === 'received' || state.stage === 'forwarded'
      ? [{ type: 'SuggestionAnswered', data: { decision: command.decision }, personal: words(state.subject, { answer: command.answer }) }]
      : wrongStage(command.type, state.stage);
  }
}

/** `suggestion` is part of every stream name. */
export const suggestion = timedAggregate({
  name: 'suggestion', numbered: 'SUG', initial: noSuggestion, decide, evolve, clocks: [], formats: suggestionEvents, stage: (state) => state.stage,
});
