import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

export interface ChildPlan {
  readonly command: Command;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly logFile: string;
}

/** What the owner is told. */
export interface ChildObserver {
  spawned(pid: number): void;
  /** It ended although nobody asked; it starts again after `retryInMs`. */
  crashed(how: string, retryInMs: number): void;
}

const STEADY_AFTER_MS = 30_000;
const FIRST_RETRY_MS = 500;
const SLOWEST_RETRY_MS = 15_000;

/** Half a second after the first crash, doubled each time, at most fifteen seconds. */
export function retryDelayMs(crashesInARow: number): number {
  return Math.min(SLOWEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (crashesInARow - 1));
}

/** One service as a direct child: started, started again after a crash, stopped for good. */
export class SupervisedChild {
  private child: ChildProcess | null = null;
  private startedAt = 0;
  private retry: NodeJS.Timeout | null = null;
  private stopping = false;
  crashesInARow = 0;

  constructor(private readonly plan: ChildPlan, private readonly observer: ChildObserver) {}

  get running(): boolean {
    return this.child !== null;
  }

  start(): void {
    const log = openSync(this.plan.logFile, 'a');
    const { file, args } = this.plan.command;
    // Its own process group, because Ctrl-C would otherwise end all children at once and in no order.
    const child = spawn(file, args, { cwd: this.plan.cwd, env: this.plan.env, stdio: ['ignore', log, log, 'ipc'], detached: true });
    closeSync(log);
    this.child = child;
    this.startedAt = Date.now();
    child.once('error', (error) => { if (child.pid === undefined) this.ended(error.message); });
    child.once('exit', (code, signal) => this.ended(signal ? `signal ${signal}` : `exit code ${code}`));
    if (child.pid !== undefined) this.observer.spawned(child.pid);
  }

  private ended(how: string): void {
    this.child = null;
    if (this.stopping) return;
    this.crashesInARow = Date.now() - this.startedAt > STEADY_AFTER_MS ? 1 : this.crashesInARow + 1;
    const retryInMs = retryDelayMs(this.crashesInARow);
    this.retry = setTimeout(() => this.start(), retryInMs);
    this.observer.crashed(how, retryInMs);
  }

  /** Asks the child to end, forces it after `graceMs`, answers once it is gone. @returns whether force was needed */
  async stop(graceMs: number): Promise<{ forced: boolean }> {
    this.stopping = true;
    if (this.retry) clearTimeout(this.retry);
    const child = this.child;
    if (!child) return { forced: false };
    let forced = false;
    const gone = new Promise((done) => child.once('exit', done));
    const force = setTimeout(() => { forced = true; child.kill('SIGKILL'); }, graceMs);
    child.kill('SIGTERM');
    await gone;
    clearTimeout(force);
    return { forced };
  }
}
