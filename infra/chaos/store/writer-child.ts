import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { History } from 'aftercare/testing';
import { projectRoot } from '../../launcher/project-root.js';
import { childGoesWithUs } from '../children.js';
import type { WriterOrder } from './writer-order.js';

export interface WriterEnd {
  /** How the process ended: a signal, or an exit code. */
  readonly how: string;
  readonly stderr: string;
  /** Whether it said that it had opened its log. */
  readonly hasOpened: boolean;
  /** Operations that were acknowledged after one had been told that the log cannot be written. */
  readonly acknowledgedAfterError: readonly string[];
  /** Whether anybody was told. */
  readonly isErrorTold: boolean;
}

export interface WriterRun {
  /** Runs another program that runs the writer, such as strace. */
  readonly wrapper?: readonly string[];
  /** `lines` it has said, and then so many ms: counted in what it did, so that a busy machine changes little. */
  readonly killAfter?: { readonly lines: number; readonly ms: number };
}

/** Longer than any run on a busy machine: past this it hangs, which is a finding. */
const LONGEST_MS = 60_000;

export const writerProgram = (): string => join(projectRoot(), 'dist', 'infra', 'chaos', 'store', 'store-writer.js');

/** Runs one writer as a direct child, writes down what it says, kills it if asked. Answers once it is gone. */
export async function runWriter(order: WriterOrder, history: History, run: WriterRun = {}): Promise<WriterEnd> {
  const [program, ...args] = [...run.wrapper ?? [], process.execPath, writerProgram(), JSON.stringify(order)];
  const child = spawn(program as string, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  childGoesWithUs(child);
  let hung = false;
  const last = setTimeout(() => { hung = true; child.kill('SIGKILL'); }, LONGEST_MS);
  let said = 0;
  const killWhenDue = (): void => {
    if (run.killAfter?.lines === said) setTimeout(() => child.kill('SIGKILL'), run.killAfter.ms).unref();
  };
  killWhenDue();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
  let rest = '';
  let isErrorTold = false;
  const acknowledgedAfterError: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      said += 1;
      killWhenDue();
      isErrorTold ||= line.startsWith('unknown ');
      if (isErrorTold && line.startsWith('ok ')) acknowledgedAfterError.push(line.slice('ok '.length));
      writeDown(history, line);
    }
  });
  const how = await new Promise<string>((done, failed) => {
    child.once('error', failed);
    child.once('close', (code, signal) => done(signal ?? `exit code ${code}`));
  });
  clearTimeout(last);
  if (hung) throw new Error(`the writer hung for ${LONGEST_MS} ms`);
  return { how, stderr, hasOpened: said > 0, acknowledgedAfterError, isErrorTold };
}

function writeDown(history: History, line: string): void {
  const [word, id = '', events] = line.split(' ');
  if (word === 'begin') history.beginAs(id, Number(events));
  else if (word === 'ok' || word === 'fail' || word === 'unknown') history.end(id, word);
}
