import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { CompleteCallback, RecordAttempt } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { callback } from './callback.decide.js';
import { callbackView } from './callback.view.js';

@Controller('callbacks')
export class CallbackController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Callback queue 待回访', 'surveys.clerk', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, callbackView, query);
  }

  @ShowRoute('One callback as of its last event', 'surveys.clerk', 'manager', 'auditor')
  show(@Param('id') id: string) {
    return this.files.show(callback, id);
  }

  @CommandRoute('attempts', 'The customer was not reached 未接通', 'surveys.clerk')
  attempt(@Param('id') id: string, @Body() body: RecordAttempt, @Caller() call: CommandCall) {
    return this.desk.send(callback, id, { type: 'RecordAttempt', ...body }, call);
  }

  @CommandRoute('completion', 'The call, its ratings and whether the customer is satisfied 回访完成', 'surveys.clerk')
  complete(@Param('id') id: string, @Body() body: CompleteCallback, @Caller() call: CommandCall) {
    return this.desk.send(callback, id, { type: 'CompleteCallback', ...body }, call);
  }
}
