import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res, SetMetadata, type Type } from '@nestjs/common';
import { Permit, type Role } from 'aftercare/access';
import { Instant, PAUSE_REASONS, type PauseReason } from 'aftercare/contracts';
import { idOf, type Aggregate } from 'aftercare/kernel';
import type { ClockCommand, PolicySet } from 'aftercare/policy';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { CommandCall, CommandReceipt } from '../commands/command-call.js';
import { CommandDesk } from '../commands/command-desk.js';
import { ROUTE_SUMMARY } from '../commands/routes.js';
import { Caller, HttpProblem, inputValidation } from '../http/index.js';
import { deadlineView } from './deadline.view.js';
import type { DepartmentDefinition } from './definition.js';
import { Lists } from './lists.js';

class PauseBody {
  /** From a closed list; what a person wants to add goes into `Aftercare-Reason`. */
  @IsIn([...PAUSE_REASONS]) reasonCode!: PauseReason;
}

/** Parameters that are not columns of the list. */
class DeadlinesWanted {
  @IsOptional() @IsIn(['service', 'regulatory']) nature?: 'service' | 'regulatory';
  @IsOptional() @Instant() before?: string;
}

const checked = inputValidation();
const WANTED = { type: 'query', metatype: DeadlinesWanted } as const;

type Roles = readonly [Role, ...Role[]];

/** Who may let the clocks of a department wait: its head or administrator. A route of one department is closed to the others. */
const PAUSERS: Readonly<Record<string, Roles>> = {
  intake: ['intake.head', 'intake.administrator', 'manager'],
  quality: ['quality.head', 'manager'],
  logistics: ['logistics.after-sales-head', 'logistics.operations-head', 'manager'],
  billing: ['billing.after-sales-manager', 'billing.general-manager', 'manager'],
};

/** Also of the decisions that wait for a person. */
export const READERS: Roles = [
  'intake.clerk', 'intake.administrator', 'intake.head', 'quality.officer', 'quality.head', 'logistics.clerk', 'logistics.after-sales-head',
  'logistics.operations-head', 'billing.clerk', 'billing.after-sales-manager', 'billing.general-manager', 'surveys.clerk', 'registry.clerk', 'manager', 'auditor',
];

/** The routes about deadlines of one department, with its own roles and over its own aggregates. */
export function deadlinesController({ name, aggregates }: Pick<DepartmentDefinition, 'name' | 'aggregates'>): Type {
  const pausers = PAUSERS[name] ?? ['manager'];

  @Controller('deadlines')
  class DeadlinesController {
    constructor(@Inject(Lists) private readonly lists: Lists, @Inject(CommandDesk) private readonly desk: CommandDesk) {}

    @Get()
    @Permit(...READERS)
    @SetMetadata(ROUTE_SUMMARY, 'What is due next, missed, paused or undetermined 时限')
    list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): void {
      const { nature, before, ...columns } = query;
      const wanted = checked.transform({ ...(nature !== undefined && { nature }), ...(before !== undefined && { before }) }, WANTED) as DeadlinesWanted;
      const narrowed = { ...columns, ...(wanted.nature && { [wanted.nature]: '1' }) };
      this.lists.send(reply, deadlineView, narrowed, wanted.before === undefined ? {} : { nextDueAt: wanted.before });
    }

    @Post(':stream/pause')
    @HttpCode(200)
    @Permit(...pausers)
    @SetMetadata(ROUTE_SUMMARY, 'Let the clocks of a case wait for somebody outside 暂停时限')
    pause(@Param('stream') stream: string, @Body() body: PauseBody, @Caller() call: CommandCall): Promise<CommandReceipt> {
      return this.send(stream, { type: 'PauseDeadlines', reasonCode: body.reasonCode }, call);
    }

    @Post(':stream/resume')
    @HttpCode(200)
    @Permit(...pausers)
    @SetMetadata(ROUTE_SUMMARY, 'Let the clocks of a case go on 恢复时限')
    resume(@Param('stream') stream: string, @Caller() call: CommandCall): Promise<CommandReceipt> {
      return this.send(stream, { type: 'ResumeDeadlines' }, call);
    }

    @Post(':stream/reckon')
    @HttpCode(200)
    @Permit(...pausers)
    @SetMetadata(ROUTE_SUMMARY, 'Reckon what was undetermined, once its year is published 重新计算时限')
    reckon(@Param('stream') stream: string, @Caller() call: CommandCall): Promise<CommandReceipt> {
      return this.send(stream, { type: 'ReckonDeadlines' }, call);
    }

    private send(stream: string, command: ClockCommand, call: CommandCall): Promise<CommandReceipt> {
      const aggregate = (aggregates as readonly Aggregate<ClockCommand, unknown, never, PolicySet>[]).find((one) => stream.startsWith(`${one.name}-`));
      if (!aggregate) throw unknownStream(stream);
      return this.desk.send(aggregate, idOf(stream), command, call);
    }
  }
  return DeadlinesController;
}

function unknownStream(stream: string): HttpProblem {
  const shown = stream.slice(0, 80);
  return new HttpProblem({
    status: 404, code: 'unknown-stream', field: 'stream', detail: { zh: `本部门没有记录 ${shown}。`, en: `This department has no record ${shown}.` },
  });
}
