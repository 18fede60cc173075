import { Controller, Get, Inject, Query, Res, SetMetadata } from '@nestjs/common';
import { Permit } from 'aftercare/access';
import { Instant, isQuestion, QUESTION_KINDS } from 'aftercare/contracts';
import { nearestWord } from 'aftercare/policy';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ROUTE_SUMMARY } from '../commands/routes.js';
import { READERS } from '../department/deadlines.controller.js';
import { Lists } from '../department/lists.js';
import { HttpProblem, inputValidation } from '../http/index.js';
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
    const { question } = columns;
    if (typeof question === 'string' && !isQuestion(question)) throw noSuchQuestion(question);
    const wanted = checked.transform({ ...(state !== undefined && { state }), ...(before !== undefined && { before }) }, WANTED) as DecisionsWanted;
    const narrowed = { sort: 'since', ...columns, ...(wanted.state !== 'any' && { state: wanted.state ?? 'open' }) };
    this.lists.send(reply, openDecisionView, narrowed, wanted.before === undefined ? {} : { since: wanted.before });
  }
}

/** An empty list would say that nothing waits. */
function noSuchQuestion(question: string): HttpProblem {
  const [shown, known] = [question.slice(0, 80), `${QUESTION_KINDS.join(', ')} (signature:STEP:SIGNER)`];
  const near = nearestWord(shown, QUESTION_KINDS);
  return new HttpProblem({
    status: 400, code: 'invalid-parameter', field: 'question',
    detail: {
      zh: `查询参数 question 没有“${shown}”，允许：${known}${near === null ? '' : `；是否指 ${near}？`}`,
      en: `Query parameter question must be one of ${known}, not "${shown}"${near === null ? '.' : `; did you mean ${near}?`}`,
    },
  });
}
