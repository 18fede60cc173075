import { Seeded } from './seeded.js';

describe('chance from a seed', () => {
  it('given the same seed, then the same numbers; given another, then others', () => {
    const numbers = (seed: string) => Array.from({ length: 20 }, ((random) => () => random.int(0, 999))(new Seeded(seed)));
    expect(numbers('a')).toEqual(numbers('a'));
    expect(numbers('a')).not.toEqual(numbers('b'));
  });

  it('given a fork, then asking its parent changes nothing for it', () => {
    const parent = new Seeded('a');
    const before = parent.fork('x').int(0, 1_000_000);
    parent.next();
    expect(parent.fork('x').int(0, 1_000_000)).toBe(before);
  });

  it('reaches every number of a range, about equally often', () => {
    const random = new Seeded('spread');
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i += 1) counts[random.int(0, 9)] = (counts[random.int(0, 9)] as number) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(random.shuffled([1, 2, 3, 4]).toSorted()).toEqual([1, 2, 3, 4]);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});
