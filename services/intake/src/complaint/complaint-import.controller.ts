import { Body, Controller, HttpCode, Inject, Post, SetMetadata } from '@nestjs/common';
import { Permit } from 'aftercare/access';
import { IMPORT_ROWS_MOST, readImportBatch, RegisterComplaint, type ImportRow, type ImportRowResult } from 'aftercare/contracts';
import {
  BatchCaller, CommandDesk, describeProblem, HttpProblem, inputValidation, problemOf, refusalToProblem, ROUTE_SUMMARY,
  type BatchCall, type Problem,
} from 'aftercare/service-host';
import { complaint } from './complaint.decide.js';

const checkedAsOnTheScreen = inputValidation();

/**
 * Rows of a register through the same command, checks and rules as the screen, many in one request: their decisions
 * share one sync of the disk. A row that is refused stops no other; a store that is away stops the whole batch, which
 * may then be sent again, because the command id of a row is made of register and key.
 */
@Controller('complaints/import')
export class ComplaintImportController {
  constructor(@Inject(CommandDesk) private readonly desk: CommandDesk) {}

  @Post() @HttpCode(200)
  @Permit('intake.clerk', 'intake.administrator')
  @SetMetadata(ROUTE_SUMMARY, `Register up to ${IMPORT_ROWS_MOST} complaints of a register 批量登记`)
  async take(@Body() body: unknown, @BatchCaller() call: BatchCall): Promise<{ readonly results: readonly ImportRowResult[] }> {
    const batch = readImportBatch(body);
    if ('refused' in batch) throw new HttpProblem({ ...refusalToProblem(batch), status: 400 });
    const { register, rows } = batch;
    // Waits for every row before a failure is told: an answer must not overtake a row that is still being recorded.
    const settled = await Promise.allSettled(rows.map((row) => this.register(register, row, call)));
    return { results: settled.map((row) => valueOf(row)) };
  }

  private async register(register: string, { key, command }: ImportRow, call: BatchCall): Promise<ImportRowResult> {
    try {
      const stated = { ...command, source: { register, row: key } };
      const checked = await checkedAsOnTheScreen.transform(stated, { type: 'body', metatype: RegisterComplaint }) as RegisterComplaint;
      const receipt = await this.desk.create(complaint, { type: 'RegisterComplaint', ...checked }, { ...call, commandId: `import:${register}:${key}` });
      return { key, receipt };
    } catch (error) {
      const problem = problemOf(error);
      if (!problem || problem.status >= 500) throw error;
      return { key, problem: describeProblem(problem.code === 'idempotency-key-reused' ? sameKeyOtherContent(problem) : problem, false) };
    }
  }
}

function sameKeyOtherContent(problem: Problem): Problem {
  return {
    ...problem, field: 'key',
    detail: { zh: '同一登记表中此编号的记录已导入，但内容不同。', en: 'Same key, other content: a row of this register with this key was imported before and said something else.' },
  };
}

function valueOf(settled: PromiseSettledResult<ImportRowResult>): ImportRowResult {
  if (settled.status === 'fulfilled') return settled.value;
  throw settled.reason;
}
