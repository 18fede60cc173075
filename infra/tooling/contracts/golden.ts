import { createHash } from 'node:crypto';
import type { EventType } from 'aftercare/contracts';
import { canonicalJson } from 'aftercare/event-store';
import type { RuleTrace } from 'aftercare/kernel';
import { seal, type SubjectKeyVault } from 'aftercare/privacy';
import { CASE_ID, exampleOf, SUBJECT_ID } from './example.js';
import type { Json } from './json.js';

/** Where a new golden record goes: behind all others of its department, at the end of its stream. */
export interface GoldenPlace {
  readonly department: string;
  readonly aggregate: string;
  readonly index: number;
  readonly version: number;
}

const digest = (...parts: readonly (string | number)[]): Buffer => createHash('sha256').update(parts.join('\n')).digest();

/** Keys that everybody can compute, so that what is sealed in golden records can be opened in tests. They guard nothing. */
export const goldenVault: SubjectKeyVault = {
  keyFor: async (subject) => ({ version: 1, key: digest('golden', subject) }),
  findKey: async (subject) => digest('golden', subject),
  close: () => undefined,
};

/** The record as a log would hold it: RFC 8785, without an end of line. */
export async function goldenRecord({ department, aggregate, index, version }: GoldenPlace, { type, schema, data, personal }: EventType): Promise<string> {
  const id = uuidFrom(digest(department, type, schema));
  const at = new Date(Date.parse('2026-03-02T01:30:00.000Z') + index * 60_000).toISOString();
  const texts = Object.fromEntries(personal.map((name) => [name, `示例 ${name}`]));
  return canonicalJson({
    actor: { id: 'staff-007', role: `${department}.clerk` }, causationId: null, correlationId: CASE_ID, data: exampleOf(data as unknown as Json),
    format: 1, id, index, log: department, occurredAt: at, onBehalfOf: null,
    personal: personal.length === 0 ? null : await seal(goldenVault, { log: department, eventId: id }, { subject: SUBJECT_ID, fields: texts }),
    policy: type.endsWith('Determined') ? TRACE : null, reason: null, recordedAt: at, schema, signature: null, stream: `${aggregate}-${CASE_ID}`, type, version,
  }, type);
}

const TRACE: RuleTrace = { id: 'P003', version: '1', rule: 'P003-14', inputs: { groundsSufficient: true, loss: null, days: 2 }, outcome: 'valid' };

function uuidFrom(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `019ca6a0-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}
