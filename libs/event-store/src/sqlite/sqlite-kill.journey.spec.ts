import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { temporaryPlace } from '../contract/temporary-sqlite.js';
import { AlreadyBeingWritten } from './writer-lock.js';

const writer = fileURLToPath(new URL('./fixtures/writer.mjs', import.meta.url));
const built = fileURLToPath(new URL('../../../../dist/libs/event-store/src/index.js', import.meta.url));

/** Kills the writer once it has acknowledged `lines`; meanwhile a second writer is refused. Gives every complete line. */
async function acknowledgedUntilKilled(child: ChildProcess, lines: number, whileItWrites: () => Promise<void>): Promise<string[]> {
  let out = '';
  let errors = '';
  let second: Promise<void> | null = null;
  child.stderr?.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    second ??= whileItWrites();
    if (out.split('\n').length > lines) second.then(() => child.kill('SIGKILL'), () => child.kill('SIGKILL'));
  });
  const [, signal] = await once(child, 'close') as [number | null, string | null];
  await second;
  if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself: ${errors}`);
  return out.slice(0, out.lastIndexOf('\n')).split('\n');
}

describe('a writer that is killed', () => {
  const place = temporaryPlace();
  afterAll(async () => { await place.remove(); });

  it('given ten kills in the middle of writing, then every acknowledged append and its mark is there, whole, without a gap', async () => {
    if (!existsSync(built)) throw new Error('Run `npm run build` first: the writer is a process of its own and runs the build');
    let acknowledgedInAll = 0;
    for (let kill = 0; kill < 10; kill += 1) {
      const child = spawn(process.execPath, [writer, place.file, `run${kill}`], { stdio: ['ignore', 'pipe', 'pipe'] });
      const acknowledged = await acknowledgedUntilKilled(child, 20 + kill * 17, () => expect(place.open()).rejects.toThrow(AlreadyBeingWritten));

      const store = await place.open();
      const head = await store.head();
      for (const line of acknowledged) {
        const [commandId = '', firstIndex, source = '', n] = line.split(' ');
        expect(await store.findCommand(commandId)).toMatchObject({ firstIndex: Number(firstIndex), nextIndex: Number(firstIndex) + 2 });
        expect(await store.readStream(`s-${commandId}`, 0, 9)).toHaveLength(2);
        expect(await store.inboxSeen({ source, index: Number(n) })).toBe(true);
      }
      const log = await store.readLog(0, head + 10);
      expect(log.map(({ index }) => index)).toEqual(Array.from({ length: head }, (_, i) => i));
      expect(head % 2).toBe(0);
      acknowledgedInAll += acknowledged.length;
      expect(head).toBeGreaterThanOrEqual(acknowledgedInAll * 2);
      await store.close();
    }
  }, 120_000);
});
