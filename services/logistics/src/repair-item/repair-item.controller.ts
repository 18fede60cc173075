import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { HandOverForRepair, ReturnToCustomer, TakeForRepair } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { repairItem } from './repair-item.decide.js';
import { repairItemView } from './repair-item.view.js';

const READERS = ['logistics.driver', 'logistics.clerk', 'logistics.after-sales-head', 'intake.clerk', 'intake.administrator', 'manager', 'auditor'] as const;

@Controller('repair-items')
export class RepairItemController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Customers\' devices in our hands 送修设备', ...READERS)
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    this.lists.send(reply, repairItemView, query);
  }

  @ShowRoute('One device as of its last event', ...READERS)
  show(@Param('id') id: string) {
    return this.files.show(repairItem, id);
  }

  @CreateRoute('Take a device for repair 取件', 'logistics.driver')
  take(@Body() body: TakeForRepair, @Caller() call: CommandCall) {
    return this.desk.create(repairItem, { type: 'TakeForRepair', ...body }, call);
  }

  @CommandRoute('hand-over', 'Hand it to the device customer-service team 交接', 'logistics.driver')
  handOver(@Param('id') id: string, @Body() body: HandOverForRepair, @Caller() call: CommandCall) {
    return this.desk.send(repairItem, id, { type: 'HandOverForRepair', ...body }, call);
  }

  @CommandRoute('return', 'Bring the repaired device back to its customer 送回', 'logistics.driver')
  giveBack(@Param('id') id: string, @Body() body: ReturnToCustomer, @Caller() call: CommandCall) {
    return this.desk.send(repairItem, id, { type: 'ReturnToCustomer', ...body }, call);
  }
}
