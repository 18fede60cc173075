import type { EventType } from 'aftercare/contracts';
import type { Json } from './json.js';

const DIALECT = 'http://json-schema.org/draft-07/schema#';
const text = { type: 'string', minLength: 1 };
const orNull = (schema: Json): Json => ({ anyOf: [schema, { type: 'null' }] });
const closed = (properties: Json): Json => ({ type: 'object', required: Object.keys(properties), properties, additionalProperties: false });
/** With members that a record may lack, because those made before they were added do. */
const widened = (schema: Json, added: Json): Json => ({ ...schema, properties: { ...schema['properties'] as Json, ...added } });
const place = { type: 'integer', minimum: 0 };
const instant = { type: 'string', format: 'date-time' };

export const ENVELOPE = 'envelope.v1.json';
const SEALED = { $ref: `../${ENVELOPE}#/definitions/sealed` };

/** Record format 1: every member that every event has, and those that were added and may be absent. What `data` and `personal` hold is said by the schema of the type. */
export function envelopeSchema(): Json {
  const scalar = { anyOf: ['string', 'integer', 'boolean', 'null'].map((type) => ({ type })) };
  return {
    $schema: DIALECT, $id: `/schemas/${ENVELOPE}`, title: 'Recorded event, format 1',
    description: 'The RFC 8785 form of this object is the record and the body of the message. All times are UTC with milliseconds.',
    ...widened(closed({
      actor: { description: 'Who acted, in the role that allowed it; a reaction acts with the role `system`.', ...closed({ id: text, role: text }) },
      causationId: { description: 'Id of the event that this one answers.', ...orNull(text) },
      correlationId: { description: 'The case.', ...text },
      data: { type: 'object' },
      format: { type: 'integer', const: 1 },
      id: { description: 'UUIDv7.', type: 'string', format: 'uuid' },
      index: { description: 'Place in the log of the department, without a gap.', ...place },
      log: { description: 'Department.', ...text },
      occurredAt: instant,
      onBehalfOf: orNull(text),
      personal: { description: 'Sealed texts by name.', ...orNull({ type: 'object', minProperties: 1, additionalProperties: { $ref: '#/definitions/sealed' } }) },
      policy: {
        description: 'Which rule fired on which inputs.',
        ...orNull(closed({ id: text, version: text, rule: text, inputs: { type: 'object', additionalProperties: scalar }, outcome: text })),
      },
      reason: orNull(text),
      recordedAt: instant,
      schema: { description: 'Version of the schema of this type.', type: 'integer', minimum: 1 },
      signature: orNull(text),
      stream: text,
      type: text,
      version: { description: 'Place in the stream, without a gap.', ...place },
    }), {
      adoption: { description: 'Policy version under which the stream of the case decided it, such as `example@1`; the next stream of the case is opened under it.', ...text },
    }),
    definitions: {
      sealed: {
        description: 'AES-256-GCM under the key of the data subject `s`, version `k`; `c` is base64 of IV, ciphertext and tag.',
        ...closed({ s: text, k: { type: 'integer', minimum: 1 }, c: text }),
      },
    },
  };
}

/** Words for people; nothing of it decides about validity. */
export interface Words {
  readonly title: string;
  readonly description?: string;
}

/** The record of one version of one event. Its `$id` is what the message names in `ce-dataschema`. */
export function recordSchema(department: string, { type, schema, data, personal }: EventType, { title, description }: Words): Json {
  return {
    $schema: DIALECT, $id: `/schemas/${department}/${schemaFile(type, schema)}`, title, ...(description && { description }),
    allOf: [{ $ref: `../${ENVELOPE}` }],
    type: 'object',
    properties: {
      log: { const: department }, type: { const: type }, schema: { const: schema },
      data: JSON.parse(JSON.stringify(data)) as Json,
      personal: personal.length === 0 ? { type: 'null' } : orNull({
        type: 'object', properties: Object.fromEntries(personal.map((name) => [name, SEALED])), additionalProperties: false,
      }),
    },
  };
}

export const schemaFile = (type: string, version: number): string => `${type}.v${version}.json`;
