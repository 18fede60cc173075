import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import { DraftReply, ReceiveInquiry, ReviewReply, SendReply, TransferInquiry } from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { inquiry } from './inquiry.decide.js';
import { inquiryView } from './inquiry.view.js';

@Controller('inquiries')
export class InquiryController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Inquiry record 咨询记录', 'intake.clerk', 'intake.administrator', 'intake.specialist', 'intake.reviewer', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, inquiryView, query);
  }

  @ShowRoute('One inquiry', 'intake.clerk', 'intake.administrator', 'intake.specialist', 'intake.reviewer', 'manager', 'auditor')
  show(@Param('id') id: string) {
    return this.files.show(inquiry, id);
  }

  @CreateRoute('Record an inquiry 咨询登记', 'intake.clerk', 'intake.administrator')
  receive(@Body() body: ReceiveInquiry, @Caller() call: CommandCall) {
    return this.desk.create(inquiry, { type: 'ReceiveInquiry', ...body }, call);
  }

  @CommandRoute('transfer', 'Hand over to a specialist 转交专业人员', 'intake.clerk', 'intake.administrator')
  transfer(@Param('id') id: string, @Body() body: TransferInquiry, @Caller() call: CommandCall) {
    return this.desk.send(inquiry, id, { type: 'TransferInquiry', ...body }, call);
  }

  @CommandRoute('drafts', 'Draft a reply 起草回复', 'intake.clerk', 'intake.administrator', 'intake.specialist')
  draft(@Param('id') id: string, @Body() body: DraftReply, @Caller() call: CommandCall) {
    return this.desk.send(inquiry, id, { type: 'DraftReply', ...body }, call);
  }

  @CommandRoute('review', 'Review the reply 审核回复', 'intake.reviewer', 'intake.head')
  review(@Param('id') id: string, @Body() body: ReviewReply, @Caller() call: CommandCall) {
    return this.desk.send(inquiry, id, { type: 'ReviewReply', ...body }, call);
  }

  @CommandRoute('reply', 'Send the reviewed reply 发送回复', 'intake.clerk', 'intake.administrator')
  send(@Param('id') id: string, @Body() body: SendReply, @Caller() call: CommandCall) {
    return this.desk.send(inquiry, id, { type: 'SendReply', ...body }, call);
  }
}
