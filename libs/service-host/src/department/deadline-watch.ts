import { Logger } from '@nestjs/common';
import { idOf, type Aggregate } from 'aftercare/kernel';
import type { NoteDueDeadlines, PolicySet } from 'aftercare/policy';
import type { ViewReader } from 'aftercare/projections';
import type { Commands } from '../commands/commands.js';
import { deadlineView, lastDueOf } from './deadline.view.js';

export interface WatchParts {
  readonly aggregates: readonly Aggregate[];
  readonly views: ViewReader;
  readonly commands: Commands;
  readonly now: () => number;
  readonly everyMs: number;
}

const PAGE = 100;

/**
 * Finds warnings, due times and escalations that have come and has the aggregate record them. The aggregate decides, so a
 * second watch, a restart or a stale row yields nothing twice.
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
    const { items } = this.parts.views.list(deadlineView, { orderBy: 'nextActAt', onlyValues: true, limit: PAGE });
    for (const row of items) {
      if (row.nextActAt === null || row.nextActAt > now) return;
      for (const [clock, running] of Object.entries(row.clocks)) {
        const at = lastDueOf(running, now);
        if (at === null) continue;
        // One stream that cannot take it must not keep the others waiting.
        await this.note(row.stream, clock, at).catch((error: Error) => this.logger.error(`what was due was not recorded: ${error.message}`));
      }
    }
  }

  private async note(stream: string, clock: string, at: string): Promise<void> {
    const aggregate = this.parts.aggregates.find(({ name }) => stream.startsWith(`${name}-`)) as
      Aggregate<{ readonly type: string }, unknown, never, PolicySet> | undefined;
    if (!aggregate) return this.logger.error(`no aggregate for stream kind of a due clock ${clock}`);
    // `by`: where the time of day is set back before the decision, the command would record nothing and its id be used up.
    const command: NoteDueDeadlines = { type: 'NoteDueDeadlines', clock, by: at };
    await this.parts.commands.execute(aggregate, idOf(stream), command, {
      actor: { id: 'deadline-watch', role: 'system' }, commandId: `due:${stream}:${clock}:${at}`,
      expectedVersion: null, onBehalfOf: null, reason: null,
    });
  }
}
