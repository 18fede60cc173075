/**
 * The vocabulary of what happened. A domain event is what a decider returns; a recorded event is the same
 * fact after the department's log has given it its place.
 */

/** Plain words of a person, before sealing: the data subject and the named texts that belong to that subject. */
export interface Personal {
  /** Random id of the data subject (UUIDv7), never derived from a name or a number. */
  readonly subject: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Only what was said: an absent or empty text leaves no member behind. */
export function words(subject: string, texts: Readonly<Record<string, string | null | undefined>>): Personal {
  const said = Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '');
  return { subject, fields: Object.fromEntries(said) };
}

/** One sealed text: subject, key version, base64(iv || ciphertext || tag). AES-256-GCM. */
export interface Sealed {
  readonly s: string;
  readonly k: number;
  readonly c: string;
}

/** Which rule fired on which inputs; stored with the decision so that it can be explained years later. */
export interface RuleTrace {
  readonly id: string;
  readonly version: string;
  readonly rule: string;
  readonly inputs: Readonly<Record<string, string | number | boolean | null>>;
  readonly outcome: string;
}

export interface DomainEvent {
  readonly type: string;
  readonly data: object;
  readonly personal?: Personal;
  readonly policy?: RuleTrace;
}

/** Who acts: a staff account with the role that allowed the act, or a named reaction with the role `system`. */
export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** Everything of a recorded event except its business content. All times are UTC in ISO 8601 with milliseconds. */
export interface EventEnvelope {
  readonly format: 1;
  readonly id: string;
  readonly log: string;
  /** Place in the department's log: 0, 1, 2, … without a gap. */
  readonly index: number;
  readonly stream: string;
  /** Place in the stream: 0, 1, 2, … without a gap. */
  readonly version: number;
  readonly schema: number;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  /**
   * The policy version, such as `example@1`, under which the stream of the case decided this. It goes with the case from
   * department to department: the next stream is opened under it. Absent where nothing that led here keeps a version,
   * and from records made before versions went along.
   */
  readonly adoption?: string;
  readonly onBehalfOf: string | null;
  readonly reason: string | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly policy: RuleTrace | null;
  readonly signature: string | null;
  readonly personal: Readonly<Record<string, Sealed>> | null;
}

/** A recorded event of the union `E`, narrowable by `type`. */
export type Recorded<E extends DomainEvent = DomainEvent> = E extends DomainEvent
  ? EventEnvelope & { readonly type: E['type']; readonly data: E['data'] }
  : never;

/** A recorded event whose personal part has been opened for a reader who may see it. */
export type Opened<E extends DomainEvent = DomainEvent> = E extends DomainEvent
  ? Omit<EventEnvelope, 'personal'> & { readonly type: E['type']; readonly data: E['data']; readonly personal: Personal | null }
  : never;
