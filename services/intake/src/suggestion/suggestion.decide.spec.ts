import type { SuggestionEvent } from 'aftercare/contracts';
import { everyPair, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import type { SuggestionCommand } from './suggestion.js';
import { suggestion } from './suggestion.decide.js';

const received: SuggestionEvent = {
  type: 'SuggestionReceived', data: { channel: 'salesperson', heardAt: NOW, subject: SUBJECT_ID, customerId: null, firstContactOwner: 'u-1' },
};
const forwarded: SuggestionEvent = { type: 'SuggestionForwarded', data: { to: 'r-and-d' } };
const answered: SuggestionEvent = { type: 'SuggestionAnswered', data: { decision: 'adopted' } };

describe('a suggestion', () => {
  it('P000-18 what a salesperson hears is recorded in the words of the customer', () => {
    const then = given(suggestion).when({ type: 'ReceiveSuggestion', channel: 'salesperson', heardAt: NOW, suggester: '赵', suggestion: '瓶盖更易打开' });
    expect(then.events[0]?.personal?.fields).toEqual({ suggester: '赵', suggestion: '瓶盖更易打开' });
  });

  it('P000-07 answers every stage x command pair', () => {
    const stages = { new: [], received: [received], forwarded: [received, forwarded], answered: [received, answered] };
    const commands: SuggestionCommand[] = [
      { type: 'ReceiveSuggestion', channel: 'online', heardAt: NOW, suggester: 'x', suggestion: 'y' }, { type: 'ForwardSuggestion', to: 'x' },
      { type: 'AnswerSuggestion', decision: 'declined', answer: 'z' },
    ];
    expect(everyPair(suggestion, stages, commands)).toMatchInlineSnapshot(`
{
  "answered": {
    "AnswerSuggestion": "wrong-stage",
    "ForwardSuggestion": "wrong-stage",
    "ReceiveSuggestion": "wrong-stage",
  },
  "forwarded": {
    "AnswerSuggestion": "SuggestionAnswered",
    "ForwardSuggestion": "wrong-stage",
    "ReceiveSuggestion": "wrong-stage",
  },
  "new": {
    "AnswerSuggestion": "wrong-stage",
    "ForwardSuggestion": "wrong-stage",
    "ReceiveSuggestion": "SuggestionReceived",
  },
  "received": {
    "AnswerSuggestion": "SuggestionAnswered",
    "ForwardSuggestion": "SuggestionForwarded",
    "ReceiveSuggestion": "wrong-stage",
  },
}
`);
  });
});
