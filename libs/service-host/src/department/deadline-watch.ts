import { Logger } from '@nestjs/common';
import { idOf, type Aggregate } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import type { ViewReader } from 'aftercare/projections';
import type { Commands } from '../commands/commands.js';
import { deadlineView } from './deadline.view.js';

export interface WatchParts {
  readonly aggregates: readonly Aggregate[];
  readonly views: ViewReader;
  readonly commands: Commands;
  readonly now: () => number;
  readonly everyMs: number;
}

const PAGE = 100;

/**
 * Finds due times that passed and has the aggregate record it. The aggregate decides, so a second watch, a restart or
 * a stale row yields no second breach.
 */
export class DeadlineWatch {
  private readonly logger = new Logger('DeadlineWatch');
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> = Promise.resolve();

  constructor(private readonly parts: WatchParts) {}

  start(): void {
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.look()).catch((error: Error) => this.logger.warn(`deadlines not looked at: ${error.message}`));
    }, this.parts.everyMs);
  }

  async close(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.round;
  }

  /** One look at everything that is due by now. */
  async look(): Promise<void> {
    const now = new Date(this.parts.now()).toISOString();
    const { items } = this.parts.views.list(deadlineView, { orderBy: 'nextDueAt', onlyValues: true, limit: PAGE });
    for (const row of items) {
      if (row.nextDueAt === null || row.nextClock === null || row.nextDueAt > now) return;
      // One stream that cannot take it must not keep the others waiting.
      await this.note(row.stream, row.nextClock, row.nextDueAt).catch((error: Error) => this.logger.error(`a breach was not recorded: ${error.message}`));
    }
  }

  private async note(stream: string, clock: string, dueAt: string): Promise<void> {
    const aggregate = this.parts.aggregates.find(({ name }) => stream.startsWith(`${name}-`)) as
      Aggregate<{ readonly type: string }, unknown, never, PolicySet> | undefined;
    if (!aggregate) return this.logger.error(`no aggregate for stream kind of a due clock ${clock}`);
    const command = { type: 'NoteDeadlineBreach', clock };
    await this.parts.commands.execute(aggregate, idOf(stream), command, {
      actor: { id: 'deadline-watch', role: 'system' }, commandId: `breach:${stream}:${clock}:${dueAt}`,
      expectedVersion: null, onBehalfOf: null, reason: null,
    });
  }
}
