/**
 * What people read for a stage in Chinese, for all departments; `docs/domain/glossary.md` has the same table. A refusal
 * takes only codes of this list, so that a new stage without a term does not compile.
 */
export const STAGE_TERMS = {
  new: '尚未建立', none: '尚未建立',
  registered: '已登记', classified: '已分类', unfounded: '无效投诉', planned: '已定方案', implemented: '已实施', communicated: '已告知结果', closed: '已结案',
  received: '已收到', drafted: '已拟稿', reviewed: '已审核', forwarded: '已转送', answered: '已答复',
  open: '进行中', concluded: '已有结论', withdrawn: '已撤销', transferred: '已转交',
  held: '暂停出库', stopped: '暂停销售', released: '已解除',
  requested: '已申请', 'exception-requested': '已申请特批', approved: '已批准', rejected: '已驳回', cancelled: '已取消', instructed: '已发退货指示', arrived: '已通知到货',
  ordered: '已开退货运输单', 'picked-up': '已提货', inspected: '已验收', refused: '已拒签', 'stocked-in': '已入库', valued: '已核定金额', completed: '已完成',
  taken: '已取走送修', 'handed-over': '已移交客服', returned: '已归还',
  proposed: '已提出', 'cost-verified': '成本已核算', agreed: '已与客户商定', 'waiver-requested': '已申请减免', waived: '已减免', lapsed: '已失效', expired: '已过期', undetermined: '待定',
  replaced: '已被取代', confirmed: '已确认', reduced: '已减轻',
  recorded: '已记录', 'on-file': '已建档', 'on-sale': '在售', blocked: '销售锁定',
  expected: '待回访', scheduled: '已安排回访', abandoned: '无法回访',
} as const satisfies Readonly<Record<string, string>>;

export type StageCode = keyof typeof STAGE_TERMS;

/** The term, and the code that records, lists and filters know it by. */
export const stageInChinese = (code: StageCode): string => `${STAGE_TERMS[code]}（${code}）`;
