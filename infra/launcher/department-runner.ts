import type { OnProgress } from './progress.js';
import { removePidOf, writePid } from './pid-file.js';
import { untilReady } from './readiness.js';
import { lastWords, StartFailure } from './start-failure.js';
import { SupervisedChild, type ChildPlan } from './supervised-child.js';

const CRASHES_BEFORE_GIVING_UP = 3;
const READY_WITHIN_MS = 60_000;

export interface Place {
  readonly service: string;
  readonly url: string;
  readonly dataDir: string;
  /** How long it may take to end before it is forced. */
  readonly stopGraceMs: number;
}

/** Keeps one service running and tells how it stands. */
export class DepartmentRunner {
  private readonly child: SupervisedChild;
  private stopped = false;
  private onceReady = false;
  private pid = 0;

  constructor(private readonly place: Place, private readonly plan: ChildPlan, private readonly tell: OnProgress) {
    const { service, dataDir } = place;
    this.child = new SupervisedChild(plan, {
      spawned: (pid) => {
        this.pid = pid;
        writePid(dataDir, service, pid);
        if (this.onceReady) void this.tellWhenReady();
      },
      crashed: (how, retryInMs) => tell({ kind: 'crashed', service, how, retryInMs }),
    });
  }

  /** Answers once the service is ready. @throws StartFailure after three crashes, or when it is not ready within a minute */
  async start(): Promise<void> {
    this.tell({ kind: 'starting', service: this.place.service });
    this.child.start();
    if (!await this.tellWhenReady()) throw this.failure();
    this.onceReady = true;
  }

  private async tellWhenReady(): Promise<boolean> {
    const { service, url } = this.place;
    const began = Date.now();
    const elapsed = (): number => Date.now() - began;
    const hopeless = (): boolean => !this.onceReady && (this.child.crashesInARow >= CRASHES_BEFORE_GIVING_UP || elapsed() > READY_WITHIN_MS);
    const ready = await untilReady(url, () => this.stopped || hopeless(), (why) => {
      this.tell({ kind: 'waiting', service, elapsedMs: elapsed(), why });
    });
    if (ready && !this.stopped) this.tell({ kind: 'ready', service, elapsedMs: elapsed() });
    return ready;
  }

  private failure(): StartFailure {
    const { service } = this.place;
    const words = lastWords(this.plan.logFile);
    const how = this.stopped ? 'was stopped before it was ready' : 'did not become ready';
    return new StartFailure(`${service} ${how}${words && `: "${words}"`}. Read ${this.plan.logFile}, put it right and start again.`);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    const { service, dataDir, stopGraceMs } = this.place;
    const ran = this.child.running;
    if (ran) this.tell({ kind: 'stopping', service });
    const { forced } = await this.child.stop(stopGraceMs);
    removePidOf(dataDir, service, this.pid);
    if (ran) this.tell({ kind: 'stopped', service, forced });
  }
}
