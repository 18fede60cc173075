import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { AcknowledgeNotice } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { stopSale } from './stop-sale.decide.js';
import { stopSaleView } from './stop-sale.view.js';

/** A lot is held and let go by what investigations find, never by a route. */
@Controller('stop-sales')
export class StopSaleController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Lots on hold and stopped 暂停销售批号', 'quality.inspector', 'quality.officer', 'quality.head', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, stopSaleView, query);
  }

  @ShowRoute('One lot: who holds it, who was told', 'quality.inspector', 'quality.officer', 'quality.head', 'manager', 'auditor')
  show(@Param('id') id: string) {
    return this.files.show(stopSale, id);
  }

  @CommandRoute('acknowledgements', 'A buyer acknowledged the notice 通知回执', 'quality.inspector', 'quality.officer')
  acknowledge(@Param('id') id: string, @Body() body: AcknowledgeNotice, @Caller() call: CommandCall) {
    return this.desk.send(stopSale, id, { type: 'AcknowledgeNotice', ...body }, call);
  }
}
