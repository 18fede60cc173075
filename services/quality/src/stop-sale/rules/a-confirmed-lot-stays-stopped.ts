import type { RemoveHoldGround, StopSaleEvent } from 'aftercare/contracts';
import type { HeldLot } from '../stop-sale.js';

type LetGo = Extract<StopSaleEvent, { type: 'HoldGroundRemoved' | 'ResumeSaleOrdered' }>;

/**
 * P002A-15, P002A-16: sale goes on when the last case lets go of the lot. A verdict that found it nonconforming
 * (P002A-21) is never taken back by another case, nor by a later round of the same one.
 */
export function aConfirmedLotStaysStopped({ caseId, foundAt, why }: RemoveHoldGround, state: HeldLot): LetGo[] {
  const ground = state.grounds[caseId];
  if (!ground || ground.confirmed) return [];
  const { productCode, lot } = state;
  const isLast = Object.keys(state.grounds).length === 1;
  return [isLast
    ? { type: 'ResumeSaleOrdered', data: { productCode, lot, caseId, foundAt, why } }
    : { type: 'HoldGroundRemoved', data: { productCode, lot, caseId } }];
}
