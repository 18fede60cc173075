import fc from 'fast-check';
import { findBadShape } from './json-shape.js';
import { parseJsonBody } from './json-body.js';
import { prefersChinese } from './preferred-language.js';

const shape = (text: string): string => findBadShape(Buffer.from(text))?.refused ?? 'sound';

test.each([
  ['{"a":1,"b":{"a":1}}', 'sound'],
  ['[{"a":1},{"a":1}]', 'sound'],
  ['{"a":"{\\"a\\":1,\\"a\\":2}","b":["a","a",":",","]}', 'sound'],
  ['{"a":["x","y"],"b":"b"}', 'sound'],
  ['{"a\\\\":1,"a":2}', 'sound'],
  ['"\\ud83d\\ude00 \u{1F600} \\\\ud800"', 'sound'],
  ['{"a":1,"a":1}', 'duplicate-member'],
  ['{"a":{"x":1},"a":1}', 'duplicate-member'],
  ['{"a":[1,{"b":1,"b":2}]}', 'duplicate-member'],
  ['{"":1,"":2}', 'duplicate-member'],
  ['{"客":1,"\\u5ba2":2}', 'duplicate-member'],
  ['[[{"__proto__":1}]]', 'reserved-member'],
  ['{"\\u005f_proto__":1}', 'reserved-member'],
  ['{"a":"__proto__"}', 'sound'],
  ['"\\ud800"', 'lone-surrogate'],
  ['"\\ud800\\ud800"', 'lone-surrogate'],
  ['"\\ud800x\\udc00"', 'lone-surrogate'],
  ['"\\udc00"', 'lone-surrogate'],
  ['{"\\uDBFF":1}', 'lone-surrogate'],
  [`${'['.repeat(20)}${']'.repeat(20)}`, 'sound'],
  [`${'['.repeat(21)}${']'.repeat(21)}`, 'too-deep'],
  [`${'{"a":'.repeat(21)}1${'}'.repeat(21)}`, 'too-deep'],
])('%s is %s', (text, expected) => expect(shape(text)).toBe(expected));

test('every JSON that JavaScript writes is sound and parses to itself', () => {
  const soundJson = fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }).filter((value) => !/__proto__|constructor|prototype/.test(JSON.stringify(value)));
  fc.assert(fc.property(soundJson, (value) => {
    const text = JSON.stringify(value);
    expect(shape(text)).toBe('sound');
    expect(parseJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
  }), { numRuns: 1_000 });
});

test('a member repeated anywhere in any object is found', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 5 }).filter((text) => !/proto|constructor/.test(text));
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 3 }), fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), fc.nat(), (value, names, pick) => {
    const twice = [...names, names[pick % names.length] as string];
    const text = `[{"outer":{${twice.map((one) => `${JSON.stringify(one)}:${JSON.stringify(value)}`).join(',')}}}]`;
    fc.pre(!/__proto__|constructor|prototype/.test(text));
    expect(shape(text)).toBe('duplicate-member');
  }), { numRuns: 1_000 });
});

test('any bytes at all are parsed or refused with a code, never an unexpected error', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
    try {
      parseJsonBody(Buffer.from(bytes));
    } catch (error) {
      expect(error).toMatchObject({ name: 'HttpProblem', problem: { status: 400 } });
    }
  }), { numRuns: 2_000 });
});

test.each([
  [undefined, false], ['', false], ['zh', true], ['zh-CN,zh;q=0.9,en;q=0.8', true], ['en-US,en;q=0.9,zh;q=0.8', false], ['en,zh', false],
  ['zh,en', true], ['zh;q=0,en;q=0.1', false], ['*', false], ['fr, zh;q=0.3', true], ['zh;q=banana', false],
])('Accept-Language %s: Chinese first %s', (header, chinese) => expect(prefersChinese(header)).toBe(chinese));
