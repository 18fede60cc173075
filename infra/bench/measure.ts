import type { ScaleResult } from '../scale/stops.js';
import type { Comparison } from './peers/comparison.js';
import { median } from './statistics.js';

/** One line of the result. Figures of `ours` and `yardstick` are medians of rounds that took turns in one run. */
export interface Measure {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly yardstick: number | null;
  /** Median of the ratios of single rounds, which is not the ratio of the medians: neighbours in time are compared. */
  readonly ratio: number | null;
  /** Lowest and highest round of the figure that is judged. */
  readonly spread: readonly [number, number];
  readonly rounds: number;
  readonly target: string | null;
  readonly met: boolean | null;
  /** What exactly was measured, with its resolution where that matters. */
  readonly how: string;
}

/** The same work done by us and by a yardstick, one after the other. */
export interface Round {
  readonly ours: number;
  readonly yardstick: number;
}

interface Named {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly how: string;
}

/** Judged by the ratio to the yardstick; no `atLeast`, no judgement. */
export function againstYardstick(named: Named, rounds: readonly Round[], atLeast?: number): Measure {
  const ratios = rounds.map(({ ours, yardstick }) => ours / yardstick);
  const ratio = median(ratios);
  return {
    ...named, ours: median(rounds.map(({ ours }) => ours)), yardstick: median(rounds.map(({ yardstick }) => yardstick)), ratio,
    spread: spreadOf(ratios), rounds: rounds.length, target: atLeast === undefined ? null : `ratio ≥ ${atLeast}`,
    met: atLeast === undefined ? null : ratio >= atLeast,
  };
}

/** Judged by the figure itself. */
export function againstLimit(named: Named, values: readonly number[], limit: { readonly atMost: number } | { readonly atLeast: number }): Measure {
  const ours = median(values);
  const [target, met] = 'atMost' in limit
    ? [`≤ ${limit.atMost} ${named.unit}`, ours <= limit.atMost] as const : [`≥ ${limit.atLeast} ${named.unit}`, ours >= limit.atLeast] as const;
  return { ...named, ours, yardstick: null, ratio: null, spread: spreadOf(values), rounds: values.length, target, met };
}

/** For information: nobody set a target. */
export function withoutTarget(named: Named, values: readonly number[]): Measure {
  return { ...named, ours: median(values), yardstick: null, ratio: null, spread: spreadOf(values), rounds: values.length, target: null, met: null };
}

function spreadOf(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** What a part of the bench needs: how long it may take, and where to say what it does. */
export interface Bench {
  readonly quick: boolean;
  readonly say: (line: string) => void;
  /** Whether other event stores, and so a PostgreSQL, take part in this run. */
  readonly peers: boolean;
  /** Events of the replay beside peers; a part chooses its own number unless told. */
  readonly replayEvents?: number;
  /** Results of `npm run scale` to be taken instead of growing a log now. */
  readonly scaleResults?: readonly string[];
}

/** What a part of the bench found. */
export interface Found {
  readonly measures: readonly Measure[];
  readonly comparisons?: readonly Comparison[];
  readonly scales?: readonly ScaleResult[];
}
