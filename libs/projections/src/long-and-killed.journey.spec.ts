import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openSqliteStore } from 'aftercare/event-store';
import { openViews } from './open-views.js';
import { caseView, countView } from './spec/case-view.js';
import { foldOf, rowsOf } from './spec/drive-cases.js';
import { sleep, ViewsOnDisk } from './spec/views-on-disk.js';

const fixture = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}.mjs`, import.meta.url));
const built = fileURLToPath(new URL('../../../dist/libs/projections/src/index.js', import.meta.url));
/** What a process has said before it is killed a moment later. */
const PHASES = ['rebuilt', 'level', 'back'];
const KILLS = Number(process.env['PROJECTIONS_KILLS'] ?? 4);
const LONG = Number(process.env['PROJECTIONS_LONG'] ?? 50_000);

describe('read models of a real process', () => {
  beforeAll(() => {
    if (!existsSync(built)) throw new Error('Run `npm run build` first: the processes run the build');
  });

  it(`killed ${KILLS} times while they are rebuilt, gone back on and appended to, by two versions in turn: they equal the log`, async () => {
    const disk = new ViewsOnDisk();
    const said = new Set<string>();
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const shape = kill % 4 < 2 ? 1 : 2;
        const child = spawn(process.execPath, [fixture('rebuild-for-ever'), disk.folder, String(shape)], { stdio: ['ignore', 'pipe', 'pipe'] });
        let [out, errors] = ['', ''];
        child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
        const level = new Promise<void>((resolve) => { child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); if (out.includes(PHASES[kill % PHASES.length] as string)) resolve(); }); });
        const closed = once(child, 'close') as Promise<[number | null, string | null]>;
        await Promise.race([level, closed]);
        await sleep((kill * 397) % 900);
        child.kill('SIGKILL');
        const [, signal] = await closed;
        expect([signal, errors]).toEqual(['SIGKILL', '']);
        for (const line of out.trim().split('\n')) said.add(line.split(' ')[0] as string);

        const store = openSqliteStore({ file: join(disk.folder, 'log.db'), log: 'intake' });
        const views = openViews({ file: disk.file, store, views: [{ ...caseView, shape }, countView] as never, pollMs: 20 });
        views.start();
        const head = await store.head();
        await views.caughtUp(head);
        // The fold below reads the log in one go, which the engine refuses for many events.
        const log = { ...(await allOf(store, head)) };
        expect(rowsOf(views, caseView)).toEqual(await foldOf(log as never, caseView));
        expect(rowsOf(views, countView)).toEqual(await foldOf(log as never, countView));
        views.close();
        await store.close();
      }
      expect([...said]).toContain('rebuilt');
    } finally {
      disk.remove();
    }
  }, 120_000);

  it(`fold a log of ${LONG} events twice, rebuilt and followed, in batches and flat memory`, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', fixture('fold-a-long-log'), String(LONG)]);
    const { largest, rows, rebuilding, following } = JSON.parse(stdout) as { largest: number; rows: number; rebuilding: number[]; following: number[] };
    expect(largest).toBeLessThanOrEqual(512);
    expect(rows).toBe(LONG);
    // Rows in memory are bounded at 50,000; behind the middle of a long log nothing grows any more.
    const growth = (samples: readonly number[]): number => Math.max(...samples.slice(5)) - Math.min(...samples.slice(4, 6));
    expect(rebuilding.length).toBeGreaterThan(8);
    expect(growth(rebuilding)).toBeLessThan(45);
    expect(growth(following)).toBeLessThan(4);
  }, 600_000);
});

async function allOf(store: ReturnType<typeof openSqliteStore>, head: number): Promise<object> {
  const events: unknown[] = [];
  for (let at = 0; at < head; at += 500) events.push(...(await store.readLog(at, 500)));
  return { head: async () => head, readLog: async () => events };
}
