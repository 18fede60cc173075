import type { Difference } from 'aftercare/policy';
import { firstOf, foundIn } from './found.js';

const place = (caseId: string) => ({ caseId, department: 'intake', stream: `complaint-${caseId}` });
const clock = (caseId: string): Difference => ({ kind: 'clock', change: 'added', ...place(caseId), clock: 'P/a', dueBefore: null, dueAfter: '1' });
const note = (caseId: string): Difference => ({ kind: 'noted', note: 'not-replayable', ...place(caseId), about: 'a.b', before: null, after: null });
const ALL = [note('a'), clock('a'), clock('b'), note('b'), note('c'), clock('d')];

describe('what a thread hands over of its differences', () => {
  it('is the first differences and the first notes, in their order, however many of the others lie between them', () => {
    expect(firstOf(ALL, 2)).toEqual([note('a'), clock('a'), clock('b'), note('b')]);
    expect(firstOf(ALL, 9)).toEqual(ALL);
    expect(firstOf(ALL, null)).toBe(ALL);
  });

  it('is what all of them come to, handed over or not', () => {
    expect(foundIn(ALL)).toMatchObject({ affected: ['a', 'b', 'd'], noted: ['a', 'b', 'c'], lines: { differences: 3, noted: 3 } });
  });
});
