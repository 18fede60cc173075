import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failing, writeUnderFaults, type Written } from '../contract/disk-faults.js';
import { temporaryPlace } from '../contract/temporary-sqlite.js';
import type { EventStore } from '../port.js';
import { verifyLog } from '../verify-log.js';
import { openSqliteStore } from './open-sqlite-store.js';

const built = fileURLToPath(new URL('../../../../dist/libs/event-store/src/index.js', import.meta.url));
const COMMANDS = 60;
const INJECTIONS = Number(process.env['AFTERCARE_DISK_FAULTS'] ?? '7');

const tracer = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=fsync', '-e', 'inject=fsync:error=EIO:when=1', 'true']);
const whyNoTracer = tracer.error ? 'strace is not installed' : tracer.status === 0 ? null : 'strace may not trace here';

/** Every acknowledged command is there with its events, receipt and mark; of a refused one there is all or nothing. */
async function requireHonest(store: EventStore, { acknowledged, refused }: Written): Promise<void> {
  for (const { commandId, firstIndex, source, index } of acknowledged) {
    expect(await store.findCommand(commandId)).toMatchObject({ firstIndex, nextIndex: firstIndex + 2 });
    expect((await store.readStream(`s-${commandId}`, 0, 9)).map((stored) => stored.index)).toEqual([firstIndex, firstIndex + 1]);
    expect(await store.inboxSeen({ source, index })).toBe(true);
  }
  for (const { commandId } of refused) {
    const there = await store.findCommand(commandId) !== null;
    expect(await store.readStream(`s-${commandId}`, 0, 9)).toHaveLength(there ? 2 : 0);
  }
  expect((await verifyLog(store)).findings).toEqual([]);
}

/** The error reached whoever asked, the store says that it takes nothing, and a second try is refused as well. */
function requireTold({ refused, status }: Written): void {
  expect(refused.length).toBeGreaterThan(0);
  expect(new Set(refused.map(({ error }) => error))).toEqual(new Set(['StoreUnavailable']));
  expect(refused.at(-1)?.commandId).toMatch(/late$/);
  expect(status).toEqual({ accepting: false, reason: expect.stringMatching(/SQLITE_(IOERR|FULL)/) as string });
}

/** Injects the error at later and later calls. Some hit the opening, or a checkpoint, which is repeated from the synced log; most must hit an append. */
async function sweep(place: ReturnType<typeof temporaryPlace>, calls: string, error: 'EIO' | 'ENOSPC'): Promise<void> {
  let [told, acknowledged] = [0, 0];
  for (let n = 0; n < INJECTIONS; n += 1) {
    const when = String(1 + n * (calls === 'pwrite64' ? 61 : 2));
    const written = await writeUnderFaults(place.file, `${error}-${calls.slice(0, 2)}-${n}`, COMMANDS, failing(calls, error, when));
    if (written.unopened === null && written.refused.length > 0) {
      requireTold(written);
      told += 1;
    }
    acknowledged += written.acknowledged.length;
    const store = await place.open();
    expect(store.status()).toEqual({ accepting: true });
    await requireHonest(store, written);
    await store.close();
  }
  expect(told).toBeGreaterThanOrEqual(Math.floor(INJECTIONS / 2));
  expect(acknowledged).toBeGreaterThan(0);
  if (process.env['AFTERCARE_FIGURES']) process.stderr.write(`${error} in ${calls}: ${INJECTIONS} injected, ${told} told, ${acknowledged} acknowledged and present\n`);
}

describe('a log on a disk that fails', () => {
  const place = temporaryPlace();
  beforeAll(() => { if (!existsSync(built)) throw new Error('Run `npm run build` first: the writer is a process of its own and runs the build'); });
  afterAll(async () => { await place.remove(); });

  const traced = whyNoTracer === null ? it : it.skip;
  if (whyNoTracer !== null) process.stderr.write(`injected disk errors are not tried: ${whyNoTracer}\n`);

  traced.each([['a sync fails', 'fsync,fdatasync', 'EIO'], ['a write fails', 'pwrite64', 'EIO'], ['the disk is full', 'pwrite64', 'ENOSPC']] as const)(
    'given a process in which %s at any point, then every acknowledged append is there, the caller was told, and the store says so', async (_, calls, error) => {
      await sweep(place, calls, error);
    }, 60_000 + INJECTIONS * 10_000);

  it('given a full disk of 4 MB, then every acknowledged append is there, the caller was told, and it goes on once there is room', async () => {
    const mount = mkdtempSync(join(tmpdir(), 'aftercare-full-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mount]).status === 0;
    try {
      if (!mounted) return void process.stderr.write('a full disk is not tried: mounting is not permitted here\n');
      mkdirSync(join(mount, 'intake'));
      const file = join(mount, 'intake', 'log.db');
      const written = await writeUnderFaults(file, 'full', 4_000);
      requireTold(written);
      expect(written.acknowledged.length).toBeGreaterThan(100);
      expect(spawnSync('mount', ['-o', 'remount,size=64m', mount]).status).toBe(0);
      const store = openSqliteStore({ file, log: 'intake' });
      await requireHonest(store, written);
      await store.close();
      const more = await writeUnderFaults(file, 'room', 40);
      expect([more.acknowledged.length, more.status]).toEqual([40, { accepting: true }]);
    } finally {
      // Lazily, because a failed expectation leaves the log open, and the machine would keep the mount.
      if (mounted) spawnSync('umount', ['-l', mount]);
      rmSync(mount, { recursive: true, force: true });
    }
  }, 120_000);
});
