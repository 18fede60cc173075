export const billingTerms = {
  ApprovalProposed: '费用提请审批', ServiceCostVerified: '成本核算', ApprovalRevised: '修改提请', CompensationApproved: '补偿批准', CompensationRejected: '补偿驳回',
  ServiceFeeApproved: '服务费批准', ServiceFeeRejected: '服务费驳回', WaiverRequested: '减免申请', ServiceFeeWaived: '服务费减免',
  ServiceFeeWaiverRejected: '减免驳回', ApproverUndetermined: '审批人待定', ApproverAppointed: '指定审批人',
  PlannedCompensationNoted: '补偿计划记录', PriceAgreedWithCustomer: '与客户议定价格',
  ReturnFreightCharged: '退货运费登记', CostAttributed: '费用归责',
} as const;
