import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { RecordReturnCost } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { cost } from './cost.decide.js';
import { costView } from './cost.view.js';

const READERS = ['billing.clerk', 'billing.finance', 'billing.after-sales-manager', 'manager', 'auditor'] as const;

@Controller('return-costs')
export class CostController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('What returns cost and who bears it 退货费用', ...READERS)
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, costView, query);
  }

  @ShowRoute('One cost of a return', ...READERS)
  show(@Param('id') id: string) {
    return this.files.show(cost, id);
  }

  @CreateRoute('Freight or another cost of a return 登记退货费用', 'billing.finance')
  record(@Body() body: RecordReturnCost, @Caller() call: CommandCall) {
    return this.desk.create(cost, { type: 'RecordReturnCost', ...body }, call);
  }
}
