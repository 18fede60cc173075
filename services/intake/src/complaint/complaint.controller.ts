import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import {
  AssignCase, AssignDedicatedHandler, ClassifyComplaint, CloseCase, CommunicateOutcome, DetermineMajor, DetermineValidity, EscalateToHead, FixHandlingPlan,
  FlagMajor, GiveHandlingOpinion, IssueApology, RecordFirstContact, RecordImplementation, RecordSummary, RegisterComplaint, ReportMajor,
  ResolveOnSpot, RouteCase, SendInterimReply, SendProgressUpdate,
} from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { complaint } from './complaint.decide.js';
import { complaintView } from './complaint.view.js';
import { DecideRoutingForm } from './decide-routing.form.js';

@Controller('complaints')
export class ComplaintController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Complaint register 客户投诉登记表', 'intake.clerk', 'intake.administrator', 'intake.head', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, complaintView, query);
  }

  @ShowRoute('One complaint as of its last event', 'intake.clerk', 'intake.administrator', 'intake.head', 'manager', 'auditor')
  show(@Param('id') id: string) {
    return this.files.show(complaint, id);
  }

  @CreateRoute('Register a complaint 登记', 'intake.clerk', 'intake.administrator')
  register(@Body() body: RegisterComplaint, @Caller() call: CommandCall) {
    return this.desk.create(complaint, { type: 'RegisterComplaint', ...body }, call);
  }

  /** The first fitting role counts: who is clerk and administrator acts as administrator, which one rule asks for. */
  @CommandRoute('classify', 'Classify: service, product quality, adverse reaction 分类', 'intake.administrator', 'intake.head', 'intake.clerk')
  classify(@Param('id') id: string, @Body() body: ClassifyComplaint, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'ClassifyComplaint', ...body }, call);
  }

  @CommandRoute('validity', 'Does the complaint stand? 有效性判定', 'intake.administrator', 'intake.head')
  determineValidity(@Param('id') id: string, @Body() body: DetermineValidity, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'DetermineValidity', ...body }, call);
  }

  @CommandRoute('assignment', 'Hand the case to another handler 转交', 'intake.administrator', 'intake.head')
  assign(@Param('id') id: string, @Body() body: AssignCase, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'AssignCase', ...body }, call);
  }

  @CommandRoute('first-contact', 'First contact with the customer 首次联系', 'intake.clerk', 'intake.administrator')
  firstContact(@Param('id') id: string, @Body() body: RecordFirstContact, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'RecordFirstContact', ...body }, call);
  }

  @CommandRoute('apology', 'Apologise 致歉', 'intake.clerk', 'intake.administrator', 'intake.head')
  apologise(@Param('id') id: string, @Body() body: IssueApology, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'IssueApology', ...body }, call);
  }

  @CommandRoute('progress-updates', 'Tell the customer how it stands 进度告知', 'intake.clerk', 'intake.administrator')
  progress(@Param('id') id: string, @Body() body: SendProgressUpdate, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'SendProgressUpdate', ...body }, call);
  }

  @CommandRoute('interim-replies', 'Interim reply with a promised time 中间答复', 'intake.clerk', 'intake.administrator')
  interimReply(@Param('id') id: string, @Body() body: SendInterimReply, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'SendInterimReply', ...body }, call);
  }

  @CommandRoute('major', 'Flag as a major complaint 重大投诉', 'intake.clerk', 'intake.administrator', 'intake.head')
  flagMajor(@Param('id') id: string, @Body() body: FlagMajor, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'FlagMajor', ...body }, call);
  }

  @CommandRoute('major/determination', 'Is it major, where no rule says it? 判定是否重大', 'intake.administrator', 'intake.head')
  determineMajor(@Param('id') id: string, @Body() body: DetermineMajor, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'DetermineMajor', ...body }, call);
  }

  @CommandRoute('routing', 'Report to whom it concerns 分派上报', 'intake.clerk', 'intake.administrator', 'intake.head')
  route(@Param('id') id: string, @Body() body: RouteCase, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'RouteCase', ...body }, call);
  }

  @CommandRoute('routing/decision', 'Whom it concerns, where no rule says it 决定分派', 'intake.administrator', 'intake.head')
  decideRouting(@Param('id') id: string, @Body() body: DecideRoutingForm, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'DecideRouting', ...body }, call);
  }

  @CommandRoute('major/report', 'Report the major complaint to the administrator 上报', 'intake.clerk', 'intake.administrator')
  reportMajor(@Param('id') id: string, @Body() body: ReportMajor, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'ReportMajor', ...body }, call);
  }

  @CommandRoute('major/handler', 'Dedicated handler and supervisor 专人负责', 'intake.head')
  dedicate(@Param('id') id: string, @Body() body: AssignDedicatedHandler, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'AssignDedicatedHandler', ...body }, call);
  }

  @CommandRoute('escalation', 'Beyond authority: to the head 上报负责人', 'intake.clerk', 'intake.administrator')
  escalate(@Param('id') id: string, @Body() body: EscalateToHead, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'EscalateToHead', ...body }, call);
  }

  @CommandRoute('opinion', 'Handling opinion of the head 处理意见', 'intake.head')
  opinion(@Param('id') id: string, @Body() body: GiveHandlingOpinion, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'GiveHandlingOpinion', ...body }, call);
  }

  @CommandRoute('plan', 'Fix the handling plan 处理方案', 'intake.administrator', 'intake.head')
  plan(@Param('id') id: string, @Body() body: FixHandlingPlan, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'FixHandlingPlan', ...body }, call);
  }

  @CommandRoute('implementation', 'The plan is carried out 落实', 'intake.clerk', 'intake.administrator')
  implement(@Param('id') id: string, @Body() body: RecordImplementation, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'RecordImplementation', ...body }, call);
  }

  @CommandRoute('outcome', 'Tell the customer the outcome 告知结果', 'intake.clerk', 'intake.administrator')
  communicate(@Param('id') id: string, @Body() body: CommunicateOutcome, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'CommunicateOutcome', ...body }, call);
  }

  @CommandRoute('on-spot', 'Solved on the spot 当场解决', 'intake.clerk', 'intake.administrator')
  resolveOnSpot(@Param('id') id: string, @Body() body: ResolveOnSpot, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'ResolveOnSpot', ...body }, call);
  }

  @CommandRoute('summary', 'Complaint summary 投诉总结', 'intake.clerk', 'intake.administrator')
  summarise(@Param('id') id: string, @Body() body: RecordSummary, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'RecordSummary', ...body }, call);
  }

  @CommandRoute('close', 'Close an unfounded complaint 结案', 'intake.administrator', 'intake.head')
  close(@Param('id') id: string, @Body() body: CloseCase, @Caller() call: CommandCall) {
    return this.desk.send(complaint, id, { type: 'CloseCase', ...body }, call);
  }
}
