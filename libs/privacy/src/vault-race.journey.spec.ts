import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';

/** Runs against the built library, as the services do. Asks for every subject at once and says the keys, then waits to be killed. */
const PROGRAM = `
  import { openSqliteVault } from 'aftercare/privacy';
  const [file, kekFile, ...subjects] = process.argv.slice(1);
  const vault = openSqliteVault({ file, kekFile });
  const keys = await Promise.all(subjects.map(async (subject) => {
    const { version, key } = await vault.keyFor(subject);
    return [subject, version + ':' + Buffer.from(key).toString('hex')];
  }));
  process.stdout.write(JSON.stringify(Object.fromEntries(keys)) + '\\n');
  setInterval(() => undefined, 1000);
`;

describe('a vault that several processes open at once', () => {
  let folder: string;
  const started: ChildProcess[] = [];

  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'vault-')); });
  afterEach(async () => {
    await Promise.all(started.splice(0).map(killed));
    rmSync(folder, { recursive: true });
  });

  function killed(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => { child.once('exit', () => resolve()); child.kill('SIGKILL'); });
  }
  function keysInAnotherProcess(subjects: readonly string[]): Promise<Record<string, string>> {
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, join(folder, 'keys.db'), join(folder, 'kek'), ...subjects]);
    started.push(child);
    return new Promise((resolve, reject) => {
      let [said, complained] = ['', ''];
      child.stderr?.on('data', (chunk: Buffer) => { complained += chunk.toString(); });
      child.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.endsWith('\n')) resolve(JSON.parse(said) as Record<string, string>);
      });
      child.once('exit', () => reject(new Error(`ended before it had its keys: ${complained}`)));
    });
  }

  it('given an empty folder and six processes, all end with one key-encryption key and the same subject keys', async () => {
    const subjects = Array.from({ length: 40 }, () => uuidv7());
    const said = await Promise.all(Array.from({ length: 6 }, (_, i) => keysInAnotherProcess([...subjects.slice(i * 6), ...subjects.slice(0, i * 6)])));
    for (const keys of said) expect(keys).toEqual(said[0]);
    expect(readdirSync(folder).filter((name) => name.startsWith('kek'))).toEqual(['kek']);
  }, 30_000);

  it('a key that was handed out survives the kill of its maker', async () => {
    const subject = uuidv7();
    const before = await keysInAnotherProcess([subject]);
    await Promise.all(started.splice(0).map(killed));
    expect(await keysInAnotherProcess([subject])).toEqual(before);
  }, 30_000);
});
