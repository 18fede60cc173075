import { Controller, Inject, Query, Res } from '@nestjs/common';
import { ListRoute, Lists } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { satisfactionView } from './satisfaction.view.js';

@Controller('satisfaction')
export class SatisfactionController {
  constructor(@Inject(Lists) private readonly lists: Lists) {}

  @ListRoute('Satisfaction per round of a case 满意度', 'surveys.clerk', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, satisfactionView, query);
  }
}
