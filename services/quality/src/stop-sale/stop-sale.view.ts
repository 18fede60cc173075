import type { StopSaleEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';

export type StopSaleRow = {
  readonly productCode: string;
  readonly lot: string;
  readonly stage: string;
  /** Ids of the cases that hold the lot. */
  readonly cases: readonly string[];
  readonly warehouse: string;
  readonly salesBlocked: number;
  readonly buyersTold: number;
  readonly buyersAcknowledged: number;
  readonly buyersToldToResume: number;
  readonly orderedAt: string;
  readonly confirmedAt: string | null;
  readonly releasedAt: string | null;
};

/** Which lots are stopped, why, and how far the order has reached: warehouse, sales, other buyers (P002A-21 to -23). */
export const stopSaleView: View<StopSaleRow, StopSaleEvent> = defineView<StopSaleRow, StopSaleEvent>({
  name: 'stop_sale',
  shape: 1,
  columns: {
    productCode: 'text', lot: 'text', stage: 'text', cases: 'json', warehouse: 'text', salesBlocked: 'integer', buyersTold: 'integer',
    buyersAcknowledged: 'integer', buyersToldToResume: 'integer', orderedAt: 'text', confirmedAt: 'text', releasedAt: 'text',
  },
  indexed: ['stage', 'productCode', 'lot', 'orderedAt'],
  key: (event) => (event.stream.startsWith('stopSale-') ? idOf(event.stream) : null),
  fold(row, event) {
    if (event.type === 'StopSaleOrdered') {
      const { productCode, lot, caseId, ground } = event.data;
      const confirmed = ground === 'confirmed';
      return {
        productCode, lot, stage: confirmed ? 'stopped' : 'held', cases: [caseId], warehouse: 'unknown', salesBlocked: 0, buyersTold: 0,
        buyersAcknowledged: 0, buyersToldToResume: 0, orderedAt: event.recordedAt, confirmedAt: confirmed ? event.recordedAt : null, releasedAt: null,
      };
    }
    if (!row) return row;
    switch (event.type) {
      case 'StopSaleConfirmed':
        return { ...row, stage: 'stopped', cases: withCase(row.cases, event.data.caseId), confirmedAt: row.confirmedAt ?? event.recordedAt };
      case 'HoldGroundAdded': return { ...row, cases: withCase(row.cases, event.data.caseId) };
      case 'HoldGroundRemoved': return { ...row, cases: row.cases.filter((held) => held !== event.data.caseId) };
      case 'ResumeSaleOrdered': return { ...row, stage: 'released', cases: [], releasedAt: event.recordedAt };
      case 'WarehouseHoldNoted': return { ...row, warehouse: 'held' };
      case 'WarehouseReleaseNoted': return { ...row, warehouse: 'released' };
      case 'LotBuyersNoted': return { ...row, salesBlocked: 1 };
      case 'SalesReleaseNoted': return { ...row, salesBlocked: 0 };
      case 'StopSaleNoticeSent': return { ...row, buyersTold: row.buyersTold + 1 };
      case 'StopSaleNoticeAcknowledged': return { ...row, buyersAcknowledged: row.buyersAcknowledged + 1 };
      case 'ResumeSaleNoticeSent': return { ...row, buyersToldToResume: row.buyersToldToResume + 1 };
      default: return row;
    }
  },
});

function withCase(cases: readonly string[], caseId: string): readonly string[] {
  return cases.includes(caseId) ? cases : [...cases, caseId];
}
