import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { DecideIncentive, ProposeBonus } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { incentive } from './incentive.decide.js';
import { incentiveId } from './incentive.js';
import { incentiveView } from './incentive.view.js';

const READERS = ['manager', 'billing.general-manager', 'billing.after-sales-manager', 'billing.finance', 'auditor'] as const;

@Controller('incentives')
export class IncentiveController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Fines, points and bonuses 奖惩列表', ...READERS)
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, incentiveView, query);
  }

  @ShowRoute('One person in one month or year', ...READERS)
  show(@Param('id') id: string) {
    return this.files.show(incentive, id);
  }

  @CreateRoute('Propose a bonus for a month 建议奖金', 'manager', 'billing.after-sales-manager', 'billing.general-manager')
  propose(@Body() body: ProposeBonus, @Caller() call: CommandCall) {
    return this.desk.open(incentive, incentiveId(body.person, body.period), { type: 'ProposeBonus', ...body }, call);
  }

  @CommandRoute('decision', 'Confirm, reduce or reject 决定奖惩', 'manager', 'billing.general-manager')
  decide(@Param('id') id: string, @Body() body: DecideIncentive, @Caller() call: CommandCall) {
    return this.desk.send(incentive, id, { type: 'DecideIncentive', ...body }, call);
  }
}
