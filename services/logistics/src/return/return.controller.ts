import { Body, Controller, Inject, Param, Query, Res } from '@nestjs/common';
import {
  AppointSignatory, ApproveException, ApproveReturn, CancelReturn, DecideEligibility, InspectReturn, IssueTransportOrder, NotifyArrival, PickUp, ReceiveReturn, RecordValue, ReferReturn,
  ReissueTransportOrder, RefuseException, RefuseInspection, RejectReturn, RequestException, RequestReturn, ReviewReturn, SendInstruction, SendSlip, SettleDiscrepancy,
  ShipExchange, SIGNATORY_ROLES, SignStockIn, StockIn, UpdateShipment, type ReturnFacts,
} from 'aftercare/contracts';
import { lotId, customerIdFrom } from 'aftercare/kernel';
import { Caller, CaseFiles, CommandDesk, CommandRoute, CreateRoute, ListRoute, Lists, ShowRoute, type CommandCall } from 'aftercare/service-host';
import type { FastifyReply } from 'fastify';
import { lotNote } from '../lot-note/lot-note.decide.js';
import { tradingAccount } from '../trading-account/trading-account.decide.js';
import { exchangedBeside, lastPurchaseOf, noAccount } from '../trading-account/trading-account.js';
import { returns } from './return.decide.js';
import { returnView } from './return.view.js';

/** Which of them does is said by `return.exception_approver`; all of them where the policy names nobody. */
const DECIDERS = ['logistics.leader', 'logistics.operations-head', 'logistics.after-sales-head', 'logistics.finance'] as const;
const READERS = [
  'logistics.clerk', 'logistics.after-sales-head', 'logistics.operations-head', 'logistics.finance', 'logistics.warehouse', 'logistics.quality',
  'logistics.driver', 'logistics.leader', 'intake.clerk', 'intake.administrator', 'manager', 'auditor',
] as const;

/** Whoever the policy usually names comes first; the others may have been appointed for this one return. */
const signersBeside = <const R extends readonly string[]>(...first: R) => [...first, ...SIGNATORY_ROLES.filter((role) => !first.includes(role))] as const;

/**
 * Signatures have a route per signer. The guard takes the first of a route's roles that the caller holds, so a shared
 * route would turn away a person with two offices who signs for the second.
 */
