import type { Recorded } from 'aftercare/kernel';
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { cloudEventHeaders, headerText, traceParent } from './cloud-event.js';

const CASE = '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const EVENT = '0193a1b2-c3d5-7000-8a9b-00000000000f';
const NIL = '00000000-0000-0000-0000-000000000000';
const W3C = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-01$/;

const registered = (over: Partial<Recorded> = {}): Recorded => ({
  format: 1, id: EVENT, log: 'intake', index: 7, stream: `complaint-${CASE}`, version: 0, type: 'ComplaintRegistered', schema: 2,
  occurredAt: '2026-03-02T01:30:00.000Z', recordedAt: '2026-03-02T01:31:05.120Z', actor: { id: 'staff-7', role: 'receptionist' },
  onBehalfOf: null, reason: '客户不满意', correlationId: CASE, causationId: null, policy: null, signature: null,
  data: { lot: 'L-1' }, personal: { description: { s: 'subject', k: 1, c: 'sealed' } }, ...over,
});

describe('the headers of a published event', () => {
  it('are those of CloudEvents 1.0 and of the W3C trace context, and no others', () => {
    expect(cloudEventHeaders(registered())).toEqual({
      'ce-specversion': '1.0', 'ce-id': EVENT, 'ce-source': '/aftercare/intake', 'ce-type': 'ComplaintRegistered', 'ce-subject': `complaint-${CASE}`,
      'ce-time': '2026-03-02T01:31:05.120Z', 'ce-datacontenttype': 'application/json', 'ce-dataschema': '/schemas/intake/ComplaintRegistered.v2.json',
      'content-type': 'application/json', 'traceparent': '00-0193a1b2c3d47e5f8a9b0c1d2e3f4a5b-8a9b00000000000f-01',
    });
  });

  it('hold printable ASCII whatever a stream is called, and give it back when decoded once', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const encoded = headerText(text);
      expect(encoded).toMatch(/^[!#-~]*$/);
      expect(decodeURIComponent(encoded)).toBe(text);
    }), { numRuns: 500 });
  });

  it.each([
    ['Euro € 😀', 'Euro%20%E2%82%AC%20%F0%9F%98%80'],
    ['100% "sure"', '100%25%20%22sure%22'],
    ['lot-DV-100/批次一', 'lot-DV-100/%E6%89%B9%E6%AC%A1%E4%B8%80'],
    ['two\r\nce-id: forged', 'two%0D%0Ace-id:%20forged'],
    ['~!#$&\'()*+,-./:;<=>?@[\\]^_`{|}', '~!#$&\'()*+,-./:;<=>?@[\\]^_`{|}'],
  ])('write %j as the binding says', (text, header) => expect(headerText(text)).toBe(header));

  it('say nothing of the person and nothing of the reason', () => {
    const said = JSON.stringify(cloudEventHeaders(registered()));
    for (const kept of ['sealed', headerText('客户不满意'), 'staff-7', 'L-1']) expect(said).not.toContain(kept);
  });
});

describe('the trace of a case', () => {
  it('is the same for every event of the case, and its own for every event', () => {
    const [one, two] = [traceParent(CASE, EVENT), traceParent(CASE.toUpperCase(), uuidv7())];
    expect(one.split('-')[1]).toBe(two.split('-')[1]);
    expect(one.split('-')[2]).not.toBe(two.split('-')[2]);
    expect(traceParent(CASE, EVENT)).toBe(one);
  });

  it('is valid and never all zeros, for any ids', () => {
    const id = fc.oneof(fc.uuid(), fc.string(), fc.constant(NIL), fc.constant(''), fc.constant('0193a1b2-c3d5-7000-0000-000000000000'));
    fc.assert(fc.property(id, id, (correlation, event) => { expect(traceParent(correlation, event)).toMatch(W3C); }), { numRuns: 500 });
  });

  it('comes from a hash where the case has no UUID', () => {
    expect(traceParent('import-2025-0001', EVENT)).not.toBe(traceParent('import-2025-0002', EVENT));
    expect(traceParent(NIL, NIL)).toMatch(W3C);
  });
});
