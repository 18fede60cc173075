import type { CommandOf, SuggestionCommands, SuggestionEvent } from 'aftercare/contracts';

export type SuggestionCommand = CommandOf<SuggestionCommands>;

export type SuggestionState =
  | { readonly stage: 'new' }
  | { readonly stage: 'received'; readonly subject: string }
  | { readonly stage: 'forwarded'; readonly subject: string }
  | { readonly stage: 'answered' };

export const noSuggestion: SuggestionState = { stage: 'new' };

export function evolve(state: SuggestionState, event: SuggestionEvent): SuggestionState {
  switch (event.type) {
    case 'SuggestionReceived': return { stage: 'received', subject: event.data.subject };
    case 'SuggestionForwarded': return state.stage === 'received' ? { ...state, stage: 'forwarded' } : state;
    case 'SuggestionAnswered': return { stage: 'answered' };
  }
}
