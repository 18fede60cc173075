import type { ComplaintCommand } from '../../services/intake/src/complaint/complaint.js';
import type { InquiryCommand } from '../../services/intake/src/inquiry/inquiry.js';
import type { SuggestionCommand } from '../../services/intake/src/suggestion/suggestion.js';

/** Somebody does something so many hours after the case began. */
export interface Step<C> {
  readonly hours: number;
  readonly by: 'clerk' | 'administrator' | 'reviewer' | 'quality' | 'logistics' | 'billing' | 'surveys';
  readonly command: C;
}

interface Kind<A extends string, C> {
  readonly name: string;
  readonly aggregate: A;
  /** Cases of this kind in a hundred. */
  readonly share: number;
  readonly steps: readonly Step<C>[];
}
export type CaseKind = Kind<'complaint', ComplaintCommand> | Kind<'inquiry', InquiryCommand> | Kind<'suggestion', SuggestionCommand>;

/** When every recorded case began: a Monday morning in Shanghai in a year that has a calendar. */
export const BEGAN = '2026-03-02T01:30:00.000Z';
const AWARE = '2026-03-02T01:00:00.000Z';
const REFERENCE = '019caaaa-0000-7000-8000-000000000001';

const step = <C>(hours: number, by: Step<C>['by'], command: C): Step<C> => ({ hours, by, command });
const goods = { productCode: 'DV-100', productName: '输液泵 Infusion pump', model: 'A2', lot: 'L-2026-0117', manufacturedOn: '2026-01-05', arrivedOn: '2026-02-03', expiresOn: '2036-06-30', quantity: 2 };
const caller = { awareAt: AWARE, complainant: '王护士长', phone: '13900000000', address: '浙江省杭州市西湖区文三路 90 号', description: '夜班时反复误报警，按说明书重启两次仍不能恢复输注，已停用并换用备用设备，未造成伤害。' };

const registered = (kind: 'service' | 'product-quality'): Step<ComplaintCommand> => step(0, 'clerk', {
  ...caller, type: 'RegisterComplaint', channel: 'hotline', customerId: 'clinic-17', locality: 'local', subject: '输液泵误报警', demand: '换货并书面说明原因',
  classification: kind === 'service' ? { class: kind, complainedOf: 'u-courier-7' } : { class: kind, goods },
});
const contacted = step<ComplaintCommand>(1, 'clerk', { type: 'RecordFirstContact', contactedAt: '2026-03-02T02:25:00.000Z', note: '已与客户通话，了解诉求，告知处理期限。' });
const judged = (hours: number, valid: boolean): Step<ComplaintCommand> => step(hours, 'administrator', {
  type: 'DetermineValidity', groundsSufficient: valid, demandReasonable: true, companyError: valid, explanation: valid ? '情况属实，责任在我方。' : '误解了使用说明，已当面演示。',
});
const told = (hours: number): readonly Step<ComplaintCommand>[] => [
  step(hours, 'clerk', { type: 'RecordImplementation', note: '已按方案办理完毕，客户已签收。' }),
  step(hours + 2, 'clerk', { type: 'CommunicateOutcome', message: '处理结果已书面答复客户，并说明原因与改进措施。' }),
];
const answered = (hours: number, round: number, outcome: 'satisfied' | 'dissatisfied'): Step<ComplaintCommand> => step(hours, 'surveys', {
  type: 'NoteSatisfaction', outcome, callbackId: REFERENCE, remark: outcome === 'satisfied' ? '客户表示满意。' : '换来的设备又误报警。', round,
});
const summed = (hours: number): Step<ComplaintCommand> => step(hours, 'administrator', { type: 'RecordSummary', summary: '传感器批次缺陷，已通知供应商整改，列入季度质量分析。', responsibleStep: 'production' });
const verdictOf = (hours: number, round: number): Step<ComplaintCommand> => step(hours, 'quality', { type: 'NoteQualityVerdict', verdict: 'nonconforming', investigationId: REFERENCE, finding: '传感器批次缺陷，现场复现误报警两次。', round });
const exchanged = (hours: number, round: number): readonly Step<ComplaintCommand>[] => [
  step(hours, 'administrator', { type: 'FixHandlingPlan', remedies: ['exchange', 'apology'], compensation: { minor: 100_000, currency: 'CNY' }, plan: '换货并补偿，书面致歉。' }),
  step(hours + 40, 'logistics', { type: 'SettleRemedy', remedy: 'return', outcome: 'done', reference: REFERENCE, reason: null, round }),
  step(hours + 52, 'billing', { type: 'SettleRemedy', remedy: 'compensation', outcome: 'done', reference: REFERENCE, reason: null, round }),
];

