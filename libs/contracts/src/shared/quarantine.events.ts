import { Type } from '../schema.js';
import { count, eventType, exactly, id, instant, oneOf, type EventsOf } from '../event-type.js';

/**
 * A person took responsibility for never dealing with a message. Who, why and the signature are in the envelope; with
 * the digest it can be shown later which bytes they were.
 */
export const QuarantinedMessageDropped = eventType('QuarantinedMessageDropped', 1, exactly({
  /** Department the message came from, with `!stray` behind it for what was no event of that department. */
  source: id,
  index: count,
  /** As the quarantine knew it: the event type, `unreadable` or `stray`. */
  type: id,
  /** Of the bytes of the message, 64 hexadecimal digits. */
  sha256: Type.String({ minLength: 64, maxLength: 64 }),
  quarantinedAt: instant,
  meaning: oneOf(['responsible']),
}));

export const quarantineEvents = { QuarantinedMessageDropped };
export type QuarantineEvent = EventsOf<typeof quarantineEvents>;
