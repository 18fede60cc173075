import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { openSqliteStore, openStore, TransferUnfinished, type EventStore, type EventToAppend } from 'aftercare/event-store';
import { writePid } from '../launcher/pid-file.js';
import { main } from './main.js';

const EVENTS = 6_000;
const AT_ONCE = 100;
const cli = fileURLToPath(new URL('../../dist/infra/cli/main.js', import.meta.url));

const event = (n: number): EventToAppend => ({
  id: `0190-${n}`, type: 'ComplaintRegistered', schema: 1, occurredAt: '2026-03-02T01:30:00.000Z', actor: { id: 'a', role: 'r' },
  onBehalfOf: null, reason: null, correlationId: `case-${n % 50}`, causationId: null, policy: null, signature: null, data: { n, text: '药品'.repeat(100) }, personal: null,
});

/** A log as it is after some years: events, receipts, an inbox with a gap, and a message in quarantine. */
async function filled(file: string, events: number): Promise<void> {
  const store = openSqliteStore({ file, log: 'quality' });
  const groups = Array.from({ length: events / AT_ONCE }, (_, i) => i);
  await Promise.all(groups.map(async (i) => store.append({
    stream: `s-${i}`, expectedVersion: -1, commandId: `c-${i}`, fingerprint: 'f', events: Array.from({ length: AT_ONCE }, (_each, n) => event(i * AT_ONCE + n)), inbox: { source: 'intake', index: i * 2 },
  })));
  await store.quarantine({ source: 'intake', index: 1, type: 't', reason: '失败', bytes: Buffer.from([0, 255]), at: '2026-03-02T01:30:00.000Z' });
  await store.close();
}

