import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const writer = fileURLToPath(new URL('../sqlite/fixtures/bounded-writer.mjs', import.meta.url));

/** What a writer process had to say until it ended. */
export interface Written {
  /** Command ids that were acknowledged; each recorded two events on the stream `s-<id>` and one inbox mark. */
  readonly acknowledged: readonly { readonly commandId: string; readonly firstIndex: number; readonly source: string; readonly index: number }[];
  /** Command ids that were refused, with the name of the error. */
  readonly refused: readonly { readonly commandId: string; readonly error: string }[];
  /** What the store said of itself at the end; null when it could not be opened or the process did not get so far. */
  readonly status: { readonly accepting: boolean; readonly reason?: string } | null;
  /** Error that opening the log ended with. */
  readonly unopened: string | null;
  readonly signal: string | null;
}

/**
 * Runs a process that appends `commands` commands from four sides to the log "intake" in `file` and stops at the first
 * refusal. `around` is the command line in front of it, such as strace with an injected error.
 */
export async function writeUnderFaults(file: string, run: string, commands: number, around: readonly string[] = []): Promise<Written> {
  const [command = '', ...rest] = [...around, process.execPath, writer, file, run, String(commands)];
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString('utf8'); });
  const [, signal] = await once(child, 'close') as [number | null, string | null];
  const lines = out.slice(0, out.lastIndexOf('\n') + 1).split('\n').filter((line) => line !== '').map((line) => line.split(' '));
  const said = (what: string): string | null => lines.find(([kind]) => kind === what)?.slice(1).join(' ') ?? null;
  return {
    acknowledged: lines.filter(([kind]) => kind === 'ok').map(([, commandId = '', firstIndex, source = '', index]) => ({ commandId, firstIndex: Number(firstIndex), source, index: Number(index) })),
    refused: lines.filter(([kind]) => kind === 'refused').map(([, commandId = '', error = '']) => ({ commandId, error })),
    status: JSON.parse(said('status') ?? 'null') as Written['status'], unopened: said('unopened'), signal,
  };
}

/** Command line that makes the n-th call of these system calls, in each thread of the process, fail; later ones work again. */
export function failing(calls: string, error: 'EIO' | 'ENOSPC', when: string): readonly string[] {
  return ['strace', '-f', '--quiet=all', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}:when=${when}`];
}
