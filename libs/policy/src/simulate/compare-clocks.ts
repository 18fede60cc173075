import { missedOf, type ClockLife } from './clock-lives.js';
import { compareCalls, type CallsOfDraft } from './compare-calls.js';
import type { BreachDifference, CallCounts, ClockDifference, Difference, Missed } from './difference.js';
import type { StreamOutcome } from './stream-under-draft.js';

/** What came of the clocks of one stream besides the differences that are listed one by one. */
export interface ClockCounts {
  /** Clocks that run under the draft only, or ran as recorded only. */
  clocksAdded: number;
  clocksRemoved: number;
  /** Clocks of both with another due time, missed or not. */
  dueMoved: number;
  /** Clocks that the draft cannot reckon and the recorded policy could, or did not have. */
  undetermined: number;
  /** Clocks that neither could reckon. */
  undeterminedClocksKept: number;
  /** Missed under both. */
  breachesKept: number;
  /** Other warnings and escalations, by key of the clock. */
  calls: Record<string, CallCounts>;
}

interface Pair { before: ClockLife | null; after: ClockLife | null }
type Place = Pick<Difference, 'caseId' | 'department' | 'stream'>;

/** The clocks of one case in one stream, side by side. */
export function compareClocks({ recorded, drafted }: StreamOutcome, place: Place, horizon: string, draft: CallsOfDraft, counts: ClockCounts): Difference[] {
  const ofCase = ({ caseId }: ClockLife): boolean => caseId === place.caseId;
  const differences: Difference[] = [];
  for (const pair of pairs(recorded.filter(ofCase), drafted.filter(ofCase))) {
    const clock = changeOfClock(pair, place, counts);
    if (clock) differences.push(clock);
    const difference = comparePair(pair, place, horizon, counts);
    if (difference) differences.push(difference);
    const calls = compareCalls(pair, place, draft, counts.calls);
    if (calls) differences.push(calls);
  }
  return differences;
}

/** `complaint.reply` of `P003/complaint.reply`. */
export const keyOf = (clock: string): string => clock.slice(clock.indexOf('/') + 1);

/**
 * A clock is the same one under both when it has the same name and was started by the same decision; and also where another
 * pack has the key now, as long as each side has it once.
 */
function pairs(recorded: readonly ClockLife[], drafted: readonly ClockLife[]): Iterable<Pair> {
  const found = new Map<string, Pair>();
  const put = (lives: readonly ClockLife[], side: keyof Pair): void => {
    for (const life of lives) {
      let key = `${life.start} ${life.clock}`;
      while (found.get(key)?.[side]) key += '+';
      const pair = found.get(key) ?? { before: null, after: null };
      pair[side] = life;
      found.set(key, pair);
    }
  };
  put(recorded, 'before');
  put(drafted, 'after');
  for (const before of recorded) {
    if (found.get(`${before.start} ${before.clock}`)?.after) continue;
    const isSame = ({ clock, start }: ClockLife): boolean => start === before.start && keyOf(clock) === keyOf(before.clock);
    const [after, ...others] = drafted.filter(isSame);
    if (!after || others.length > 0 || recorded.filter(isSame).length > 1) continue;
    found.set(`${before.start} ${before.clock}`, { before, after });
    found.delete(`${after.start} ${after.clock}`);
  }
  return found.values();
}

const isUndetermined = (life: ClockLife | null): boolean => life !== null && life.dueAt === null && life.missedDueAt === null && life.unpublishedYear !== null;

/** Every clock that is counted is listed: a total without cases behind it cannot be looked into. */
function changeOfClock({ before, after }: Pair, place: Place, counts: ClockCounts): ClockDifference | null {
  if (isUndetermined(after)) counts[isUndetermined(before) ? 'undeterminedClocksKept' : 'undetermined'] += 1;
  if (before && after && before.dueAt === after.dueAt) return null;
  const change = before ? (after ? 'due-moved' : 'removed') : 'added';
  counts[({ added: 'clocksAdded', removed: 'clocksRemoved', 'due-moved': 'dueMoved' } as const)[change]] += 1;
  const { clock } = (after ?? before) as ClockLife;
  return { kind: 'clock', change, ...place, clock, dueBefore: before?.dueAt ?? null, dueAfter: after?.dueAt ?? null };
}

function comparePair({ before, after }: Pair, place: Place, horizon: string, counts: ClockCounts): Difference | null {
  const { clock } = (after ?? before) as ClockLife;
  const was = before && missedOf(before, horizon);
  if (after && isUndetermined(after)) {
    if (isUndetermined(before)) return null;
    return { kind: 'undetermined', ...place, clock, unpublishedYear: after.unpublishedYear, owner: after.owner, before: was };
  }
  const is = after && missedOf(after, horizon);
  const change = changeOf(was, is);
  if (was && is) counts.breachesKept += 1;
  return change && { kind: 'breach', change, ...place, clock, dueBefore: before?.dueAt ?? null, dueAfter: after?.dueAt ?? null, before: was, after: is };
}

function changeOf(was: Missed | null, is: Missed | null): BreachDifference['change'] | null {
  if (!was || !is) return is ? 'added' : was ? 'removed' : null;
  return was.dueAt === is.dueAt && was.lateByMs === is.lateByMs ? null : 'moved';
}
