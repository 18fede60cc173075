import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { askReady } from '../../launcher/readiness.js';
import type { ChildPlan } from '../../launcher/supervised-child.js';
import { childGoesWithUs } from '../children.js';

const READY_MS = 60_000;
const STOP_MS = 15_000;

/** One department as a direct child, without the patience of the launcher: it is started again at once. */
export class ServiceProcess {
  private child: ChildProcess | null = null;
  private gone: Promise<string> = Promise.resolve('not started');

  constructor(readonly name: string, readonly url: string, private readonly plan: ChildPlan) {}

  /** Of the running child; 0 when there is none. */
  get pid(): number {
    return this.child?.pid ?? 0;
  }

  start(): void {
    const log = openSync(this.plan.logFile, 'a');
    const { file, args } = this.plan.command;
    const child = spawn(file, args, { cwd: this.plan.cwd, env: this.plan.env, stdio: ['ignore', log, log, 'ipc'] });
    closeSync(log);
    childGoesWithUs(child);
    this.child = child;
    this.gone = new Promise((done) => {
      child.once('error', (error) => done(error.message));
      child.once('exit', (code, signal) => done(signal ?? `exit code ${code}`));
    });
  }

  /** @throws Error with the end of its log when it ends or takes longer than a minute */
  async untilReady(): Promise<void> {
    let ended: string | null = null;
    void this.gone.then((how) => { ended = how; });
    for (const deadline = Date.now() + READY_MS; Date.now() < deadline;) {
      if ((await askReady(this.url)).ready) return;
      if (ended !== null) throw new Error(`${this.name} ended while it started (${ended as string}): ${this.lastWords()}`);
      await pause(25);
    }
    throw new Error(`${this.name} was not ready within ${READY_MS} ms: ${this.lastWords()}`);
  }

  /** Without warning. Answers when it is gone; fails when it had ended by itself. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    const how = await this.gone;
    if (how !== 'SIGKILL') throw new Error(`${this.name} ended by itself (${how}): ${this.lastWords()}`);
  }

  /** In order, as an operator would. */
  async stop(): Promise<void> {
    this.child?.kill('SIGTERM');
    const patience = setTimeout(() => this.child?.kill('SIGKILL'), STOP_MS);
    await this.gone;
    clearTimeout(patience);
  }

  private lastWords(): string {
    try {
      return readFileSync(this.plan.logFile, 'utf8').trim().split('\n').slice(-3).join(' | ');
    } catch {
      return 'it wrote no log';
    }
  }
}
