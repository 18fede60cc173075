import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import {
  AddEvidence, AssessSeverity, AssignResponsibility, CompleteSiteVerification, DecideDisposition, DispatchSiteVerification, NotifyQualityHead,
  RaiseSupplierQuery, ReachVerdict, RequestCorrectiveAction, RequestManufacturerSupport, DetermineGrade, GradeProblem,
} from 'aftercare/contracts';
import { Caller, CaseFiles, CommandDesk, CommandRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { investigation } from './investigation.decide.js';
import { ledgerView } from './investigation.view.js';

/** Investigations open and end by what intake tells; no route opens one (P002A-09). */
@Controller('investigations')
export class InvestigationController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Quality complaint ledger 顾客质量投诉台账', 'quality.inspector', 'quality.officer', 'quality.head', 'manager', 'auditor')
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    return this.lists.send(reply, ledgerView, query);
  }

  @ShowRoute('One investigation as of its last event', 'quality.inspector', 'quality.officer', 'quality.head', 'manager', 'auditor')
  show(@Param('id') id: string) {
    return this.files.show(investigation, id);
  }

  @CommandRoute('severity', 'How severe is the problem? 定性定级', 'quality.officer', 'quality.head')
  assess(@Param('id') id: string, @Body() body: AssessSeverity, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'AssessSeverity', ...body }, call);
  }

  @CommandRoute('grade', 'Ordinary or major, by the criteria of the product line 质量问题分级', 'quality.officer', 'quality.head')
  grade(@Param('id') id: string, @Body() body: GradeProblem, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'GradeProblem', ...body }, call);
  }

  @CommandRoute('grade/determination', 'The grade where no criterion gives one 判定级别', 'quality.head')
  determineGrade(@Param('id') id: string, @Body() body: DetermineGrade, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'DetermineGrade', ...body }, call);
  }

  @CommandRoute('site-verification', 'Send an inspector 派质检员实地核实', 'quality.officer', 'quality.head')
  dispatch(@Param('id') id: string, @Body() body: DispatchSiteVerification, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'DispatchSiteVerification', ...body }, call);
  }

  @CommandRoute('site-verification/finding', 'What was found on site 实地核实结果', 'quality.inspector', 'quality.officer')
  complete(@Param('id') id: string, @Body() body: CompleteSiteVerification, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'CompleteSiteVerification', ...body }, call);
  }

  @CommandRoute('evidence', 'Add a piece of evidence 证据', 'quality.inspector', 'quality.officer')
  addEvidence(@Param('id') id: string, @Body() body: AddEvidence, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'AddEvidence', ...body }, call);
  }

  @CommandRoute('manufacturer-support', 'Ask the manufacturer for technical support 请求厂家技术支持', 'quality.inspector', 'quality.officer')
  askManufacturer(@Param('id') id: string, @Body() body: RequestManufacturerSupport, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'RequestManufacturerSupport', ...body }, call);
  }

  @CommandRoute('disposition', 'Disposition opinion, interim or final 处置意见', 'quality.officer', 'quality.head')
  decideDisposition(@Param('id') id: string, @Body() body: DecideDisposition, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'DecideDisposition', ...body }, call);
  }

  @CommandRoute('verdict', 'Conforming or nonconforming 质量结论', 'quality.officer', 'quality.head')
  reachVerdict(@Param('id') id: string, @Body() body: ReachVerdict, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'ReachVerdict', ...body }, call);
  }

  @CommandRoute('head-notice', 'Report the problem to the head of quality 报告质量负责人', 'quality.inspector', 'quality.officer')
  notifyHead(@Param('id') id: string, @Body() body: NotifyQualityHead, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'NotifyQualityHead', ...body }, call);
  }

  @CommandRoute('supplier-queries', 'Quality query to the supplier 质量查询', 'quality.officer', 'quality.head')
  querySupplier(@Param('id') id: string, @Body() body: RaiseSupplierQuery, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'RaiseSupplierQuery', ...body }, call);
  }

  @CommandRoute('responsibility', 'Department and person responsible 落实责任', 'quality.officer', 'quality.head')
  assignResponsibility(@Param('id') id: string, @Body() body: AssignResponsibility, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'AssignResponsibility', ...body }, call);
  }

  @CommandRoute('actions', 'Ask for corrective or preventive action 纠正预防措施', 'quality.officer', 'quality.head')
  requestAction(@Param('id') id: string, @Body() body: RequestCorrectiveAction, @Caller() call: CommandCall) {
    return this.desk.send(investigation, id, { type: 'RequestCorrectiveAction', ...body }, call);
  }
}
