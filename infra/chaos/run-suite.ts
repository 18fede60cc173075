import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Seeded } from 'aftercare/testing';
import { folderGoesWithUs } from './children.js';
import { scaled, type Findings, type Suite } from './suite.js';

export interface Ran extends Findings {
  readonly suite: string;
  /** Of the run: what its figures are measured by. */
  readonly scale: number;
  readonly seconds: number;
  /** Why the suite ended early, when it did: an error is a finding like any other. */
  readonly broke: string | null;
}

const NOTHING: Findings = { figures: [], acknowledged: 0, refused: 0, unknown: 0, violations: [] };

export interface RunOptions {
  readonly seed: string;
  readonly scale: number;
  readonly planted?: string | null;
  readonly say: (line: string) => void;
}

/** Runs one suite in a folder of its own. Does not throw: what goes wrong is in the answer. */
export async function runSuite(suite: Suite, { seed, scale, planted = null, say }: RunOptions): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), `aftercare-chaos-${suite.name}-`));
  const remove = folderGoesWithUs(folder);
  const began = Date.now();
  const ended = (findings: Findings, broke: string | null): Ran =>
    ({ ...findings, suite: suite.name, scale, seconds: Math.round((Date.now() - began) / 100) / 10, broke });
  try {
    return ended(await suite.run({ random: new Seeded(`${seed}/${suite.name}`), scale, folder, say, planted }), null);
  } catch (error) {
    return ended(NOTHING, error instanceof Error ? error.message : String(error));
  } finally {
    remove();
  }
}

/** Figures that this run owes: what was not done has shown nothing, however clean the rest is. */
export function owed({ figures, scale }: Ran): string[] {
  return figures.filter(({ target, reached }) => reached < scaled(target, { scale })).map(({ what, target, reached }) => `${what}: ${reached} of ${scaled(target, { scale })}`);
}

/** Nothing violated, nothing broken, and every fault done that this scale asks for; a suite that could not run has done none. */
export function isSound(ran: Ran): boolean {
  return ran.violations.length === 0 && ran.broke === null && owed(ran).length === 0;
}

/** Whether the exit code may be 0. @param allowsMissing lets a suite pass that says why it cannot run on this machine */
export function passes(ran: Ran, allowsMissing: boolean): boolean {
  return isSound(ran) || (allowsMissing && ran.skipped !== undefined && ran.violations.length === 0 && ran.broke === null);
}