describe('moving a log to another engine', () => {
  let data: string;
  let target: string;
  let out: string[];
  let err: string[];
  const run = async (...args: string[]): Promise<number> => {
    [out, err] = [[], []];
    return main(['migrate-store', '--data', data, '--department', 'quality', ...args], { out: (line) => out.push(line), err: (line) => err.push(line), live: false });
  };
  const answer = (): Record<string, unknown> => JSON.parse(out.at(-1) ?? 'null') as Record<string, unknown>;
  const openTarget = async (): Promise<EventStore> => openStore(target, { log: 'quality', dataDir: data });

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'aftercare-migrate-'));
    mkdirSync(join(data, 'quality'));
    target = `sqlite:${join(data, 'elsewhere')}`;
  });
  afterEach(() => { rmSync(data, { recursive: true, force: true }); });

  it('given a stopped service, then its log is copied, proven, and goes on at the new place', async () => {
    await filled(join(data, 'quality', 'log.db'), 1_000);
    expect(await run('--to', target)).toBe(0);
    expect(answer()).toEqual({ events: 1_000, receipts: 10, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, same: true, seconds: expect.any(Number) as number });
    const sha256 = answer()['sha256'];
    const moved = await openTarget();
    expect([await moved.head(), await moved.inboxPosition('intake'), (await moved.quarantined()).length]).toEqual([1_000, 3, 1]);
    await moved.close();
    expect([await run('--to', target), answer()['sha256']]).toEqual([0, sha256]);
    expect(() => openSqliteStore({ file: join(data, 'quality', 'log.db'), log: 'quality' })).toThrow(/moved to sqlite:.*elsewhere at .*AFTERCARE_STORE_QUALITY/);
    expect([await run('--give-up'), err.join()]).toEqual([6, expect.stringContaining('moved to')]);
    const worked = await openTarget();
    await worked.markInbox({ source: 'intake', index: 3 });
    await worked.close();
    expect([await run('--from', target, '--to', 'sqlite'), answer()]).toEqual([0, expect.objectContaining({ same: true, events: 1_000 })]);
    await expect(openTarget()).rejects.toThrow('moved to');
    const back = openSqliteStore({ file: join(data, 'quality', 'log.db'), log: 'quality' });
    expect(await back.inboxPosition('intake')).toBe(5);
    await back.close();
  });

  it('given a move that cannot complete, then giving it up opens the old log again, and what was copied never', async () => {
    const file = join(data, 'quality', 'log.db');
    await filled(file, 100);
    const leaving = openSqliteStore({ file, log: 'quality', forTransfer: true });
    const begun = await openStore(target, { log: 'quality', dataDir: data, forTransfer: true });
    await begun.transfer().begin();
    await leaving.transfer().fence({ to: target, at: '2026-03-02T01:30:00.000Z' });
    await Promise.all([begun.close(), leaving.close()]);
    expect(() => openSqliteStore({ file, log: 'quality' })).toThrow('--give-up');
    expect([await run('--give-up', '--to', target), await run('--give-up'), await run('--give-up')]).toEqual([2, 0, 0]);
    await openSqliteStore({ file, log: 'quality' }).close();
    await expect(openTarget()).rejects.toThrow(TransferUnfinished);
  });

  it('given a command that is killed in the middle, then the new log is not opened, and running it again completes and proves it', async () => {
    if (!existsSync(cli)) throw new Error('Run `npm run build` first: the command is a process of its own and runs the build');
    await filled(join(data, 'quality', 'log.db'), EVENTS);
    let killed = 0;
    for (const afterMs of [0, 50, 200]) {
      const script = `import { main } from ${JSON.stringify(cli)}; process.exitCode = await main(process.argv.slice(1));`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, '--', 'migrate-store', '--data', data, '--department', 'quality', '--to', target], { stdio: ['ignore', 'ignore', 'pipe'] });
      const ended = once(child, 'close') as Promise<[number | null, string | null]>;
      for await (const chunk of child.stderr) {
        if (!String(chunk).includes('copied')) continue;
        await pause(afterMs);
        child.kill('SIGKILL');
        break;
      }
      const [, signal] = await ended;
      if (signal === null) break;
      killed += 1;
      const left = await openTarget().then(async (store) => { await store.close(); return 'complete'; }, (error: unknown) => error);
      if (left !== 'complete') expect(left).toBeInstanceOf(TransferUnfinished);
    }
    expect(killed).toBeGreaterThanOrEqual(1);
    expect(await run('--to', target)).toBe(0);
    expect(answer()).toMatchObject({ events: EVENTS, receipts: EVENTS / AT_ONCE, same: true });
    await (await openTarget()).close();
  }, 120_000);

  it('given a service that runs, then nothing is copied', async () => {
    await filled(join(data, 'quality', 'log.db'), 100);
    const running = openSqliteStore({ file: join(data, 'quality', 'log.db'), log: 'quality' });
    expect(await run('--to', target)).toBe(6);
    expect(err.join()).toContain('still runs');
    await running.close();
    expect(existsSync(join(data, 'elsewhere'))).toBe(false);
  });

  it('given a new log with another past, then the difference is told with code 1 and no service opens it', async () => {
    await filled(join(data, 'other.db'), 100);
    await filled(join(data, 'quality', 'log.db'), 200);
    const begun = await openStore(target, { log: 'quality', dataDir: data, forTransfer: true });
    await begun.transfer().begin();
    const other = openSqliteStore({ file: join(data, 'other.db'), log: 'quality' });
    const bytes = (await other.readLog(0, 100)).map((stored) => Buffer.from(Buffer.from(stored.bytes).toString().replace('"n":7,', '"n":8,')));
    await begun.transfer().take({ kind: 'events', events: bytes });
    await Promise.all([other.close(), begun.close()]);
    expect(await run('--to', target)).toBe(1);
    expect(answer()).toMatchObject({ same: false, from: { events: 200 }, to: { events: 200 } });
    await expect(openTarget()).rejects.toThrow(TransferUnfinished);
  });

  it('given a launcher that runs the department, then nothing is copied, whatever the engine', async () => {
    await filled(join(data, 'quality', 'log.db'), 100);
    writePid(data, 'quality', process.pid);
    expect([await run('--to', target), err.join()]).toEqual([6, expect.stringContaining('aftercare down')]);
    expect(existsSync(join(data, 'elsewhere'))).toBe(false);
  });

  it('given a damaged log, then it is not moved and the damage is named', async () => {
    const file = join(data, 'quality', 'log.db');
    await filled(file, 600);
    const db = new Database(file);
    db.exec(`DROP TRIGGER events_never_change; UPDATE events SET stream = 's-9', version = 900 WHERE idx = 17`);
    db.close();
    expect([await run('--to', target), err.join()]).toEqual([1, expect.stringContaining('damaged')]);
    await expect(openTarget().then(async (store) => { const head = await store.head(); await store.close(); return head; })).resolves.toBe(0);
  });

  it('given a wrong command line, then it says what is wrong', async () => {
    expect([await run('--to', 'sqlite'), await run(), await run('--to', `sqlite:${join(data, 'quality')}`)]).toEqual([2, 2, 2]);
    expect([await run('--to', 'mysql://x'), err.join()]).toEqual([1, expect.stringContaining('--to names no engine')]);
    expect([await run('--from', 'mysql://x', '--to', target), err.join()]).toEqual([1, expect.stringContaining('--from names no engine')]);
    expect([await run('--to', 'env:NO_SUCH_TARGET'), err.join()]).toEqual([2, expect.stringContaining('NO_SUCH_TARGET, which is not set')]);
    process.env['AFTERCARE_SPEC_TARGET'] = 'mysql://u:a-secret@x';
    expect([await run('--to', 'env:AFTERCARE_SPEC_TARGET'), err.join()]).toEqual([1, expect.not.stringContaining('a-secret')]);
    delete process.env['AFTERCARE_SPEC_TARGET'];
    expect(await main(['migrate-store', '--department', 'sales', '--to', target], { out: () => {}, err: () => {}, live: false })).toBe(2);
  });
});
