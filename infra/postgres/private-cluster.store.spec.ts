import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { processIdentity } from '../launcher/process-identity.js';
import { projectRoot } from '../launcher/project-root.js';
import { locatePostgres } from './locate.js';
import { startPrivateCluster } from './private-cluster.js';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

describe('a private PostgreSQL cluster', () => {
  it('keeps what was committed over a kill and a restart, on the same port, and is gone after its removal', async () => {
    const cluster = await startPrivateCluster({ settings: { max_connections: '17' } });
    const url = await cluster.createDatabase();
    await ask(url, 'CREATE TABLE kept (n int)');
    expect(await ask(url, 'SHOW max_connections')).toEqual([['17']]);
    expect(await ask(url, 'SHOW data_checksums')).toEqual([['on']]);
    const first = cluster.pid;
    await ask(url, 'INSERT INTO kept VALUES (1)');
    await cluster.stop('SIGKILL');
    await expect(ask(url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED|terminated|ECONNRESET/);
    await cluster.start();
    expect(cluster.pid).not.toBe(first);
    expect(await ask(url, 'SELECT n FROM kept')).toEqual([[1]]);
    const { pid } = cluster;
    await cluster.remove();
    expect(processIdentity(pid)).toBeNull();
  }, 180_000);

  it('says what its log says when it cannot start', async () => {
    await expect(startPrivateCluster({ settings: { shared_buffers: 'plenty' } })).rejects.toThrow(/did not start: .*shared_buffers/);
  }, 180_000);

  it('ends when whoever started it is killed', async () => {
    const built = join(projectRoot(), 'dist/infra/postgres/private-cluster.js');
    if (!existsSync(built)) throw new Error('Run `npm run build` first: the starter is a process of its own and runs the build');
    const starter = spawn(process.execPath, ['--input-type=module', '-e', `
      const { startPrivateCluster } = await import(${JSON.stringify(built)});
      const cluster = await startPrivateCluster();
      const [[folder]] = (await (async () => { const pg = (await import('pg')).default; const c = new pg.Client({ connectionString: cluster.url() });
        await c.connect(); const r = await c.query({ text: 'SHOW data_directory', rowMode: 'array' }); await c.end(); return r.rows; })());
      console.log(JSON.stringify({ pid: cluster.pid, folder }));
      setInterval(() => {}, 1000);`], { stdio: ['ignore', 'pipe', 'inherit'], cwd: projectRoot() });
    const [line] = await once(starter.stdout, 'data') as [Buffer];
    const { pid, folder } = JSON.parse(line.toString()) as { pid: number; folder: string };
    expect(processIdentity(pid)).not.toBeNull();
    starter.kill('SIGKILL');
    for (let waited = 0; processIdentity(pid) !== null && waited < 15_000; waited += 20) await pause(20);
    expect(processIdentity(pid)).toBeNull();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  }, 180_000);
});

describe('locating PostgreSQL', () => {
  const ALL = ['initdb', 'postgres', 'pg_dump', 'pg_restore'];
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-path-'));
  afterAll(() => { rmSync(folder, { recursive: true }); });
  const programs = (place: string, mode: number, ...names: string[]): string => {
    mkdirSync(join(folder, place), { recursive: true });
    for (const name of names) writeFileSync(join(folder, place, name), '', { mode });
    return join(folder, place);
  };

  it('takes the folder on the PATH that has all its programs, and only those that may be run', () => {
    const path = [programs('half', 0o755, 'initdb', 'postgres'), programs('forbidden', 0o644, ...ALL), programs('whole', 0o755, ...ALL)];
    expect(locatePostgres({ env: { PATH: path.join(':') }, versions: '/nowhere' })).toBe(path[2]);
  });

  it('else takes the newest of the versions that Debian keeps beside each other', () => {
    programs('versions/9/bin', 0o755, ...ALL);
    programs('versions/16/bin', 0o755, ...ALL);
    programs('versions/17/bin', 0o755, 'psql');
    expect(locatePostgres({ env: { PATH: '' }, versions: join(folder, 'versions') })).toBe(join(folder, 'versions/16/bin'));
  });

  it('names the command to run where there is none and none can be installed', () => {
    expect(() => locatePostgres({ env: { PATH: '' }, versions: '/nowhere' })).toThrow('sudo apt-get install postgresql');
  });
});
