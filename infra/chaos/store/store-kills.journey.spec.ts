import { existsSync } from 'node:fs';
import { diskErrors } from '../disk/disk-errors.js';
import { runSuite } from '../run-suite.js';
import type { Suite } from '../suite.js';
import { storeKills } from './store-kills.js';
import { writerProgram } from './writer-child.js';

const ran = (suite: Suite, planted: string | null = null) => runSuite(suite, { seed: 'spec', scale: 0.02, planted, say: () => undefined });

beforeAll(() => {
  if (!existsSync(writerProgram())) throw new Error('Run `npm run build` first: the writer is a process of its own and runs the build');
});

describe('writers of a log that die', () => {
  it('given twenty kills, then nothing acknowledged is lost or doubled', async () => {
    expect(await ran(storeKills)).toMatchObject({ violations: [], broke: null, figures: [{ reached: 20 }] });
  }, 60_000);

  it.each(Object.keys(storeKills.plants))('%s is noticed', async (plant) => {
    const { violations, broke } = await ran(storeKills, plant);
    expect(broke).toBeNull();
    expect(violations).not.toEqual([]);
  }, 60_000);
});

describe('a disk that refuses', () => {
  it('given four errors, then nothing acknowledged depends on it; or the reason stands there why none could be made', async () => {
    const { violations, broke, figures, skipped } = await ran(diskErrors);
    expect({ violations, broke }).toEqual({ violations: [], broke: null });
    expect(skipped === undefined ? figures[0]?.reached : 0).toBe(skipped === undefined ? 4 : 0);
  }, 60_000);

  it.each(Object.keys(diskErrors.plants))('%s is noticed', async (plant) => {
    const { violations, skipped } = await ran(diskErrors, plant);
    if (skipped === undefined) expect(violations).not.toEqual([]);
  }, 60_000);
});
