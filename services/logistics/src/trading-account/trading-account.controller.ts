import { Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { CaseFiles, ListRoute, Lists, ShowRoute } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { tradingAccount } from './trading-account.decide.js';
import { tradingAccountView } from './trading-account.view.js';

const READERS = [
  'logistics.clerk', 'logistics.after-sales-head', 'logistics.operations-head', 'logistics.finance', 'logistics.leader', 'billing.finance',
  'manager', 'auditor',
] as const;

@Controller('trading-accounts')
export class TradingAccountController {
  constructor(@Inject(CaseFiles) private readonly files: CaseFiles, @Inject(Lists) private readonly lists: Lists) {}

  @ListRoute('Pieces bought and exchanged by customer 调换率', ...READERS)
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    this.lists.send(reply, tradingAccountView, query);
  }

  @ShowRoute('One account as of its last event', ...READERS)
  show(@Param('id') id: string) {
    return this.files.show(tradingAccount, id);
  }
}
