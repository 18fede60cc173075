import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { ApplyHoldLabel } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { warehouseHold } from './warehouse-hold.decide.js';
import { warehouseHoldView } from './warehouse-hold.view.js';

const READERS = [
  'logistics.warehouse', 'logistics.driver', 'logistics.clerk', 'logistics.after-sales-head', 'logistics.quality', 'quality.officer', 'quality.head',
  'manager', 'auditor',
] as const;

@Controller('warehouse-holds')
export class WarehouseHoldController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('May this lot be picked? Filter by lot, productCode and stage=held 停售批号', ...READERS)
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    this.lists.send(reply, warehouseHoldView, query);
  }

  @ShowRoute('One lot as of its last event', ...READERS)
  show(@Param('id') id: string) {
    return this.files.show(warehouseHold, id);
  }

  @CommandRoute('labels', 'Mark the goods conspicuously 挂停售标识', 'logistics.warehouse')
  label(@Param('id') id: string, @Body() body: ApplyHoldLabel, @Caller() call: CommandCall) {
    return this.desk.send(warehouseHold, id, { type: 'ApplyHoldLabel', ...body }, call);
  }
}
