import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { AnswerReaction, AssessReaction, DetermineReportability, FileReactionReport, TransferToTechnical } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { reactionReport } from './reaction-report.decide.js';
import { reactionReportView } from './reaction-report.view.js';

@Controller('reaction-reports')
export class ReactionReportController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Adverse reaction register 药品不良反应登记表', 'quality.officer', 'quality.head', 'quality.technical', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, reactionReportView, query);
  }

  @ShowRoute('One report as of its last event', 'quality.officer', 'quality.head', 'quality.technical', 'auditor')
  show(@Param('id') id: string) {
    return this.files.show(reactionReport, id);
  }

  @CommandRoute('transfer', 'Pass to the technical department 转技术部', 'quality.officer', 'quality.head')
  transfer(@Param('id') id: string, @Body() body: TransferToTechnical, @Caller() call: CommandCall) {
    return this.desk.send(reactionReport, id, { type: 'TransferToTechnical', ...body }, call);
  }

  @CommandRoute('assessment', 'How serious was the reaction? 严重程度评价', 'quality.officer', 'quality.head', 'quality.technical')
  assess(@Param('id') id: string, @Body() body: AssessReaction, @Caller() call: CommandCall) {
    return this.desk.send(reactionReport, id, { type: 'AssessReaction', ...body }, call);
  }

  @CommandRoute('answer', 'Technical reply 技术答复', 'quality.technical')
  answer(@Param('id') id: string, @Body() body: AnswerReaction, @Caller() call: CommandCall) {
    return this.desk.send(reactionReport, id, { type: 'AnswerReaction', ...body }, call);
  }

  @CommandRoute('reportability', 'Whether to report, where no rule says it 判定报告义务', 'quality.head', 'quality.technical')
  determine(@Param('id') id: string, @Body() body: DetermineReportability, @Caller() call: CommandCall) {
    return this.desk.send(reactionReport, id, { type: 'DetermineReportability', ...body }, call);
  }

  @CommandRoute('filing', 'A report was handed in to the authority 已向监管部门报告', 'quality.officer', 'quality.head')
  file(@Param('id') id: string, @Body() body: FileReactionReport, @Caller() call: CommandCall) {
    return this.desk.send(reactionReport, id, { type: 'FileReactionReport', ...body }, call);
  }
}
