import { CLINIC, PUMP, type StoryLot } from '../company.js';
import type { Desk, Receipt } from '../desk.js';
import type { Ending } from './story.js';

/** Parts that several stories share: what each department does when it is its turn. */

const awareAt = (): string => new Date(Date.now() - 60_000).toISOString();
const yuan = (minor: number) => ({ minor, currency: 'CNY' });

export async function complainAboutAPump(desk: Desk, lot: StoryLot): Promise<Receipt> {
  const receipt = await desk.tell('intake.clerk', '/intake/complaints', {
    channel: 'hotline', awareAt: awareAt(), customerId: CLINIC, locality: 'local', complainant: '王护士长', phone: '13900000000',
    subject: '输液泵误报警', description: '夜班时反复误报警,已停用。', demand: '换货并说明原因',
    classification: {
      class: 'product-quality',
      goods: { ...PUMP, lot: lot.lot, manufacturedOn: '2026-01-05', arrivedOn: '2026-02-03', expiresOn: '2036-06-30', quantity: 2 },
    },
  });
  await desk.tell('intake.clerk', `/intake/complaints/${receipt.id}/first-contact`, { contactedAt: new Date().toISOString(), note: '已与客户通话,了解诉求。' });
  return receipt;
}

export async function complainAboutService(desk: Desk): Promise<Receipt> {
  const receipt = await desk.tell('intake.clerk', '/intake/complaints', {
    channel: 'online', awareAt: awareAt(), locality: 'non-local', complainant: '刘先生', phone: '13800000000',
    subject: '送货延误三天', demand: '道歉并补偿', classification: { class: 'service', complainedOf: 'u-courier-7' },
  });
  await desk.tell('intake.clerk', `/intake/complaints/${receipt.id}/first-contact`, { contactedAt: new Date().toISOString(), note: '已联系。' });
  return receipt;
}

export async function judgeValid(desk: Desk, caseId: string, valid = true): Promise<void> {
  await desk.tell('intake.administrator', `/intake/complaints/${caseId}/validity`, {
    groundsSufficient: valid, demandReasonable: true, companyError: valid, explanation: valid ? '情况属实。' : '误解了使用说明。',
  });
}

/** Precaution, site visit, evidence, opinion, verdict. */
export async function investigate(desk: Desk, caseId: string, verdict: 'conforming' | 'nonconforming', round = 1): Promise<void> {
  const file = `/quality/investigations/${caseId}`;
  await desk.until('quality.officer', file, `an open investigation in round ${round}`, ({ stage, state }) => stage === 'open' && state['round'] === round);
  await desk.tell('quality.officer', `${file}/severity`, { severity: 'serious', reasoning: '可能影响用药安全。' });
  await desk.tell('quality.officer', `${file}/site-verification`, { inspector: 'u-quality-inspector' });
  await desk.tell('quality.officer', `${file}/disposition`, { interim: true, disposition: 'further-investigation', opinion: '先行停用,待核实。' });
  await desk.tell('quality.inspector', `${file}/site-verification/finding`, { finding: '现场复现误报警两次。' });
  await desk.tell('quality.inspector', `${file}/evidence`, { kind: 'photo', sha256: 'a'.repeat(64), description: '报警界面照片' });
  await desk.tell('quality.officer', `${file}/disposition`, {
    interim: false, disposition: verdict === 'conforming' ? 'keep' : 'exchange', opinion: verdict === 'conforming' ? '产品合格。' : '同意换货。',
  });
  await desk.tell('quality.officer', `${file}/verdict`, {
    verdict, ...(verdict === 'nonconforming' && { fault: 'maker' }), finding: verdict === 'conforming' ? '符合标准。' : '传感器批次缺陷。',
  });
  if (verdict === 'nonconforming') await desk.tell('quality.officer', `${file}/head-notice`, { head: 'u-quality-head' });
  await desk.until('intake.administrator', `/intake/complaints/${caseId}`, 'the verdict', ({ state }) => state['verdict'] === verdict);
}

/** The lot is stopped in warehouse and sales, and every other buyer is told. */
export async function lotIsStopped(desk: Desk, lot: StoryLot, others: readonly string[]): Promise<void> {
  await desk.until('quality.officer', `/quality/stop-sales/${lot.id}`, 'notices to every other buyer', ({ state }) => {
    const notices = state['notices'] as Record<string, string> | undefined;
    return others.every((customer) => notices?.[customer] !== undefined);
  });
  await desk.untilStage('logistics.warehouse', `/logistics/warehouse-holds/${lot.id}`, 'held');
  await desk.tell('logistics.warehouse', `/logistics/warehouse-holds/${lot.id}/labels`, { place: 'A-03-2' });
}

