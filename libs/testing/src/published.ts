import type { Actor, DomainEvent, EventEnvelope, Opened, Recorded, Sealed } from 'aftercare/kernel';
import { CASE_ID, CLERK, NOW } from './given-when-then.js';

const envelope = (stream: string, actor: Actor): Omit<EventEnvelope, 'personal'> => ({
  format: 1, id: '019cdb9e-9c00-7000-8000-00000000e0e0', log: 'elsewhere', index: 0, stream, version: 0, schema: 1, occurredAt: NOW, recordedAt: NOW,
  actor, onBehalfOf: null, reason: null, correlationId: CASE_ID, causationId: null, policy: null, signature: null,
});

/** An event as a reaction gets it: recorded elsewhere, its personal part opened. */
export function opened<E extends DomainEvent>(stream: string, event: E, actor: Actor = CLERK): Opened<E> {
  const { type, data, personal = null } = event;
  return { ...envelope(stream, actor), type, data, personal } as unknown as Opened<E>;
}

/** An event as a view folds it: each personal text in the sealed form, with the plain text where the cipher would be. */
export function recorded<E extends DomainEvent>(stream: string, event: E, more: Partial<EventEnvelope> = {}): Recorded<E> {
  const { type, data, personal } = event;
  const sealed = personal && Object.entries(personal.fields).map(([name, text]): [string, Sealed] => [name, { s: personal.subject, k: 1, c: text }]);
  return { ...envelope(stream, CLERK), personal: sealed?.length ? Object.fromEntries(sealed) : null, type, data, ...more } as unknown as Recorded<E>;
}
