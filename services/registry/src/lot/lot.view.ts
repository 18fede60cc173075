import type { LotEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';

export type LotRow = {
  readonly productCode: string; readonly lot: string; readonly expiresOn: string | null; readonly stage: string; readonly blockedBy: string | null;
  readonly sold: number; readonly buyers: readonly string[];
};

/** Who bought which lot, and whether it may be sold. */
export const lotView: View<LotRow, LotEvent> = defineView<LotRow, LotEvent>({
  name: 'lot', shape: 1,
  columns: { productCode: 'text', lot: 'text', expiresOn: 'text', stage: 'text', blockedBy: 'text', sold: 'integer', buyers: 'json' },
  indexed: ['productCode', 'lot', 'stage', 'expiresOn'],
  key: (event) => (event.stream.startsWith('lot-') ? idOf(event.stream) : null),
  fold(row, event) {
    const { productCode, lot } = event.data;
    const known = row ?? { productCode, lot, expiresOn: null, stage: 'on-sale', blockedBy: null, sold: 0, buyers: [] };
    switch (event.type) {
      case 'LotRegistered': return { ...known, expiresOn: event.data.expiresOn };
      case 'SaleRecorded': {
        const { customerId, quantity } = event.data;
        const buyers = known.buyers.includes(customerId) ? known.buyers : [...known.buyers, customerId];
        return { ...known, sold: known.sold + quantity, buyers };
      }
      case 'SalesBlockPlaced': return { ...known, stage: 'blocked', blockedBy: event.data.caseId };
      case 'SalesBlockLifted': return { ...known, stage: 'on-sale', blockedBy: null };
      default: return known;
    }
  },
});
