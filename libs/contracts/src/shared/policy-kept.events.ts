import { eventType, exactly, id, type EventsOf } from '../event-type.js';

/** The rules a stream was opened under. Its later decisions are taken under them, whatever is adopted afterwards. */
export const PolicyVersionKept = eventType('PolicyVersionKept', 1, exactly({
  /** `<company>@<version>`. */
  adoption: id,
  /** Of everything that was adopted with it; equal digests mean equal values. */
  digest: id,
}));

export const keptPolicyEvents = { PolicyVersionKept };
export type KeptPolicyEvent = EventsOf<typeof keptPolicyEvents>;
