import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadOrder, LoadReport } from './closed-loop.js';
import type { VisibilityOrder, VisibilityReport } from './visibility.js';
import type { WorkOrder } from './worker.js';

/** The child process that sends and watches; it ends with this one, however this one ends. */
export class Generator {
  private readonly child: ChildProcess = fork(fileURLToPath(new URL('worker.js', import.meta.url)));

  load(order: LoadOrder): Promise<LoadReport> {
    return this.ask<LoadReport>({ kind: 'load', order });
  }

  visibility(order: VisibilityOrder): Promise<VisibilityReport> {
    return this.ask<VisibilityReport>({ kind: 'visibility', order });
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.disconnect();
    await gone;
  }

  private async ask<T>(work: WorkOrder): Promise<T> {
    this.child.send(work);
    const [answer] = await once(this.child, 'message') as [{ done?: T; failed?: string }];
    if (answer.failed !== undefined) throw new Error(`the load generator: ${answer.failed}`);
    return answer.done as T;
  }
}
