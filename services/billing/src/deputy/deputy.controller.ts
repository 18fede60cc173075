import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { AppointDeputy, EndDeputyship } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { deputies } from './deputy.decide.js';
import { rosterId } from './deputy.js';
import { deputyView } from './deputy.view.js';

const PRINCIPALS = ['manager', 'billing.after-sales-manager', 'billing.sales-vice-president', 'billing.general-manager'] as const;
const READERS = [...PRINCIPALS, 'billing.clerk', 'billing.finance', 'auditor'] as const;

@Controller('deputies')
export class DeputyController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Who signs in whose place 代理列表', ...READERS)
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, deputyView, query);
  }

  @ShowRoute('All deputyships of one office', ...READERS)
  show(@Param('id') id: string) {
    return this.files.show(deputies, id);
  }

  @CreateRoute('Name a deputy with dates 指定代理', ...PRINCIPALS)
  appoint(@Body() body: AppointDeputy, @Caller() call: CommandCall) {
    return this.desk.open(deputies, rosterId(body.forRole), { type: 'AppointDeputy', ...body }, call);
  }

  @CommandRoute('end', 'End a deputyship before its time 结束代理', ...PRINCIPALS, 'billing.clerk', 'billing.finance')
  end(@Param('id') id: string, @Body() body: EndDeputyship, @Caller() call: CommandCall) {
    return this.desk.send(deputies, id, { type: 'EndDeputyship', ...body }, call);
  }
}
