import { event } from '../spec/event.js';
import { cutTimeline } from './as-of.js';

const timeline = [
  event({ id: 'a', index: 7, version: 0, recordedAt: '2026-03-01T01:00:00.000Z' }),
  event({ id: 'b', log: 'quality', index: 0, version: 0, stream: 'investigation-c1', recordedAt: '2026-03-01T15:59:59.000Z' }),
  event({ id: 'c', index: 8, version: 1, recordedAt: '2026-03-01T16:00:00.000Z' }),
];
const cut = (asOf: object): string[] => cutTimeline(timeline, asOf).map(({ id }) => id);

describe('the timeline as it stood', () => {
  it('holds all of a named day in Asia/Shanghai and nothing of the next', () => {
    expect(cut({ at: '2026-03-01' })).toEqual(['a', 'b']);
  });
  it('takes what was recorded exactly at the time', () => {
    expect(cut({ at: '2026-03-01T16:00:00Z' })).toEqual(['a', 'b', 'c']);
    expect(cut({ at: '2026-03-01T15:59:59.999Z' })).toEqual(['a', 'b']);
  });
  it('ends right after a version of the case itself, not of another stream', () => {
    expect(cut({ version: '0' })).toEqual(['a']);
    expect(cut({ version: '1' })).toEqual(['a', 'b', 'c']);
  });
  it.each(['2', '-1', 'x', '1.0'])('refuses version %s and names those there are', (version) => {
    expect(() => cut({ version })).toThrow(/from 0 to 1/);
  });
  it('refuses a time and a version together', () => {
    expect(() => cut({ at: '2026-03-01', version: '0' })).toThrow(/not both/);
  });
});
