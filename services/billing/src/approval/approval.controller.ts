import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import {
  AgreePrice, AppointApprover, ApproveProposal, ApproveWaiver, ProposeServiceFee, RejectProposal, RejectWaiver, RequestWaiver, ReviseProposal, VerifyCost,
} from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { deputyshipsOf } from '../deputy/deputyships-of.js';
import { approval } from './approval.decide.js';
import { approvalView } from './approval.view.js';

const APPROVERS = ['billing.after-sales-manager', 'billing.sales-vice-president', 'billing.general-manager'] as const;
/** Deputies hold no office of their own; whether somebody is one, and today, is decided by the approval. */
const SIGNERS = [...APPROVERS, 'billing.finance', 'billing.clerk'] as const;
const READERS = ['billing.clerk', 'billing.finance', ...APPROVERS, 'manager', 'auditor'] as const;

/** Every approver and every possible deputy may knock; whether the amount is theirs is decided by the policy and not by the route. */
@Controller('approvals')
export class ApprovalController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Prices, compensations and waivers 审批列表', ...READERS)
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, approvalView, query);
  }

  @ShowRoute('One approval as of its last event', ...READERS)
  show(@Param('id') id: string) {
    return this.files.show(approval, id);
  }

  @CreateRoute('Draft the price of a service 拟定服务价格', 'billing.clerk', 'billing.after-sales-manager')
  propose(@Body() body: ProposeServiceFee, @Caller() call: CommandCall) {
    return this.desk.create(approval, { type: 'ProposeServiceFee', ...body }, call);
  }

  @CommandRoute('cost', 'Finance calculates the cost 核算成本', 'billing.finance')
  verifyCost(@Param('id') id: string, @Body() body: VerifyCost, @Caller() call: CommandCall) {
    return this.desk.send(approval, id, { type: 'VerifyCost', ...body }, call);
  }

  @CommandRoute('approval', 'Approve the price or compensation 批准', ...SIGNERS)
  async approve(@Param('id') id: string, @Body() body: ApproveProposal, @Caller() call: CommandCall) {
    return this.desk.send(approval, id, { type: 'ApproveProposal', ...body, facts: await deputyshipsOf(call.actor.id, this.files) }, call);
  }

  @CommandRoute('rejection', 'Reject the price or compensation 驳回', ...SIGNERS)
  async reject(@Param('id') id: string, @Body() body: RejectProposal, @Caller() call: CommandCall) {
    return this.desk.send(approval, id, { type: 'RejectProposal', ...body, facts: await deputyshipsOf(call.actor.id, this.files) }, call);
  }

  @CommandRoute('revision', 'Ask again with another amount 重新报批', 'billing.clerk', 'billing.after-sales-manager')
  revise(@Param('id') id: string, @Body() body: ReviseProposal, @Caller() call: CommandCall) {
    return this.desk.send(approval, id, { type: 'ReviseProposal', ...body }, call);
  }

  @CommandRoute('waiver', 'Ask to waive the fee 申请减免', 'billing.clerk', 'billing.after-sales-manager', 'billing.sales-vice-president')
  requestWaiver(@Param('id') id: string, @Body() body: RequestWaiver, @Caller() call: CommandCall) {
    return this.desk.send(approval, id, { type: 'RequestWaiver', ...body }, call);
  }

  @CommandRoute('waiver/approval', 'Waive the fee 同意减免', ...SIGNERS)
  async approveWaiver(@Param('id') id: string, @Body() body: ApproveWaiver, @Caller() call: CommandCall) {
    return this.desk.send(approval, id, { type: 'ApproveWaiver', ...body, facts: await deputyshipsOf(call.actor.id, this.files) }, call);
  }

  @CommandRoute('waiver/rejection', 'Do not waive the fee 不予减免', ...SIGNERS)
  async rejectWaiver(@Param('id') id: string, @Body() body: RejectWaiver, @Caller() call: CommandCall) {
    return this.desk.send(approval, id, { type: 'RejectWaiver', ...body, facts: await deputyshipsOf(call.actor.id, this.files) }, call);
  }

  @CommandRoute('approver', 'No band covers it: name who decides 指定审批人', 'manager', 'billing.general-manager')
  appoint(@Param('id') id: string, @Body() body: AppointApprover, @Caller() call: CommandCall) {
    return this.desk.send(approval, id, { type: 'AppointApprover', ...body }, call);
  }

  @CommandRoute('price', 'Final price agreed with the customer 与客户议定价格', 'billing.clerk', 'billing.after-sales-manager')
  agree(@Param('id') id: string, @Body() body: AgreePrice, @Caller() call: CommandCall) {
    return this.desk.send(approval, id, { type: 'AgreePrice', ...body }, call);
  }
}
