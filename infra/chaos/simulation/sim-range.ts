import type { Violation } from 'aftercare/testing';
import type { SimPlant } from './sim-plants.js';
import { simulate } from './simulate.js';

export interface SimRange {
  readonly seed: string;
  /** Runs `from`, `from` + 1, … below `to`. */
  readonly from: number;
  readonly to: number;
  readonly plant: SimPlant | null;
}

export interface SimOutcome {
  readonly runs: number;
  readonly steps: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  readonly violations: readonly Violation[];
  /** Number of the first run with a violation. */
  readonly firstBad: number | null;
}

/** Ends at the first run that violates anything: what follows would say the same again. */
export async function simulateRange({ seed, from, to, plant }: SimRange): Promise<SimOutcome> {
  const sum = { runs: 0, steps: 0, acknowledged: 0, refused: 0, unknown: 0 };
  for (let run = from; run < to; run += 1) {
    const { steps, acknowledged, refused, unknown, violations } = await simulate(seedOf(seed, run), plant);
    sum.runs += 1;
    sum.steps += steps;
    sum.acknowledged += acknowledged;
    sum.refused += refused;
    sum.unknown += unknown;
    if (violations.length > 0) return { ...sum, violations: violations.map(({ rule, what }) => ({ rule, what: `run ${run}: ${what}` })), firstBad: run };
  }
  return { ...sum, violations: [], firstBad: null };
}

export function seedOf(seed: string, run: number): string {
  return `${seed}/${run}`;
}
