const DAY_MS = 86_400_000;

/** How long ahead the end of what is adopted is told. */
export const TOLD_DAYS_AHEAD = 30;

/** How what is in force stands today, for those who have to see to a successor. Days are those of the business zone. */
export interface PolicyStanding {
  /** Calendar date of the business zone that this is about. */
  readonly today: string;
  /** `example@1`, decides what begins now. */
  readonly adoption: string;
  /** Last day of that adoption; null while nobody ended it. */
  readonly validTo: string | null;
  /** True where every adopted policy has ended: the last one stays in force although nobody adopted it for this day. */
  readonly ended: boolean;
  /**
   * Days left until the last day on which any adopted policy is valid, successors included; 0 on that day, negative
   * after it. Null where there is no such day.
   */
  readonly endsInDays: number | null;
  /** What begins after days that no adoption covers, the first such day being the one after `endsInDays`; null where nothing does. */
  readonly successor: Successor | null;
}

/** `from`: its first day in the business zone. */
export interface Successor {
  readonly adoption: string;
  readonly from: string;
}

/** An adoption as calendar dates of the business zone, both included. `to` null: nobody ended it. */
export interface Validity {
  readonly from: string;
  readonly to: string | null;
}

/**
 * Days from `today` to the last day that the chain of adoptions covers without a gap; null where it goes on for good.
 * Where none covers today, the days since the last one that did, as a negative number.
 */
export function daysLeft(today: string, adopted: readonly Validity[]): number | null {
  let last: string | null = null;
  for (let day = today; ;) {
    const running = adopted.filter(({ from, to }) => from <= day && (to === null || day <= to));
    if (running.length === 0) break;
    const ends = running.map(({ to }) => to);
    if (ends.includes(null)) return null;
    last = latest(ends as readonly string[]);
    day = dayAfter(last);
  }
  const until = last ?? latest(adopted.flatMap(({ from, to }) => (from <= today && to !== null ? [to] : [])));
  return (Date.parse(until) - Date.parse(today)) / DAY_MS;
}

/** The first to begin of those that have not begun, behind the last day that is covered; of several on one day the one adopted last, which then decides. */
export function successorAfter(today: string, endsInDays: number, toCome: readonly (Validity & { readonly adoption: string })[]): Successor | null {
  const lastDay = dayPlus(today, endsInDays);
  const behind = toCome.filter(({ from }) => from > lastDay).toSorted((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
  const next = behind.findLast(({ from }) => from === behind[0]?.from);
  return next ? { adoption: next.adoption, from: next.from } : null;
}

/** First calendar date that no adoption covers; null where there is none. */
export function firstUncovered({ today, endsInDays }: Pick<PolicyStanding, 'today' | 'endsInDays'>): string | null {
  return endsInDays === null ? null : dayPlus(today, endsInDays + 1);
}

/** Whether somebody has to see to a successor now. */
export function needsSuccessor({ ended, endsInDays }: Pick<PolicyStanding, 'ended' | 'endsInDays'>): boolean {
  return ended || (endsInDays !== null && endsInDays <= TOLD_DAYS_AHEAD);
}

const latest = (days: readonly string[]): string => days.reduce((last, day) => (day > last ? day : last), '');
const dayPlus = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
const dayAfter = (day: string): string => dayPlus(day, 1);
