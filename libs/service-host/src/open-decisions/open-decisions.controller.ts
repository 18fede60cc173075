import { Controller, Get, Inject, Query, Res, SetMetadata } from '@nestjs/common';
import { Permit } from 'aftercare/access';
import { Instant } from 'aftercare/contracts';
import type { EventStore } from 'aftercare/event-store';
import type { Row } from 'aftercare/projections';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ROUTE_SUMMARY } from '../commands/routes.js';
import { READERS } from '../department/deadlines.controller.js';
import { Lists } from '../department/lists.js';
import { EVENT_STORE } from '../department/tokens.js';
import { inputValidation } from '../http/index.js';
import { DECISION_STATES, openDecisionView } from './open-decision.view.js';

const STATES = [...DECISION_STATES, 'any'] as const;

/** Parameters that are not columns of the list, or have words of their own. */
class DecisionsWanted {
  @IsOptional() @IsIn([...STATES]) state?: (typeof STATES)[number];
  @IsOptional() @Instant() before?: string;
}

const checked = inputValidation();
const WANTED = { type: 'query', metatype: DecisionsWanted } as const;

/** A stream says under which adoption it is decided together with its first decision. */
const FIRST_EVENTS = 30;

/** What waits for a person because no rule decides it. */
@Controller('open-decisions')
export class OpenDecisionsController {
  constructor(@Inject(Lists) private readonly lists: Lists, @Inject(EVENT_STORE) private readonly store: EventStore) {}

  /** Whoever may decide sees it too, and so do all who see the deadlines. */
  @Get()
  @Permit(...READERS, 'quality.technical', 'logistics.leader', 'logistics.finance')
  @SetMetadata(ROUTE_SUMMARY, 'What no rule decides and a person has to 待人工判定')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): void {
    const { state, before, ...columns } = query;
    const wanted = checked.transform({ ...(state !== undefined && { state }), ...(before !== undefined && { before }) }, WANTED) as DecisionsWanted;
    const narrowed = { sort: 'since', ...columns, ...(wanted.state !== 'any' && { state: wanted.state ?? 'open' }) };
    this.lists.send(reply, openDecisionView, narrowed, {
      below: wanted.before === undefined ? {} : { since: wanted.before }, beside: { adoption: (row) => this.adoptionOf(row) },
    });
  }

  /** `example@1`; null for a record from before adoptions were kept. The event that asks names the pack alone. */
  private async adoptionOf({ stream }: Row): Promise<string | null> {
    const first = await this.store.readStream(String(stream), 0, FIRST_EVENTS);
    const kept = first.find(({ event }) => event.type === 'PolicyVersionKept')?.event;
    return kept ? (kept.data as { adoption: string }).adoption : null;
  }
}
