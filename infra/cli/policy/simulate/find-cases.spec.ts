import { workOver } from './find-cases.js';
import type { Department } from './plan.js';

const found = (department: Department, cases: readonly string[], ...sizes: readonly number[]) => {
  let from = 0;
  return { cases, undated: 0, chunks: sizes.map((size) => {
    const part = cases.slice(from, from += size);
    return { department, first: part[0] as string, last: part.at(-1) as string, cases: size };
  }) };
};

describe('cases that are done with a chunk', () => {
  it('are those of which no later department has a part, so that all chunks together complete each case once', () => {
    const work = workOver([found('intake', ['a', 'b', 'c', 'd'], 2, 2), found('quality', ['b', 'c'], 2), found('billing', ['c', 'e'], 1, 1)]);
    expect(work.map(({ department, first, completes }) => `${department} ${first} ${completes}`)).toEqual(['intake a 1', 'intake c 1', 'quality b 1', 'billing c 1', 'billing e 1']);
    expect(workOver([])).toEqual([]);
  });
});
