export const billingTerms = {
  ApprovalProposed: '费用提请审批', ServiceCostVerified: '成本核算', ApprovalRevised: '修改提请', CompensationApproved: '补偿批准', CompensationRejected: '补偿驳回',
  ServiceFeeApproved: '服务费批准', ServiceFeeRejected: '服务费驳回', WaiverRequested: '减免申请', ServiceFeeWaived: '服务费减免',
  ServiceFeeWaiverRejected: '减免驳回', ApproverUndetermined: '审批人待定', ApproverAppointed: '指定审批人',
  PlannedCompensationNoted: '补偿计划记录', PriceAgreedWithCustomer: '与客户议定价格',
  ReturnFreightCharged: '退货运费登记', CostAttributed: '费用归责',
  SignaturesRequired: '会签要求', ApprovalExpirySet: '审批时限', ApprovalSigned: '签字', SignatureCovered: '一方额度已核', SignatureCounted: '签字生效', SignatureRefused: '签字超限额',
  SignaturesVoided: '签字作废', ApprovalLapsed: '审批过期',
  AllowanceTaken: '占用审批额度', AllowanceExceeded: '超出审批额度', AllowanceReleased: '退还审批额度',
  DeputyAppointed: '指定代理', DeputyshipEnded: '结束代理',
  ComplainedOfNoted: '被投诉人记录', ComplaintUpheldAgainst: '有效投诉计入个人', LateImplementationNoted: '逾期实施记录', FaultRecorded: '责任认定',
  ComplaintCounted: '月投诉次数', FaultCounted: '过失计入', IncentiveProposed: '奖惩建议', IncentiveReplaced: '奖惩建议更新', IncentiveDecided: '奖惩决定', MisconductReferred: '严重情节移交',
} as const;
