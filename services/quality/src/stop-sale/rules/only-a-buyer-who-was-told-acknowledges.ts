import type { AcknowledgeNotice } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { HeldLot } from '../stop-sale.js';

/** P002A-23: an acknowledgement answers a notice, once. */
export function onlyABuyerWhoWasToldAcknowledges({ customerId }: AcknowledgeNotice, { notices }: HeldLot): Refusal | null {
  const notice = Object.hasOwn(notices, customerId) ? notices[customerId] : undefined;
  if (notice === 'sent') return null;
  return notice === 'acknowledged'
    ? refuse('already-acknowledged', { zh: '该客户已确认收到通知。', en: 'This buyer has acknowledged the notice already.' },
      { rule: 'P002A-23', field: 'customerId' })
    : refuse('buyer-not-told', { zh: '未向该客户发出暂停销售通知。', en: 'No stop-sale notice was sent to this buyer.' },
      { rule: 'P002A-23', field: 'customerId' });
}
