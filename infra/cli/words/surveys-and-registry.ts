export const surveysTerms = {
  CallbackExpected: '待安排回访', CallbackScheduled: '安排回访', CallbackAttempted: '回访未接通', CallbackCompleted: '回访完成',
  SatisfactionRecorded: '满意度登记', CallbackAbandoned: '无法回访', CallbackWithdrawn: '撤销回访',
} as const;

export const registryTerms = {
  CustomerRegistered: '客户建档', CustomerFileUpdated: '客户档案变更', CustomerGraded: '客户分级', ProductRegistered: '产品建档',
  LotRegistered: '批号建档', SaleRecorded: '销售记录', SalesBlockPlaced: '销售锁定', BlockedLotBuyerFound: '发现停售批号买家', SalesBlockLifted: '解除销售锁定',
} as const;
