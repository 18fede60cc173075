export const intakeTerms = {
  ComplaintRegistered: '投诉登记', ComplaintClassified: '投诉分类', ComplaintValidityDetermined: '有效性判定', CaseAssigned: '指派处理人',
  FirstContactMade: '首次联系客户', ApologyIssued: '致歉', ProgressUpdateSent: '进度告知', InterimReplySent: '阶段性答复',
  MajorComplaintUndetermined: '是否重大待定', MajorComplaintDetermined: '是否重大判定', CaseRouted: '分派上报', RoutingUndetermined: '分派待定', ComplaintFlaggedMajor: '认定重大投诉', MajorComplaintReported: '上报重大投诉', DedicatedHandlerAssigned: '指派专人处理', CaseEscalated: '升级处理',
  HandlingOpinionGiven: '处理意见', QualityVerdictNoted: '收到质量结论', TechnicalReplyNoted: '收到技术答复', HandlingPlanFixed: '确定处理方案',
  RemedySettled: '补救措施落实', ResolutionImplemented: '方案实施', ResolutionCommunicated: '结果告知客户', ComplaintResolvedOnSpot: '当场解决',
  SatisfactionNoted: '收到满意度', CaseReopened: '重新受理', ComplaintSummaryRecorded: '投诉总结', CaseClosed: '结案',
  InquiryReceived: '咨询受理', InquiryTransferred: '咨询转办', ReplyDrafted: '拟定答复', ReplyReviewed: '答复审核', InquiryAnswered: '咨询答复',
  SuggestionReceived: '建议受理', SuggestionForwarded: '建议转交', SuggestionAnswered: '建议答复',
  DeadlinesSet: '设定时限', DeadlinesMet: '时限内完成', DeadlinesDropped: '时限取消', DeadlinesPaused: '时限暂停', DeadlinesResumed: '时限恢复',
  DeadlinesRevised: '时限调整', DeadlineWarned: '时限预警', DeadlineBreached: '超出时限', DeadlineEscalated: '超时上报', PolicyVersionKept: '适用政策版本',
} as const;
