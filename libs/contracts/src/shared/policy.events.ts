import { Type } from '../schema.js';
import { count, eventType, exactly, id, instant, orNull, plainDate, text, type EventsOf } from '../event-type.js';

const adoption = {
  /** `example@2`: id and version of the company file. */
  adoption: id,
  id,
  version: count,
  /** SHA-256 of `document`, 64 hexadecimal digits. */
  digest: Type.String({ minLength: 64, maxLength: 64 }),
  validFrom: plainDate,
  validTo: orNull(plainDate),
  /** Cases opened from this instant on are decided under it: the beginning of `validFrom`, never before it was adopted. */
  effectiveFrom: instant,
  /** `P003@1`, in the order of precedence. */
  packs: Type.Array(id),
  /** The company file and every pack it names, as one JSON text: all that is needed to decide a case by it years later. */
  document: Type.String({ maxLength: 1_000_000 }),
};

/** A company put a policy into force. Nothing of it is ever changed: a new version is a new fact. */
export const PolicyAdopted = eventType('PolicyAdopted', 1, exactly({ ...adoption, signer: id, signerRole: id, why: text }));
/**
 * A department took an adoption into its own log, where its cases find it. `noticedLate`: cases were opened under the
 * version before between the beginning of the new one and its arrival here; they keep it.
 */
export const PolicyAdoptionNoted = eventType('PolicyAdoptionNoted', 1, exactly({ ...adoption, noticedLate: Type.Boolean() }));

export const policyBookEvents = { PolicyAdopted, PolicyAdoptionNoted };
export type PolicyBookEvent = EventsOf<typeof policyBookEvents>;
