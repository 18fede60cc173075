import type { LotEvent } from 'aftercare/contracts';
import type { LotState } from '../lot.js';

/**
 * P002A-22, P002A-23. The block stops selling, but a sale document that turns up later is a fact: the goods have left.
 * Refusing it would hide a buyer who has to be warned.
 */
export function aSaleOfABlockedLotIsRecordedAndItsBuyerWarned(state: Extract<LotState, { stage: 'blocked' }>, customerId: string): LotEvent {
  return { type: 'BlockedLotBuyerFound', data: { productCode: state.productCode, lot: state.lot, caseId: state.caseId, customerId } };
}
