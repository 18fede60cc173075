import { Body, Controller, Inject } from '@nestjs/common';
import { ProposeYearAward, type YearFacts } from 'aftercare/contracts';
import { monthsOf } from 'aftercare/policy';
import { Caller, CaseFiles, CommandDesk, CreateRoute, type CommandCall } from 'aftercare/service-host';
import { incentive } from './incentive.decide.js';
import { incentiveId } from './incentive.js';

@Controller('year-awards')
export class YearAwardController {
  constructor(@Inject(CommandDesk) private readonly desk: CommandDesk, @Inject(CaseFiles) private readonly files: CaseFiles) {}

  @CreateRoute('Propose the award of a year without complaints 年终奖励', 'manager', 'billing.after-sales-manager', 'billing.general-manager')
  async propose(@Body() body: ProposeYearAward, @Caller() call: CommandCall) {
    const command = { type: 'ProposeYearAward' as const, ...body, facts: await this.factsOf(body) };
    return this.desk.open(incentive, incentiveId(body.person, body.period), command, call);
  }

  /** The twelve months in the department's own log; the count is an input of the table and recorded with the decision. */
  private async factsOf({ person, period }: ProposeYearAward): Promise<YearFacts> {
    const months = await Promise.all(monthsOf(period).map((month) => this.files.stateOf(incentive, incentiveId(person, month))));
    return { complaints: months.reduce((sum, { cases }) => sum + cases.length, 0) };
  }
}
