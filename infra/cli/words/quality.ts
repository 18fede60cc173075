export const qualityTerms = {
  InvestigationOpened: '质量调查立案', InvestigationReopened: '重新调查', SeverityAssessed: '严重程度评估', QualityProblemGraded: '质量问题分级', QualityGradeUndetermined: '质量级别待定', SiteVerificationDispatched: '派员现场核实',
  SiteVerificationCompleted: '现场核实完成', EvidenceAdded: '补充证据', ManufacturerSupportRequested: '请求厂家协助', SupplierQualityQueryRaised: '供应商质量查询',
  DispositionDecided: '处置意见', QualityVerdictReached: '质量结论', QualityHeadNotified: '告知质量负责人', ResponsibilityAssigned: '责任认定', InvestigationWithdrawn: '撤销调查', InvestigationRestated: '调查内容更正', CorrectiveActionRequested: '要求整改',
  LotBuyersNoted: '收到批号买家', WarehouseHoldNoted: '收到出库冻结', WarehouseReleaseNoted: '收到解除冻结', SalesReleaseNoted: '收到解除销售锁定',
  AdverseReactionRegistered: '不良反应登记', AdverseReactionTransferred: '不良反应转办', AdverseReactionAssessed: '不良反应评价',
  AdverseReactionAnswered: '不良反应答复', AdverseReactionReopened: '不良反应重新处理', AdverseReactionRestated: '不良反应内容更正',
  ReportabilityDetermined: '报告义务判定', ReportabilityUndetermined: '报告义务待定', AdverseReactionReportFiled: '不良反应已上报', MinimumElementsNoted: '四要素登记',
  StopSaleOrdered: '停止销售', StopSaleConfirmed: '确认停售', StopSaleNoticeSent: '发出停售通知', StopSaleNoticeAcknowledged: '停售通知回执',
  ResumeSaleOrdered: '恢复销售', ResumeSaleNoticeSent: '发出恢复销售通知', HoldGroundRemoved: '停售事由解除', HoldGroundAdded: '增加停售事由',
} as const;
