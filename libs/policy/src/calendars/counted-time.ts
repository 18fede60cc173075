import { DAY_MS, weekdayOf, yearOfDay } from './local-date.js';
import type { PublishedDays, Run, Unpublished } from './published-days.js';
import type { OpeningsOfDay } from './windows.js';
import type { Zone } from './zone.js';

/** Time of which only some counts. Everything in milliseconds since 1970. */
export interface CountedTime {
  /** `from` <= `to`. Null when either end lies outside the published years, or years that nobody published lie between. */
  between(from: number, to: number): number | null;
  /** The first instant by which so much has counted. */
  plus(from: number, counted: number): number | Unpublished;
  /** The last instant from which so much counts until `to`. */
  minus(to: number, counted: number): number | Unpublished;
}

/** The counting stretches of a run in order, and how much has counted when each begins. */
interface Stretches {
  readonly from: number;
  readonly to: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly before: readonly number[];
  readonly total: number;
}

function stretchesOf(run: Run, zone: Zone, openingsOfDay: OpeningsOfDay): Stretches {
  const [starts, ends, before]: [number[], number[], number[]] = [[], [], []];
  let total = 0;
  for (let day = run.firstDay; day < run.endDay; day += 1) {
    for (const opening of openingsOfDay(run.kindOf(day), weekdayOf(day))) {
      const [start, end] = [zone.toInstant(day * DAY_MS + opening.from), zone.toInstant(day * DAY_MS + opening.to)];
      starts.push(start); ends.push(end); before.push(total);
      total += end - start;
    }
  }
  return { from: zone.toInstant(run.firstDay * DAY_MS), to: zone.toInstant(run.endDay * DAY_MS), starts, ends, before, total };
}

/** Index of the last element that `isBefore` accepts; -1 when none does. The elements it accepts come first. */
function lastWhere(values: readonly number[], isBefore: (value: number) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(values[middle]!)) low = middle + 1; else high = middle;
  }
  return low - 1;
}

function countedBy(stretches: Stretches, instant: number): number {
  const i = lastWhere(stretches.starts, (start) => start <= instant);
  return i < 0 ? 0 : stretches.before[i]! + Math.min(instant, stretches.ends[i]!) - stretches.starts[i]!;
}

/** `openingsOfDay` says what of a day counts. */
export function countedTime(published: PublishedDays, zone: Zone, openingsOfDay: OpeningsOfDay): CountedTime {
  let built: { run: Run; stretches: Stretches }[] | undefined;
  /** Laid out when first asked for: most policies are read without ever counting the hours of every unit. */
  const runs = () => built ??= published.runs.map((run) => ({ run, stretches: stretchesOf(run, zone, openingsOfDay) }));
  // The instant at which a run ends belongs to it as well: a limit may fall on the last midnight that is known.
  const holding = (instant: number) => runs().find(({ stretches }) => instant >= stretches.from && instant <= stretches.to);
  const missing = (instant: number): Unpublished => ({ unpublishedYear: yearOfDay(Math.floor(zone.toLocal(instant) / DAY_MS)) });
  return {
    between: (from, to) => {
      const stretches = holding(from)?.stretches;
      if (!stretches || to > stretches.to) return null;
      return countedBy(stretches, to) - countedBy(stretches, from);
    },
    plus: (from, counted) => {
      const found = holding(from);
      if (!found) return missing(from);
      if (counted === 0) return from;
      const { run, stretches } = found;
      const wanted = countedBy(stretches, from) + counted;
      if (wanted > stretches.total) return { unpublishedYear: run.lastYear + 1 };
      const i = lastWhere(stretches.before, (before) => before < wanted);
      return stretches.starts[i]! + wanted - stretches.before[i]!;
    },
    minus: (to, counted) => {
      const found = holding(to);
      if (!found) return missing(to);
      if (counted === 0) return to;
      const { run, stretches } = found;
      const wanted = countedBy(stretches, to) - counted;
      if (wanted < 0) return { unpublishedYear: run.firstYear - 1 };
      const i = lastWhere(stretches.before, (before) => before <= wanted);
      return stretches.starts[i]! + wanted - stretches.before[i]!;
    },
  };
}
