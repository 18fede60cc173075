import { eventType, exactly, id, instant, oneOf, orNull, type EventsOf } from '../event-type.js';
import { CHANNELS } from '../shared/vocabulary.js';

export const SuggestionReceived = eventType('SuggestionReceived', 1, exactly({
  channel: oneOf(CHANNELS), heardAt: instant, subject: id, customerId: orNull(id), firstContactOwner: id,
}), ['suggester', 'phone', 'email', 'suggestion']);
export const SuggestionForwarded = eventType('SuggestionForwarded', 1, exactly({ to: id }));
export const SuggestionAnswered = eventType('SuggestionAnswered', 1, exactly({
  decision: oneOf(['adopted', 'declined', 'kept-in-view'] as const),
}), ['answer']);

export const suggestionEvents = { SuggestionReceived, SuggestionForwarded, SuggestionAnswered };
export type SuggestionEvent = EventsOf<typeof suggestionEvents>;
