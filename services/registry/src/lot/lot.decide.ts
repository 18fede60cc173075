import { lotEvents, type LotEvent, type RecordSale } from 'aftercare/contracts';
import { refuse, unreachable, wrongStage, type Decision } from 'aftercare/kernel';
import { timedAggregate } from 'aftercare/policy';
import { evolve, noLot, saleKey, type LotCommand, type LotState } from './lot.js';
import { aSaleOfABlockedLotIsRecordedAndItsBuyerWarned } from './rules/a-sale-of-a-blocked-lot-is-recorded-and-its-buyer-warned.js';

export function decide(command: LotCommand, state: LotState): Decision<LotEvent> {
  switch (command.type) {
    case 'RegisterLot': {
      if (state.stage !== 'new') return wrongStage(command.type, state.stage);
      const { productCode, lot, manufacturedOn, expiresOn } = command;
      return [{ type: 'LotRegistered', data: { productCode, lot, manufacturedOn: manufacturedOn ?? null, expiresOn: expiresOn ?? null } }];
    }
    case 'RecordSale': return state.stage === 'new' ? wrongStage(command.type, 'new') : sell(command, state);
    // A lot nobody registered is blocked all the same: a stop-sale must not fail for want of a master record.
    case 'PlaceSalesBlock': return state.stage === 'blocked' ? [] : [{
      type: 'SalesBlockPlaced',
      data: { productCode: command.productCode, lot: command.lot, caseId: command.caseId, buyers: state.stage === 'new' ? [] : [...state.buyers] },
    }];
    case 'LiftSalesBlock': return state.stage !== 'blocked' ? [] : [{
      type: 'SalesBlockLifted', data: { productCode: state.productCode, lot: state.lot, caseId: command.caseId, buyers: [...state.buyers] },
    }];
    default: return unreachable(command);
  }
}

function sell(command: RecordSale, state: Exclude<LotState, { stage: 'new' }>): Decision<LotEvent> {
  const { customerId, quantity, soldOn, document } = command;
  if (state.documents.has(saleKey(customerId, document))) {
    return refuse('sale-already-recorded', {
      zh: `销售单据 ${document} 已登记。`, en: `Sales document ${document} is already recorded.`,
    }, { field: 'document' });
  }
  const sale: LotEvent = { type: 'SaleRecorded', data: { productCode: state.productCode, lot: state.lot, customerId, quantity, soldOn, document } };
  return state.stage === 'blocked' ? [sale, aSaleOfABlockedLotIsRecordedAndItsBuyerWarned(state, customerId)] : [sale];
}

/** `lot` is part of every stream name. */
export const lot = timedAggregate({
  name: 'lot', initial: noLot, decide, evolve, clocks: [], formats: lotEvents, stage: (state) => state.stage,
});
