import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, isWellFormed } from './canonical.js';
import { anEvent } from './contract/builders.js';
import { prepareEvents, recordBytes } from './envelope.js';
import { NotCanonical } from './port.js';

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constantFrom('\u2028', '\u007f', '\b\f\n\r\t', '\uffff', '€', '\r', '1', '__proto__', '\u0080', 'ö', '😂', 'דּ'));
const { value: content } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, text, fc.maxSafeInteger().map((n) => n + 0), fc.boolean(), fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }), fc.dictionary(text, tie('value'), { maxKeys: 6, noNullPrototype: false })),
}));

describe('canonical form', () => {
  it('equals what an independent RFC 8785 serialiser writes, for any content', () => {
    fc.assert(fc.property(content, (value) => { expect(canonicalJson(value, 'data')).toBe(canonicalize(value)); }), { numRuns: 2_000 });
  });

  it('does not depend on the order in which members were written', () => {
    fc.assert(fc.property(fc.dictionary(text, fc.integer(), { noNullPrototype: true }), (members) => {
      const reversed = Object.fromEntries(Object.entries(members).reverse());
      expect(canonicalJson(reversed, 'data')).toBe(canonicalJson(members, 'data'));
    }));
  });

  it('is undone by JSON.parse', () => {
    fc.assert(fc.property(content, (value) => {
      const written = canonicalJson(value, 'data');
      expect(canonicalJson(JSON.parse(written), 'data')).toBe(written);
    }));
  });

  it('orders members by UTF-16 code units, not by code points', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }, 'data'))
      .toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
  });

  it('of an event equals what an independent serialiser makes of the whole record', () => {
    fc.assert(fc.property(content, text.filter(isWellFormed), fc.maxSafeNat().map((n) => Math.max(0, n - 2)), fc.option(text.filter(isWellFormed), { nil: undefined }), (data, reason, index, adoption) => {
      const event = anEvent({
        ...(adoption !== undefined && { adoption }), data: { data }, reason, personal: { name: { s: 'subject', k: 1, c: 'AAA=' } },
        policy: { id: 'fees', version: '3', rule: 'band-2', inputs: { minor: 100_000, vip: true }, outcome: 'two-approvers' },
      });
      const place = { format: 1, log: '受理', index, stream: 'complaint-1', version: 7, recordedAt: '2026-03-02T01:30:00.000Z' };
      const { block, each } = prepareEvents([event, event, event], place.log, place.stream);
      const written = each.map((one, i) => recordBytes(block, one, index + i, place.version + i, place.recordedAt));
      expect(written.map((bytes) => bytes.toString('utf8')))
        .toEqual([0, 1, 2].map((i) => canonicalize({ ...event, ...place, index: index + i, version: place.version + i })));
    }));
  });

  it('of an event whose case has no policy version is what it was before records had a place for one', () => {
    const event = anEvent({ id: '01900000-0000-7000-8000-000000000001', data: {} });
    const [none, one, nothing] = [event, { ...event, adoption: 'example@1' }, { ...event, adoption: null as unknown as string }].map((given) => {
      const { block, each: [prepared] } = prepareEvents([given], 'intake', 's-1');
      return prepared && recordBytes(block, prepared, 0, 0, '2026-03-02T01:30:00.000Z').toString('utf8');
    });
    expect(none).toBe('{"actor":{"id":"staff-7","role":"receptionist"},"causationId":null,"correlationId":"case-1","data":{},"format":1,"id":"01900000-0000-7000-8000-000000000001",'
      + '"index":0,"log":"intake","occurredAt":"2026-03-02T01:30:00.000Z","onBehalfOf":null,"personal":null,"policy":null,"reason":null,"recordedAt":"2026-03-02T01:30:00.000Z",'
      + '"schema":1,"signature":null,"stream":"s-1","type":"ComplaintRegistered","version":0}');
    expect([nothing, one]).toEqual([none, none?.replace(',"causationId"', ',"adoption":"example@1","causationId"')]);
  });

  it('of an event is untouched by a getter that has another event written meanwhile', () => {
    const inner = anEvent({ data: { text: 'inner' } });
    const data = { get text() { return prepareEvents([inner, inner], 'log', 's-2').each.length; } };
    const { block, each: [first, second] } = prepareEvents([anEvent({ id: 'a', data }), anEvent({ id: 'b', data })], 'log', 's-1');
    const place = { format: 1, log: 'log', stream: 's-1', recordedAt: '2026-03-02T01:30:00.000Z' };
    const written = [first, second].map((one, i) => one && recordBytes(block, one, i, i, place.recordedAt).toString('utf8'));
    expect(written).toEqual(['a', 'b'].map((id, i) => canonicalize({ ...anEvent({ id, data: { text: 2 } }), ...place, index: i, version: i })));
  });

  it('of an event is not completed with a time of another length, which would let old memory into the record', () => {
    const { block, each: [one] } = prepareEvents([anEvent()], 'log', 's-1');
    expect(() => one && recordBytes(block, one, 0, 0, '2026-03-02T01:30:00Z')).toThrow(RangeError);
  });

  it.each([2, 16, 17, 200])('orders %i members, however they came', (count) => {
    fc.assert(fc.property(fc.uniqueArray(text.filter(isWellFormed), { minLength: count, maxLength: count, size: 'max' }), (names) => {
      const members = Object.fromEntries(names.map((name, i) => [name, i]));
      expect(canonicalJson(members, 'data')).toBe(canonicalize(members));
    }), { numRuns: 20 });
  });

  const itself: Record<string, unknown> = {};
  itself['again'] = itself;
  const extended = Object.assign([1], { extra: 2 });
  it.each<[string, unknown, string]>([
    ['a fraction', { a: [{ b: 0.5 }] }, 'data.a[0].b'],
    ['not a number', { a: NaN }, 'data.a'],
    ['infinity', { a: Infinity }, 'data.a'],
    ['an integer above 2^53-1', { a: 2 ** 53 }, 'data.a'],
    ['an integer below -(2^53-1)', { a: -(2 ** 53) }, 'data.a'],
    ['negative zero', { a: -0 }, 'data.a'],
    ['undefined', { a: undefined }, 'data.a'],
    ['undefined in a list', [null, undefined], 'data[1]'],
    ['a function', { a: () => 1 }, 'data.a'],
    ['a bigint', { a: 1n }, 'data.a'],
    ['a symbol', { a: Symbol('s') }, 'data.a'],
    ['a symbol member', { a: { [Symbol('s')]: 1 } }, 'data.a'],
    ['a sparse list', { a: [1, , 3] }, 'data.a'], // oxlint-disable-line no-sparse-arrays -- the hole is what is refused
    ['a list with a named member', { a: extended }, 'data.a'],
    ['a high surrogate alone', { a: 'x\ud83dy' }, 'data.a'],
    ['a low surrogate alone', { a: '\ude00' }, 'data.a'],
    ['a surrogate alone in a name', { a: { '\ud83d': 1 } }, 'data.a'],
    ['a date', { a: new Date(0) }, 'data.a'],
    ['a map', { a: new Map() }, 'data.a'],
    ['a boxed string', { a: Object('x') as object }, 'data.a'],
    ['an instance of a class', { a: new (class Money { minor = 1; })() }, 'data.a'],
    ['an object with inherited members', { a: Object.create({ hidden: 1 }) as object }, 'data.a'],
    ['an object with toJSON', { a: { toJSON: () => 1 } }, 'data.a'],
    ['a value that contains itself', { a: itself }, 'data.a.again'],
  ])('refuses %s and names where it is', (_, value, path) => {
    expect(() => canonicalJson(value, 'data')).toThrow(NotCanonical);
    expect(() => canonicalJson(value, 'data')).toThrow(`"${path}`);
  });

  it('never puts the content into the refusal, because it may be personal', () => {
    let message = '';
    try {
      canonicalJson({ phone: '13800000000\ud83d' }, 'data');
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('data.phone');
    expect(message).not.toContain('1380');
  });

  it('takes the largest integers exactly and members named like language internals', () => {
    const value = JSON.parse('{"__proto__":1,"max":9007199254740991,"min":-9007199254740991,"toJSON":"a text"}') as unknown;
    expect(canonicalJson(value, 'data')).toBe('{"__proto__":1,"max":9007199254740991,"min":-9007199254740991,"toJSON":"a text"}');
  });
});