@Controller('returns')
export class ReturnController {
  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(CaseFiles) private readonly files: CaseFiles,
    @Inject(Lists) private readonly lists: Lists,
  ) {}

  @ListRoute('Return and exchange list 调退货明细表', ...READERS)
  list(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply) {
    this.lists.send(reply, returnView, query);
  }

  @ShowRoute('One return with the way of its parcels 物流跟踪', ...READERS)
  show(@Param('id') id: string) {
    return this.files.show(returns, id);
  }

  @CreateRoute('Application for return or exchange 退换货申请', 'logistics.clerk', 'logistics.after-sales-head')
  request(@Body() body: RequestReturn, @Caller() call: CommandCall) {
    return this.desk.create(returns, { type: 'RequestReturn', ...body }, call);
  }

  @CommandRoute('referral', 'Cannot be decided here: to the customer-service team 转交客服', 'logistics.clerk', 'logistics.after-sales-head', 'logistics.quality')
  refer(@Param('id') id: string, @Body() body: ReferReturn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'ReferReturn', ...body }, call);
  }

  @CommandRoute('reviews/after-sales', 'After-sales reviews and signs 售后审核', ...signersBeside('logistics.after-sales-head', 'logistics.clerk'))
  async reviewAfterSales(@Param('id') id: string, @Body() body: ReviewReturn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'ReviewReturn', ...body, signer: 'after-sales', facts: await this.factsOf(id) }, call);
  }

  @CommandRoute('reviews/finance', 'Finance reviews and signs 财务审核', ...signersBeside('logistics.finance'))
  async reviewFinance(@Param('id') id: string, @Body() body: ReviewReturn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'ReviewReturn', ...body, signer: 'finance', facts: await this.factsOf(id) }, call);
  }

  @CommandRoute('approval/operations', 'Head of operations approves unsaleable goods 运营批准', ...signersBeside('logistics.operations-head'))
  async approveOperations(@Param('id') id: string, @Body() body: ApproveReturn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'ApproveReturn', ...body, facts: await this.factsOf(id) }, call);
  }

  @CommandRoute('approval/after-sales', 'Head of after-sales approves 售后批准', ...signersBeside('logistics.after-sales-head'))
  async approveAfterSales(@Param('id') id: string, @Body() body: ApproveReturn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'ApproveReturn', ...body, facts: await this.factsOf(id) }, call);
  }

  @CommandRoute('rejection', 'Reject and explain 拒绝退换', 'logistics.after-sales-head', 'logistics.operations-head', 'logistics.clerk')
  async reject(@Param('id') id: string, @Body() body: RejectReturn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'RejectReturn', ...body, facts: await this.factsOf(id) }, call);
  }

  @CommandRoute('exception', 'Ask the company leader for an exception 申请特批', 'logistics.clerk', 'logistics.after-sales-head')
  async requestException(@Param('id') id: string, @Body() body: RequestException, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'RequestException', ...body, facts: await this.factsOf(id) }, call);
  }

  @CommandRoute('exception/approval', 'The leader allows it 特批', 'logistics.leader')
  approveException(@Param('id') id: string, @Body() body: ApproveException, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'ApproveException', ...body }, call);
  }

  @CommandRoute('exception/refusal', 'The leader refuses it 不予特批', 'logistics.leader')
  refuseException(@Param('id') id: string, @Body() body: RefuseException, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'RefuseException', ...body }, call);
  }

  @CommandRoute('eligibility/decision', 'May the goods come back, where no rule says it 裁定可否退换', ...DECIDERS)
  async decideEligibility(@Param('id') id: string, @Body() body: DecideEligibility, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'DecideEligibility', ...body, facts: await this.factsOf(id) }, call);
  }

  @CommandRoute('signatures/appointment', 'Whose signature it is, where the policy does not say 指定签字人', ...DECIDERS)
  appoint(@Param('id') id: string, @Body() body: AppointSignatory, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'AppointSignatory', ...body }, call);
  }

  @CommandRoute('instruction', 'Tell the customer to return the goods 通知退货', 'logistics.clerk', 'logistics.after-sales-head', 'logistics.operations-head')
  instruct(@Param('id') id: string, @Body() body: SendInstruction, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'SendInstruction', ...body }, call);
  }

  @CommandRoute('arrival', 'Arrival notice of the freight station 到货通知', 'logistics.clerk', 'logistics.after-sales-head')
  arrival(@Param('id') id: string, @Body() body: NotifyArrival, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'NotifyArrival', ...body }, call);
  }

  @CommandRoute('transport-order', 'Return transport order 退货运输单', 'logistics.after-sales-head')
  order(@Param('id') id: string, @Body() body: IssueTransportOrder, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'IssueTransportOrder', ...body }, call);
  }

  @CommandRoute('transport-order/replacement', 'Another driver or a lost order 重开退货运输单', 'logistics.after-sales-head')
  reissue(@Param('id') id: string, @Body() body: ReissueTransportOrder, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'ReissueTransportOrder', ...body }, call);
  }

  @CommandRoute('cancellation', 'Give the return up before the goods are in 取消退换货', 'logistics.after-sales-head', 'logistics.clerk')
  cancel(@Param('id') id: string, @Body() body: CancelReturn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'CancelReturn', ...body }, call);
  }

  @CommandRoute('pick-up', 'The driver collects the goods 提货', 'logistics.driver')
  pickUp(@Param('id') id: string, @Body() body: PickUp, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'PickUp', ...body }, call);
  }

  @CommandRoute('receipt', 'Count and check at the warehouse 清点', 'logistics.warehouse')
  receive(@Param('id') id: string, @Body() body: ReceiveReturn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'ReceiveReturn', ...body }, call);
  }

  @CommandRoute('discrepancy', 'Settle short, wrong or damaged goods 差异处理', 'logistics.after-sales-head', 'logistics.clerk')
  settle(@Param('id') id: string, @Body() body: SettleDiscrepancy, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'SettleDiscrepancy', ...body }, call);
  }

  @CommandRoute('inspection', 'Quality inspects 检验', 'logistics.quality')
  inspect(@Param('id') id: string, @Body() body: InspectReturn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'InspectReturn', ...body }, call);
  }

  @CommandRoute('inspection/refusal', 'Quality refuses in writing 拒签书面说明', 'logistics.quality')
  refuse(@Param('id') id: string, @Body() body: RefuseInspection, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'RefuseInspection', ...body }, call);
  }

  @CommandRoute('signatures/after-sales', 'Head of after-sales signs the list 售后签字', ...signersBeside('logistics.after-sales-head'))
  signAfterSales(@Param('id') id: string, @Body() body: SignStockIn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'SignStockIn', ...body, signer: 'after-sales' }, call);
  }

  @CommandRoute('signatures/operations', 'Head of operations signs the list 运营签字', ...signersBeside('logistics.operations-head'))
  signOperations(@Param('id') id: string, @Body() body: SignStockIn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'SignStockIn', ...body, signer: 'operations' }, call);
  }

  @CommandRoute('signatures/quality', 'Quality signs the list 质量签字', ...signersBeside('logistics.quality'))
  signQuality(@Param('id') id: string, @Body() body: SignStockIn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'SignStockIn', ...body, signer: 'quality' }, call);
  }

  @CommandRoute('stock-in', 'Take the goods into the warehouse 入库', 'logistics.warehouse')
  stockIn(@Param('id') id: string, @Body() body: StockIn, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'StockIn', ...body }, call);
  }

  @CommandRoute('value', 'Quantity and amount into the books 数量金额录入', 'logistics.finance', 'logistics.clerk')
  value(@Param('id') id: string, @Body() body: RecordValue, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'RecordValue', ...body }, call);
  }

  @CommandRoute('slip', 'Send the return slip to the customer 传真退货单', 'logistics.clerk')
  slip(@Param('id') id: string, @Body() body: SendSlip, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'SendSlip', ...body }, call);
  }

  @CommandRoute('shipments', 'News of the parcel 物流状态', 'logistics.clerk', 'logistics.warehouse', 'logistics.driver')
  shipment(@Param('id') id: string, @Body() body: UpdateShipment, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'UpdateShipment', ...body }, call);
  }

  @CommandRoute('exchange-shipment', 'Send the new goods 换货发出', 'logistics.warehouse')
  exchange(@Param('id') id: string, @Body() body: ShipExchange, @Caller() call: CommandCall) {
    return this.desk.send(returns, id, { type: 'ShipExchange', ...body }, call);
  }

  /** From the department's own log, so that a review depends on nobody who might be down (D6). */
  private async factsOf(id: string): Promise<ReturnFacts> {
    const state = await this.files.stateOf(returns, id);
    if (state.stage === 'new') return { lotExpiresOn: null, bought: 0, exchanged: 0, lastBoughtOn: null };
    const { goods: { productCode, lot }, customerId } = state;
    const note = productCode !== null && lot !== null ? await this.files.stateOf(lotNote, lotId(productCode, lot)) : null;
    const account = customerId === null ? noAccount : await this.files.stateOf(tradingAccount, customerIdFrom(customerId));
    return {
      lotExpiresOn: note?.stage === 'noted' ? note.expiresOn : null,
      bought: account.bought, exchanged: exchangedBeside(id, account), lastBoughtOn: lastPurchaseOf(productCode, account),
    };
  }
}
