import { readableEvents } from 'aftercare/contracts';
import { decodeWith } from 'aftercare/event-store';

/** The one way from bytes to events: of the own log for decisions, read models in any thread and exports, of other logs for reactions. */
export const decode = decodeWith(readableEvents);