export async function fixPlan(desk: Desk, caseId: string, remedies: readonly string[], compensation: number | null): Promise<void> {
  await desk.tell('intake.administrator', `/intake/complaints/${caseId}/plan`, {
    remedies, plan: '按约定办理。', ...(compensation !== null && { compensation: yuan(compensation) }),
  });
}

/** From the application to the arrival at the warehouse. */
export async function bringGoodsBack(desk: Desk, returnId: string, pieces: number): Promise<void> {
  const path = `/logistics/returns/${returnId}`;
  await desk.untilStage('logistics.clerk', path, 'requested');
  await desk.isRefused('logistics.clerk', `${path}/reviews/after-sales`, {}, 'not-your-role');
  await desk.tell('logistics.after-sales-head', `${path}/reviews/after-sales`, {});
  await desk.tell('logistics.after-sales-head', `${path}/approval/after-sales`, {});
  await desk.tell('logistics.clerk', `${path}/instruction`, { instruction: '请原包装寄回。' });
  await desk.tell('logistics.clerk', `${path}/arrival`, { station: '北京货运站', arrivedAt: new Date().toISOString() });
  await desk.isRefused('logistics.driver', `${path}/pick-up`, { order: 'none' }, 'no-transport-order');
  await desk.tell('logistics.after-sales-head', `${path}/transport-order`, { driver: 'u-logistics-driver' });
  const { state } = await desk.untilStage('logistics.clerk', path, 'ordered');
  await desk.tell('logistics.driver', `${path}/pick-up`, { order: state['order'] });
  await desk.tell('logistics.warehouse', `${path}/receipt`, { quantity: pieces });
}

/** Inspection, three signatures, stock-in, books, slip. */
export async function takeIntoStock(desk: Desk, returnId: string, pieces: number): Promise<void> {
  const path = `/logistics/returns/${returnId}`;
  await desk.tell('logistics.quality', `${path}/inspection`, { intact: false, makersFault: true, finding: '传感器失效。' });
  await desk.isRefused('logistics.warehouse', `${path}/stock-in`, {}, 'signatures-missing');
  await desk.tell('logistics.after-sales-head', `${path}/signatures/after-sales`, {});
  await desk.tell('logistics.operations-head', `${path}/signatures/operations`, {});
  await desk.tell('logistics.quality', `${path}/signatures/quality`, {});
  await desk.tell('logistics.warehouse', `${path}/stock-in`, {});
  await desk.tell('logistics.clerk', `${path}/value`, { quantity: pieces, value: yuan(560_000) });
  await desk.tell('logistics.clerk', `${path}/slip`, { slip: `TH-${returnId.slice(-8)}` });
}

/** 1000.00 yuan and more belong to the vice president. */
export async function approveCompensation(desk: Desk, approvalId: string, minor: number): Promise<void> {
  const path = `/billing/approvals/${approvalId}`;
  await desk.untilStage('billing.clerk', path, 'proposed');
  const [wrong, right] = minor < 100_000 ? ['billing.sales-vice-president', 'billing.after-sales-manager'] as const
    : ['billing.after-sales-manager', 'billing.sales-vice-president'] as const;
  await desk.isRefused(wrong, `${path}/approval`, {}, 'not-your-role');
  await desk.tell(right, `${path}/approval`, {});
}

/** Waits for the other departments, then carries out and tells the customer. */
export async function carryOutAndTell(desk: Desk, caseId: string): Promise<void> {
  const path = `/intake/complaints/${caseId}`;
  await desk.until('intake.administrator', path, 'nothing outstanding', ({ state }) => (state['outstanding'] as string[] | undefined)?.length === 0);
  await desk.tell('intake.clerk', `${path}/implementation`, { note: '已全部落实。' });
  await desk.tell('intake.clerk', `${path}/outcome`, { message: '处理结果已告知客户。' });
}

export async function callBack(desk: Desk, caseId: string, outcome: 'satisfied' | 'dissatisfied', round: number): Promise<void> {
  const path = `/surveys/callbacks/${caseId}`;
  await desk.until('surveys.clerk', path, `a callback scheduled for round ${round}`, ({ stage, state }) => stage === 'scheduled' && state['round'] === round);
  const level = outcome === 'satisfied' ? 'good' : 'poor';
  await desk.tell('surveys.clerk', `${path}/completion`, {
    ratings: { timeliness: level, attitude: 'good', competence: 'good', outcome: level }, outcome, seconds: 150, prolongedByCustomer: false,
    remark: outcome === 'satisfied' ? '满意。' : '问题没有解决。',
  });
}

export async function closes(desk: Desk, receipt: Receipt, closed: Ending['closed']): Promise<Ending> {
  const { state } = await desk.untilStage('intake.administrator', `/intake/complaints/${receipt.id}`, 'closed');
  return { caseId: receipt.id, number: receipt.number ?? '', closed, rounds: Number(state['round']) };
}
