import { isSound, runSuite } from './run-suite.js';
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
      const by = isSound(ran) ? [] : [...new Set([...ran.violations.map(({ rule }) => rule), ...(ran.broke === null ? [] : [ran.broke])])];
      say(`${by.length > 0 ? 'caught' : 'MISSED'} ${suite.name}/${plant} (${does})${by.length > 0 ? `: ${by.join(', ')}` : ''} ${ran.seconds} s`);
      all.push({ suite: suite.name, plant, does, by, seconds: ran.seconds });
    }
  }
  return all;
}
