import { median, percentile } from './statistics.js';

describe('figures of several rounds', () => {
  it('given an odd number of rounds, then the median is the middle one, whatever their order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('given two rounds, then the better one is not taken for the median', () => {
    expect(median([0.25, 0.75])).toBe(0.5);
  });

  it('given a hundred times, then p99 leaves out only the slowest', () => {
    const times = Array.from({ length: 100 }, (_, i) => i + 1);
    expect([percentile(times, 0.5), percentile(times, 0.99)]).toEqual([50, 99]);
  });
});
