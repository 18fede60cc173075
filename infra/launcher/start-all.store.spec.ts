import { jest } from '@jest/globals';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { livePid, readPid, stillRuns, writePid } from './pid-file.js';
import { processIdentity } from './process-identity.js';
import type { Progress } from './progress.js';
import { projectRoot } from './project-root.js';
import { readRunState, writeRunState } from './run-state.js';
import { startAll, type RunningSystem, type StartOptions } from './start-all.js';

// Real processes on a busy machine: the limit only ends what hangs.
jest.setTimeout(60_000);

const SERVICES = ['intake', 'quality', 'gateway'];
const fake = (...args: string[]) => ({ file: process.execPath, args: [join(projectRoot(), 'infra/launcher/fixtures/fake-service.mjs'), ...args] });

describe('the launcher with stand-ins for the services', () => {
  let dataDir: string;
  let told: Progress[];
  let system: RunningSystem | null;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'aftercare-launcher-'));
    told = [];
    system = null;
  });
  afterEach(async () => {
    await system?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = async (more: Partial<StartOptions> = {}): Promise<RunningSystem> => {
    system = await startAll({
      dataDir, ports: 'free', services: SERVICES, onSignal: 'none', stopGraceMs: 1_000,
      commandOf: (service) => fake(service === 'quality' ? '300' : '0'),
      startBus: async () => ({ url: 'nats://127.0.0.1:1', identities: null, ours: false, stop: async () => undefined }),
      ensureIssuer: async (dir) => ({ jwksFile: join(dir, 'public.json'), privateKeyFile: join(dir, 'private.json') }),
      onProgress: (progress) => told.push(progress),
      ...more,
    });
    return system;
  };
  const until = async (holds: () => boolean): Promise<void> => {
    for (let waited = 0; !holds(); waited += 20) {
      if (waited > 40_000) throw new Error('what was waited for did not happen');
      await pause(20);
    }
  };

  it('answers when every service is ready and tells each its surroundings', async () => {
    const { state } = await start();

    expect(told.filter(({ kind }) => kind === 'ready').map(({ service }) => service).sort()).toEqual(['gateway', 'intake', 'nats', 'quality']);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'waiting', service: 'quality', why: 'waits for store' }));
    const answer = await fetch(`${state.gatewayUrl}/health/ready`);
    const { env } = await answer.json() as { env: Record<string, string> };
    expect(env).toMatchObject({ AFTERCARE_DATA: dataDir, AFTERCARE_TOKEN_KEYS: join(dataDir, 'issuer/public.json') });
    expect(JSON.parse(env['AFTERCARE_SERVICES'] as string)).toEqual({ intake: state.services['intake'], quality: state.services['quality'] });
    expect(readRunState(dataDir)).toEqual(state);
  });

  it('tells a department where its own key is and the gateway nothing of the bus, and no seed goes through an environment', async () => {
    process.env['NATS_URL'] = 'nats://s3cret@bus.example';
    const { state } = await start({ startBus: async () => ({ url: 'nats://127.0.0.1:1', identities: '/keys', ours: false, stop: async () => undefined }) })
      .finally(() => { delete process.env['NATS_URL']; });
    const busOf = async (service: string): Promise<Record<string, string>> => {
      const { env } = await (await fetch(`${state.services[service]}/health/ready`)).json() as { env: Record<string, string> };
      return Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('NATS')));
    };
    expect(await busOf('intake')).toEqual({ NATS_URL: 'nats://127.0.0.1:1', NATS_NKEY_FILE: '/keys/intake.nk' });
    expect(await busOf('quality')).toEqual({ NATS_URL: 'nats://127.0.0.1:1', NATS_NKEY_FILE: '/keys/quality.nk' });
    expect(await busOf('gateway')).toEqual({});
  });

  it('keeps where the bus is from other accounts, because its address opens it', async () => {
    await start();
    expect((await stat(join(dataDir, 'run/state.json'))).mode & 0o777).toBe(0o600);
  });

  it('leaves no process and no pid file after the stop, gateway first', async () => {
    await start();
    const pids = SERVICES.map((service) => readPid(dataDir, service)?.pid as number);

    await system?.stop();

    expect(pids.map(processIdentity)).toEqual([null, null, null]);
    expect(await readdir(join(dataDir, 'run'))).toEqual([]);
    expect(told.filter(({ kind }) => kind === 'stopped')[0]).toEqual({ kind: 'stopped', service: 'gateway', forced: false });
  });

  it('starts a crashed service again and says so', async () => {
    const { state } = await start();
    const before = readPid(dataDir, 'intake')?.pid;

    await fetch(`${state.services['intake']}/crash`).catch(() => undefined);
    await until(() => told.filter(({ kind, service }) => kind === 'ready' && service === 'intake').length === 2);

    expect(told).toContainEqual({ kind: 'crashed', service: 'intake', how: 'exit code 7', retryInMs: 500 });
    expect(livePid(dataDir, 'intake')).not.toBe(before);
    expect((await fetch(`${state.services['intake']}/health/ready`)).status).toBe(200);
  });

  it('forces a service that does not end when asked', async () => {
    await start({ commandOf: (service) => fake('0', service === 'intake' ? 'stubborn' : 'willing') });
    const pid = readPid(dataDir, 'intake')?.pid as number;

    await system?.stop();

    expect(told).toContainEqual({ kind: 'stopped', service: 'intake', forced: true });
    expect(processIdentity(pid)).toBeNull();
  });

  it('gives up with the last words of a service that cannot start, and leaves nothing running', async () => {
    const starting = start({ commandOf: (service) => fake('0', service === 'quality' ? 'broken' : 'willing') });

    await expect(starting).rejects.toThrow(/quality did not become ready: "Error: no such table: cases"\. Read .*quality\.log/);
    expect(await readdir(join(dataDir, 'run'))).toEqual([]);
  });

  it('does not pass the addresses of a killed launcher for its own while it starts', async () => {
    writePid(dataDir, 'billing', 1);
    writeRunState({
      dataDir, launcherPid: 1, natsUrl: '', natsIdentities: null, startedAt: '2026-03-01T01:00:00.000Z', readyAt: '2026-03-01T01:00:01.000Z',
      gatewayUrl: 'http://127.0.0.1:1', services: {}, privateKeyFile: '', jwksFile: '',
    });
    let seen: unknown = 'the bus was not started';
    const { state } = await start({
      startBus: async () => {
        seen = readRunState(dataDir);
        return { url: 'nats://127.0.0.1:1', identities: null, ours: false, stop: async () => undefined };
      },
    });
    expect(seen).toBeNull();
    expect(state.launcherPid).toBe(process.pid);
  });

  it('refuses a second launcher on the same data folder', async () => {
    await start();
    const first = system;
    await expect(start()).rejects.toThrow(/already runs .*aftercare down/);
    system = first;
  });

  it('leaves the files of another instance alone when its own folder was replaced', async () => {
    await start();
    const first = system;
    await rm(dataDir, { recursive: true });
    const second = await start({ dataDir });
    await first?.stop();

    expect(readRunState(dataDir)).toEqual(second.state);
    expect(SERVICES.map((service) => livePid(dataDir, service))).not.toContain(null);
  });

  it('ends what a killed launcher left behind, and nothing that merely has its number', async () => {
    const ours = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writePid(dataDir, 'billing', ours.pid as number);
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(dataDir, 'run/surveys.pid'), `${stranger.pid}\nanother-boot:1\n`);

    await start();

    expect(told).toContainEqual({ kind: 'leftover-ended', service: 'billing' });
    expect(told).not.toContainEqual({ kind: 'leftover-ended', service: 'surveys' });
    expect(stillRuns({ pid: stranger.pid as number, identity: processIdentity(stranger.pid as number) as string })).toBe(true);
    expect(processIdentity(ours.pid as number)).toBeNull();
    stranger.kill('SIGKILL');
  });
});