/** The cases of an intake department in their usual mix; what each records is up to the deciders. */
export const CASE_KINDS: readonly CaseKind[] = [
  { name: 'a service complaint is settled with an apology', aggregate: 'complaint', share: 26, steps: [
    registered('service'), contacted, step(3, 'clerk', { type: 'IssueApology', note: '已电话致歉。' }), judged(20, true),
    step(24, 'administrator', { type: 'FixHandlingPlan', remedies: ['apology', 'explanation'], plan: '书面致歉并说明。' }), ...told(30), answered(120, 1, 'satisfied'), summed(122)] },
  { name: 'a defective pump is exchanged', aggregate: 'complaint', share: 26, steps: [
    registered('product-quality'), contacted, step(5, 'clerk', { type: 'EscalateToHead', to: 'u-head', why: '涉及产品质量，超出权限。' }),
    step(9, 'administrator', { type: 'GiveHandlingOpinion', opinion: '先行停用，尽快检验，优先换货。' }), verdictOf(70, 1), judged(72, true), ...exchanged(74, 1), ...told(140), answered(220, 1, 'satisfied'), summed(224)] },
  { name: 'a dissatisfied customer comes back', aggregate: 'complaint', share: 6, steps: [
    registered('product-quality'), contacted, verdictOf(70, 1), judged(72, true), ...exchanged(74, 1), ...told(140), answered(220, 1, 'dissatisfied'),
    verdictOf(290, 2), judged(292, true), ...exchanged(294, 2), ...told(360), answered(440, 2, 'satisfied'), summed(444)] },
  { name: 'a small matter is solved on the spot', aggregate: 'complaint', share: 14, steps: [
    registered('service'), step(0.2, 'clerk', { type: 'ResolveOnSpot', resolution: '当场补发说明书，客户接受。' }), answered(72, 1, 'satisfied')] },
  { name: 'an unfounded complaint is explained', aggregate: 'complaint', share: 6, steps: [
    registered('service'), contacted, judged(30, false), step(32, 'clerk', { type: 'CommunicateOutcome', message: '已向客户说明使用方法。' }), step(33, 'administrator', { type: 'CloseCase' })] },
  { name: 'an inquiry is answered after review', aggregate: 'inquiry', share: 18, steps: [
    step(0, 'clerk', { type: 'ReceiveInquiry', channel: 'hotline', awareAt: AWARE, customerId: 'clinic-17', productName: '输液泵 Infusion pump', inquirer: '李药师', phone: '13700000000', question: '设备可否与某型号注射器配用？' }),
    step(4, 'clerk', { type: 'DraftReply', reply: '可以配用，须先校准，详见说明书第 12 页。' }), step(6, 'reviewer', { type: 'ReviewReply', accepted: true, remark: '可以答复。' }), step(7, 'clerk', { type: 'SendReply' })] },
  { name: 'a suggestion is passed on and answered', aggregate: 'suggestion', share: 4, steps: [
    step(0, 'clerk', { type: 'ReceiveSuggestion', channel: 'salesperson', heardAt: AWARE, suggester: '陈主任', phone: '13600000000', suggestion: '建议报警音量可调。' }),
    step(10, 'clerk', { type: 'ForwardSuggestion', to: 'u-product' }), step(200, 'administrator', { type: 'AnswerSuggestion', decision: 'adopted', answer: '已列入下一版本改进计划。' })] },
];
