import { Controller, Get, Inject, Param, Query, SetMetadata } from '@nestjs/common';
import { Permit } from 'aftercare/access';
import type { EventStore } from 'aftercare/event-store';
import type { Opened } from 'aftercare/kernel';
import { ROUTE_SUMMARY } from '../commands/routes.js';
import { HttpProblem } from '../http/index.js';
import { CaseFiles } from './case-files.js';
import { EVENT_STORE } from './tokens.js';

interface HistoryPage {
  readonly items: readonly Opened[];
  /** `from` of the next page; null at the end. */
  readonly next: number | null;
  readonly head: number;
}

const MOST = 500;

function whole(name: string, text: string | undefined, fallback: number, most: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (Number.isSafeInteger(value) && value >= 0 && value <= most) return value;
  throw new HttpProblem({
    status: 400, code: 'bad-parameter', field: name,
    detail: { zh: `${name} 必须是 0 到 ${most} 的整数。`, en: `${name} must be a whole number from 0 to ${most}.` },
  });
}

/** What every department shows of its log: the history of a case, the log itself. */
@Controller()
export class HistoryController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CaseFiles) private readonly files: CaseFiles,
  ) {}

  @Get('cases/:caseId/events')
  @Permit('auditor', 'manager', 'operator')
  @SetMetadata(ROUTE_SUMMARY, 'Everything this department recorded about a case 案件历史')
  async ofCase(@Param('caseId') caseId: string, @Query('from') from?: string, @Query('limit') limit?: string): Promise<HistoryPage> {
    const start = whole('from', from, 0, Number.MAX_SAFE_INTEGER);
    const size = Math.max(1, whole('limit', limit, 100, MOST));
    return this.page(await this.store.readCorrelation(caseId, start, size), size);
  }

  @Get('log')
  @Permit('auditor', 'operator')
  @SetMetadata(ROUTE_SUMMARY, 'The log from an index on 事件日志')
  async ofLog(@Query('from') from?: string, @Query('limit') limit?: string): Promise<HistoryPage> {
    const start = whole('from', from, 0, Number.MAX_SAFE_INTEGER);
    const size = whole('limit', limit, 100, MOST);
    return this.page(size === 0 ? [] : await this.store.readLog(start, size), size);
  }

  private async page(stored: Awaited<ReturnType<EventStore['readLog']>>, size: number): Promise<HistoryPage> {
    const last = stored.at(-1);
    return {
      items: await this.files.openAll(stored), next: last && stored.length === size ? last.index + 1 : null, head: await this.store.head(),
    };
  }
}
