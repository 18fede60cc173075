import type { CommandOf, LotCommands, LotEvent } from 'aftercare/contracts';

export type LotCommand = CommandOf<LotCommands>;

interface Known {
  readonly productCode: string;
  readonly lot: string;
  /** Customers who bought of this lot, in the order of their first purchase. */
  readonly buyers: readonly string[];
  readonly documents: ReadonlySet<string>;
}

export type LotState =
  | { readonly stage: 'new' }
  | (Known & { readonly stage: 'on-sale' })
  | (Known & { readonly stage: 'blocked'; readonly caseId: string });

export const noLot: LotState = { stage: 'new' };

export const saleKey = (customerId: string, document: string): string => JSON.stringify([customerId, document]);

export function evolve(state: LotState, event: LotEvent): LotState {
  const { productCode, lot } = event.data;
  const known = state.stage === 'new' ? { stage: 'on-sale' as const, productCode, lot, buyers: [], documents: new Set<string>() } : state;
  switch (event.type) {
    case 'LotRegistered': return known;
    case 'SaleRecorded': {
      const { customerId, document } = event.data;
      const buyers = known.buyers.includes(customerId) ? known.buyers : [...known.buyers, customerId];
      return { ...known, buyers, documents: new Set([...known.documents, saleKey(customerId, document)]) };
    }
    case 'SalesBlockPlaced': return { ...known, stage: 'blocked', caseId: event.data.caseId };
    case 'SalesBlockLifted': return { stage: 'on-sale', productCode, lot, buyers: known.buyers, documents: known.documents };
    case 'BlockedLotBuyerFound': return known;
  }
}
