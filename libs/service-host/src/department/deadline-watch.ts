import { Logger } from '@nestjs/common';
import { idOf, type Aggregate } from 'aftercare/kernel';
import type { ClockCommand, PolicySet } from 'aftercare/policy';
import type { ViewReader } from 'aftercare/projections';
import type { Commands } from '../commands/commands.js';
import { deadlineView, lastDueOf, type DeadlineRow } from './deadline.view.js';

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
    this.round = this.reckon().catch((error: Error) => this.logger.warn(`undetermined deadlines not looked at: ${error.message}`));
    this.timer = setInterval(() => {
      this.round = this.round.then(() => this.look()).catch((error: Error) => this.logger.warn(`deadlines not looked at: ${error.message}`));
    }, this.parts.everyMs);
  }

  async close(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.round;
  }

  /** One look at everything that is due by now, page after page: a stream that cannot take it does not hide those behind it. */
  async look(): Promise<void> {
    const now = new Date(this.parts.now()).toISOString();
    for (let cursor: string | undefined; ;) {
      const { items, next } = this.parts.views.list(deadlineView, { orderBy: 'nextActAt', onlyValues: true, limit: PAGE, ...(cursor && { cursor }) });
      for (const row of items) {
        if (row.nextActAt === null || row.nextActAt > now) return;
        await this.noteAll(row, now);
      }
      if (next === null) return;
      cursor = next;
    }
  }

  /** Once after a start, when a year may have been published: what no calendar could say before is reckoned, or stays as it is. */
  async reckon(): Promise<void> {
    const began = this.parts.now();
    for (const { stream } of this.parts.views.rows(deadlineView, { where: { undetermined: 1 } })) {
      await this.send(stream, { type: 'ReckonDeadlines' }, `reckon:${stream}:${began}`)
        .catch((error: Error) => this.logger.error(`an undetermined deadline was not reckoned: ${error.message}`));
    }
  }

  private async noteAll({ stream, clocks }: Pick<DeadlineRow, 'stream' | 'clocks'>, now: string): Promise<void> {
    for (const [clock, running] of Object.entries(clocks)) {
      const at = lastDueOf(running, now);
      if (at === null) continue;
      // `by`: where the time of day is set back before the decision, the command would record nothing and its id be used up.
      await this.send(stream, { type: 'NoteDueDeadlines', clock, by: at }, `due:${stream}:${clock}:${at}`)
        .catch((error: Error) => this.logger.error(`what was due was not recorded: ${error.message}`));
    }
  }

  private async send(stream: string, command: ClockCommand, commandId: string): Promise<void> {
    const aggregate = this.parts.aggregates.find(({ name }) => stream.startsWith(`${name}-`)) as
      Aggregate<{ readonly type: string }, unknown, never, PolicySet> | undefined;
    if (!aggregate) return this.logger.error(`no aggregate for the kind of a stream with clocks, ${command.type}`);
    await this.parts.commands.execute(aggregate, idOf(stream), command, {
      actor: { id: 'deadline-watch', role: 'system' }, commandId, expectedVersion: null, onBehalfOf: null, reason: null,
    });
  }
}
