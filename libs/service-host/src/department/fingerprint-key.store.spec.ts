import { alwaysBy } from '../policies/department-policies.js';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openMemoryStore, type InboxMark } from 'aftercare/event-store';
import { policySet } from 'aftercare/policy';
import { openMemoryVault } from 'aftercare/privacy';
import { uuidv7 } from 'uuidv7';
import { Commands } from '../commands/commands.js';
import { fingerprintWith } from '../commands/fingerprint.js';
import { States } from '../commands/states.js';
import { counter } from '../spec/counter.js';
import { fingerprintKey } from './fingerprint-key.js';

describe('the key of the command fingerprints', () => {
  let root: string;
  const instance = (name: string) => ({ dataDir: join(root, name), vaultDir: join(root, 'vault') });
  const withEarlier = (name: string, key: Uint8Array): void => writeFileSync(join(root, name, 'fingerprint.key'), key, { mode: 0o600 });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'aftercare-key-'));
    for (const folder of ['a', 'b', 'vault']) mkdirSync(join(root, folder));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is the same for two instances with data folders of their own, and another one for another department', () => {
    const key = fingerprintKey('quality', instance('a'));
    expect(key).toHaveLength(32);
    expect(fingerprintKey('quality', instance('b'))).toEqual(key);
    expect(fingerprintKey('intake', instance('a'))).not.toEqual(key);
    expect(statSync(join(root, 'vault', 'quality-fingerprint.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(root, 'vault')).toSorted()).toEqual(['intake-fingerprint.key', 'quality-fingerprint.key']);
  });

  it('is the one that an earlier version kept in the data folder, and stays it', () => {
    withEarlier('b', Buffer.alloc(32, 7));
    expect(fingerprintKey('quality', instance('b'))).toEqual(Buffer.alloc(32, 7));
    withEarlier('a', Buffer.alloc(32, 9));
    expect(fingerprintKey('quality', instance('a'))).toEqual(Buffer.alloc(32, 7));
    expect(readFileSync(join(root, 'a', 'fingerprint.key'))).toEqual(Buffer.alloc(32, 9));
  });

  it('is made anew where a crash tore the earlier one', () => {
    withEarlier('a', Buffer.alloc(5, 7));
    expect(fingerprintKey('quality', instance('a'))).toHaveLength(32);
  });

  it('lets one instance finish the reaction that another one began and died over', async () => {
    const store = openMemoryStore({ log: 'quality' });
    const commandsOf = (name: string): Commands => new Commands({
      store, states: new States(store), vault: openMemoryVault(), policies: alwaysBy(policySet()), fingerprint: fingerprintWith(fingerprintKey('quality', instance(name))), now: Date.now,
    });
    const id = uuidv7();
    const execute = (name: string, place: number, inbox?: InboxMark) => commandsOf(name).execute(counter, id, { type: 'Add', by: 60 - place * 59 }, {
      actor: { id: 'reaction', role: 'system' }, commandId: `event:${place}`, expectedVersion: null, onBehalfOf: null, reason: null, ...(inbox && { inbox }),
    });
    await execute('a', 0);
    const mark = { source: 'intake', index: 0 };
    const finished = [await execute('b', 0), await execute('b', 1, mark)];
    expect(finished).toMatchObject([{ outcome: 'done', receipt: { repeated: true } }, { outcome: 'done', receipt: { repeated: false } }]);
    expect(await store.inboxSeen(mark)).toBe(true);
  });

  it('is one key when many instances start at the same moment', async () => {
    const built = new URL('../../../../dist/libs/service-host/src/department/fingerprint-key.js', import.meta.url).href;
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const program = `
      const { workerData, parentPort } = require('node:worker_threads');
      import(workerData.built).then(({ fingerprintKey }) => {
        parentPort.postMessage('here');
        Atomics.wait(workerData.gate, 0, 0);
        parentPort.postMessage(Buffer.from(fingerprintKey('quality', workerData.config)).toString('hex'));
      });`;
    const workers = Array.from({ length: 6 }, () => new Worker(program, { eval: true, workerData: { built, gate, config: instance('a') } }));
    const next = (worker: Worker): Promise<unknown> => new Promise((done, failed) => { worker.once('message', done); worker.once('error', failed); });
    await Promise.all(workers.map(next));
    const keys = Promise.all(workers.map(next));
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    expect(new Set(await keys).size).toBe(1);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }, 30_000);
});
