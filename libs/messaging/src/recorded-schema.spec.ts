import { canonicalJson } from 'aftercare/event-store';
import { recordedSchema } from './recorded-schema.js';

const record = (over: object): Uint8Array => Buffer.from(canonicalJson({
  format: 1, data: { text: '","schema":9,"signature":null,"stream":"s","type":"T","version":0}' }, recordedAt: '2026-03-02T01:30:00.000Z', schema: 3, signature: null,
  stream: 'complaint-1', type: 'CaseClosed', version: 7, ...over,
}, 'record'), 'utf8');

describe('the version that stored bytes were recorded in', () => {
  it.each([
    ['as they usually are', {}],
    ['with a stream that looks like the end of a record', { stream: 'x","schema":8,"signature":null,"stream":"y","type":"T","version":1}' }],
    ['with a stream in Chinese and a backslash', { stream: '投诉-\\' }],
    ['with a signature', { signature: 'c2ln"\\' }],
    ['with a signature longer than what is looked at', { signature: 'c'.repeat(5_000) }],
  ])('is found %s', (_, over) => {
    expect(recordedSchema(record(over))).toBe(3);
  });
});
