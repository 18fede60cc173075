import { stopSaleEvents, type ConfirmStopSale, type HoldLot, type RemoveHoldGround, type StopSaleEvent } from 'aftercare/contracts';
import { unreachable, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { evolve, noStopSale, stopSaleClocks, type HeldLot, type ReleasedLot, type StopSaleCommand, type StopSaleState } from './stop-sale.js';
import { aConfirmedLotStaysStopped } from './rules/a-confirmed-lot-stays-stopped.js';
import { everyBuyerToldToStopIsToldToResume, everyOtherBuyerOfTheLotIsTold } from './rules/every-other-buyer-of-the-lot-is-told.js';
import { onlyABuyerWhoWasToldAcknowledges } from './rules/only-a-buyer-who-was-told-acknowledges.js';

type Context = DecisionContext<PolicySet>;
type Answer = Decision<StopSaleEvent>;

/** Nearly everything here was established elsewhere: what is known already, or comes too late, is nothing new. */
export function decide(command: StopSaleCommand, state: StopSaleState, context: Context): Answer {
  switch (command.type) {
    case 'HoldLot': return hold(command, state);
    case 'ConfirmStopSale': return confirm(command, state);
    case 'RemoveHoldGround': return isHeld(state) ? letGo(command, state, context) : [];
    case 'SendStopSaleNotices': return isHeld(state) ? warn(command.buyers, state, context) : [];
    case 'SendResumeSaleNotices': return state.stage === 'released' ? unblocked(state, context) : [];
    case 'NoteWarehouseHold': return noteWarehouse(command.held, state);
    case 'AcknowledgeNotice': return !isHeld(state) ? wrongStage(command.type, state.stage)
      : onlyABuyerWhoWasToldAcknowledges(command, state) ?? [{
        type: 'StopSaleNoticeAcknowledged', data: { productCode: state.productCode, lot: state.lot, customerId: command.customerId },
      }];
    default: return unreachable(command);
  }
}

function isHeld(state: StopSaleState): state is HeldLot {
  return state.stage === 'held' || state.stage === 'stopped';
}

function hold({ productCode, lot, caseId, customerId }: HoldLot, state: StopSaleState): Answer {
  const ground = { productCode, lot, caseId, customerId };
  if (!isHeld(state)) return [{ type: 'StopSaleOrdered', data: { ...ground, ground: 'precautionary' } }];
  return state.grounds[caseId] ? [] : [{ type: 'HoldGroundAdded', data: ground }];
}

function confirm({ productCode, lot, caseId, customerId }: ConfirmStopSale, state: StopSaleState): Answer {
  const ground = { productCode, lot, caseId, customerId };
  if (!isHeld(state)) return [{ type: 'StopSaleOrdered', data: { ...ground, ground: 'confirmed' } }];
  return state.grounds[caseId]?.confirmed ? [] : [{ type: 'StopSaleConfirmed', data: ground }];
}

function letGo(command: RemoveHoldGround, state: HeldLot, context: Context): Answer {
  const decided = aConfirmedLotStaysStopped(command, state);
  const after = decided.reduce<StopSaleState>(evolve, state);
  return [...decided, ...(isHeld(after) ? everyOtherBuyerOfTheLotIsTold(after, context.freshId) : [])];
}

function warn(named: readonly string[], state: HeldLot, context: Context): Answer {
  const known = new Set(state.buyers);
  const buyers = [...new Set(named)].filter((buyer) => !known.has(buyer));
  if (buyers.length === 0 && state.salesBlocked) return [];
  const noted: StopSaleEvent = { type: 'LotBuyersNoted', data: { productCode: state.productCode, lot: state.lot, buyers } };
  const after = evolve(state, noted);
  return [noted, ...(isHeld(after) ? everyOtherBuyerOfTheLotIsTold(after, context.freshId) : [])];
}

/** A block that was never noted has warned nobody, so its end is no news to anybody. */
function unblocked(state: ReleasedLot, context: Context): Answer {
  const { productCode, lot, salesBlocked } = state;
  if (!salesBlocked) return [];
  return [{ type: 'SalesReleaseNoted', data: { productCode, lot } }, ...everyBuyerToldToStopIsToldToResume(state, context.freshId)];
}

/** P002A-16: the hold counts as lifted when the warehouse says so. What it says of a hold that is over comes too late. */
function noteWarehouse(held: boolean, state: StopSaleState): Answer {
  if (state.stage === 'new') return [];
  const { productCode, lot, inWarehouse } = state;
  if (held) return isHeld(state) && inWarehouse !== 'held' ? [{ type: 'WarehouseHoldNoted', data: { productCode, lot } }] : [];
  return state.stage === 'released' && inWarehouse !== 'released' ? [{ type: 'WarehouseReleaseNoted', data: { productCode, lot } }] : [];
}

/** `stopSale` is part of every stream name: renaming it would orphan recorded lots. */
export const stopSale = timedAggregate({
  name: 'stopSale', initial: noStopSale, decide, evolve, clocks: stopSaleClocks, formats: stopSaleEvents,
  stage: (state) => state.stage,
});
