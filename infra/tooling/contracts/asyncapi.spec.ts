import specifications from '@asyncapi/specs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { publishedEvents } from 'aftercare/contracts';
import { projectRoot } from '../../launcher/project-root.js';
import { DEPARTMENTS } from './departments.js';
import type { Json } from './json.js';
import { listenersIn } from './listeners.js';
import { readReleased } from './released.js';

type Document = Json & { readonly channels: Json; readonly operations: Record<string, { action: string }>; readonly components: { readonly messages: Json; readonly schemas: Json } };

const released = readReleased(projectRoot());
const document = released.asyncapi as Document;
const specification = specifications.schemas['3.0.0'] as Json;
/** The bundle of the specification brings the schema of draft 7 itself, and a second one of the same name would be ambiguous. */
const bySpecification = addFormats.default(new Ajv({ strict: false, meta: false, validateSchema: false })).compile(specification);
const schemas = addFormats.default(new Ajv({ allErrors: true, strict: false })).addSchema({ ...document, $id: 'document' });
const payloadOf = (name: string) => schemas.compile({ $ref: `document#/components/messages/${name}/payload` });

function pointersIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === '$ref' ? [String(inner)] : pointersIn(inner)));
}
const at = (pointer: string): unknown => pointer.slice(2).split('/').reduce<unknown>((node, name) => (node as Json | undefined)?.[name], document);

describe('the AsyncAPI document', () => {
  it('is one by the specification of AsyncAPI 3.0', () => {
    expect([bySpecification(document), bySpecification.errors]).toEqual([true, null]);
    expect(bySpecification({ ...document, operations: { wrong: { action: 'shout' } } })).toBe(false);
  });

  it('points only to what is in it', () => {
    const pointers = [...new Set(pointersIn(document))];
    expect(pointers.length).toBeGreaterThan(300);
    expect(pointers.filter((pointer) => !pointer.startsWith('#/') || at(pointer) === undefined)).toEqual([]);
  });

  it('has a channel and a sender for every published event, and a receiver for every reaction', () => {
    const published = Object.entries(publishedEvents).flatMap(([department, types]) => Object.keys(types).map((type) => [department, type] as const));
    const listeners = listenersIn(DEPARTMENTS);
    expect(Object.keys(document.channels).sort()).toEqual(published.map(([department, type]) => `${department}.${type}`).sort());
    expect(listeners.length).toBeGreaterThan(35);
    expect(listeners).toContainEqual({ department: 'logistics', source: 'intake', type: 'HandlingPlanFixed' });
    expect(Object.keys(document.operations).sort()).toEqual([
      ...published.map(([department, type]) => `${department}.send.${type}`),
      ...listeners.map(({ department, source, type }) => `${department}.receive.${source}.${type}`),
    ].sort());
  });

  it('keeps the messages of old versions, which the streams still carry', () => {
    expect(Object.keys((document.channels['intake.HandlingPlanFixed'] as { messages: Json }).messages)).toEqual(['v1', 'v2']);
  });

  it.each(released.golden.map((file) => [`${file.department}.${file.type}.v${file.version}`, file] as const))('describes the body of %s', (name, { bytes }) => {
    const record = JSON.parse(bytes.toString('utf8')) as Json & { data: Json };
    const valid = payloadOf(name);
    expect([valid(record), valid.errors]).toEqual([true, null]);
    expect(valid({ ...record, schema: 77 })).toBe(false);
    expect(valid({ ...record, data: { ...record.data, unheardOf: 1 } })).toBe(false);
    expect(valid({ ...record, reason: undefined, signature: 5 })).toBe(false);
    expect(valid({ ...record, personal: { unheardOf: { s: 's', k: 1, c: 'c' } } })).toBe(false);
  });

  it('says what stands in the headers, for a copy of the event as for the first', () => {
    const valid = schemas.compile({ $ref: 'document#/components/messages/intake.HandlingPlanFixed.v1/headers' });
    const headers = {
      'ce-specversion': '1.0', 'ce-id': 'e', 'ce-source': '/aftercare/intake', 'ce-type': 'HandlingPlanFixed', 'ce-subject': 'complaint-1', 'ce-time': '2026-03-02T01:30:00.000Z',
      'ce-datacontenttype': 'application/json', 'ce-dataschema': '/schemas/intake/HandlingPlanFixed.v1.json', 'content-type': 'application/json',
      traceparent: '00-019ca6a00000700080000000000c0de0-8000000000c0de00-01', 'Nats-Expected-Last-Sequence': '4',
    };
    expect([valid(headers), valid.errors]).toEqual([true, null]);
    expect(valid({ ...headers, 'ce-dataschema': '/schemas/intake/HandlingPlanFixed.v2.json' })).toBe(false);
    expect(valid({ ...headers, traceparent: 'x' })).toBe(false);
  });
});
