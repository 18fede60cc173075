import { runSuite } from './run-suite.js';
import type { Suite } from './suite.js';

export interface Caught {
  readonly suite: string;
  readonly plant: string;
  readonly does: string;
  /** Rules that named it; empty when nothing was noticed. */
  readonly by: readonly string[];
  readonly seconds: number;
}

/** Runs every suite once with each of its planted bugs. A suite that does not notice one is worth nothing where it is silent. */
export async function catchPlants(suites: readonly Suite[], seed: string, scale: number, say: (line: string) => void): Promise<Caught[]> {
  const all: Caught[] = [];
  for (const suite of suites) {
    for (const [plant, does] of Object.entries(suite.plants)) {
      const ran = await runSuite(suite, { seed, scale, planted: plant, say: () => undefined });
      // A run that broke off found nothing: only a rule that was named counts.
      const by = [...new Set(ran.violations.map(({ rule }) => rule))];
      const why = ran.skipped ?? ran.broke;
      const verdict = by.length > 0 ? 'caught' : ran.skipped ? 'NOT TRIED' : 'MISSED';
      say(`${verdict} ${suite.name}/${plant} (${does}): ${[...by, ...(why === null ? [] : [why])].join(', ')}, ${ran.seconds} s`);
      if (ran.skipped) continue;
      all.push({ suite: suite.name, plant, does, by, seconds: ran.seconds });
    }
  }
  return all;
}
