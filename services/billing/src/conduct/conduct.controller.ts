import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { RecordFault } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { conduct } from './conduct.decide.js';
import { conductView } from './conduct.view.js';

const HEADS = ['manager', 'billing.after-sales-manager', 'billing.general-manager'] as const;
const READERS = [...HEADS, 'auditor'] as const;

@Controller('conduct')
export class ConductController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('What was carried out late, and whose fault it was 责任认定', ...READERS)
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, conductView, query);
  }

  @ShowRoute('What is known of one case', ...READERS)
  show(@Param('id') id: string) {
    return this.files.show(conduct, id);
  }

  @CreateRoute('Record a fault outside any case 登记过失', ...HEADS)
  record(@Body() body: RecordFault, @Caller() call: CommandCall) {
    return this.desk.create(conduct, { type: 'RecordFault', ...body }, call);
  }

  @CommandRoute('fault', 'Record whose fault it was 认定责任人', ...HEADS)
  recordOn(@Param('id') id: string, @Body() body: RecordFault, @Caller() call: CommandCall) {
    return this.desk.send(conduct, id, { type: 'RecordFault', ...body }, call);
  }
}
