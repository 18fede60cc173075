import { partOf, staysInPart } from './partition.js';

describe('the rows that one part of a log fills', () => {
  it.each([
    ['return-019c.2', true], ['019c.2', true], ['return-019c.2/eligibility', true], ['return-019c.2/signature:review:finance', true],
    ['return-019c', false], ['return-019c.2x/eligibility', false], ['complaint-019c.2/major', false], ['c-1', false],
  ])('of the stream return-019c.2 may have the key %s: %s', (key, expected) => {
    expect(staysInPart(key, 'return-019c.2')).toBe(expected);
  });

  it('are those of every stream with the same id', () => {
    const part = (stream: string) => partOf(Buffer.from(JSON.stringify({ data: {}, stream, type: 'T', version: 0 })), 7);
    expect(part('return-019c.2')).toBe(part('approval-019c.2'));
  });
});
