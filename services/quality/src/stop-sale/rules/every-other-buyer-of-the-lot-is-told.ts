import type { ReleaseGround, StopSaleEvent } from 'aftercare/contracts';
import { customerIdFrom, words } from 'aftercare/kernel';
import type { HeldLot, ReleasedLot } from '../stop-sale.js';

type Told = Extract<StopSaleEvent, { type: 'StopSaleNoticeSent' | 'ResumeSaleNoticeSent' }>;

/**
 * P002A-23: every other purchasing unit of the lot. The customers of the cases that hold it hear of it through their
 * case; when such a case lets go while others still hold the lot, its customer becomes one of the others. A complaint
 * may name its customer by code and the registry by id: compared as texts, the complaining customer would be warned of
 * the own complaint.
 */
export function everyOtherBuyerOfTheLotIsTold(state: HeldLot, subject: string): Told[] {
  const { productCode, lot, buyers, notices } = state;
  const complaining = Object.values(state.grounds).flatMap(({ customerId }) => customerId ?? []);
  const informed = new Set([...complaining, ...Object.keys(notices)].map(customerIdFrom));
  const others: string[] = [];
  for (const buyer of buyers) {
    if (!informed.has(customerIdFrom(buyer))) others.push(buyer);
    informed.add(customerIdFrom(buyer));
  }
  return others.map((customerId) => ({
    type: 'StopSaleNoticeSent', data: { productCode, lot, customerId },
    personal: words(subject, { notice: stopNotice(productCode, lot) }),
  }));
}

/** P002A-15: whoever was told to stop is told to go on, once, and of a finding only where there is one. */
export function everyBuyerToldToStopIsToldToResume(state: ReleasedLot, subject: string): Told[] {
  const { productCode, lot, notices, why } = state;
  return Object.entries(notices).filter(([, notice]) => notice !== 'resumed').map(([customerId]) => ({
    type: 'ResumeSaleNoticeSent', data: { productCode, lot, customerId },
    personal: words(subject, { notice: resumeNotice(productCode, lot, why) }),
  }));
}

function stopNotice(productCode: string, lot: string): string {
  return `贵单位购进的产品 ${productCode}（批号 ${lot}）存在质量疑问，请立即暂停销售和使用，隔离存放，并回复本通知。\n`
    + `Product ${productCode}, lot ${lot}: please stop selling and using it at once, keep it apart, and answer this notice.`;
}

const SINCE: Readonly<Record<ReleaseGround, { readonly zh: string; readonly en: string }>> = {
  'found-conforming': { zh: '经检验符合规定', en: 'the product was found to conform' },
  'complaint-withdrawn': { zh: '所涉投诉已撤销，预防性措施解除', en: 'the complaint was withdrawn and the precaution is lifted' },
  'other-lot-meant': { zh: '经更正，所涉投诉针对其他批号，预防性措施解除', en: 'the complaint concerns another lot and the precaution is lifted' },
};

function resumeNotice(productCode: string, lot: string, why: ReleaseGround): string {
  const { zh, en } = SINCE[why];
  return `产品 ${productCode}（批号 ${lot}）：${zh}，可以恢复销售，此前的暂停销售通知不再有效。\n`
    + `Product ${productCode}, lot ${lot}: ${en}; sale may go on, the earlier notice to stop no longer applies.`;
}
