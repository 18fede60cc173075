import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('../fixtures/fold-both-ways.mjs', import.meta.url));
const built = fileURLToPath(new URL('../../../../dist/libs/projections/src/parallel/fill-worker.js', import.meta.url));
const EVENTS = Number(process.env['PROJECTIONS_EVENTS'] ?? 3_000);

interface Folded {
  readonly first: Readonly<Record<string, string>>;
  readonly again: Readonly<Record<string, string>>;
  readonly threads: number | null;
  readonly failed: string | null;
}

async function foldBothWays(seed: number, views: string, workers: number): Promise<{ serial: Folded; parallel: Folded }> {
  const folder = mkdtempSync(join(tmpdir(), 'parallel-'));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, folder, String(seed), String(EVENTS), views, String(workers)]);
    return JSON.parse(stdout) as { serial: Folded; parallel: Folded };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('folding a log in several threads', () => {
  beforeAll(() => {
    if (!existsSync(built)) throw new Error('Run `npm run build` first: threads run the build');
  });

  it.each([[1, 2], [2, 3], [3, 1], [4, 5]])('gives the rows of one thread, given random streams (seed %d) and %d workers', async (seed, workers) => {
    const { serial, parallel } = await foldBothWays(seed, 'byStream,byId', workers);
    expect(parallel.first).toEqual(serial.first);
    expect(parallel.again).toEqual(serial.again);
    expect(Object.keys(parallel.first)).toEqual(['v_by-id', 'v_by-stream']);
    expect([serial.threads, parallel.threads]).toEqual([1, workers + 1]);
  }, 60_000);

  it('is given up for a view whose rows depend on events of several streams, and the rows are right', async () => {
    const { serial, parallel } = await foldBothWays(9, 'byStream,byType', 2);
    expect(parallel.first).toEqual(serial.first);
    expect([serial.threads, parallel.threads]).toEqual([1, 1]);
  }, 60_000);

  it('leaves a view out whose fold throws, as one thread does', async () => {
    const { serial, parallel } = await foldBothWays(11, 'byStream,failing', 2);
    expect(parallel.first).toEqual(serial.first);
    expect(Object.keys(parallel.first)).toEqual(['v_by-stream']);
    expect(parallel.failed).toBe('failing at event 1500: cannot fold this');
    expect(serial.failed).toBe(parallel.failed);
  }, 60_000);
});
