import { Controller, Get, Inject, Query, Res, SetMetadata } from '@nestjs/common';
import { Permit } from 'aftercare/access';
import { Instant } from 'aftercare/contracts';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ROUTE_SUMMARY } from '../commands/routes.js';
import { READERS } from '../department/deadlines.controller.js';
import { Lists } from '../department/lists.js';
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

/** What waits for a person because no rule decides it. */
@Controller('open-decisions')
export class OpenDecisionsController {
  constructor(@Inject(Lists) private readonly lists: Lists) {}

  /** Whoever may decide sees it too, and so do all who see the deadlines. */
  @Get()
  @Permit(...READERS, 'quality.technical', 'logistics.leader', 'logistics.finance')
  @SetMetadata(ROUTE_SUMMARY, 'What no rule decides and a person has to 待人工判定')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): void {
    const { state, before, ...columns } = query;
    const wanted = checked.transform({ ...(state !== undefined && { state }), ...(before !== undefined && { before }) }, WANTED) as DecisionsWanted;
    const narrowed = { sort: 'since', ...columns, ...(wanted.state !== 'any' && { state: wanted.state ?? 'open' }) };
    this.lists.send(reply, openDecisionView, narrowed, wanted.before === undefined ? {} : { since: wanted.before });
  }
}
