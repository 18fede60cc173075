import { Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { CaseFiles, ListRoute, Lists, ShowRoute } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { allowance } from './allowance.decide.js';
import { allowanceView } from './allowance.view.js';

const READERS = ['billing.general-manager', 'billing.finance', 'manager', 'auditor'] as const;

@Controller('allowances')
export class AllowanceController {
  constructor(@Inject(CaseFiles) private readonly files: CaseFiles, @Inject(Lists) private readonly lists: Lists) {}

  @ListRoute('What everybody signed for, by month 审批额度', ...READERS)
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, allowanceView, query);
  }

  @ShowRoute('One person in one month', ...READERS)
  show(@Param('id') id: string) {
    return this.files.show(allowance, id);
  }
}
