import type { Rule } from 'aftercare/testing';
import type { Machine } from '../bench/machine.js';
import { table } from '../cli/table.js';
import { isSound, owed, type Ran } from './run-suite.js';

/** What one run found out; also what `--json` writes. */
export interface ChaosResult {
  readonly seed: string;
  readonly scale: number;
  /** UTC instant. */
  readonly beganAt: string;
  readonly seconds: number;
  readonly machine: Machine;
  /** `PostgreSQL 15.14` or why there is none. */
  readonly postgres: string;
  readonly suites: readonly Ran[];
}

export const HEAD = ['suite', 'faults', 'target at scale 1', 'reached', 'acknowledged', 'refused', 'unknown', 'lost', 'doubled', 'other', 'seconds'] as const;

const LOST: readonly Rule[] = ['acknowledged-lost', 'effect-missing'];
const DOUBLED: readonly Rule[] = ['doubled', 'effect-doubled', 'id-twice'];

export function rowsOf({ suites }: Pick<ChaosResult, 'suites'>): string[][] {
  return suites.flatMap((ran) => {
    const { figures, violations, broke, skipped } = ran;
    const of = (rules: readonly Rule[]): number => violations.filter(({ rule }) => rules.includes(rule)).length;
    const lost = of(LOST);
    const doubled = of(DOUBLED);
    const other = violations.length - lost - doubled + (broke === null ? 0 : 1);
    const counts = [ran.acknowledged, ran.refused, ran.unknown, lost, doubled, other].map(count);
    const shown = figures.length > 0 ? figures : [{ what: skipped ? 'not run here' : 'broke off', target: 0, reached: 0 }];
    return shown.map(({ what, target, reached }, place) => [
      place === 0 ? ran.suite : '', what, count(target), count(reached), ...(place === 0 ? [...counts, ran.seconds.toFixed(1)] : ['', '', '', '', '', '', '']),
    ]);
  });
}

export function printable(result: ChaosResult): string {
  const bad = result.suites.filter((ran) => !isSound(ran));
  return [
    table(HEAD, rowsOf(result)),
    ...result.suites.flatMap(({ suite, notes = [], skipped }) => [...(skipped ? [`${suite}: not reached here: ${skipped}`] : []), ...notes.map((note) => `${suite}: ${note}`)]),
    ...bad.flatMap(findingsOf),
    bad.length === 0 ? `Nothing acknowledged was lost, nothing was doubled. Seed ${result.seed}, scale ${result.scale}, ${result.seconds} s.`
      : `${bad.map(({ suite }) => suite).join(', ')} did not pass. Again with: npm run chaos -- --seed ${result.seed} --scale ${result.scale} --only ${bad.map(({ suite }) => suite).join(',')}`,
  ].join('\n');
}

const SHOWN = 12;

export function findingsOf(ran: Ran): string[] {
  const { suite, violations, broke } = ran;
  return [
    ...owed(ran).map((what) => `${suite}: too few faults: ${what}`),
    ...(broke === null ? [] : [`${suite} broke off: ${broke}`]),
    ...violations.slice(0, SHOWN).map(({ rule, what }) => `${suite}: ${rule}: ${what}`),
    ...(violations.length > SHOWN ? [`${suite}: and ${violations.length - SHOWN} more`] : []),
  ];
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
