import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Seeded } from 'aftercare/testing';
import { folderGoesWithUs } from './children.js';
import type { Findings, Suite } from './suite.js';

export interface Ran extends Findings {
  readonly suite: string;
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
    ({ ...findings, suite: suite.name, seconds: Math.round((Date.now() - began) / 100) / 10, broke });
  try {
    return ended(await suite.run({ random: new Seeded(`${seed}/${suite.name}`), scale, folder, say, planted }), null);
  } catch (error) {
    return ended(NOTHING, error instanceof Error ? error.message : String(error));
  } finally {
    remove();
  }
}

/** Nothing violated, nothing broken. A figure below its target is no failure here: a scaled-down run never reaches it. */
export function isSound({ violations, broke }: Ran): boolean {
  return violations.length === 0 && broke === null;
}
