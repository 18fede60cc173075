import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { AnswerSuggestion, ForwardSuggestion, ReceiveSuggestion } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { suggestion } from './suggestion.decide.js';
import { suggestionView } from './suggestion.view.js';

@Controller('suggestions')
export class SuggestionController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Suggestions 建议', 'intake.clerk', 'intake.administrator', 'intake.head', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, suggestionView, query);
  }

  @ShowRoute('One suggestion', 'intake.clerk', 'intake.administrator', 'intake.head', 'manager', 'auditor')
  show(@Param('id') id: string) {
    return this.files.show(suggestion, id);
  }

  @CreateRoute('Record a suggestion 建议登记', 'intake.clerk', 'intake.administrator')
  receive(@Body() body: ReceiveSuggestion, @Caller() call: CommandCall) {
    return this.desk.create(suggestion, { type: 'ReceiveSuggestion', ...body }, call);
  }

  @CommandRoute('forward', 'Pass on to a department 转交', 'intake.clerk', 'intake.administrator')
  forward(@Param('id') id: string, @Body() body: ForwardSuggestion, @Caller() call: CommandCall) {
    return this.desk.send(suggestion, id, { type: 'ForwardSuggestion', ...body }, call);
  }

  @CommandRoute('answer', 'Answer the suggestion 答复', 'intake.administrator', 'intake.head')
  answer(@Param('id') id: string, @Body() body: AnswerSuggestion, @Caller() call: CommandCall) {
    return this.desk.send(suggestion, id, { type: 'AnswerSuggestion', ...body }, call);
  }
}
