import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { RecordSale, RegisterLot } from 'aftercare/contracts';
import { lotId } from 'aftercare/kernel';
import { Caller, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { lot } from './lot.decide.js';
import { lotView } from './lot.view.js';

@Controller('lots')
export class LotController {
  constructor(@Inject(CommandDesk) private readonly desk: CommandDesk, @Inject(Lists) private readonly lists: Lists) {}

  @ListRoute('Lots and their buyers 批号', 'registry.clerk', 'intake.clerk', 'intake.administrator', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, lotView, query);
  }

  @CreateRoute('Register a lot', 'registry.clerk')
  register(@Body() body: RegisterLot, @Caller() call: CommandCall) {
    return this.desk.open(lot, lotId(body.productCode, body.lot), { type: 'RegisterLot', ...body }, call);
  }

  @CommandRoute('sales', 'Who bought of this lot 销售记录', 'registry.clerk')
  sell(@Param('id') id: string, @Body() body: RecordSale, @Caller() call: CommandCall) {
    return this.desk.send(lot, id, { type: 'RecordSale', ...body }, call);
  }
}
