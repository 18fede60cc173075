export const logisticsTerms = {
  ReturnRequested: '退换货申请', ReturnReviewed: '退换货会签', ReturnApproved: '退换货批准', ReturnRejected: '退换货驳回', ReturnExceptionRequested: '特批申请',
  ReturnInstructionSent: '发出退货指引', ReturnArrivalNotified: '到站通知', ReturnTransportOrderIssued: '开具提货单', ReturnPickedUp: '提货',
  ReturnCancelled: '退换货取消', ReturnReceived: '退货签收', ReturnInspected: '退货验收', ReturnInspectionRefused: '验收拒绝', StockInSigned: '入库会签', ReturnStockedIn: '退货入库',
  ReturnValueRecorded: '退货金额登记', ReturnSlipSent: '退货单送达', ShipmentStatusUpdated: '物流状态更新', ExchangeShipped: '换货发出', ReturnDiscrepancySettled: '收货差异处理', ReturnReferred: '退换货上报判定',
  ReturnEligibilityUndetermined: '可否退换待定', ReturnEligibilityDecided: '可否退换裁定', SignatoryUndetermined: '签字人待定', SignatoryAppointed: '指定签字人',
  OutboundHoldPlaced: '出库冻结', HoldLabelApplied: '贴暂停标识', OutboundHoldReleased: '解除出库冻结',
  ItemTakenForRepair: '收取修理器械', RepairItemHandedOver: '修理器械交接', ItemReturnedToCustomer: '修后送还客户',
  PurchaseNoted: '购货记录', ExchangeNoted: '换货记录', ExchangeReserved: '换货额度预留', ExchangeReleased: '换货额度释放', LotExpiryNoted: '批号效期记录',
} as const;
